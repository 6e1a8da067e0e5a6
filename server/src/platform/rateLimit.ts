import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '#shared/errors.ts'
import type { Clock } from './clock.ts'
import type { RedisLinks } from './redis.ts'

/** At most `points` in `perSeconds`; `name` keeps the counters of different rules apart. */
export interface LimitRule {
  name: string
  points: number
  perSeconds: number
}

export interface RateLimit {
  /** Takes `cost` (default 1) from the key's allowance; throws AppError('slow_down', { retryAt }) when it is used up. */
  limit(key: string, rule: LimitRule, cost?: number): Promise<void>
  /** For guess limits, which count failures only: refuses when the allowance is used up, takes nothing. */
  check(key: string, rule: LimitRule): Promise<void>
}

/** Counters in Redis, shared by all servers; while Redis is away each process counts for itself. */
export function makeRateLimit(redis: RedisLinks, clock: Clock): RateLimit {
  const limiters = new Map<string, RateLimiterRedis>()
  // Defines the library's script before the first pipeline is made: a pipeline that was begun earlier in the same turn would not know
  // it, and ioredis then ends the process with an error that nobody can catch.
  void new RateLimiterRedis({ points: 1, duration: 1, storeClient: redis.command })
  const limiterOf = (rule: LimitRule): RateLimiterRedis => {
    const known = limiters.get(rule.name)
    if (known) return known
    const options = {
      points: rule.points,
      duration: rule.perSeconds,
      keyPrefix: redis.key(`limit:${rule.name}`),
    }
    const limiter = new RateLimiterRedis({
      ...options,
      storeClient: redis.command,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    })
    limiters.set(rule.name, limiter)
    return limiter
  }
  const refuse = (msBeforeNext: number): never => {
    throw new AppError('slow_down', { retryAt: clock.now() + msBeforeNext })
  }
  return {
    limit: async (key, rule, cost = 1) => {
      try {
        await limiterOf(rule).consume(key, cost)
      } catch (error) {
        if (error instanceof RateLimiterRes) refuse(error.msBeforeNext)
        throw error
      }
    },
    check: async (key, rule) => {
      const state = await limiterOf(rule).get(key)
      if (state && state.consumedPoints >= rule.points && state.msBeforeNext > 0)
        refuse(state.msBeforeNext)
    },
  }
}
