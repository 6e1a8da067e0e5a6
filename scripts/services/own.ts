import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { DATA, makeWritable, ROOT } from '../paths.ts'
import { Plain, type Say } from '../say.ts'
import { type Child, startChild, tail } from './child.ts'
import { findOrStartLivekit, type Livekit } from './livekit.ts'
import { isFree, waitFor, whoListens } from './ports.ts'
import { findOrStartPostgres, type Service } from './postgres.ts'
import { commandLine, endOrphans, isAlive, isOurs, readPidNote } from './processes.ts'
import { findOrStartRedis } from './redis.ts'
import { loadSecrets } from './secrets.ts'

interface Endings {
  push(end: () => Promise<void> | void): void
}

const START_NOTE = join(DATA, 'run', 'start.pid')

/** Reads `.env` (what is set already wins) and makes sure that this folder is ours to run in. */
export async function claimFolder(endings: Endings, say: Say): Promise<void> {
  try {
    process.loadEnvFile(join(ROOT, '.env'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (!makeWritable(join(DATA, 'run'))) {
    throw new Plain(
      `${DATA} can't be written: Bapmap keeps its data there. ` +
        'Run from a folder that you may write to, or mend its permissions.',
    )
  }
  const other = readPidNote(START_NOTE)
  if (other && other.pid !== process.pid && isAlive(other.pid) && isOurs(other)) {
    throw new Plain(`Bapmap already runs from this folder (process ${other.pid}). End that first.`)
  }
  const ended = await endOrphans(join(DATA, 'run'))
  if (ended.length > 0) say(`ended what the last run left behind: ${ended.join(', ')}`)
  mkdirSync(join(DATA, 'run'), { recursive: true })
  writeFileSync(START_NOTE, JSON.stringify({ pid: process.pid, mark: commandLine(process.pid) }))
  endings.push(() => rmSync(START_NOTE, { force: true }))
}

/** A clear sentence when the port that people will open is taken. */
export async function requirePort(port: number, host: string): Promise<void> {
  // A program that listens on all addresses, or only on this one, is in the way either way.
  if ((await isFree(port, host)) && (await isFree(port, '::').catch(() => true))) return
  throw new Plain(
    `Port ${port} is taken by ${await whoListens(port)}. End that, or choose another port: ` +
      `PORT=${port + 1} npx -y pnpm@12 start`,
  )
}

export interface OwnServices {
  /** What the server needs to know of them. */
  env: Record<string, string>
  livekit: Livekit
}

interface OwnOptions {
  webhook: string
  lanAddress?: string | undefined
  trust?: string | undefined
  say: Say
}

/** The services of `pnpm start` and `pnpm dev`, side by side, with their data under `.data/`. */
export async function startOwnServices(
  endings: Endings,
  { webhook, lanAddress, trust, say }: OwnOptions,
): Promise<OwnServices> {
  const secrets = loadSecrets(DATA)
  const keep = async <T extends Service | Livekit>(starting: Promise<T>): Promise<T> => {
    const service = await starting
    endings.push(() => service.stop())
    return service
  }
  const postgres = { folder: DATA, password: secrets.postgresPassword, port: 54_320, say }
  const redis = { folder: DATA, password: secrets.redisPassword, port: 63_790, say }
  const sfu = { folder: DATA, key: secrets.livekitKey, secret: secrets.livekitSecret, port: 7880 }
  const starting = [
    keep(findOrStartPostgres(postgres)),
    keep(findOrStartRedis(redis)),
    keep(
      findOrStartLivekit({
        ...sfu,
        say,
        webhooks: [webhook],
        ...(lanAddress && { lanAddress }),
        ...(trust && { trust }),
      }),
    ),
  ] as const
  // Nothing may be half started when the endings run.
  await Promise.allSettled(starting)
  const [{ url: DATABASE_URL }, { url: REDIS_URL }, livekit] = await Promise.all(starting)
  const env = {
    DATABASE_URL,
    REDIS_URL,
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.key,
    LIVEKIT_API_SECRET: livekit.secret,
    AUTH_SECRET: process.env.AUTH_SECRET ?? secrets.authSecret,
  }
  return { env, livekit }
}

/** Starts the app's server; its log goes to `<folder>/logs/<name>.log`. */
export function startServer(
  folder: string,
  env: Record<string, string>,
  options: { name?: string; watch?: boolean } = {},
): Child {
  const main = join(ROOT, 'server', 'src', 'main.ts')
  return startChild(folder, {
    name: options.name ?? 'server',
    command: process.execPath,
    args: options.watch ? ['--watch', '--watch-preserve-output', main] : [main],
    mark: main,
    cwd: ROOT,
    env: { ...process.env, ...env },
    // SIGTERM would first wait for a balancer to notice; here there is none.
    stopSignal: 'SIGINT',
    stopTimeoutMs: 10_000,
  })
}

/** Resolves when `/readyz` answers; throws with the end of the log when the server ends before. */
export async function untilServes(server: Child, origin: string): Promise<void> {
  const ready = await waitFor(
    async () => !server.running() || (await isReady(`${origin}/readyz`)),
    60_000,
  )
  if (ready && server.running()) return
  throw new Plain(`The server didn't start (log: ${server.logFile}).\n${tail(server.logFile)}`)
}

function isReady(url: string): Promise<boolean> {
  if (url.startsWith('http:')) {
    return fetch(url, { signal: AbortSignal.timeout(3000) }).then(
      (response) => response.ok,
      () => false,
    )
  }
  // Our own certificate, on our own machine: there is nobody to be deceived by.
  return new Promise((done) => {
    const call = request(url, { rejectUnauthorized: false, timeout: 3000 }, (response) => {
      response.resume()
      done(response.statusCode === 200)
    })
    call.once('timeout', () => call.destroy())
    call.once('error', () => done(false))
    call.end()
  })
}
