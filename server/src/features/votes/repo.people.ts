import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { RoundView, Stance } from '#shared/votes.ts'

/** A voter with the times that decide which of two persons acted later. */
export interface TimedVoter {
  personId: string
  seat: number
  own: number
  fine: boolean
  fineOwn: number
  /** ms, with fractions: two acts of one millisecond keep their order. */
  fineAt: number
  waitUsed: boolean
  removed: boolean
  stances: { number: number; stance: Stance; own: number; at: number }[]
}

/** Rounds in which a person has a row, with their rooms, in an order that is the same for everybody. */
export async function listRoundsOf(
  db: DbOrTx,
  personId: string,
): Promise<{ id: string; roomId: string; open: boolean }[]> {
  const { rows } = await sql<{ id: string; room_id: string; open: boolean }>`
    select id, room_id, closed_at is null as open from rounds
    where id in (select round_id from round_voters where person_id = ${personId}) order by room_id, id`.execute(
    db,
  )
  return rows.map((row) => ({ id: row.id, roomId: row.room_id, open: row.open }))
}

export async function readTimedVoter(
  db: DbOrTx,
  roundId: string,
  personId: string,
): Promise<TimedVoter | null> {
  const { rows } = await sql<TimedVoter>`
    select person_id as "personId", seat, own, fine, fine_own as "fineOwn", wait_used as "waitUsed", removed_at is not null as removed,
      coalesce(extract(epoch from fine_at)::double precision * 1000, 0) as "fineAt",
      coalesce((select jsonb_agg(jsonb_build_object('number', number, 'stance', stance, 'own', c.own, 'at', extract(epoch from at) * 1000) order by number)
        from round_choices c where c.round_id = v.round_id and c.person_id = v.person_id), '[]') as stances
    from round_voters v where round_id = ${roundId} and person_id = ${personId}`.execute(db)
  return rows[0] ?? null
}

/** Replaces what two persons had in a round by one voter. Times of rows that stay are kept. */
export async function replaceVoters(
  tx: Tx,
  roundId: string,
  gone: readonly string[],
  voter: TimedVoter,
): Promise<void> {
  const persons = [...gone, voter.personId]
  await sql`delete from round_choices where round_id = ${roundId} and person_id = any(${persons}::uuid[])`.execute(
    tx,
  )
  await sql`delete from round_voters where round_id = ${roundId} and person_id = any(${persons}::uuid[])`.execute(
    tx,
  )
  await sql`
    insert into round_voters (round_id, person_id, seat, own, fine, fine_own, fine_at, wait_used, removed_at)
    values (${roundId}, ${voter.personId}, ${voter.seat}, ${voter.own}, ${voter.fine}, ${voter.fineOwn},
      ${voter.fineAt > 0 ? new Date(voter.fineAt) : null}, ${voter.waitUsed}, ${voter.removed ? new Date() : null})`.execute(
    tx,
  )
  await sql`
    insert into round_choices (round_id, person_id, number, stance, own, at)
    select ${roundId}, ${voter.personId}, number, stance, own, to_timestamp(at / 1000)
    from jsonb_to_recordset(${JSON.stringify(voter.stances)}::jsonb) as s(number int, stance text, own int, at double precision)`.execute(
    tx,
  )
  await sql`
    insert into round_keys (round_id, person_id, key, own)
    select round_id, ${voter.personId}, key, own from round_keys where round_id = ${roundId} and person_id = any(${[...gone]}::uuid[])
    on conflict do nothing`.execute(tx)
  await sql`delete from round_keys where round_id = ${roundId} and person_id = any(${[...gone]}::uuid[])`.execute(
    tx,
  )
}

export async function saveFinal(tx: Tx, roundId: string, final: RoundView): Promise<void> {
  await sql`update rounds set final = ${JSON.stringify(final)}::jsonb where id = ${roundId}`.execute(
    tx,
  )
}

export async function moveDecisions(tx: Tx, from: string, to: string): Promise<void> {
  await sql`update decision_people set person_id = ${to} where person_id = ${from}`.execute(tx)
  await sql`update decisions set host_id = ${to} where host_id = ${from}`.execute(tx)
}

/** What names a person goes; choices stay under an id that belongs to nobody, another in each round. */
export async function forgetPerson(
  tx: Tx,
  personId: string,
  salt: string,
  portrait: string,
): Promise<void> {
  await sql`delete from round_keys where person_id = ${personId}`.execute(tx)
  await sql`delete from round_choices c using rounds r
    where r.id = c.round_id and r.closed_at is null and c.person_id = ${personId} and c.stance = 'passed'`.execute(
    tx,
  )
  await sql`update round_choices set person_id = md5(round_id::text || ${salt})::uuid where person_id = ${personId}`.execute(
    tx,
  )
  await sql`update round_voters set person_id = md5(round_id::text || ${salt})::uuid where person_id = ${personId}`.execute(
    tx,
  )
  await sql`update decision_people set person_id = null, name = null, portrait = ${portrait} where person_id = ${personId}`.execute(
    tx,
  )
  await sql`update decisions set host_id = null where host_id = ${personId}`.execute(tx)
}
