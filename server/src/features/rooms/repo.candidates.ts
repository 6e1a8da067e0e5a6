import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { RoomCandidates } from '#server/platform/db.generated.ts'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { PlaceFacts } from '#shared/places.ts'

export type CandidateRow = Selectable<RoomCandidates>
const now = sql<Date>`clock_timestamp()`

export interface NewCandidate extends PlaceFacts {
  roomId: string
  number: number
  key: string
  placeId: string | null
  name: string
  category: string
  note: string | null
  link: string | null
  proposerSeat: number
}

export function insertCandidate(tx: Tx, c: NewCandidate): Promise<CandidateRow> {
  return tx
    .insertInto('room_candidates')
    .values({
      room_id: c.roomId,
      number: c.number,
      key: c.key,
      place_id: c.placeId,
      name: c.name,
      category: c.category,
      address: c.address,
      lat: c.lat,
      lng: c.lng,
      price: c.price,
      menu: c.menu,
      hours: c.hours,
      note: c.note,
      link: c.link,
      proposer_seat: c.proposerSeat,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Every candidate a room ever had, by number. */
export function listCandidates(db: DbOrTx, roomId: string): Promise<CandidateRow[]> {
  return db
    .selectFrom('room_candidates')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('number')
    .execute()
}

export async function countStanding(
  db: DbOrTx,
  roomIds: readonly string[],
): Promise<Map<string, number>> {
  if (roomIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('room_candidates')
    .select((e) => ['room_id', e.fn.countAll<number>().as('count')])
    .where('room_id', 'in', [...roomIds])
    .where('withdrawn_at', 'is', null)
    .groupBy('room_id')
    .execute()
  return new Map(rows.map((row) => [row.room_id, row.count]))
}

/** `bySeat` null: it stands again. */
export function markWithdrawn(
  tx: Tx,
  roomId: string,
  number: number,
  bySeat: number | null,
): Promise<CandidateRow> {
  return tx
    .updateTable('room_candidates')
    .set({ withdrawn_at: bySeat === null ? null : now, withdrawn_by: bySeat })
    .where('room_id', '=', roomId)
    .where('number', '=', number)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function updateNotes(
  tx: Tx,
  roomId: string,
  number: number,
  note: string | null,
  link: string | null,
): Promise<CandidateRow> {
  return tx
    .updateTable('room_candidates')
    .set({ note, link })
    .where('room_id', '=', roomId)
    .where('number', '=', number)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function listCandidatesBySeats(
  db: DbOrTx,
  seats: readonly { room_id: string; seat: number }[],
): Promise<CandidateRow[]> {
  if (seats.length === 0) return Promise.resolve([])
  return db
    .selectFrom('room_candidates')
    .selectAll()
    .where((e) =>
      e.or(
        seats.map((s) => e.and([e('room_id', '=', s.room_id), e('proposer_seat', '=', s.seat)])),
      ),
    )
    .orderBy('added_at')
    .execute()
}

/** When two seats become one person's: what one of them put forward or took off. Returns what changed, by number. */
export async function giveCandidates(
  tx: Tx,
  roomId: string,
  fromSeat: number,
  toSeat: number,
): Promise<CandidateRow[]> {
  const given = (column: 'proposer_seat' | 'withdrawn_by') =>
    sql<number>`case when ${sql.ref(column)} = ${fromSeat}::int then ${toSeat}::int else ${sql.ref(column)} end`
  const rows = await tx
    .updateTable('room_candidates')
    .set({ proposer_seat: given('proposer_seat'), withdrawn_by: given('withdrawn_by') })
    .where('room_id', '=', roomId)
    .where((e) => e.or([e('proposer_seat', '=', fromSeat), e('withdrawn_by', '=', fromSeat)]))
    .returningAll()
    .execute()
  return rows.toSorted((a, b) => a.number - b.number)
}
