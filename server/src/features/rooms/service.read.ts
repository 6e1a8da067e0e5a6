import { AppError } from '#shared/errors.ts'
import { roomCodeSchema } from '#shared/rooms.ts'
import type { RoomCard, RoomSnapshot, ShareTextReading } from '#shared/rooms.ts'
import { readShareText } from '#shared/rooms.shareText.ts'
import type { Locale, PersonId } from '#shared/users.ts'
import type { LimitRule } from '#server/platform/rateLimit.ts'
import { followCards } from './live.cards.ts'
import { followRoom } from './live.feed.ts'
import type { FeedItem } from './live.feed.ts'
import { assertHasSpace, doorState } from './policy.ts'
import { cardState } from './policy.cards.ts'
import { countStanding, listCandidates } from './repo.candidates.ts'
import { listEvents } from './repo.events.ts'
import { countOnline, findMember, listMembers, listRoomsOf, updateMember } from './repo.people.ts'
import { findRoom, findRoomByCode, listRooms } from './repo.ts'
import {
  candidateOf,
  doorOf,
  holdAsMember,
  infoOf,
  memberOf,
  ms,
  requireMember,
} from './service.core.ts'
import type { Core } from './service.core.ts'
import { isCounted } from './service.peek.ts'

const READ_RULE: LimitRule = { name: 'room.read', points: 120, perSeconds: 60 }
/** Opening a subscription reads the database; a lift ride with a bad network opens a few a minute. */
const LISTEN_RULE: LimitRule = { name: 'room.listen', points: 120, perSeconds: 60 }
/** More rooms than this in a day's life are no list any more. */
const CARDS_MAX = 30

/** The room as of one instant: all reads see one state of the database, so `seq` fits the rest exactly. */
export async function snapshot(
  core: Core,
  personId: PersonId,
  roomId: string,
): Promise<RoomSnapshot> {
  await core.rateLimit.limit(personId, READ_RULE)
  const me = await requireMember(core, roomId, personId)
  return core.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const room = await findRoom(tx, roomId)
      if (!room) throw new AppError('room_unknown')
      const members = (await listMembers(tx, [roomId])).filter(
        (member) => member.removed_at === null,
      )
      const candidates = await listCandidates(tx, roomId)
      return {
        room: infoOf(room),
        seq: room.event_seq,
        mySeat: me.seat,
        members: members.map(memberOf),
        leftSeats: members.filter((member) => member.left_at !== null).map((member) => member.seat),
        candidates: candidates.map(candidateOf),
        channelId: room.channel_id,
        now: ms(room.now),
      }
    })
}

export interface EventsAsk {
  roomId: string
  lastEventId?: string | null | undefined
  signal: AbortSignal
  /** Throws unauthenticated once the session is over. */
  recheckSession(): Promise<void>
}

/** Events after `lastEventId` (or from now), each once and in order; see `followRoom`. Listening counts as being online. */
export async function* followEvents(
  core: Core,
  personId: PersonId,
  ask: EventsAsk,
): AsyncGenerator<FeedItem> {
  await core.rateLimit.limit(personId, LISTEN_RULE)
  const seat = await takePlace(core, personId, ask.roomId)
  const online = core.online.add(ask.roomId, personId)
  try {
    yield* followRoom(
      {
        hub: core.hub,
        listEvents: (roomId, after, limit) => listEvents(core.db, roomId, after, limit),
      },
      {
        roomId: ask.roomId,
        personId,
        seat,
        after: seqOf(ask.lastEventId),
        signal: ask.signal,
        recheck: async () => {
          await ask.recheckSession()
          await requireMember(core, ask.roomId, personId)
        },
      },
    )
  } finally {
    online.remove()
  }
}

/** Null for anything that is no number of ours: the client then starts from now, after its snapshot. */
function seqOf(id: string | null | undefined): number | null {
  return id != null && /^\d{1,15}$/.test(id) ? Number(id) : null
}

