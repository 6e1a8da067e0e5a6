import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Rooms as RoomsTable } from '#server/platform/db.generated.ts'
import type { DbOrTx, Tx } from '#server/platform/db.ts'

/** A room with the database's clock at the moment of reading: decisions about time never use a server's own. */
export type RoomRow = Selectable<RoomsTable> & { now: Date }
const now = sql<Date>`clock_timestamp()`

export interface NewRoom {
  id: string
  code: string
  name: string | null
  when: Date | null
  locale: string
  zone: string
  creatorId: string
  channelId: string
  meeting: { lat: number; lng: number } | null
  view: { lat: number; lng: number; zoom: number } | null
  idleMs: number
  demo: boolean
}

/** False when the code is taken already. */
export async function insertRoom(tx: Tx, room: NewRoom): Promise<boolean> {
  const result = await tx
    .insertInto('rooms')
    .values({
      id: room.id,
      code: room.code,
      name: room.name,
      when: room.when,
      locale: room.locale,
      zone: room.zone,
      creator_id: room.creatorId,
      channel_id: room.channelId,
      meeting_lat: room.meeting?.lat ?? null,
      meeting_lng: room.meeting?.lng ?? null,
      view_lat: room.view?.lat ?? null,
      view_lng: room.view?.lng ?? null,
      view_zoom: room.view?.zoom ?? null,
      demo: room.demo,
      expires_at: fromNow(room.idleMs),
    })
    .onConflict((c) => c.column('code').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
}

export function findRoom(db: DbOrTx, id: string): Promise<RoomRow | undefined> {
  return db
    .selectFrom('rooms')
    .selectAll()
    .select(now.as('now'))
    .where('id', '=', id)
    .executeTakeFirst()
}

export function listRooms(db: DbOrTx, ids: readonly string[]): Promise<RoomRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('rooms')
    .selectAll()
    .select(now.as('now'))
    .where('id', 'in', [...ids])
    .execute()
}

export function findRoomByCode(db: DbOrTx, code: string): Promise<RoomRow | undefined> {
  return db
    .selectFrom('rooms')
    .selectAll()
    .select(now.as('now'))
    .where('code', '=', code)
    .executeTakeFirst()
}

export function findRoomByChannel(db: DbOrTx, channelId: string): Promise<RoomRow | undefined> {
  return db
    .selectFrom('rooms')
    .selectAll()
    .select(now.as('now'))
    .where('channel_id', '=', channelId)
    .executeTakeFirst()
}

/**
 * Holds the room's row until the end of the transaction: whatever counts (seats, numbers, people, candidates) is decided
 * under it. `no key` lets others go on inserting rows that refer to the room.
 */
export function lockRoom(tx: Tx, id: string): Promise<RoomRow | undefined> {
  return tx
    .selectFrom('rooms')
    .selectAll()
    .select(now.as('now'))
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export interface RoomChange {
  code?: string
  name?: string | null
  when?: Date | null
  meeting?: { lat: number; lng: number } | null
  locked?: boolean
  closed?: boolean
  hostSeat?: number
  actingSeat?: number | null
  hostGone?: boolean
  expiresAt?: Date
}

export function updateRoom(tx: Tx, id: string, change: RoomChange): Promise<RoomRow> {
  const { meeting, closed, hostGone } = change
  return tx
    .updateTable('rooms')
    .set({
      ...(change.code === undefined ? {} : { code: change.code }),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.when === undefined ? {} : { when: change.when }),
      ...(meeting === undefined
        ? {}
        : { meeting_lat: meeting?.lat ?? null, meeting_lng: meeting?.lng ?? null }),
      ...(change.locked === undefined ? {} : { locked: change.locked }),
      ...(closed === undefined ? {} : { closed_at: closed ? now : null }),
      ...(change.hostSeat === undefined ? {} : { host_seat: change.hostSeat }),
      ...(change.actingSeat === undefined ? {} : { acting_seat: change.actingSeat }),
      ...(hostGone === undefined ? {} : { host_gone_since: hostGone ? now : null }),
      ...(change.expiresAt === undefined ? {} : { expires_at: change.expiresAt }),
    })
    .where('id', '=', id)
    .returningAll()
    .returning(now.as('now'))
    .executeTakeFirstOrThrow()
}

/** Takes the next seat or candidate number; the caller holds the room's row. */
export async function takeSeat(tx: Tx, id: string): Promise<number> {
  const row = await tx
    .updateTable('rooms')
    .set({ next_seat: sql<number>`next_seat + 1` })
    .where('id', '=', id)
    .returning('next_seat')
    .executeTakeFirstOrThrow()
  return row.next_seat - 1
}

export async function takeNumber(tx: Tx, id: string): Promise<number> {
  const row = await tx
    .updateTable('rooms')
    .set({ next_number: sql<number>`next_number + 1` })
    .where('id', '=', id)
    .returning('next_number')
    .executeTakeFirstOrThrow()
  return row.next_number - 1
}

/**
 * Expiry only ever moves later, so that no activity can undo what the host added or an open round's deadline needs.
 * `idleMs` for rooms, and for those of Bap Island.
 */
export async function touchRoom(
  db: DbOrTx,
  id: string,
  idleMs: { room: number; demo: number },
  notBefore?: number,
): Promise<void> {
  await db
    .updateTable('rooms')
    .set({
      last_activity_at: now,
      expires_at: sql<Date>`greatest(expires_at, case when demo then ${fromNow(idleMs.demo)} else ${fromNow(idleMs.room)} end, ${notBefore === undefined ? null : new Date(notBefore)}::timestamptz)`,
    })
    .where('id', '=', id)
    .execute()
}

/** The newest room of Bap Island that this person opened and that is neither over nor closed. */
export function findDemoOf(db: DbOrTx, personId: string): Promise<RoomRow | undefined> {
  return db
    .selectFrom('rooms')
    .selectAll()
    .select(now.as('now'))
    .where('creator_id', '=', personId)
    .where('demo', '=', true)
    .where('closed_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function findTombstone(db: DbOrTx, code: string): Promise<{ room_id: string } | undefined> {
  return db
    .selectFrom('room_tombstones')
    .select('room_id')
    .where('code', '=', code)
    .executeTakeFirst()
}

/** Rooms that expired longer than `graceMs` ago, oldest first. */
export async function listExpired(db: DbOrTx, graceMs: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('rooms')
    .select('id')
    .where('expires_at', '<', fromNow(-graceMs))
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Deletes the room with all that hangs on it and leaves its code behind. */
export async function buryRoom(
  tx: Tx,
  room: { id: string; code: string; expires_at: Date },
): Promise<void> {
  await tx
    .insertInto('room_tombstones')
    .values({ code: room.code, room_id: room.id, expired_at: room.expires_at })
    .onConflict((c) => c.doNothing())
    .execute()
  await tx.deleteFrom('rooms').where('id', '=', room.id).execute()
}

export async function deleteTombstones(db: DbOrTx, olderThanMs: number): Promise<void> {
  await db.deleteFrom('room_tombstones').where('expired_at', '<', fromNow(-olderThanMs)).execute()
}

/** The database's clock moved by `ms`. */
export function fromNow(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms}::float8 * interval '1 ms'`
}
