import type { Rooms } from '#server/features/rooms/index.ts'
import type { Db, DbOrTx, Tx } from '#server/platform/db.ts'
import type { Locks } from '#server/platform/lock.ts'
import type { Log } from '#server/platform/log.ts'
import { AppError } from '#shared/errors.ts'
import type { Limits } from '#shared/limits.ts'
import type { Seat } from '#shared/rooms.ts'
import type { VoterRow } from './repo.ballots.ts'
import { findRound } from './repo.rounds.ts'
import type { RoundRow } from './repo.rounds.ts'

export interface VotesDeps {
  db: Db
  locks: Locks
  rooms: Rooms
  log: Log
  limits: Limits
  /** False while Redis can't be asked: batches then go on without its lock, at once. */
  isLockUp(): boolean
  /** A server that holds a round's row and says nothing for this long is cut off by Postgres. */
  silentMs: number
  /** How long a busy process leaves the lock to another one that wants it: longer than the wait between two tries. */
  yieldMs: number
  /** A new uuid that sorts by time (ms). */
  newId(now: number): string
}

/** What never changes of a round. */
export interface RoundAbout {
  roomId: string
  quorum: boolean
  /** In a room of Bap Island. */
  demo: boolean
}
/** What is remembered of a room while its round's `roomEpoch` stays. */
export interface RoomMemory {
  epoch: number
  /** Numbers of standing candidates, ascending. */
  standing: readonly number[]
  /** Persons found inside; others are looked up each time. */
  seats: Map<string, Seat>
}
/** Everybody's part in a round as of a token, while no other server has written a newer one. */
export interface VotersMemory {
  token: number
  epoch: number
  voters: Map<string, VoterRow>
}
export interface Core extends VotesDeps {
  voters: Map<string, VotersMemory>
  about: Map<string, RoundAbout>
  memory: Map<string, RoomMemory>
  touchedAt: Map<string, number>
  /** The last token of a round taken here, and when another process took one in between. */
  lastToken: Map<string, number>
  sharedAt: Map<string, number>
  /** When the last batch of this process was written, and its lock given back. */
  servedAt: Map<string, number>
  /** The lock failed: not asked again before this time (ms of `performance.now()`, which nobody sets back; as are the three above). */
  lockDownUntil: number
}
export function makeCore(deps: VotesDeps): Core {
  return {
    ...deps,
    about: new Map(),
    memory: new Map(),
    voters: new Map(),
    touchedAt: new Map(),
    lastToken: new Map(),
    sharedAt: new Map(),
    servedAt: new Map(),
    lockDownUntil: 0,
  }
}

/** Within a transaction that holds the round's row. `round` is changed in place before it is saved. */
export interface Held {
  tx: Tx
  round: RoundRow
  /** Postgres' time when the row was had, ms. */
  now: number
  /** An event was appended: hubs are woken after the commit. */
  told: boolean
  /** Whose own part changed: their tabs are told after the commit. */
  mine: Set<string>
}

const REMEMBERED = 5_000

/** Throws round_unknown. */
export async function aboutRound(core: Core, roundId: string): Promise<RoundAbout> {
  const known = core.about.get(roundId)
  if (known) return known
  const round = await findRound(core.db, roundId)
  if (!round) throw new AppError('round_unknown')
  if (core.about.size >= REMEMBERED) forgetAll(core)
  const { demo } = await core.rooms.roomInfo(round.roomId)
  const about = { roomId: round.roomId, quorum: round.quorum, demo }
  core.about.set(roundId, about)
  return about
}

/** A closed round needs no memory. */
export function forgetRound(core: Core, roundId: string): void {
  for (const each of [
    core.memory,
    core.voters,
    core.touchedAt,
    core.lastToken,
    core.sharedAt,
    core.servedAt,
  ])
    each.delete(roundId)
}

export function forgetAll(core: Core): void {
  core.about.clear()
  core.memory.clear()
  core.voters.clear()
  core.touchedAt.clear()
  core.lastToken.clear()
  core.sharedAt.clear()
  core.servedAt.clear()
}

export function isOpen({ round, now }: Pick<Held, 'round' | 'now'>): boolean {
  return round.closedAt === null && now < round.deadlineAt
}

/** Numbers of the candidates that may win: the standing ones, in a run-off the tied. */
export async function standingIn(
  core: Core,
  db: DbOrTx,
  round: RoundRow,
): Promise<readonly number[]> {
  if (round.tied) return round.tied
  return (await recall(core, db, round)).standing
}

/** Standing candidates and seats as of the round's epoch; read once per change of the room. */
export async function recall(core: Core, db: DbOrTx, round: RoundRow): Promise<RoomMemory> {
  const known = core.memory.get(round.id)
  if (known?.epoch === round.roomEpoch) return known
  const candidates = await core.rooms.candidatesIn(db, round.roomId)
  const standing = candidates.filter((each) => each.withdrawnAt === null).map((each) => each.number)
  const memory = {
    epoch: round.roomEpoch,
    standing: standing.toSorted((a, b) => a - b),
    seats: new Map(),
  }
  core.memory.set(round.id, memory)
  return memory
}

/** Seats of persons inside the room, of these ones at least; who is not inside is absent. */
export async function seatsOf(
  core: Core,
  db: DbOrTx,
  round: RoundRow,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Seat>> {
  const { seats } = await recall(core, db, round)
  const unknown = personIds.filter((personId) => !seats.has(personId))
  if (unknown.length > 0) {
    const inside = await core.rooms.insideIn(db, round.roomId, unknown)
    for (const [personId, seat] of inside) seats.set(personId, seat)
  }
  return seats
}

/** Seats present now; null when that can't be known, and then nothing is decided by quorum. */
export async function presentSeats(core: Core, about: RoundAbout): Promise<readonly Seat[] | null> {
  if (!about.quorum) return null
  try {
    return await core.rooms.presentSeats(about.roomId)
  } catch (error) {
    core.log.warn(
      { err: error, roomId: about.roomId },
      'presence is unknown: nothing closes by quorum',
    )
    return null
  }
}
