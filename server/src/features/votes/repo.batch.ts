import { sql } from 'kysely'
import type { DbOrTx } from '#server/platform/db.ts'
import type { RoomEvent } from '#shared/rooms.ts'
import type { Stance } from '#shared/votes.ts'
import type { VoterRow } from './repo.ballots.ts'
import { columnsOf, toRow } from './repo.rounds.ts'
import type { RoundRow, StoredRound } from './repo.rounds.ts'

/** The two statements of a batch of acts; their bodies are in migration 0006. */

export interface BatchAsk {
  roundId: string
  /** The keys to look for. */
  acts: readonly { personId: string; key: string }[]
  /** What is remembered of everybody's part, if anything. */
  known: { token: number; epoch: number } | undefined
}
export interface BatchRead {
  /** As of the token taken, which it holds. */
  round: RoundRow
  /** Postgres' time when the row was had, ms. */
  now: number
  /** Everybody who did something; without those of whom what is remembered (under this epoch) is still right. */
  voters: Map<string, VoterRow>
  /** `person key` → own number, of keys that were acknowledged before. */
  keys: Map<string, number>
}

type StoredKey = [personId: string, key: string, own: number]
type StoredVoter = [
  personId: string,
  seat: number,
  own: number,
  fine: boolean,
  fineOwn: number,
  waitUsed: boolean,
  removed: boolean,
  /** Three words for each candidate: number, stance, own. */
  stances: string | null,
]

/**
 * Takes the next fencing token and reads all that a batch needs; null when there is no such round. The token is
 * on disk when it answers (outside a transaction): one that a crash of Postgres took back would be given out twice.
 */
export async function takeRound(
  db: DbOrTx,
  { roundId, acts, known }: BatchAsk,
): Promise<BatchRead | null> {
  const { rows } = await sql<
    StoredRound & { now: Date; voters: StoredVoter[] | null; keys: StoredKey[] | null }
  >`
    select ${columnsOf('t.held')}, t.at as now, t.voters, t.keys
    from take_round(${roundId}, ${known?.token ?? -1}, ${known?.epoch ?? -1},
      ${acts.map((each) => each.personId)}::uuid[], ${acts.map((each) => each.key)}::uuid[]) as t`.execute(
    db,
  )
  const row = rows[0]
  if (!row) return null
  return {
    round: toRow(row),
    now: row.now.getTime(),
    voters: new Map((row.voters ?? []).map((each) => [each[0], toVoter(each)])),
    keys: new Map((row.keys ?? []).map(([personId, key, own]) => [`${personId} ${key}`, own])),
  }
}

function toVoter([
  personId,
  seat,
  own,
  fine,
  fineOwn,
  waitUsed,
  removed,
  text,
]: StoredVoter): VoterRow {
  const words = text?.split(' ') ?? []
  const stances: VoterRow['stances'] = new Map()
  for (let at = 0; at < words.length; at += 3)
    stances.set(Number(words[at]), { stance: words[at + 1] as Stance, own: Number(words[at + 2]) })
  return { personId, seat, own, fine, fineOwn, waitUsed, removed, stances }
}

export interface BatchWrites {
  voters: VoterRow[]
  choices: { personId: string; number: number; stance: Stance; own: number }[]
  keys: { personId: string; key: string; own: number }[]
  /** The round as it is to be, if more of it changes than votes. */
  round: RoundRow | null
  /** What the room is told. */
  event: RoomEvent | null
}
/** `stale`: a newer token was taken. `closed`: the round was, or its deadline came before its row was had. Nothing is written then. */
export type Stored = 'stored' | 'stale' | 'closed'

/** Writes a whole batch under its token, if that still is the newest. On disk when it answers, unless within a transaction. */
export async function storeActs(
  db: DbOrTx,
  roundId: string,
  token: number,
  { voters, choices, keys, round, event }: BatchWrites,
): Promise<Stored> {
  const { rows } = await sql<{ stored: Stored }>`
    select store_acts(${roundId}, ${token},
      ${voters.map((each) => each.personId)}::uuid[], ${voters.map((each) => each.seat)}::int[], ${voters.map((each) => each.own)}::int[],
      ${voters.map((each) => each.fine)}::bool[], ${voters.map((each) => each.fineOwn)}::int[],
      ${choices.map((each) => each.personId)}::uuid[], ${choices.map((each) => each.number)}::int[],
      ${choices.map((each) => each.stance)}::text[], ${choices.map((each) => each.own)}::int[],
      ${keys.map((each) => each.personId)}::uuid[], ${keys.map((each) => each.key)}::uuid[], ${keys.map((each) => each.own)}::int[],
      ${round && JSON.stringify(changeOf(round))}::jsonb, ${event && JSON.stringify(event)}::jsonb) as stored`.execute(
    db,
  )
  const stored = rows[0]?.stored
  if (!stored) throw new Error('A batch was neither stored nor refused')
  return stored
}

/** What may change in an open round, by the names of its columns. */
function changeOf(round: RoundRow): Record<string, unknown> {
  const time = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))
  return {
    version: round.version,
    deadline_at: time(round.deadlineAt),
    closing_by: round.closingBy,
    closing_at: time(round.closingAt),
    deadline_before: time(round.deadlineBefore),
    hold_until: time(round.holdUntil),
    closing_present: round.closingPresent,
  }
}

/** A transaction that says nothing for so long is ended by Postgres: who was paused lets go of the round's row. */
export async function limitSilence(tx: DbOrTx, silentMs: number): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', ${String(silentMs)}, true)`.execute(
    tx,
  )
}
