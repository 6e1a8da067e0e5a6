import { spawn } from 'node:child_process'
import { ROOT } from './paths.ts'

export interface Ran {
  code: number
  /** Both streams, as they came. */
  output: string
  stdout: string
}

/**
 * Runs a command to its end in the project's folder. Its output is shown as it comes (on stderr) or
 * kept; `signal` ends it.
 */
export function runTool(
  command: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; show?: boolean; signal?: AbortSignal } = {},
): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let stdout = ''
    const take = (text: Buffer): void => {
      if (options.show) process.stderr.write(text)
      output += text.toString()
    }
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString()
      take(text)
    })
    child.stderr.on('data', take)
    const stop = (): void => void child.kill('SIGTERM')
    options.signal?.addEventListener('abort', stop, { once: true })
    const finish = (code: number, text = ''): void => {
      options.signal?.removeEventListener('abort', stop)
      done({ code, output: output + text, stdout })
    }
    child.once('error', (error) => finish(1, error.message))
    child.once('close', (code) => finish(code ?? 1))
  })
}
