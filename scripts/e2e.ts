import { withEndings } from './ending.ts'
import { bin } from './paths.ts'
import { failWith, say } from './say.ts'
import { startBrowserRun } from './services/browser-run.ts'
import { runTool } from './tools.ts'

/** `pnpm e2e [-- --grep x] [spec]`: browser tests; everything after it goes to Playwright. */
await withEndings(async (endings, signal) => {
  const env = { ...process.env, ...(await startBrowserRun(endings, say, signal)) }
  const args = process.argv.slice(2).filter((arg) => arg !== '--')
  const { code } = await runTool(bin('playwright'), ['test', ...args], { env, show: true, signal })
  process.exitCode = code
}).catch(failWith)
