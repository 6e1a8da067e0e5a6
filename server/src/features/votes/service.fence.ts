import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { lockRoomRounds, lockRound, raiseToken, takeToken } from './repo.rounds.ts'
import type { Core, Held } from './service.core.ts'

/** Another took the lock since: nothing was written, and the work is done again under a new token. */
export class StaleToken extends Error {}

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
 * Without the lock the token is raised while the row is held, which refuses every batch that took an older one. Throws round_unknown.
 */
export async function holdRound<T>(
  core: Core,
  roundId: string,
  work: (held: Held) => Promise<T>,
  options: HoldOptions<T> = {},
): Promise<T> {
  return underLock(core, roundId, async (locked) => {
    const token = locked ? await takeToken(core.db, roundId) : undefined
    if (token === null) throw new AppError('round_unknown')
    if (token !== undefined) noteToken(core, roundId, token)
    return inTransaction(core, roundId, token, work, options)
  })
}

/**
 * Runs `run` under the round's lock, and again while it throws StaleToken or what a second try can mend.
 *
 * The lock (Redis) is there so that batches of several servers don't queue inside Postgres; the token and the row (Postgres) are what
 * keeps counts right. So when Redis is away, or the lock stays taken through all its tries, the work goes on without the lock
 * (`locked` is false), and must take its token in the transaction that writes. A lost database connection and a stale
 * token are tried again; acts carry keys, so a commit whose answer was lost counts once.
 */
export async function underLock<T>(
  core: Core,
  roundId: string,
  run: (locked: boolean) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await tryUnderLock(core, roundId, run)
    } catch (error) {
      if (tried >= TRIES || !(error instanceof StaleToken || isPassing(error))) throw error
      core.log.info({ err: error, roundId, tried }, 'work on a round is tried again')
      await sleep(Math.random() * 20 * 2 ** tried)
    }
  }
}

async function tryUnderLock<T>(
  core: Core,
  roundId: string,
  run: (locked: boolean) => Promise<T>,
): Promise<T> {
  if (!core.isLockUp() || performance.now() < core.lockDownUntil) return run(false)
  let entered = false
  try {
    return await core.locks.withLock(`round:${roundId}`, () => {
      entered = true
      return run(true)
    })
  } catch (error) {
    if (entered) throw error
    if (!(error instanceof AppError)) core.lockDownUntil = performance.now() + LOCK_PAUSE_MS
    core.log.warn(
      { err: error, roundId },
      'votes go on without the lock: Postgres alone orders them',
    )
    return run(false)
  }
}

/** A gap means that another process works on this round too. */
export function noteToken(core: Core, roundId: string, token: number): void {
  const last = core.lastToken.get(roundId)
  core.lastToken.set(roundId, token)
  if (last !== undefined && token > last + 1) core.sharedAt.set(roundId, performance.now())
}

async function inTransaction<T>(
  core: Core,
  roundId: string,
  token: number | undefined,
  work: (held: Held) => Promise<T>,
  options: HoldOptions<T>,
): Promise<T> {
  let about: Held | undefined
  const result = await core.db.transaction().execute(async (tx) => {
    if (options.orderWith) await lockRoomRounds(tx, options.orderWith)
    const locked = await lockRound(tx, roundId, core.silentMs)
    if (!locked) throw new AppError('round_unknown')
    if (token === undefined) locked.round.token = await raiseToken(tx, roundId)
    else if (locked.round.token !== token) throw new StaleToken('A newer token was taken')
    about = { tx, ...locked, told: false, mine: new Set() }
    return work(about)
  })
  if (about) announce(core, about)
  options.committed?.(result)
  return result
}

/** Wakes hubs and the tabs of those whose own part changed. Nothing is lost if it fails: hubs look by themselves. */
export function announce(
  core: Core,
  { round, told, mine }: Pick<Held, 'round' | 'told' | 'mine'>,
): void {
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
