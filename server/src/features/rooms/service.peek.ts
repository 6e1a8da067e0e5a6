import { colourOfSeat } from '#shared/rooms.code.ts'
import { roomCodeSchema } from '#shared/rooms.ts'
import type { RoomPeek } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { LimitRule } from '#server/platform/rateLimit.ts'
import { doorState } from './policy.ts'
import { listCandidates } from './repo.candidates.ts'
import { countOnline, findMember, findSeat } from './repo.people.ts'
import type { MemberRow } from './repo.people.ts'
import { findRoomByCode, findTombstone } from './repo.ts'
import type { RoomRow } from './repo.ts'
import { candidateOf, doorOf, infoOf, ms, standingOf } from './service.core.ts'
import type { RoomVotes } from './service.contract.ts'
import type { Core } from './service.core.ts'

/** Failures only, and per address: 60 bits of code stay out of reach, and a carrier's shared address stays usable. */
const GUESS_RULE: LimitRule = { name: 'room.guess', points: 60, perSeconds: 600 }

/** What a link shows before entering (rules.md); makes nothing, not even a session. Throws slow_down after many wrong codes. */
export async function peekRoom(
  core: Core,
  rawCode: string,
  personId: PersonId | null,
  address: string,
): Promise<RoomPeek> {
  const found = await roomOfLink(core, rawCode, address)
  if (found === null) return { state: 'unknown' }
  if ('goneRoomId' in found) return expiredPeek(core, found.goneRoomId, personId)
  const { room } = found
  const member = personId === null ? undefined : await findMember(core.db, room.id, personId)
  const state = doorState(doorOf(room), standingOf(member))
  if (state === 'expired') return expiredPeek(core, room.id, personId)
  if (state === 'removed' || state === 'locked') return { state }
  return openPeek(core, room, member, state)
}

async function expiredPeek(
  core: Core,
  roomId: string,
  personId: PersonId | null,
): Promise<RoomPeek> {
  return {
    state: 'expired',
    decisionId: personId === null ? null : await core.hooks.decisionFor(roomId, personId),
  }
}

async function openPeek(
  core: Core,
  room: RoomRow,
  member: MemberRow | undefined,
  state: 'closed' | 'open',
): Promise<RoomPeek> {
  const { ROOM_FULL_WINDOW_MS, ROOM_PEOPLE_MAX } = core.limits
  const [host, inside, candidates, votes] = await Promise.all([
    findSeat(core.db, room.id, room.host_seat),
    countOnline(core.db, room.id, ROOM_FULL_WINDOW_MS),
    listCandidates(core.db, room.id),
    state === 'closed' ? core.hooks.votesOf([room.id]) : null,
  ])
  const full =
    state === 'open' && inside >= ROOM_PEOPLE_MAX && !isCounted(member, room, ROOM_FULL_WINDOW_MS)
  return {
    state: full ? 'full' : state,
    roomId: room.id,
    code: room.code,
    name: room.name,
    createdAt: ms(room.created_at),
    zone: room.zone,
    invitedBy: host
      ? { name: host.name, portrait: host.portrait, colour: colourOfSeat(host.seat) }
      : null,
    colour: colourOfSeat(member?.seat ?? room.next_seat),
    inside,
    max: ROOM_PEOPLE_MAX,
    candidates: candidates
      .map(candidateOf)
      .filter((c) => c.withdrawnAt === null)
      .map(({ number, name, category, lat, lng }) => ({ number, name, category, lat, lng })),
    view: infoOf(room).view,
    mySeat: member && member.left_at === null ? member.seat : null,
    decisionId: resultFor(votes?.get(room.id), member),
  }
}

/** The way to the latest result, for who may see it: a page that was taken down is its members' alone. */
function resultFor(votes: RoomVotes | undefined, member: MemberRow | undefined): string | null {
  return votes?.decided && (votes.published || member) ? votes.decided.id : null
}

/** Counted among those inside: online lately and not gone for good. */
export function isCounted(member: MemberRow | undefined, room: RoomRow, windowMs: number): boolean {
  return (
    member !== undefined &&
    member.left_at === null &&
    ms(member.last_seen_at) > ms(room.now) - windowMs
  )
}

/** Null for a code that never was; wrong codes use up the address's guesses. */
export async function roomOfLink(
  core: Core,
  rawCode: string,
  address: string,
): Promise<{ room: RoomRow } | { goneRoomId: string } | null> {
  await core.rateLimit.check(address, GUESS_RULE)
  const code = roomCodeSchema.safeParse(rawCode)
  const room = code.success ? await findRoomByCode(core.db, code.data) : undefined
  if (room) return { room }
  const gone = code.success ? await findTombstone(core.db, code.data) : undefined
  if (gone) return { goneRoomId: gone.room_id }
  await core.rateLimit.limit(address, GUESS_RULE)
  return null
}
