import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { cacheFolders, isProgram, onPath, writableCache } from '../paths.ts'
import { Plain, type Say, seconds } from '../say.ts'
import { type Child, startChild, tail } from './child.ts'
import { envFor, hasDebianTools, unpackDebian } from './debian.ts'
import { weaknessOf } from '../../server/src/platform/redis.policy.ts'
import { choosePort, waitFor } from './ports.ts'
import type { Service } from './postgres.ts'

interface RedisOptions {
  /** Data in `<folder>/redis`, log and pid file beside it. */
  folder: string
  password: string
  port?: number
  say: Say
}

/** The ending lets `envFor` know that the program needs the libraries beside it. */
const TREE = 'redis.tree'
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1']
/** Reading a large append-only file takes its time. */
const READY_MS = 60_000

/** The Redis of REDIS_URL if given (checked), else our own, started on the data kept here. */
export async function findOrStartRedis(
  options: RedisOptions,
  given = process.env.REDIS_URL,
): Promise<Service> {
  if (!given) return startRedis(options)
  const answer = await ping(given)
  if (answer !== 'PONG') {
    throw new Plain(`REDIS_URL is set, but its Redis doesn't answer: ${answer}.`)
  }
  const weakness = await weaknessAt(given)
  if (weakness) options.say(weakness)
  return { url: given, stop: async () => {} }
}

async function startRedis(options: RedisOptions): Promise<Service> {
  const command = await findRedis(options.say)
  const data = join(options.folder, 'redis')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const port = await choosePort(options.port)
  const config = join(data, 'redis.conf')
  // In a file, not on the command line: any user of the machine may read command lines.
  writeFileSync(config, redisConfig(data, port, options.password), { mode: 0o600 })
  const child = startChild(options.folder, {
    name: 'redis',
    command,
    args: [config],
    // Redis writes this over its command line as soon as it runs.
    mark: `redis-server 127.0.0.1:${port}`,
    cwd: data,
    env: envFor(command),
  })
  const url = `redis://:${options.password}@127.0.0.1:${port}`
  await untilReady(child, url)
  return { url, stop: () => child.stop() }
}

/** An acknowledged message survives a power cut: each write is on disk before its answer. */
const redisConfig = (data: string, port: number, password: string): string =>
  [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${data}"`,
    'daemonize no',
    'save ""',
    'appendonly yes',
    'appendfsync always',
    'maxmemory-policy noeviction',
    '',
  ].join('\n')

async function untilReady(child: Child, url: string): Promise<void> {
  const ready = await waitFor(
    async () => !child.running() || (await ping(url)) === 'PONG',
    READY_MS,
  )
  if (ready && child.running()) return
  await child.stop()
  throw new Plain(`Redis didn't start (log: ${child.logFile}).\n${tail(child.logFile)}`)
}

/** What a Redis that is not ours may lose; silence when it would not tell. */
async function weaknessAt(url: string): Promise<string | null> {
  const redis = new Redis(url, { retryStrategy: () => null, connectTimeout: 5000 })
  redis.on('error', () => undefined)
  return weaknessOf(redis)
    .catch(() => null)
    .finally(() => redis.disconnect())
}

/** 'PONG', or why there is none. A Redis that still reads its data answers LOADING: not ready. */
async function ping(url: string): Promise<string> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 5000,
    enableReadyCheck: false,
  })
  let reason = ''
  redis.on('error', (error: Error) => (reason = error.message))
  try {
    await redis.connect()
    return await redis.ping()
  } catch (error) {
    return reason || String(error)
  } finally {
    redis.disconnect()
  }
}

/** redis-server from PATH, from a cache, or unpacked from Debian's package into the cache. */
async function findRedis(say: Say): Promise<string> {
  const found = onPath('redis-server')
  if (found) return found
  for (const cache of cacheFolders()) {
    const path = programIn(join(cache, TREE))
    if (path && works(path)) return path
  }
  if (!hasDebianTools()) throw howToGet('')
  const since = performance.now()
  say("fetching Redis (Debian's package, into the cache) …")
  try {
    const path = programIn(await unpackDebian(TREE, PACKAGES, writableCache()))
    if (path && works(path)) {
      say(`Redis is in the cache (${seconds(since)})`)
      return path
    }
  } catch (error) {
    throw howToGet(String((error as { stderr?: string }).stderr ?? error).trim())
  }
  throw howToGet('the unpacked program does not run here')
}

function programIn(tree: string): string | undefined {
  // Debian's redis-server is a link to redis-check-rdb of redis-tools: one program by three names.
  return ['usr/bin/redis-server', 'usr/bin/redis-check-rdb']
    .map((path) => join(tree, path))
    .find((path) => existsSync(path) && isProgram(path))
}

function works(path: string): boolean {
  try {
    execFileSync(path, ['--version'], { env: envFor(path), stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function howToGet(why: string): Plain {
  const how =
    process.platform === 'darwin' ? 'brew install redis' : 'sudo apt-get install redis-server'
  return new Plain(
    `Redis is missing. Run \`${how}\` (or your system's like), or set REDIS_URL to a Redis of yours, ` +
      `then start again.${why ? `\n(${why.split('\n').slice(-3).join(' ')})` : ''}`,
  )
}
