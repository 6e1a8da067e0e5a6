import { sql } from 'kysely'
import type { Db, DbOrTx, Tx } from '#server/platform/db.ts'

export async function extendSession(db: Db, id: string, expiresAt: Date): Promise<void> {
  await db
    .updateTable('session')
    .set({ expires_at: expiresAt, updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Ends one session; undefined when there was none. */
export function deleteSession(db: Db, token: string): Promise<{ id: string } | undefined> {
  return db.deleteFrom('session').where('token', '=', token).returning('id').executeTakeFirst()
}

/** Those of these sessions that still run. */
export async function listRunning(db: Db, ids: readonly string[], now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('session')
    .select('id')
    .where('id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .where('expires_at', '>', now)
    .execute()
  return rows.map((row) => row.id)
}

/** Ends every session of a person; returns what caches and sockets must forget. */
export function deleteSessionsOf(
  tx: DbOrTx,
  personId: string,
): Promise<{ id: string; token: string }[]> {
  return tx
    .deleteFrom('session')
    .where('user_id', '=', personId)
    .returning(['id', 'token'])
    .execute()
}

export function listSessionsOf(
  db: Db,
  personId: string,
): Promise<{ created_at: Date; user_agent: string | null; expires_at: Date }[]> {
  return db
    .selectFrom('session')
    .select(['created_at', 'user_agent', 'expires_at'])
    .where('user_id', '=', personId)
    .execute()
}

/** A user without a session, an account or a way to get one. The trigger makes a person of it. */
export async function insertSimulated(tx: Tx): Promise<string> {
  const { id } = await tx
    .insertInto('user')
    // As better-auth wants it; `.invalid` is nobody's (RFC 2606).
    .values({
      name: 'simulated',
      email: sql<string>`gen_random_uuid() || '@simulated.invalid'`,
      is_anonymous: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function deleteUser(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('user').where('id', '=', personId).execute()
}

export async function insertHandoff(
  db: DbOrTx,
  row: { tokenHash: Buffer; personId: string; roomCode: string | null; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('handoffs')
    .values({
      token_hash: row.tokenHash,
      person_id: row.personId,
      room_code: row.roomCode,
      expires_at: row.expiresAt,
    })
    .execute()
}

/** One statement takes the link away and tells whose it was: of two redeemers exactly one gets a row. */
export function takeHandoff(
  db: DbOrTx,
  tokenHash: Buffer,
  now: Date,
): Promise<{ person_id: string; room_code: string | null } | undefined> {
  return db
    .deleteFrom('handoffs')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .returning(['person_id', 'room_code'])
    .executeTakeFirst()
}

/** Links older than this are of no use; also keeps one live link per person. */
export async function deleteHandoffsOf(db: DbOrTx, personId: string): Promise<void> {
  await db.deleteFrom('handoffs').where('person_id', '=', personId).execute()
}

export async function deleteExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('handoffs').where('expires_at', '<=', now).execute()
  await db.deleteFrom('session').where('expires_at', '<=', now).execute()
}
