import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ChildSpec {
  /** Names the pid file and the log. */
  name: string
  command: string
  args: string[]
  /** A part of the command line that no other program has: a path inside our own data folder. */
  mark: string
  env?: NodeJS.ProcessEnv
  cwd?: string
  owner?: { uid: number; gid: number } | undefined
  stopSignal?: NodeJS.Signals
  stopTimeoutMs?: number
}

export interface Child {
  pid: number
  logFile: string
  /** Settles once, when the process is gone, whoever ended it; the text says how. */
  exited: Promise<string>
  running(): boolean
  stop(): Promise<void>
}

/**
 * Starts a program with its output in a log file and its pid in a file, so that a later run can end
 * it if this one is killed. It gets a process group of its own: the terminal's Ctrl-C reaches only
 * us, and we end the parts in the order they need.
 */
export function startChild(folder: string, spec: ChildSpec): Child {
  const logFile = join(folder, 'logs', `${spec.name}.log`)
  const pidFile = join(folder, 'run', `${spec.name}.pid`)
  for (const sub of ['logs', 'run']) mkdirSync(join(folder, sub), { recursive: true })
  const log = openSync(logFile, 'w')
  const process_ = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env ?? process.env,
    stdio: ['ignore', log, log],
    detached: true,
    ...spec.owner,
  })
  closeSync(log)
  const pid = process_.pid ?? 0
  if (pid > 0) writeFileSync(pidFile, JSON.stringify({ pid, mark: spec.mark }))
  let running = true
  const exited = new Promise<string>((done) => {
    const gone = (how: string): void => {
      running = false
      rmSync(pidFile, { force: true })
      done(how)
    }
    process_.once('error', (error) => gone(error.message))
    process_.once('exit', (code, signal) => gone(signal ? `ended by ${signal}` : `code ${code}`))
  })
  const stop = async (): Promise<void> => {
    if (!running) return
    process_.kill(spec.stopSignal ?? 'SIGTERM')
    const timer = setTimeout(() => process_.kill('SIGKILL'), spec.stopTimeoutMs ?? 10_000)
    await exited
    clearTimeout(timer)
  }
  return { pid, logFile, exited, running: () => running, stop }
}

/** The last lines of a log, for an error message; without stack frames, which the log keeps. */
export function tail(logFile: string, lines = 12): string {
  try {
    return readFileSync(logFile, 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
      .slice(-lines)
      .join('\n')
  } catch {
    return ''
  }
}
