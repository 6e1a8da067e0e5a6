import { createHash } from 'node:crypto'
import { friendFaces, friendIds } from '#shared/demo.friends.ts'
import type { FriendId } from '#shared/demo.friends.ts'
import { ISLAND_CENTRE } from '#shared/demo.island.ts'
import type { Seat } from '#shared/rooms.ts'
import { encodeUp } from '#shared/rooms.presence.ts'
import type { PresenceUp } from '#shared/rooms.presence.ts'
import type { PersonId } from '#shared/users.ts'
import type { PresenceTab } from '#server/features/rooms/index.ts'
import { startMotion } from './policy.motion.ts'
import type { Motion } from './policy.motion.ts'
import { insertFriend, listFriends } from './repo.ts'
import type { DemoDeps } from './service.ts'

/** One simulated friend in one room, as this server moves them. */
export interface Friend {
  id: FriendId
  personId: PersonId
  /** Null until they came in, and once they were removed. */
  seat: Seat | null
  /** Their presence here; null while they are not on the map. */
  tab: PresenceTab | null
  motion: Motion
  /** When they last said anything to presence; a tab that is silent counts as gone. */
  heardAtMs: number
  /** Last frame that was read; only the one who listens reads any. */
  tick: number
}

/** The room's friends, made at its first waking. Nobody can sign in as one of them. */
export async function gatherFriends(
  { db, auth }: Pick<DemoDeps, 'db' | 'auth'>,
  roomId: string,
  nowMs: number,
): Promise<Friend[]> {
  const known = await listFriends(db, roomId)
  const people = new Map(known.map((row) => [row.friend, row.person_id]))
  for (const friend of friendIds) {
    if (people.has(friend)) continue
    people.set(
      friend,
      await db.transaction().execute(async (tx) => {
        const personId = await auth.addSimulated(tx)
        await insertFriend(tx, { roomId, friend, personId })
        return personId
      }),
    )
  }
  return friendIds.map((id) => ({
    id,
    personId: people.get(id) ?? '',
    seat: null,
    tab: null,
    motion: startMotion(ISLAND_CENTRE, nowMs),
    heardAtMs: 0,
    tick: 0,
  }))
}

export const faceOfFriend = (id: FriendId) => friendFaces[id]

type Said = PresenceUp extends infer M
  ? M extends PresenceUp
    ? Omit<M, 'lastTick'>
    : never
  : never

/** As a tab would say it. */
export function tellPresence(friend: Friend, message: Said, nowMs: number): void {
  friend.heardAtMs = nowMs
  friend.tab?.onMessage(encodeUp({ ...message, lastTick: friend.tick }))
}

/** The same id for the same act on every server (UUID version 8, RFC 9562): a repeated act is then one. */
export function idOfAct(roomId: string, key: string): string {
  const hex = createHash('sha256').update(`${roomId} ${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
