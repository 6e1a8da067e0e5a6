import QRCode from 'qrcode'
import { withEndings } from './ending.ts'
import { DATA } from './paths.ts'
import { failWith, Plain, say, seconds } from './say.ts'
import { buildClient } from './services/client-build.ts'
import { tail } from './services/child.ts'
import { ensureCertificate, findLanAddress } from './services/lan.ts'
import {
  claimFolder,
  requirePort,
  startOwnServices,
  startServer,
  untilServes,
} from './services/own.ts'

/** `pnpm start [--lan]`: everything that the app needs, and the app; until Ctrl-C. */
const since = performance.now()
const lan = process.argv.includes('--lan')

interface Place {
  port: number
  host: string
  /** What people open. */
  url: string
  /** Where this machine reaches the server. */
  local: string
  lanAddress?: string
  tls?: { cert: string; key: string }
}

await withEndings(async (endings, stopped) => {
  await claimFolder(endings, say)
  const place = await choosePlace()
  await requirePort(place.port, place.host)
  const [services] = await Promise.all([
    startOwnServices(endings, {
      webhook: `${place.local}/livekit/webhook`,
      lanAddress: place.lanAddress,
      trust: place.tls?.cert,
      say,
    }),
    buildClient(say, stopped),
  ])
  stopped.throwIfAborted()
  const server = startServer(DATA, { ...services.env, ...serverEnv(place) })
  endings.push(() => server.stop())
  await untilServes(server, place.local)
  await announce(place)
  void services.livekit.ready.then((voice) => {
    if (!stopped.aborted && voice) say('voice is ready')
  })
  const how = await server.exited
  if (stopped.aborted) return
  throw new Plain(`The server ended (${how}; log: ${server.logFile}).\n${tail(server.logFile)}`)
}).catch((error: unknown) => {
  if (!(error instanceof DOMException && error.name === 'AbortError')) failWith(error)
})

async function choosePlace(): Promise<Place> {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Plain(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`)
  }
  const host = process.env.HOST || (lan ? '0.0.0.0' : '127.0.0.1')
  const given = process.env.PUBLIC_URL?.replace(/\/+$/, '')
  const near = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host
  if (!lan) {
    const scheme = process.env.TLS_CERT ? 'https' : 'http'
    const local = `${scheme}://${near.includes(':') ? `[${near}]` : near}:${port}`
    return { port, host, url: given ?? `${scheme}://localhost:${port}`, local }
  }
  const lanAddress = await findLanAddress()
  const tls = await ensureCertificate(DATA, lanAddress)
  const url = given ?? `https://${lanAddress}:${port}`
  return { port, host, url, local: `https://${near}:${port}`, lanAddress, tls }
}

function serverEnv({ port, host, url, tls }: Place): Record<string, string> {
  return {
    PORT: String(port),
    HOST: host,
    PUBLIC_URL: url,
    ...(tls && { TLS_CERT: tls.cert, TLS_KEY: tls.key }),
  }
}

async function announce({ url }: Place): Promise<void> {
  process.stdout.write(`\n  Bapmap is at ${url}  (started in ${seconds(since)}; Ctrl-C ends it)\n`)
  if (lan) {
    process.stdout.write(`${await QRCode.toString(url, { type: 'terminal', small: true })}`)
    say('The phone warns of an unknown certificate once: it was made by this machine.')
  }
  say(`logs: ${DATA}/logs`)
}
