import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { DecisionView, WonBy } from '#shared/votes.ts'

/** What a decision keeps besides its people. The place is copied: the room and its candidates may go. */
export type DecisionContent = Pick<
  DecisionView,
  | 'roomName'
  | 'roomCreatedAt'
  | 'zone'
  | 'locale'
  | 'when'
  | 'meeting'
  | 'winner'
  | 'runoff'
  | 'candidates'
  | 'proof'
> & {
  /** What the run-off was between; null without one. Absent in rows of before it was kept. */
  tied?: number[] | null
  /** Absent in rows of before there was Bap Island. */
  demo?: boolean
  /** Seats that the server played; absent where there were none. */
  simulated?: number[]
}
export interface DecisionRow {
  id: string
  roomId: string | null
  ordinal: number
  number: number
  by: WonBy
  content: DecisionContent
  hostId: string | null
  unpublishedAt: number | null
  /** ms */
  at: number
}
export interface DecisionPerson {
  seat: number
  personId: string | null
  name: string | null
  portrait: string
  /** Of the first round, as `chose`. */
  ticked: boolean
  chose: number[]
  settled: number | null
}
interface Stored {
  id: string
  room_id: string | null
  ordinal: number
  number: number
  won_by: WonBy
  content: DecisionContent
  host_id: string | null
  unpublished_at: Date | null
  created_at: Date
}
const columns = sql.raw(
  'id, room_id, ordinal, number, won_by, content, host_id, unpublished_at, created_at',
)

function toRow(row: Stored): DecisionRow {
  return {
    id: row.id,
    roomId: row.room_id,
    ordinal: row.ordinal,
    number: row.number,
    by: row.won_by,
    content: row.content,
    hostId: row.host_id,
    unpublishedAt: row.unpublished_at?.getTime() ?? null,
    at: row.created_at.getTime(),
  }
}

export interface NewDecision {
  id: string
  roomId: string
  roundId: string
  ordinal: number
  number: number
  by: WonBy
  content: DecisionContent
  hostId: string | null
  at: number
  people: DecisionPerson[]
}

export async function insertDecision(tx: Tx, { people, ...decision }: NewDecision): Promise<void> {
  await sql`
    insert into decisions (id, room_id, round_id, ordinal, number, won_by, content, host_id, created_at)
    values (${decision.id}, ${decision.roomId}, ${decision.roundId}, ${decision.ordinal}, ${decision.number}, ${decision.by},
      ${JSON.stringify(decision.content)}::jsonb, ${decision.hostId}, ${new Date(decision.at)})`.execute(
    tx,
  )
  if (people.length === 0) return
  // As JSON, since arrays of arrays can't differ in length.
  await sql`
    insert into decision_people (decision_id, seat, person_id, name, portrait, ticked, chose, settled)
    select ${decision.id}, seat, "personId", name, portrait, ticked, chose, settled
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
      as p(seat int, "personId" uuid, name text, portrait text, ticked bool, chose int[], settled int)`.execute(
    tx,
  )
}

export async function findDecision(db: DbOrTx, id: string): Promise<DecisionRow | null> {
  const { rows } = await sql<Stored>`select ${columns} from decisions where id = ${id}`.execute(db)
  return rows[0] ? toRow(rows[0]) : null
}

export async function listDecisionPeople(db: DbOrTx, id: string): Promise<DecisionPerson[]> {
  const { rows } = await sql<DecisionPerson>`
    select seat, person_id as "personId", name, portrait, ticked, chose, settled from decision_people where decision_id = ${id} order by seat`.execute(
    db,
  )
  return rows
}

/** Newest first. */
export async function listByRooms(db: DbOrTx, roomIds: readonly string[]): Promise<DecisionRow[]> {
  const { rows } = await sql<Stored>`
    select ${columns} from decisions where room_id = any(${[...roomIds]}::uuid[]) order by created_at desc, ordinal desc`.execute(
    db,
  )
  return rows.map(toRow)
}

/** Decisions that a person was at the table of, newest first. */
export async function listByPerson(
  db: DbOrTx,
  personId: string,
  limit: number,
): Promise<DecisionRow[]> {
  const { rows } = await sql<Stored>`
    select ${columns} from decisions where id in (select decision_id from decision_people where person_id = ${personId})
    order by created_at desc limit ${limit}`.execute(db)
  return rows.map(toRow)
}

export async function findLatestFor(
  db: DbOrTx,
  roomId: string,
  personId: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select d.id from decisions d join decision_people p on p.decision_id = d.id
    where d.room_id = ${roomId} and p.person_id = ${personId} order by d.created_at desc limit 1`.execute(
    db,
  )
  return rows[0]?.id ?? null
}

/** Of a room of Bap Island, whose results go with it. */
export async function deleteByRoom(tx: Tx, roomId: string): Promise<void> {
  await sql`delete from decisions where room_id = ${roomId}`.execute(tx)
}

export async function setPublished(db: DbOrTx, id: string, published: boolean): Promise<void> {
  await sql`update decisions set unpublished_at = case when ${published} then null else clock_timestamp() end where id = ${id}`.execute(
    db,
  )
}
