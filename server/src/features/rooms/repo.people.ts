import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { RoomMembers } from '#server/platform/db.generated.ts'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import { fromNow } from './repo.ts'

export type MemberRow = Selectable<RoomMembers>
const now = sql<Date>`clock_timestamp()`

export async function insertMember(
  tx: Tx,
  member: {
    roomId: string
    seat: number
    personId: string
    name: string
    portrait: string
    simulated: boolean
  },
): Promise<MemberRow> {
  return tx
    .insertInto('room_members')
    .values({
      room_id: member.roomId,
      seat: member.seat,
      person_id: member.personId,
      name: member.name,
      portrait: member.portrait,
      simulated: member.simulated,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function findMember(
  db: DbOrTx,
  roomId: string,
  personId: string,
): Promise<MemberRow | undefined> {
  return db
    .selectFrom('room_members')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

export function findSeat(db: DbOrTx, roomId: string, seat: number): Promise<MemberRow | undefined> {
  return db
    .selectFrom('room_members')
    .selectAll()
    .where('room_id', '=', roomId)
    .where('seat', '=', seat)
    .executeTakeFirst()
}

/** Everybody who ever entered, removed ones too, by seat. */
export function listMembers(db: DbOrTx, roomIds: readonly string[]): Promise<MemberRow[]> {
  if (roomIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('room_members')
    .selectAll()
    .where('room_id', 'in', [...roomIds])
    .orderBy('room_id')
    .orderBy('seat')
    .execute()
}

/** People with a seat who were online within `windowMs`; `exceptPersonId` is left out of the count. */
export async function countOnline(
  db: DbOrTx,
  roomId: string,
  windowMs: number,
  exceptPersonId?: string,
): Promise<number> {
  const row = await db
    .selectFrom('room_members')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('room_id', '=', roomId)
    .where('left_at', 'is', null)
    .where('removed_at', 'is', null)
    .where('last_seen_at', '>', fromNow(-windowMs))
    .$if(exceptPersonId !== undefined, (q) => q.where('person_id', '!=', exceptPersonId ?? ''))
    .executeTakeFirstOrThrow()
  return row.count
}

export interface MemberChange {
  name?: string
  portrait?: string
  left?: boolean
  removed?: true
  hidden?: boolean
  seen?: true
}

export function updateMember(
  tx: DbOrTx,
  roomId: string,
  seat: number,
  change: MemberChange,
): Promise<MemberRow> {
  const at = (on: boolean) => (on ? now : null)
  return tx
    .updateTable('room_members')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.portrait === undefined ? {} : { portrait: change.portrait }),
      ...(change.left === undefined ? {} : { left_at: at(change.left) }),
      ...(change.removed === undefined ? {} : { removed_at: now }),
      ...(change.hidden === undefined ? {} : { hidden_at: at(change.hidden) }),
      ...(change.seen === undefined ? {} : { last_seen_at: now }),
    })
    .where('room_id', '=', roomId)
    .where('seat', '=', seat)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** One statement for everybody who has this process's ear. */
export async function markSeen(
  db: DbOrTx,
  pairs: readonly { roomId: string; personId: string }[],
): Promise<void> {
  if (pairs.length === 0) return
  await sql`
    update room_members set last_seen_at = clock_timestamp()
    from unnest(${pairs.map((pair) => pair.roomId)}::uuid[], ${pairs.map((pair) => pair.personId)}::uuid[]) as seen (room_id, person_id)
    where room_members.room_id = seen.room_id and room_members.person_id = seen.person_id`.execute(
    db,
  )
}

/** Those of these whose seat is not theirs, is left or barred, or whose room is over; one statement for a whole process. */
export async function listOutside<P extends { roomId: string; seat: number; personId: string }>(
  db: DbOrTx,
  owners: readonly P[],
): Promise<P[]> {
  if (owners.length === 0) return []
  const { rows } = await sql<{ at: number }>`
    select owner.at from unnest(
      ${owners.map((owner) => owner.roomId)}::uuid[], ${owners.map((owner) => owner.seat)}::int[],
      ${owners.map((owner) => owner.personId)}::uuid[]
    ) with ordinality as owner (room_id, seat, person_id, at)
    where not exists (
      select 1 from room_members m join rooms r on r.id = m.room_id
      where m.room_id = owner.room_id and m.seat = owner.seat and m.person_id = owner.person_id
        and m.left_at is null and m.removed_at is null and r.expires_at > clock_timestamp()
    )`.execute(db)
  return rows.flatMap(({ at }) => owners[at - 1] ?? [])
}

/** Rooms in which somebody was online lately: those whose host may be missing. */
export async function listLiveRooms(db: DbOrTx, windowMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('room_members')
    .select('room_id')
    .distinct()
    .where('last_seen_at', '>', fromNow(-windowMs))
    .where('removed_at', 'is', null)
    .execute()
  return rows.map((row) => row.room_id)
}

/** A person's seats in rooms that are neither expired, left, barred, hidden nor on Bap Island: the list at home, most recent first. */
export async function listRoomsOf(db: DbOrTx, personId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('room_members')
    .innerJoin('rooms', 'rooms.id', 'room_members.room_id')
    .select('rooms.id')
    .where('room_members.person_id', '=', personId)
    .where('room_members.left_at', 'is', null)
    .where('room_members.removed_at', 'is', null)
    .where('room_members.hidden_at', 'is', null)
    .where('rooms.expires_at', '>', now)
    .where('rooms.demo', '=', false)
    .orderBy('rooms.last_activity_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Every seat of a person, for moving, exporting and erasing. */
export function listSeatsOf(db: DbOrTx, personId: string): Promise<MemberRow[]> {
  return db
    .selectFrom('room_members')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('room_id')
    .execute()
}

export async function giveSeat(
  tx: Tx,
  roomId: string,
  seat: number,
  personId: string,
): Promise<void> {
  await tx
    .updateTable('room_members')
    .set({ person_id: personId })
    .where('room_id', '=', roomId)
    .where('seat', '=', seat)
    .execute()
}

export async function deleteSeat(tx: Tx, roomId: string, seat: number): Promise<void> {
  await tx
    .deleteFrom('room_members')
    .where('room_id', '=', roomId)
    .where('seat', '=', seat)
    .execute()
}

export async function giveCreated(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable('rooms').set({ creator_id: to }).where('creator_id', '=', from).execute()
}

/** Takes a person's name and portrait out of the event log, where earlier states of a member are kept for replays. */
export async function scrubEvents(
  tx: Tx,
  roomId: string,
  seat: number,
  member: object,
): Promise<void> {
  await sql`
    update room_events set event = jsonb_set(event, '{member}', ${JSON.stringify(member)}::jsonb)
    where room_id = ${roomId} and event ->> 'type' = 'member' and (event -> 'member' ->> 'seat')::int = ${seat}`.execute(
    tx,
  )
}

/** Seats of those among these persons who are inside: entered, not left, not removed. */
export async function listInside(
  db: DbOrTx,
  roomId: string,
  personIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('room_members')
    .select(['person_id', 'seat'])
    .where('room_id', '=', roomId)
    .where('person_id', '=', sql<string>`any(${sql.val([...personIds])}::uuid[])`)
    .where('left_at', 'is', null)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.person_id, row.seat]))
}
