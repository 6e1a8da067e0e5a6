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

export interface BatchRead {
  /** Everybody who did something, as far as written under a token above `after`. */
  voters: Map<string, VoterRow>
  /** `person key` → own number, of keys that were acknowledged before. */
  keys: Map<string, number>
}

type StoredKey = [personId: string, key: string, own: number]
type StoredAll = [
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
 * All that a batch needs to know besides what its server remembers (`after`: the token of that; -1: nothing), in one statement that
 * passes each table once: looking rows up person by person is ten times slower, and a round has few of them.
 */
export async function readBatch(
  tx: Tx,
  roundId: string,
  asked: readonly { personId: string; key: string }[],
  after: number,
): Promise<BatchRead> {
  const { rows } = await sql<{ voters: StoredAll[] | null; keys: StoredKey[] | null }>`
    select (select json_agg(json_build_array(v.person_id, v.seat, v.own, v.fine, v.fine_own, v.wait_used, v.removed_at is not null, c.stances))
        from round_voters v left join (
          select person_id, string_agg(number || ' ' || stance || ' ' || own, ' ') as stances
          from round_choices where round_id = ${roundId}
            and person_id in (select person_id from round_voters where round_id = ${roundId} and token > ${after})
          group by person_id) c using (person_id)
        where v.round_id = ${roundId} and v.token > ${after}) as voters,
      (select json_agg(json_build_array(k.person_id, k.key, k.own))
        from unnest(${asked.map((each) => each.personId)}::uuid[], ${asked.map((each) => each.key)}::uuid[]) as a(person_id, key)
        join round_keys k on k.round_id = ${roundId} and k.person_id = a.person_id and k.key = a.key) as keys`.execute(
    tx,
  )
  const voters = (rows[0]?.voters ?? []).map(toWholeVoter)
  return {
    voters: new Map(voters.map((voter) => [voter.personId, voter])),
    keys: new Map((rows[0]?.keys ?? []).map(([personId, key, own]) => [`${personId} ${key}`, own])),
  }
}

function toWholeVoter([
  personId,
  seat,
  own,
  fine,
  fineOwn,
  waitUsed,
  removed,
  text,
]: StoredAll): VoterRow {
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
}

/** One statement for a whole batch; the caller holds the round's row. */
export async function writeBatch(
  tx: Tx,
  roundId: string,
  { voters, choices, keys }: BatchWrites,
  token: number,
): Promise<void> {
  await sql`
    with v as (
      insert into round_voters as old (round_id, person_id, seat, own, fine, fine_own, fine_at, token)
      select ${roundId}::uuid, p, s, o, f, fo, case when fo > 0 then clock_timestamp() end, ${token}::bigint
      from unnest(${voters.map((each) => each.personId)}::uuid[], ${voters.map((each) => each.seat)}::int[], ${voters.map((each) => each.own)}::int[],
        ${voters.map((each) => each.fine)}::bool[], ${voters.map((each) => each.fineOwn)}::int[]) as n(p, s, o, f, fo)
      on conflict (round_id, person_id) do update set own = excluded.own, fine = excluded.fine, fine_own = excluded.fine_own, token = excluded.token,
        fine_at = case when old.fine_own = excluded.fine_own then old.fine_at else excluded.fine_at end
    ), c as (
      insert into round_choices (round_id, person_id, number, stance, own)
      select ${roundId}::uuid, p, n, s, o
      from unnest(${choices.map((each) => each.personId)}::uuid[], ${choices.map((each) => each.number)}::int[],
        ${choices.map((each) => each.stance)}::text[], ${choices.map((each) => each.own)}::int[]) as n(p, n, s, o)
      on conflict (round_id, person_id, number) do update set stance = excluded.stance, own = excluded.own, at = clock_timestamp()
    )
    insert into round_keys (round_id, person_id, key, own)
    select ${roundId}::uuid, p, k, o
    from unnest(${keys.map((each) => each.personId)}::uuid[], ${keys.map((each) => each.key)}::uuid[], ${keys.map((each) => each.own)}::int[]) as n(p, k, o)`.execute(
    tx,
  )
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
