import { bin } from './paths.ts'
import { runTool } from './tools.ts'

export interface Check {
  name: string
  command: string
  args: string[]
}

const script = (name: string, ...args: string[]): Omit<Check, 'name'> => ({
  command: process.execPath,
  args: [`scripts/${name}.ts`, ...args],
})

/** What needs nothing but the code; each counts as one test. */
export const CHECKS: readonly Check[] = [
  { name: 'format', command: bin('oxfmt'), args: ['--check'] },
  { name: 'lint', command: bin('oxlint'), args: ['--deny-warnings'] },
  { name: 'types: server', command: bin('tsc'), args: ['-p', 'server'] },
  { name: 'types: client', command: bin('tsc'), args: ['-p', 'client'] },
  { name: 'types: e2e', command: bin('tsc'), args: ['-p', 'e2e'] },
  { name: 'structure', ...script('structure') },
  { name: 'unused code', command: bin('knip'), args: [] },
  { name: '.env.example', ...script('env-example', '--check') },
]

/** These need a database made from the migrations. */
export const DATABASE_CHECKS: readonly Check[] = [
  { name: 'table types and schema picture', ...script('db-types', '--check') },
]

/** Runs one check and shows what it says when it fails; true when it passes. */
export async function runCheck(check: Check, signal?: AbortSignal): Promise<boolean> {
  const env = { ...process.env, NO_COLOR: '1' }
  const options = signal ? { env, signal } : { env }
  const { code, output } = await runTool(check.command, check.args, options)
  if (code !== 0) process.stderr.write(`\n── ${check.name}\n${output.trim()}\n`)
  process.stderr.write(`  ${code === 0 ? 'ok  ' : 'FAIL'} ${check.name}\n`)
  return code === 0
}
