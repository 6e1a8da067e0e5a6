import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Rounds } from '#server/platform/db.generated.ts'
import type { Db, DbOrTx, Tx } from '#server/platform/db.ts'
import type { Outcome, RoundView } from '#shared/votes.ts'

/** A round's row in the terms of this feature; times in ms of Postgres' clock. The seed stays out: see `findSeed`. */
export interface RoundRow {
  id: string
  roomId: string
  firstRoundId: string
  ordinal: number
  kind: 'first' | 'runoff'
  hidden: boolean
  quorum: boolean
  openedBySeat: number
  openedAt: number
  deadlineAt: number
  closingBy: 'host' | 'quorum' | null
  closingAt: number | null
  deadlineBefore: number | null
  holdUntil: number | null
  closingPresent: number[]
  seedHash: string
  tied: number[] | null
  hard: number[]
  token: number
  version: number
  roomEpoch: number
  closedAt: number | null
  outcome: Outcome | null
  final: RoundView | null
}
/** As it is stored; without the seed where it is read. */
export type StoredRound = Omit<Selectable<Rounds>, 'seed'>
type Stored = StoredRound

const names =
  `id room_id first_round_id ordinal kind hidden quorum opened_by_seat opened_at deadline_at closing_by closing_at
   deadline_before hold_until closing_present seed_hash tied hard token version room_epoch closed_at outcome final`.split(
    /\s+/,
  )
const columns = sql.raw(names.join(', '))
/** The same of a row that a function answers. */
export const columnsOf = (row: string) =>
  sql.raw(names.map((name) => `(${row}).${name}`).join(', '))

export function toRow(row: Stored): RoundRow {
  const time = (date: Date | null): number | null => date?.getTime() ?? null
  return {
    id: row.id,
    roomId: row.room_id,
    firstRoundId: row.first_round_id,
    ordinal: row.ordinal,
    kind: row.kind === 'runoff' ? 'runoff' : 'first',
    hidden: row.hidden,
    quorum: row.quorum,
    openedBySeat: row.opened_by_seat,
    openedAt: row.opened_at.getTime(),
    deadlineAt: row.deadline_at.getTime(),
    closingBy: row.closing_by === 'host' || row.closing_by === 'quorum' ? row.closing_by : null,
    closingAt: time(row.closing_at),
    deadlineBefore: time(row.deadline_before),
    holdUntil: time(row.hold_until),
    closingPresent: row.closing_present,
    seedHash: row.seed_hash,
    tied: row.tied,
    hard: row.hard,
    token: row.token,
    version: row.version,
    roomEpoch: row.room_epoch,
    closedAt: time(row.closed_at),
    outcome: row.outcome as Outcome | null,
    final: row.final as RoundView | null,
  }
}

/**
 * Orders everything that opens or closes rounds of a room or changes its candidates and members, until the transaction ends.
 * Taken before any round's row: with the row alone, who waits for a round that is just closing would not see the run-off.
 */
export async function lockRoomRounds(tx: Tx, roomId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rounds:${roomId}`}, 0))`.execute(tx)
}

/**
 * The next fencing token, in a transaction of its own; null when there is no such round. On disk when it answers: a token that a crash of
 * Postgres took back would be given out twice.
 */
export async function takeToken(db: Db, roundId: string): Promise<number | null> {
  const { rows } = await sql<{ token: number }>`
    update rounds set token = token + 1 where id = ${roundId} returning token`.execute(db)
  return rows[0]?.token ?? null
}

/** Raises the token for a change made without the lock, whose row this transaction holds: older batches are refused. */
export async function raiseToken(tx: Tx, roundId: string): Promise<number> {
  const { rows } = await sql<{ token: number }>`
    update rounds set token = token + 1 where id = ${roundId} returning token`.execute(tx)
  return rows[0]?.token ?? Number.NaN
}

/** As `raiseToken`, and makes every server read the round's voters again: they were changed other than by acts. */
export async function renewRound(tx: Tx, roundId: string): Promise<void> {
  await sql`update rounds set token = token + 1, room_epoch = room_epoch + 1 where id = ${roundId}`.execute(
    tx,
  )
}

/**
 * The round with its row locked, and the time read after the lock was had. Who holds the row and falls silent (a paused process) is
 * ended by Postgres after `silentMs`, so that the round goes on.
 */
export async function lockRound(
  tx: Tx,
  roundId: string,
  silentMs: number,
): Promise<{ round: RoundRow; now: number } | null> {
  const { rows } = await sql<Stored & { now: Date }>`
    with held as materialized (select ${columns} from rounds where id = ${roundId} for update)
    select *, clock_timestamp() as now, set_config('idle_in_transaction_session_timeout', ${String(silentMs)}, true) from held`.execute(
    tx,
  )
  const row = rows[0]
  return row ? { round: toRow(row), now: row.now.getTime() } : null
}

/**
 * The room's open round with its row locked, for who changes candidates or members: older batches are refused, and what servers
 * remember of the room is read again. Call `lockRoomRounds` first.
 */
export async function lockOpenRound(tx: Tx, roomId: string): Promise<RoundRow | null> {
  const { rows } = await sql<Stored>`
    update rounds set token = token + 1, room_epoch = room_epoch + 1
    where room_id = ${roomId} and closed_at is null returning ${columns}`.execute(tx)
  return rows[0] ? toRow(rows[0]) : null
}

