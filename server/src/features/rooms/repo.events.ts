import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { RoomEvent } from '#shared/rooms.ts'
import { fromNow } from './repo.ts'

export interface LoggedEvent {
  seq: number
  event: RoomEvent
  /** ms */
  at: number
}

/**
 * Counter and row in one statement: the room's row stays locked until the commit, so numbers become visible in order and
 * without gaps, and a rolled-back transaction gives its number back.
 */
export async function insertEvent(
  tx: Tx,
  roomId: string,
  event: RoomEvent,
): Promise<number | undefined> {
  const { rows } = await sql<{ seq: number | null }>`
    select append_room_event(${roomId}, ${JSON.stringify(event)}::jsonb) as seq`.execute(tx)
  return rows[0]?.seq ?? undefined
}

/** Events after `after`, oldest first. */
export async function listEvents(
  db: DbOrTx,
  roomId: string,
  after: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const { rows } = await sql<{ seq: number; event: RoomEvent; at: Date }>`
    select seq, event, at from room_events where room_id = ${roomId} and seq > ${after} order by seq limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => ({ seq: row.seq, event: row.event, at: row.at.getTime() }))
}

export interface RoomVersion {
  roomId: string
  seq: number
  expired: boolean
}

/** The newest event number of each room, in one statement; deleted rooms are absent. */
export async function listVersions(db: DbOrTx, roomIds: readonly string[]): Promise<RoomVersion[]> {
  const { rows } = await sql<{ id: string; event_seq: number; expired: boolean }>`
    select id, event_seq, expires_at <= clock_timestamp() as expired from rooms where id = any(${[...roomIds]}::uuid[])`.execute(
    db,
  )
  return rows.map((row) => ({ roomId: row.id, seq: row.event_seq, expired: row.expired }))
}

/** Deletes what is older, a part at a time so that no long lock is held; returns how many went. */
export async function deleteEventsBefore(
  db: DbOrTx,
  olderThanMs: number,
  limit: number,
): Promise<number> {
  const result = await sql`
    delete from room_events where ctid in (select ctid from room_events where at < ${fromNow(-olderThanMs)} limit ${limit})`.execute(
    db,
  )
  return Number(result.numAffectedRows ?? 0)
}
