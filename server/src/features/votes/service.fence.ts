import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { lockRoomRounds, lockRound, raiseToken, takeToken } from './repo.rounds.ts'
import type { Core, Held } from './service.core.ts'

/** Another took the lock since: nothing was written, and the work is done again under a new token. */
class StaleToken extends Error {}

const TRIES = 6
const LOCK_PAUSE_MS = 1_000

export interface HoldOptions<T> {
  /** The room, if the work opens or closes a round: also orders it with changes of candidates and members. */
  orderWith?: string
  /** Runs after the commit, before the lock is given back, with the answer. */
  committed?(result: T): void
}

/**
 * Runs `work` in one transaction that holds the round's row, under the round's lock with a fencing token taken after the lock was had.
 *
 * The lock (Redis) is there so that batches of several servers don't queue inside Postgres; the token and the row (Postgres) are what
 * keeps counts right. So when Redis is away, or the lock stays taken through all its tries, the work goes on without the lock: it then
 * raises the token while holding the row, which refuses every batch that took an older one. A lost database connection and a stale
 * token are tried again; acts carry keys, so a commit whose answer was lost counts once. Throws round_unknown.
 */
export async function holdRound<T>(
  core: Core,
  roundId: string,
  work: (held: Held) => Promise<T>,
  options: HoldOptions<T> = {},
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await underLock(core, roundId, (token) =>
        inTransaction(core, roundId, token, work, options),
      )
    } catch (error) {
      if (tried >= TRIES || !(error instanceof StaleToken || isPassing(error))) throw error
      core.log.info({ err: error, roundId, tried }, 'a batch of votes is tried again')
      await sleep(Math.random() * 20 * 2 ** tried)
    }
  }
}

async function underLock<T>(
  core: Core,
  roundId: string,
  run: (token: number | null) => Promise<T>,
): Promise<T> {
  if (!core.isLockUp() || performance.now() < core.lockDownUntil) return run(null)
  let entered = false
  try {
    return await core.locks.withLock(`round:${roundId}`, async () => {
      entered = true
      const token = await takeToken(core.db, roundId)
      if (token === null) throw new AppError('round_unknown')
      noteToken(core, roundId, token)
      return run(token)
    })
  } catch (error) {
    if (entered) throw error
    if (!(error instanceof AppError)) core.lockDownUntil = performance.now() + LOCK_PAUSE_MS
    core.log.warn(
      { err: error, roundId },
      'votes go on without the lock: Postgres alone orders them',
    )
    return run(null)
  }
}

/** A gap means that another process works on this round too. */
function noteToken(core: Core, roundId: string, token: number): void {
  const last = core.lastToken.get(roundId)
  core.lastToken.set(roundId, token)
  if (last !== undefined && token > last + 1) core.sharedAt.set(roundId, performance.now())
}

async function inTransaction<T>(
  core: Core,
  roundId: string,
  token: number | null,
  work: (held: Held) => Promise<T>,
  options: HoldOptions<T>,
): Promise<T> {
  let about: Held | undefined
  const result = await core.db.transaction().execute(async (tx) => {
    if (options.orderWith) await lockRoomRounds(tx, options.orderWith)
    const locked = await lockRound(tx, roundId, core.silentMs)
    if (!locked) throw new AppError('round_unknown')
    if (token === null) locked.round.token = await raiseToken(tx, roundId)
    else if (locked.round.token !== token) throw new StaleToken('A newer token was taken')
    about = { tx, ...locked, told: false, mine: new Set() }
    return work(about)
  })
  if (about) announce(core, about)
  options.committed?.(result)
  return result
}

/** Wakes hubs and the tabs of those whose own part changed. Nothing is lost if it fails: hubs look by themselves. */
export function announce(core: Core, { round, told, mine }: Held): void {
  if (told) core.rooms.announce(round.roomId)
  if (mine.size > 0) core.rooms.announceMine(round.roomId, ...mine)
}

const PASSING = new Set([
  '40001',
  '40P01',
  '25P03',
  '57P01',
  '57P02',
  '57P03',
  '55P03',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
])

/** Faults that are over when tried again: a lost connection, a restart, a deadlock, a session ended while it was silent. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    PASSING.has(code) ||
    code.startsWith('08') ||
    /connection terminated|connection.*(ended|closed)/i.test(error.message)
  )
}
