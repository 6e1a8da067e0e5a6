import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Check, CHECKS, DATABASE_CHECKS, runCheck } from './checks.ts'
import {
  addCounts,
  type Counts,
  countsLine,
  judgeStep,
  readPlaywright,
  readVitest,
} from './counts.ts'
import { withEndings } from './ending.ts'
import { bin } from './paths.ts'
import { failWith, say } from './say.ts'
import { startBrowserRun } from './services/browser-run.ts'
import { startThrowaway } from './services/throwaway.ts'
import { runTool } from './tools.ts'

/** `pnpm test`: everything. A failing step doesn't stop the others, so that one run tells all. */
let total: Counts = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(join(tmpdir(), 'bapmap-reports-'))

await withEndings(async (endings, signal) => {
  endings.push(() => rmSync(folder, { recursive: true, force: true }))
  await runChecks(CHECKS, signal)
  await runVitest('unit', ['unit', 'unit-client'], {}, signal)
  await runChecks(DATABASE_CHECKS, signal)
  await orFailure(runDatabase(signal))
  await orFailure(startBrowserRun(endings, say, signal).then((env) => runBrowser(env, signal)))
}).catch(failWith)
process.exitCode = total.failed > 0 ? 1 : 0
process.stdout.write(`${countsLine(total)}\n`)

function add(counts: Counts): void {
  total = addCounts(total, counts)
}

async function runChecks(checks: readonly Check[], signal: AbortSignal): Promise<void> {
  for (const check of checks) {
    const passed = await runCheck(check, signal)
    add({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })
  }
}

/** What a step needs may not be had, or the client may not build: that is a failure, not the end. */
async function orFailure(step: Promise<void>): Promise<void> {
  try {
    await step
  } catch (error) {
    failWith(error)
    add({ passed: 0, failed: 1, skipped: 0 })
  }
}

function runDatabase(signal: AbortSignal): Promise<void> {
  return withEndings(async (endings) => {
    const services = await startThrowaway()
    endings.push(() => services.stop())
    await runVitest('database', ['db'], services.env, signal)
  })
}

async function runVitest(
  name: string,
  projects: string[],
  more: Record<string, string>,
  signal: AbortSignal,
): Promise<void> {
  process.stderr.write(`\n── ${name} tests\n`)
  const file = join(folder, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const chosen = projects.flatMap((project) => ['--project', project])
  const env = { ...process.env, ...more, NO_COLOR: '1' }
  const args = ['run', ...chosen, ...reporters]
  const { code } = await runTool(bin('vitest'), args, { env, show: true, signal })
  add(judgeStep(code, readReport(file, readVitest)))
}

async function runBrowser(more: Record<string, string>, signal: AbortSignal): Promise<void> {
  process.stderr.write('\n── browser tests\n')
  const file = join(folder, 'browser.json')
  const env = { ...process.env, ...more, PLAYWRIGHT_JSON_OUTPUT_NAME: file, NO_COLOR: '1' }
  const args = ['test', '--reporter=list,json']
  const { code } = await runTool(bin('playwright'), args, { env, show: true, signal })
  add(judgeStep(code, readReport(file, readPlaywright)))
}

function readReport(file: string, read: (report: unknown) => Counts): Counts | undefined {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined // none was written: the tool itself failed
  }
}
