import type { Config } from '../config.ts'
import { type Bus, makeBus } from './bus.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Db, type DbLink, type DbOptions, LOCK_WAIT_MS, makeDb } from './db.ts'
import { type Every, makeEvery } from './every.ts'
import { type Locks, makeLocks } from './lock.ts'
import { type Log, makeLog } from './log.ts'
import { type KakaoLocal, makeKakaoLocal } from './kakao.ts'
import { makeMetrics, type Metrics } from './metrics.ts'
import { makeOverpass, type Overpass } from './overpass.ts'
import { makeRateLimit, type RateLimit } from './rateLimit.ts'
import { makeRedis, type RedisLinks } from './redis.ts'
import { makeSfu, type Sfu } from './sfu.ts'

/** Everything a process shares, made once per build. */
export interface Platform {
  log: Log
  clock: Clock
  db: Db
  dbLink: DbLink
  /** Connections to the same database for one kind of work alone, closed with the others. */
  openDb(options: DbOptions): Db
  redis: RedisLinks
  bus: Bus
  locks: Locks
  rateLimit: RateLimit
  sfu: Sfu
  /** Null: switched off. */
  overpass: Overpass | null
  /** Null: no key. */
  kakao: KakaoLocal | null
  metrics: Metrics
  every: Every
  close(): Promise<void>
}

export interface PlatformOverrides {
  clock?: Clock
  log?: Log
}

/** Opens nothing that can fail at once: the links connect by themselves and say when they cannot. */
export function makePlatform(config: Config, overrides: PlatformOverrides): Platform {
  const log = overrides.log ?? makeLog(config.LOG_LEVEL)
  const clock = overrides.clock ?? systemClock
  const dbLink = makeDb(
    config.DATABASE_URL,
    { poolMax: config.DATABASE_POOL_MAX, lockMs: LOCK_WAIT_MS },
    log,
  )
  const links = [dbLink]
  const redis = makeRedis(config.REDIS_URL, config.REDIS_PREFIX, log)
  const bus = makeBus(redis, log)
  const metrics = makeMetrics()
  return {
    log,
    clock,
    db: dbLink.db,
    dbLink,
    openDb: (options) => {
      const link = makeDb(config.DATABASE_URL, options, log)
      links.push(link)
      return link.db
    },
    redis,
    bus,
    locks: makeLocks(
      redis,
      { ttlMs: config.LOCK_TTL_MS, retries: config.LOCK_RETRIES, waitMs: config.LOCK_WAIT_MS },
      log,
    ),
    rateLimit: makeRateLimit(redis, clock),
    sfu: makeSfu({
      url: config.LIVEKIT_URL,
      key: config.LIVEKIT_API_KEY,
      secret: config.LIVEKIT_API_SECRET,
    }),
    overpass:
      config.OVERPASS_URL === 'off'
        ? null
        : makeOverpass({ url: config.OVERPASS_URL, userAgent: `Bapmap (${config.PUBLIC_URL})` }),
    kakao:
      config.KAKAO_REST_KEY === undefined
        ? null
        : makeKakaoLocal({
            url: config.KAKAO_LOCAL_URL.replace(/\/+$/, ''),
            key: config.KAKAO_REST_KEY,
          }),
    metrics,
    every: makeEvery(log),
    close: async () => {
      bus.close()
      metrics.close()
      await Promise.all([redis.close(), ...links.map((link) => link.close())])
    },
  }
}
