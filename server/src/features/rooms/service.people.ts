import type { Member, Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { Tx } from '#server/platform/db.ts'
import { actingHost } from './policy.ts'
import { giveCandidates, listCandidatesBySeats } from './repo.candidates.ts'
import {
  deleteSeat,
  findMember,
  giveCreated,
  giveSeat,
  listLiveRooms,
  listMembers,
  listSeatsOf,
  scrubEvents,
  updateMember,
} from './repo.people.ts'
import type { MemberRow } from './repo.people.ts'
import { findRoom, listRooms, lockRoom, updateRoom } from './repo.ts'
import type { RoomRow } from './repo.ts'
import { appendEvent, candidateOf, infoOf, memberOf, ms } from './service.core.ts'
import type { Core } from './service.core.ts'

/** Longer than the time after which somebody acts, so that a room is looked at until that is settled. */
const LOOKED_AT_MS = 10 * 60_000

/** For every room with people in it: notes since when the host is gone, and lets somebody act or stops that. */
export async function reviewHosts(core: Core): Promise<void> {
  const rooms = await listRooms(core.db, await listLiveRooms(core.db, LOOKED_AT_MS))
  // Only rooms in which something changes are then locked.
  const present = await core.presence.presentIn(rooms.map((room) => room.id))
  for (const [index, room] of rooms.entries()) {
    if (next(core, room, present[index] ?? []) !== null) await reviewHost(core, room.id)
  }
}

interface Review {
  gone: boolean
  acting: Seat | null
}

/** What must change in the room's row; null: nothing. */
function next(
  core: Core,
  room: RoomRow,
  present: readonly { seat: Seat; forMs: number }[],
): Review | null {
  const gone = !present.some((person) => person.seat === room.host_seat)
  const since = gone ? room.host_gone_since : null
  const acting = actingHost(
    {
      hostSeat: room.host_seat,
      actingSeat: room.acting_seat,
      hostGoneSince: since && ms(since),
      now: ms(room.now),
    },
    present,
    core.limits.ACTING_HOST_AFTER_MS,
  )
  return gone === (room.host_gone_since !== null) && acting === room.acting_seat
    ? null
    : { gone, acting }
}

async function reviewHost(core: Core, roomId: string): Promise<void> {
  const present = await core.presence.presentPeople(roomId)
  await core.db.transaction().execute(async (tx) => {
    const room = await lockRoom(tx, roomId)
    if (!room) return
    const members = await listMembers(tx, [roomId])
    const inside = new Set(
      members
        .filter((m) => m.left_at === null && m.removed_at === null && !m.simulated)
        .map((m) => m.seat),
    )
    const review = next(
      core,
      room,
      present.filter((person) => inside.has(person.seat)),
    )
    if (!review) return
    const gone = review.gone === (room.host_gone_since !== null) ? {} : { hostGone: review.gone }
    const changed = await updateRoom(tx, roomId, { ...gone, actingSeat: review.acting })
    if (changed.acting_seat !== room.acting_seat)
      await appendEvent(tx, roomId, { type: 'room', room: infoOf(changed) })
  })
  core.hub.publish(roomId, { kind: 'event' })
}

/**
 * A guest becomes a member. Where both have a seat in a room the lower one stays, with the candidates of both; who was
 * barred as either is barred. Hubs find the events by their poll, since the caller's transaction commits later.
 */
export async function moveOwner(core: Core, tx: Tx, from: PersonId, to: PersonId): Promise<void> {
  for (const seat of await listSeatsOf(tx, from)) {
    await core.hooks.lockOpenRound(tx, seat.room_id)
    await lockRoom(tx, seat.room_id)
    const other = await findMember(tx, seat.room_id, to)
    await (other ? mergeSeats(tx, seat, other, to) : moveSeat(tx, seat, to))
  }
  await giveCreated(tx, from, to)
}

async function moveSeat(tx: Tx, seat: MemberRow, to: PersonId): Promise<void> {
  await giveSeat(tx, seat.room_id, seat.seat, to)
  if (seat.removed_at === null)
    await appendEvent(tx, seat.room_id, {
      type: 'member',
      member: { ...memberOf(seat), personId: to },
    })
}

async function mergeSeats(tx: Tx, a: MemberRow, b: MemberRow, to: PersonId): Promise<void> {
  const [kept, dropped] = a.seat < b.seat ? [a, b] : [b, a]
  const roomId = kept.room_id
  const barred = kept.removed_at !== null || dropped.removed_at !== null
  const given = await giveCandidates(tx, roomId, dropped.seat, kept.seat)
  await deleteSeat(tx, roomId, dropped.seat)
  await giveSeat(tx, roomId, kept.seat, to)
  const left = kept.left_at !== null && dropped.left_at !== null
  const row = await updateMember(tx, roomId, kept.seat, {
    left,
    ...(barred ? { removed: true } : {}),
  })
  const room = await findRoom(tx, roomId)
  await appendEvent(tx, roomId, { type: 'removed', seat: dropped.seat })
  await appendEvent(
    tx,
    roomId,
    barred ? { type: 'removed', seat: kept.seat } : { type: 'member', member: memberOf(row) },
  )
  for (const row of given)
    await appendEvent(tx, roomId, { type: 'candidate', candidate: candidateOf(row) })
  if (!room || (room.host_seat !== dropped.seat && room.acting_seat !== dropped.seat)) return
  const changed = await updateRoom(tx, roomId, {
    hostSeat: room.host_seat === dropped.seat ? kept.seat : room.host_seat,
    actingSeat: null,
  })
  await appendEvent(tx, roomId, { type: 'room', room: infoOf(changed) })
}

/** Everything rooms hold of a person, as plain data. */
export async function exportFor(core: Core, personId: PersonId) {
  const seats = await listSeatsOf(core.db, personId)
  const [rooms, candidates] = await Promise.all([
    listRooms(
      core.db,
      seats.map((seat) => seat.room_id),
    ),
    listCandidatesBySeats(core.db, seats),
  ])
  return seats.map((seat) => ({
    room:
      rooms
        .filter((room) => room.id === seat.room_id)
        .map((room) => ({ name: room.name, createdAt: ms(room.created_at) }))[0] ?? null,
    seat: seat.seat,
    name: seat.name,
    portrait: seat.portrait,
    joinedAt: ms(seat.joined_at),
    candidates: candidates
      .filter((c) => c.room_id === seat.room_id && c.proposer_seat === seat.seat)
      .map(candidateOf),
  }))
}

/** Kept for a person who is gone: the seat, because candidates and choices refer to it; nothing that names anybody. */
const GONE = { name: '', portrait: 'gone' }

/** Empties a person's seats, also in the log of events. A host's rooms go to the acting host, else to the longest member. */
export async function erase(core: Core, tx: Tx, personId: PersonId): Promise<void> {
  for (const seat of await listSeatsOf(tx, personId)) {
    const round = await core.hooks.lockOpenRound(tx, seat.room_id)
    const room = await lockRoom(tx, seat.room_id)
    if (!room) continue
    if (round && seat.removed_at === null)
      await core.hooks.personRemoving(tx, round, seat.seat, personId)
    const erased = await updateMember(tx, seat.room_id, seat.seat, { ...GONE, left: true })
    const member: Member = { ...memberOf(erased), personId: ERASED_PERSON }
    await giveSeat(tx, seat.room_id, seat.seat, erasedId(seat))
    await scrubEvents(tx, seat.room_id, seat.seat, member)
    await appendEvent(tx, seat.room_id, { type: 'member', member })
    await appendEvent(tx, seat.room_id, { type: 'left', seat: seat.seat })
    if (room.host_seat === seat.seat) await inherit(core, tx, room)
  }
  await giveCreated(tx, personId, ERASED_PERSON)
}

const ERASED_PERSON = '00000000-0000-0000-0000-000000000000'
/** One per seat, since a person has one seat in a room; belongs to nobody. */
function erasedId(seat: MemberRow): string {
  return `00000000-0000-0000-0000-${seat.seat.toString(16).padStart(12, '0')}`
}

async function inherit(core: Core, tx: Tx, room: RoomRow): Promise<void> {
  const heirs = (await listMembers(tx, [room.id])).filter(
    (m) => m.left_at === null && m.removed_at === null && !m.simulated && m.seat !== room.host_seat,
  )
  const present = (await core.presence.presentPeople(room.id).catch(() => [])).filter((p) =>
    heirs.some((m) => m.seat === p.seat),
  )
  const [longest] = present.toSorted((a, b) => b.forMs - a.forMs || a.seat - b.seat)
  const heir = room.acting_seat ?? longest?.seat ?? heirs[0]?.seat
  if (heir === undefined) return
  const changed = await updateRoom(tx, room.id, {
    hostSeat: heir,
    actingSeat: null,
    hostGone: false,
  })
  await appendEvent(tx, room.id, { type: 'room', room: infoOf(changed) })
}
