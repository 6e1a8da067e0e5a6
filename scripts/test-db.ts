import { bin } from './paths.ts'
import { withEndings } from './ending.ts'
import { failWith } from './say.ts'
import { startThrowaway } from './services/throwaway.ts'
import { runTool } from './tools.ts'

/** `pnpm test:db [files]`: the tests with real Postgres, Redis and LiveKit, thrown away afterwards. */
await withEndings(async (endings, signal) => {
  const services = await startThrowaway()
  endings.push(() => services.stop())
  const args = ['run', '--project', 'db', ...process.argv.slice(2).filter((arg) => arg !== '--')]
  const env = { ...process.env, ...services.env }
  const { code } = await runTool(bin('vitest'), args, { env, show: true, signal })
  process.exitCode = code
}).catch(failWith)
