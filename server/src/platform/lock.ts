import { setTimeout as sleep } from 'node:timers/promises'
import Redlock, { ExecutionError, type Lock, ResourceLockedError } from 'redlock'
import { AppError } from '#shared/errors.ts'
import type { Log } from './log.ts'
import type { RedisLinks } from './redis.ts'

export interface LockSettings {
  ttlMs: number
  retries: number
  waitMs: number
}

export interface Locks {
  /**
   * Runs `work` while holding `key`. The signal aborts when the lock has expired: exclusiveness is then over, which is
   * why what `work` writes is guarded by a fencing token of its own. Throws AppError('not_ready') when the lock stayed
   * taken through every retry; other errors are those of Redis or of `work`.
   */
  withLock<T>(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    settings?: Partial<LockSettings>,
  ): Promise<T>
}

/**
 * Redlock over the one Redis. We retry here instead of in the library: it computes the expiry from before its retries,
 * so that a lock won late would look expired at once.
 */
export function makeLocks(redis: RedisLinks, defaults: LockSettings, log: Log): Locks {
  const redlock = new Redlock([redis.command], { retryCount: 0, driftFactor: 0.01 })
  // A taken lock is no error; a lost Redis is said by its connection. Without a listener the library would throw either.
  redlock.on('error', (error: unknown) => {
    if (!(error instanceof ResourceLockedError)) log.debug({ err: error }, 'lock command failed')
  })
  return {
    withLock: async (key, work, settings) => {
      const { ttlMs, retries, waitMs } = { ...defaults, ...settings }
      const startedAt = performance.now()
      const lock = await acquire(redlock, redis.key(`lock:${key}`), ttlMs, retries, waitMs)
      const waitedMs = Math.round(performance.now() - startedAt)
      log[waitedMs > waitMs ? 'info' : 'debug']({ lock: key, waitedMs }, 'lock taken')
      return hold(lock, ttlMs, key, work, log)
    },
  }
}

async function acquire(
  redlock: Redlock,
  key: string,
  ttlMs: number,
  retries: number,
  waitMs: number,
): Promise<Lock> {
  for (let tried = 0; ; tried++) {
    try {
      return await redlock.acquire([key], ttlMs)
    } catch (error) {
      if (!(await isTaken(error)))
        throw new Error('The lock could not be asked for', { cause: error })
      if (tried >= retries) throw new AppError('not_ready')
      await sleep(waitMs * (1 + Math.random() / 4))
    }
  }
}

/** Distinguishes "someone holds it" from "Redis did not answer". */
async function isTaken(error: unknown): Promise<boolean> {
  if (error instanceof ResourceLockedError) return true
  if (!(error instanceof ExecutionError)) return false
  const attempts = await Promise.all(error.attempts)
  return attempts.every(({ votesAgainst }) =>
    [...votesAgainst.values()].every((vote) => vote instanceof ResourceLockedError),
  )
}

async function hold<T>(
  lock: Lock,
  ttlMs: number,
  key: string,
  work: (signal: AbortSignal) => Promise<T>,
  log: Log,
): Promise<T> {
  const expired = new AbortController()
  const timer = setTimeout(
    () => expired.abort(new Error('The lock expired')),
    Math.max(lock.expiration - Date.now(), 0),
  )
  try {
    return await work(expired.signal)
  } finally {
    clearTimeout(timer)
    if (expired.signal.aborted) log.warn({ lock: key, ttlMs }, 'lock expired while it was held')
    // An expired or lost lock can't be released; it goes away by itself.
    else
      await lock
        .release()
        .catch((error: unknown) => log.debug({ err: error, lock: key }, 'lock was not released'))
  }
}
