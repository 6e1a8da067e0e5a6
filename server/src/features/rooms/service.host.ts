import { AppError } from '#shared/errors.ts'
import type { LatLng } from '#shared/geo.ts'
import type { RoomInfo, Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { LimitRule } from '#server/platform/rateLimit.ts'
import { assertWhen, extendedExpiry } from './policy.ts'
import { findSeat, updateMember } from './repo.people.ts'
import { updateRoom } from './repo.ts'
import type { RoomChange } from './repo.ts'
import { appendEvent, holdAsMember, idleMs, infoOf, ms, tellGone } from './service.core.ts'
import type { Core, HeldByMember, Need } from './service.core.ts'
import { cleanRoomName } from './service.enter.ts'

const HOST_RULE: LimitRule = { name: 'room.host', points: 60, perSeconds: 60 }

export interface ChangeRoomInput {
  roomId: string
  name?: string | null | undefined
  when?: number | null | undefined
  meeting?: LatLng | null | undefined
  locked?: boolean | undefined
}

/** Changes the room's row under its lock and tells everybody how the room is now. */
function change(
  core: Core,
  personId: PersonId,
  roomId: string,
  need: Need,
  decide: (held: HeldByMember) => RoomChange | Promise<RoomChange>,
): Promise<RoomInfo> {
  return core.rateLimit.limit(personId, HOST_RULE).then(() =>
    holdAsMember(core, roomId, personId, need, async (held) => {
      const room = infoOf(await updateRoom(held.tx, roomId, await decide(held)))
      await appendEvent(held.tx, roomId, { type: 'room', room })
      return room
    }),
  )
}

/** Name, when, meeting point, lock: what is given. Host or acting host. Throws name_invalid, bad_input, room_closed. */
export function changeRoom(
  core: Core,
  personId: PersonId,
  input: ChangeRoomInput,
): Promise<RoomInfo> {
  return change(core, personId, input.roomId, { host: 'any' }, ({ room }) => {
    if (input.when != null) assertWhen(input.when, ms(room.now))
    return {
      ...(input.name === undefined ? {} : { name: cleanRoomName(core, input.name) }),
      ...(input.when === undefined
        ? {}
        : { when: input.when === null ? null : new Date(input.when) }),
      ...(input.meeting === undefined ? {} : { meeting: input.meeting }),
      ...(input.locked === undefined ? {} : { locked: input.locked }),
    }
  })
}

/** Read-only from now on. The host alone; throws round_open while a round or run-off is open. */
export function closeRoom(core: Core, personId: PersonId, roomId: string): Promise<RoomInfo> {
  return change(core, personId, roomId, { host: 'true', write: false }, ({ round, room }) => {
    if (round) throw new AppError('round_open')
    return room.closed_at === null ? { closed: true } : {}
  })
}

/** Open again, for an idle time (24 h) at least. The host alone. */
export function reopenRoom(core: Core, personId: PersonId, roomId: string): Promise<RoomInfo> {
  return change(core, personId, roomId, { host: 'true', write: false }, ({ room }) => ({
    closed: false,
    expiresAt: new Date(Math.max(ms(room.expires_at), ms(room.now) + idleMs(core, room.demo))),
  }))
}

/** Moves the room's end by an idle time (24 h), at most seven days ahead. Host or acting host. */
export function extendRoom(core: Core, personId: PersonId, roomId: string): Promise<RoomInfo> {
  return change(core, personId, roomId, { host: 'any', write: false }, ({ room }) => ({
    expiresAt: new Date(extendedExpiry(ms(room.now), ms(room.expires_at), idleMs(core, room.demo))),
  }))
}

/** A new link; the old one is unknown from now on. Host or acting host. */
export function changeLink(core: Core, personId: PersonId, roomId: string): Promise<RoomInfo> {
  return change(core, personId, roomId, { host: 'any' }, () => ({ code: core.newCode() }))
}

/** Another member is the host. The host alone. Throws person_unknown for who is not inside or simulated. */
export function handOver(
  core: Core,
  personId: PersonId,
  roomId: string,
  seat: Seat,
): Promise<RoomInfo> {
  return change(core, personId, roomId, { host: 'true', write: false }, async ({ tx }) => {
    const heir = await findSeat(tx, roomId, seat)
    if (!heir || heir.left_at !== null || heir.removed_at !== null || heir.simulated)
      throw new AppError('person_unknown')
    return { hostSeat: seat, actingSeat: null, hostGone: false }
  })
}

/**
 * Bars a person from the room for good: out of the open round (their rows are kept), off every socket, out of voice.
 * Their candidates stay. Host or acting host, never against the host; again for the same seat changes nothing.
 */
export async function removePerson(
  core: Core,
  personId: PersonId,
  roomId: string,
  seat: Seat,
): Promise<void> {
  await core.rateLimit.limit(personId, HOST_RULE)
  const removed = await holdAsMember(
    core,
    roomId,
    personId,
    { host: 'any', write: false },
    async ({ tx, round, room, me }) => {
      const member = await findSeat(tx, roomId, seat)
      if (!member || seat === me.seat) throw new AppError('person_unknown')
      if (seat === room.host_seat) throw new AppError('acting_host_cannot')
      const gone = { personId: member.person_id, channelId: room.channel_id }
      if (member.removed_at !== null) return gone
      if (round) await core.hooks.personRemoving(tx, round, seat, member.person_id)
      await updateMember(tx, roomId, seat, { removed: true })
      await appendEvent(tx, roomId, { type: 'removed', seat })
      if (room.acting_seat === seat) {
        const changed = await updateRoom(tx, roomId, { actingSeat: null })
        await appendEvent(tx, roomId, { type: 'room', room: infoOf(changed) })
      }
      return gone
    },
  )
  tellGone(core, 'personRemoved', { roomId, seat, ...removed })
}
