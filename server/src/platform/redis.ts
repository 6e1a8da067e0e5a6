import { Redis, type RedisOptions } from 'ioredis'
import type { Log } from './log.ts'

/** The two connections of a process: one for commands, one that only listens. */
export interface RedisLinks {
  command: Redis
  subscriber: Redis
  /** Puts this deployment's prefix before a key or channel; scripts and streams get full keys too. */
  key(name: string): string
  /** True while commands can be sent at once. */
  isUp(): boolean
  close(): Promise<void>
}

/** Quick at first, so that a restart of Redis is over soon; then at most one try a second. */
const retryDelayMs = (times: number): number => Math.min(50 * times, 1_000)

/** Nothing that we ask takes long; what is not answered by then is not coming. */
const COMMAND_MS = 2_000

/** Opens both connections. Never throws because of the network: it reconnects for ever, and commands fail after about 2 s without it. */
export function makeRedis(url: string, prefix: string, log: Log): RedisLinks {
  const common: RedisOptions = {
    connectTimeout: 3_000,
    retryStrategy: retryDelayMs,
    keepAlive: 10_000,
    noDelay: true,
  }
  // Calls made in one tick leave as one pipeline: session look-ups and rate limits of a busy server share round trips.
  const command = new Redis(url, {
    ...common,
    // Tries come ever slower, so that a command would wait 9 s in a long outage: its caller gets the time-out, and the count of tries
    // only empties the queue of those whose callers are gone.
    maxRetriesPerRequest: 8,
    commandTimeout: COMMAND_MS,
    enableAutoPipelining: true,
    connectionName: 'bapmap',
  })
  const subscriber = new Redis(url, {
    ...common,
    maxRetriesPerRequest: null,
    connectionName: 'bapmap-sub',
  })
  listen(command, 'command', log)
  listen(subscriber, 'subscriber', log)
  return {
    command,
    subscriber,
    key: (name) => prefix + name,
    isUp: () => command.status === 'ready',
    close: async () => {
      await Promise.allSettled([command, subscriber].map((link) => quit(link)))
    },
  }
}

/** Without a listener every lost connection would be an uncaught error. Says each change once, not each try. */
function listen(link: Redis, which: string, log: Log): void {
  let down = false
  link.on('error', (error: Error) => {
    if (!down) log.warn({ err: error, link: which }, 'redis connection lost')
    down = true
  })
  link.on('ready', () => {
    if (down) log.info({ link: which }, 'redis connection is back')
    down = false
  })
}

async function quit(link: Redis): Promise<void> {
  if (link.status !== 'ready') return link.disconnect()
  await link.quit()
}
