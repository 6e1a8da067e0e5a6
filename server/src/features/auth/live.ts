import type { Bus } from '#server/platform/bus.ts'
import type { RedisLinks } from '#server/platform/redis.ts'

/**
 * A session is believed this long without asking Postgres, where alone it ends: whoever Redis or another server could not tell of an
 * ending goes by the old copy no longer than this. One reading of a row per session in use and five seconds.
 */
export const SESSION_CACHE_SECONDS = 5
const LIST_PREFIX = 'active-sessions-'
const ENDED = 'sessions'

export interface SessionCache {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlSeconds?: number): Promise<void>
  delete(key: string): Promise<void>
  /** Used once only (tokens of the library): without Redis there is nothing to take. */
  getAndDelete(key: string): Promise<string | null>
  /** The first call of a window sets its end. */
  increment(key: string, ttlSeconds: number): Promise<number>
}

/**
 * The session cache of better-auth (its `secondaryStorage`) and of our look-up. Without Redis it holds nothing and
 * reading goes to Postgres; what it can't delete then is over by itself in seconds.
 */
export function makeSessionCache(redis: RedisLinks): SessionCache {
  const keyOf = (key: string): string => redis.key(`auth:${key}`)
  return {
    get: async (key) => {
      if (!redis.isUp()) return null
      return redis.command.get(keyOf(key)).catch(() => null)
    },
    set: async (key, value, ttlSeconds = SESSION_CACHE_SECONDS) => {
      if (!redis.isUp()) return
      const seconds = key.startsWith(LIST_PREFIX)
        ? ttlSeconds
        : Math.min(ttlSeconds, SESSION_CACHE_SECONDS)
      if (seconds > 0) await redis.command.set(keyOf(key), value, 'EX', seconds).catch(() => null)
    },
    delete: async (key) => {
      if (redis.isUp()) await redis.command.del(keyOf(key)).catch(() => null)
    },
    getAndDelete: (key) => redis.command.getdel(keyOf(key)),
    increment: async (key, ttlSeconds) => {
      const answers = await redis.command
        .multi()
        .incr(keyOf(key))
        .expire(keyOf(key), ttlSeconds, 'NX')
        .exec()
      return Number(answers?.[0]?.[1])
    },
  }
}

/** What every server is told when a session ended. */
export interface SessionEnded {
  sessionId: string
}

export function announceEnd(bus: Bus, sessionId: string): Promise<void> {
  return bus.publish(ENDED, { sessionId } satisfies SessionEnded)
}

export function hearEnds(
  bus: Bus,
  listener: (ended: SessionEnded) => void,
): Promise<() => Promise<void>> {
  return bus.subscribe<SessionEnded>(ENDED, listener)
}
