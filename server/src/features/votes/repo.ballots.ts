import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { Stance } from '#shared/votes.ts'
import type { Voter } from '#shared/votes.acts.ts'

export interface VoterRow extends Voter {
  personId: string
  seat: number
  waitUsed: boolean
  removed: boolean
}
interface StoredVoter {
  person_id: string
  seat: number
  own: number
  fine: boolean
  fine_own: number
  wait_used: boolean
  removed: boolean
  /** [number, stance, own] of each candidate. */
  stances: [number, Stance, number][] | null
}

const votersOf = (roundId: string, personIds: readonly string[]) => sql<StoredVoter>`
  select person_id, seat, own, fine, fine_own, wait_used, removed_at is not null as removed,
    (select json_agg(json_build_array(number, stance, c.own)) from round_choices c
     where c.round_id = v.round_id and c.person_id = v.person_id) as stances
  from round_voters v where round_id = ${roundId} and person_id = any(${[...personIds]}::uuid[])`

/** Voters of a round with all their rows; persons who did nothing yet are absent. */
export async function readVoters(
  db: DbOrTx,
  roundId: string,
  personIds: readonly string[],
): Promise<Map<string, VoterRow>> {
  const { rows } = await votersOf(roundId, personIds).execute(db)
  return new Map(rows.map((row) => [row.person_id, toVoter(row)]))
}

function toVoter(row: StoredVoter): VoterRow {
  const stances = (row.stances ?? []).map(
    ([number, stance, own]) => [number, { stance, own }] as const,
  )
  return {
    personId: row.person_id,
    seat: row.seat,
    own: row.own,
    fine: row.fine,
    fineOwn: row.fine_own,
    waitUsed: row.wait_used,
    removed: row.removed,
    stances: new Map(stances),
  }
}

/** What everybody's part in a round is, without whose passes: seat, "anything is fine", and choices (withdrawn candidates included). */
export interface PublicBallot {
  seat: number
  fine: boolean
  chosen: number[]
}

type StoredBallot = [seat: number, fine: boolean, chosen: number[] | null]
const toBallot = ([seat, fine, chosen]: StoredBallot): PublicBallot => ({
  seat,
  fine,
  chosen: chosen ?? [],
})
const ballotsOf = (roundId: string) => sql<{ ballots: StoredBallot[] | null }>`
  select json_agg(json_build_array(v.seat, v.fine, c.chosen) order by v.seat) as ballots
  from round_voters v
  left join (select person_id, json_agg(number) as chosen from round_choices
    where round_id = ${roundId} and stance = 'chosen' group by person_id) c using (person_id)
  where v.round_id = ${roundId} and v.removed_at is null and (v.fine or c.chosen is not null)`

export async function readBallots(db: DbOrTx, roundId: string): Promise<PublicBallot[]> {
  const { rows } = await ballotsOf(roundId).execute(db)
  return (rows[0]?.ballots ?? []).map(toBallot)
}

/** How many passed each candidate; persons taken out don't count. */
export async function countPasses(db: DbOrTx, roundId: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ number: number; passes: number }>`
    select c.number, count(*)::int as passes from round_choices c join round_voters v using (round_id, person_id)
    where c.round_id = ${roundId} and c.stance = 'passed' and v.removed_at is null group by c.number`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.number, row.passes]))
}

/** At the close: passes become counts, and whose they were is erased. */
export async function anonymisePasses(
  tx: Tx,
  roundId: string,
  counts: readonly { number: number; passes: number }[],
): Promise<void> {
  await sql`delete from round_choices where round_id = ${roundId} and stance = 'passed'`.execute(tx)
  const given = counts.filter(({ passes }) => passes > 0)
  if (given.length === 0) return
  await sql`
    insert into round_passes (round_id, number, passes)
    select ${roundId}::uuid, n, p from unnest(${given.map((each) => each.number)}::int[], ${given.map((each) => each.passes)}::int[]) as g(n, p)`.execute(
    tx,
  )
}

/** Persons whose tick hung on this candidate alone, by seat and id. */
export async function listLosing(
  tx: Tx,
  roundId: string,
  number: number,
  standing: readonly number[],
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select v.person_id from round_voters v
    where v.round_id = ${roundId} and v.removed_at is null and not v.fine
      and exists (select 1 from round_choices c where c.round_id = v.round_id and c.person_id = v.person_id and c.number = ${number} and c.stance = 'chosen')
      and not exists (select 1 from round_choices c where c.round_id = v.round_id and c.person_id = v.person_id and c.stance = 'chosen'
        and c.number = any(${[...standing]}::int[]))`.execute(tx)
  return rows.map((row) => row.person_id)
}

/** Takes a person out of the round; the rows stay. A person who did nothing yet gets a row that says so. */
export async function markRemoved(
  tx: Tx,
  roundId: string,
  personId: string,
  seat: number,
): Promise<void> {
  await sql`
    insert into round_voters (round_id, person_id, seat, removed_at) values (${roundId}, ${personId}, ${seat}, clock_timestamp())
    on conflict (round_id, person_id) do update set removed_at = clock_timestamp()`.execute(tx)
}

/** True when this was the person's first "wait" in the round. */
export async function takeWait(
  tx: Tx,
  roundId: string,
  personId: string,
  seat: number,
  token: number,
): Promise<boolean> {
  const { rows } = await sql<{ person_id: string }>`
    insert into round_voters as old (round_id, person_id, seat, wait_used, token) values (${roundId}, ${personId}, ${seat}, true, ${token})
    on conflict (round_id, person_id) do update set wait_used = true, token = excluded.token where not old.wait_used
    returning person_id`.execute(tx)
  return rows.length > 0
}