/** A member who was not online lately needs one of the room's places again. Throws room_full. */
async function takePlace(core: Core, personId: PersonId, roomId: string): Promise<number> {
  const { ROOM_FULL_WINDOW_MS, ROOM_PEOPLE_MAX } = core.limits
  const me = await requireMember(core, roomId, personId)
  const member = await findMember(core.db, roomId, personId)
  if (isCounted(member, me.row, ROOM_FULL_WINDOW_MS / 2)) return me.seat
  await holdAsMember(
    core,
    roomId,
    personId,
    { write: false },
    async ({ tx, room, member: row }) => {
      const others = await countOnline(tx, roomId, ROOM_FULL_WINDOW_MS, personId)
      assertHasSpace(others, isCounted(row, room, ROOM_FULL_WINDOW_MS), ROOM_PEOPLE_MAX)
      await updateMember(tx, roomId, row.seat, { seen: true })
    },
  )
  return me.seat
}

/** Cards of the person's rooms, most recently active first; `only` narrows to one room. */
export async function cardsOf(core: Core, personId: PersonId, only?: string): Promise<RoomCard[]> {
  const all = await listRoomsOf(core.db, personId, CARDS_MAX)
  const ids = only === undefined ? all : all.filter((id) => id === only)
  if (ids.length === 0) return []
  const [rooms, members, standing, votes, present] = await Promise.all([
    listRooms(core.db, ids),
    listMembers(core.db, ids),
    countStanding(core.db, ids),
    core.hooks.votesOf(ids),
    Promise.all(ids.map((id) => core.presence.presentSeats(id).catch(() => []))),
  ])
  const byId = new Map(rooms.map((room) => [room.id, room]))
  return ids.flatMap((id, index) => {
    const room = byId.get(id)
    const inside = members.filter((member) => member.room_id === id && member.removed_at === null)
    const mine = inside.find((member) => member.person_id === personId)
    if (!room || !mine) return []
    const seats = new Set(inside.map((member) => member.seat))
    const here = (present[index] ?? []).filter((seat) => seats.has(seat))
    const facts = votes.get(id) ?? { voting: null, decided: null }
    return {
      roomId: id,
      code: room.code,
      name: room.name,
      createdAt: ms(room.created_at),
      zone: room.zone,
      present: here,
      members: inside.map(memberOf),
      state: cardState({
        ...facts,
        standing: standing.get(id) ?? 0,
        present: here,
      }),
      closed: room.closed_at !== null,
      lastActivityAt: ms(room.last_activity_at),
      expiresAt: ms(room.expires_at),
      mySeat: mine.seat,
    }
  })
}

/** The person's home cards: all at first, then each as its room changes. */
export async function* followOwnCards(
  core: Core,
  personId: PersonId,
  signal: AbortSignal,
  recheckSession: () => Promise<void>,
) {
  await core.rateLimit.limit(personId, LISTEN_RULE)
  yield* followCards({
    bus: core.bus,
    hub: core.hub,
    personId,
    signal,
    recheckSession,
    roomIds: () => listRoomsOf(core.db, personId, CARDS_MAX),
    cards: (only) => cardsOf(core, personId, only),
  })
}

/** Reads what Naver or Kakao maps put into a shared text. Throws share_text_unknown. */
export async function readShared(
  core: Core,
  personId: PersonId,
  text: string,
): Promise<ShareTextReading> {
  await core.rateLimit.limit(personId, READ_RULE)
  const reading = readShareText(text)
  if (!reading) throw new AppError('share_text_unknown')
  return reading
}

/** For link previews: the room's name and what its default name is made of; null unless strangers may see it. */
export async function previewOf(
  core: Core,
  rawCode: string,
): Promise<{ name: string | null; createdAt: number; zone: string; locale: Locale } | null> {
  const code = roomCodeSchema.safeParse(rawCode)
  const room = code.success ? await findRoomByCode(core.db, code.data) : undefined
  if (!room || !['open', 'closed'].includes(doorState(doorOf(room), null))) return null
  const { name, createdAt, zone, locale } = infoOf(room)
  return { name, createdAt, zone, locale }
}
