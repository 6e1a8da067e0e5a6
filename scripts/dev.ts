import { createServer } from 'vite'
import { withEndings } from './ending.ts'
import { DATA, ROOT } from './paths.ts'
import { failWith, Plain, say } from './say.ts'
import { tail } from './services/child.ts'
import {
  claimFolder,
  requirePort,
  startOwnServices,
  startServer,
  untilServes,
} from './services/own.ts'
import { choosePort } from './services/ports.ts'

/** What the server answers; all else is Vite's. Decision pages have pictures of the server's below them. */
const OF_SERVER =
  '^/(trpc|presence|livekit|api|errors|healthz|readyz|metrics|config\\.json|d/.+\\.png)'

/** `pnpm dev`: the services of `pnpm start`, the server restarted and the page renewed on change. */
await withEndings(async (endings, stopped) => {
  await claimFolder(endings, say)
  const port = Number(process.env.PORT || 3000)
  await requirePort(port, '127.0.0.1')
  const behind = await choosePort()
  const local = `http://127.0.0.1:${behind}`
  const { env } = await startOwnServices(endings, { webhook: `${local}/livekit/webhook`, say })
  const place = { PORT: String(behind), HOST: '127.0.0.1', PUBLIC_URL: `http://localhost:${port}` }
  const watched = { ...env, ...place, DEV: 'true' }
  const server = startServer(DATA, watched, { watch: true })
  endings.push(() => server.stop())
  const vite = await createServer({
    configFile: `${ROOT}/vite.config.ts`,
    // The scan for dependencies runs before the Solid plugin and must read its JSX all the same.
    optimizeDeps: { rolldownOptions: { transform: { jsx: { runtime: 'automatic' } } } },
    server: {
      port,
      strictPort: true,
      host: '127.0.0.1',
      proxy: { [OF_SERVER]: { target: local, ws: true } },
    },
  })
  endings.push(() => vite.close())
  await vite.listen()
  await untilServes(server, local)
  process.stdout.write(`\n  Bapmap is at http://localhost:${port}  (Ctrl-C ends it)\n`)
  say(`the server's log: ${server.logFile}`)
  const how = await server.exited
  if (!stopped.aborted) throw new Plain(`The server ended (${how}).\n${tail(server.logFile)}`)
}).catch(failWith)