export async function findRound(db: DbOrTx, roundId: string): Promise<RoundRow | null> {
  const { rows } = await sql<Stored>`select ${columns} from rounds where id = ${roundId}`.execute(
    db,
  )
  return rows[0] ? toRow(rows[0]) : null
}

/** The newest round of a room; a run-off is newer than its first round. */
export async function findNewest(db: DbOrTx, roomId: string): Promise<RoundRow | null> {
  const { rows } = await sql<Stored>`
    select ${columns} from rounds where room_id = ${roomId} order by ordinal desc, kind = 'runoff' desc limit 1`.execute(
    db,
  )
  return rows[0] ? toRow(rows[0]) : null
}

/** Hex; only for who ends a round. */
export async function findSeed(tx: Tx, roundId: string): Promise<string> {
  const { rows } = await sql<{
    seed: Buffer
  }>`select seed from rounds where id = ${roundId}`.execute(tx)
  if (!rows[0]) throw new Error('The round has gone')
  return rows[0].seed.toString('hex')
}

export type NewRound = Pick<
  RoundRow,
  | 'id'
  | 'roomId'
  | 'firstRoundId'
  | 'ordinal'
  | 'kind'
  | 'hidden'
  | 'quorum'
  | 'openedBySeat'
  | 'openedAt'
  | 'deadlineAt'
  | 'seedHash'
  | 'tied'
  | 'hard'
> & {
  /** Hex, 32 bytes. */
  seed: string
}

export async function insertRound(tx: Tx, round: NewRound): Promise<RoundRow> {
  const { rows } = await sql<Stored>`
    insert into rounds (id, room_id, first_round_id, ordinal, kind, hidden, quorum, opened_by_seat, opened_at, deadline_at, seed, seed_hash, tied, hard)
    values (${round.id}, ${round.roomId}, ${round.firstRoundId}, ${round.ordinal}, ${round.kind}, ${round.hidden}, ${round.quorum},
      ${round.openedBySeat}, ${new Date(round.openedAt)}, ${new Date(round.deadlineAt)}, ${Buffer.from(round.seed, 'hex')}, ${round.seedHash},
      ${round.tied}, ${round.hard})
    returning ${columns}`.execute(tx)
  if (!rows[0]) throw new Error('No round was stored')
  return toRow(rows[0])
}

/** Postgres' time in ms: every decision about a deadline is made by it. */
export async function readNow(db: DbOrTx): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return rows[0]?.now.getTime() ?? Number.NaN
}

export async function nextOrdinal(tx: Tx, roomId: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(ordinal), 0) + 1 as next from rounds where room_id = ${roomId}`.execute(tx)
  return rows[0]?.next ?? 1
}

/** Writes what may change in an open round. */
export async function saveRound(tx: Tx, round: RoundRow): Promise<void> {
  const time = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))
  await sql`
    update rounds set version = ${round.version}, deadline_at = ${new Date(round.deadlineAt)}, closing_by = ${round.closingBy},
      closing_at = ${time(round.closingAt)}, deadline_before = ${time(round.deadlineBefore)}, hold_until = ${time(round.holdUntil)},
      closing_present = ${round.closingPresent}
    where id = ${round.id}`.execute(tx)
}

export async function closeRound(
  tx: Tx,
  roundId: string,
  at: number,
  final: RoundView,
): Promise<void> {
  await sql`
    update rounds set closed_at = ${new Date(at)}, version = ${final.version}, outcome = ${JSON.stringify(final.outcome)}::jsonb,
      final = ${JSON.stringify(final)}::jsonb, closing_by = null, closing_at = null, deadline_before = null
    where id = ${roundId}`.execute(tx)
}

export interface DueRound {
  id: string
  roomId: string
  quorum: boolean
  /** Until its deadline, by Postgres' clock; negative when it is past. */
  leftMs: number
}

/** Open rounds whose deadline is within `aheadMs`, and all open ones with quorum. */
export async function listDue(db: Db, aheadMs: number): Promise<DueRound[]> {
  const { rows } = await sql<{ id: string; room_id: string; quorum: boolean; left_ms: number }>`
    select id, room_id, quorum, extract(epoch from deadline_at - clock_timestamp())::double precision * 1000 as left_ms
    from rounds where closed_at is null and (quorum or deadline_at <= clock_timestamp() + make_interval(secs => ${aheadMs / 1_000}))`.execute(
    db,
  )
  return rows.map((row) => ({
    id: row.id,
    roomId: row.room_id,
    quorum: row.quorum,
    leftMs: row.left_ms,
  }))
}

export async function findOpenId(db: DbOrTx, roomId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from rounds where room_id = ${roomId} and closed_at is null`.execute(db)
  return rows[0]?.id ?? null
}

export async function findLastClose(db: DbOrTx, roomId: string): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(closed_at) as at from rounds where room_id = ${roomId}`.execute(db)
  return rows[0]?.at?.getTime() ?? null
}

export async function listOpen(db: DbOrTx, roomIds: readonly string[]): Promise<RoundRow[]> {
  const { rows } = await sql<Stored>`
    select ${columns} from rounds where closed_at is null and room_id = any(${[...roomIds]}::uuid[])`.execute(
    db,
  )
  return rows.map(toRow)
}
