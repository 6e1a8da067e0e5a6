import type { DbOrTx, Tx } from '#server/platform/db.ts'

export interface FriendRow {
  friend: string
  person_id: string
}

export function listFriends(db: DbOrTx, roomId: string): Promise<FriendRow[]> {
  return db
    .selectFrom('demo_people')
    .select(['friend', 'person_id'])
    .where('room_id', '=', roomId)
    .execute()
}

export async function insertFriend(
  tx: Tx,
  row: { roomId: string; friend: string; personId: string },
): Promise<void> {
  await tx
    .insertInto('demo_people')
    .values({ room_id: row.roomId, friend: row.friend, person_id: row.personId })
    .execute()
}

/** Friends whose room is gone. */
export async function listOver(db: DbOrTx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('demo_people')
    .select('person_id')
    .where('room_id', 'is', null)
    .limit(limit)
    .execute()
  return rows.map((row) => row.person_id)
}
