import { AppError } from '#shared/errors.ts'
import type { Anchor, Seat } from '#shared/rooms.ts'
import { cleanName } from '#shared/users.names.ts'
import type { Locale, PersonId } from '#shared/users.ts'
import type { Tx } from '#server/platform/db.ts'
import type { LimitRule } from '#server/platform/rateLimit.ts'
import { assertHasSpace, assertMayEnter, assertWhen, assertZone, distinctName } from './policy.ts'
import { countOnline, findMember, insertMember, listMembers, updateMember } from './repo.people.ts'
import { findDemoOf, insertRoom, takeSeat } from './repo.ts'
import {
  appendEvent,
  doorOf,
  holdAsMember,
  holdRoom,
  idleMs,
  memberOf,
  standingOf,
  tellGone,
  tellOwnList,
  touch,
} from './service.core.ts'
import type { Core } from './service.core.ts'
import { isCounted, roomOfLink } from './service.peek.ts'

/** A room for a person every 12 s on average is more than any group needs. */
const OPEN_RULE: LimitRule = { name: 'room.open', points: 20, perSeconds: 240 }
const JOIN_RULE: LimitRule = { name: 'room.join', points: 40, perSeconds: 60 }
const CHANGE_ME_RULE: LimitRule = { name: 'room.me', points: 20, perSeconds: 60 }

export interface OpenInput {
  anchor?: Anchor | undefined
  locale: Locale
  zone: string
  name?: string | undefined
  when?: number | undefined
  nickname: string
  portrait: string
  /** A room of Bap Island; only the server itself opens one. */
  demo?: boolean
}
export interface Entered {
  roomId: string
  code: string
  seat: Seat
}

/** A new room with its creator as host on seat 1. Throws name_invalid, bad_input, not_found (anchor), slow_down. */
export async function openRoom(core: Core, personId: PersonId, input: OpenInput): Promise<Entered> {
  await core.rateLimit.limit(personId, OPEN_RULE)
  const nickname = cleanName(input.nickname, core.limits.NICKNAME_GRAPHEMES)
  const name = cleanRoomName(core, input.name)
  assertZone(input.zone)
  if (input.when !== undefined) assertWhen(input.when, core.clock.now())
  const view = await viewOf(core, input.anchor)
  const { demo = false } = input
  const id = core.newId()
  const code = await core.db.transaction().execute(async (tx) => {
    const room = {
      id,
      name,
      when: input.when === undefined ? null : new Date(input.when),
      locale: input.locale,
      zone: input.zone,
      creatorId: personId,
      channelId: await core.openChannel(tx),
      meeting: view && { lat: view.lat, lng: view.lng },
      view,
      demo,
      idleMs: idleMs(core, demo),
    }
    let code = core.newCode()
    while (!(await insertRoom(tx, { ...room, code }))) code = core.newCode()
    const seat = await takeSeat(tx, id)
    const member = await insertMember(tx, {
      roomId: id,
      seat,
      personId,
      name: nickname,
      portrait: input.portrait,
      simulated: false,
    })
    await appendEvent(tx, id, { type: 'member', member: memberOf(member) })
    return code
  })
  tellOwnList(core, personId)
  await remember(core, personId, { name: nickname, portrait: input.portrait, locale: input.locale })
  return { roomId: id, code, seat: 1 }
}

/** The code of the person's room on Bap Island, as long as it is open and nothing was decided there. */
export async function demoOf(core: Core, personId: PersonId): Promise<string | null> {
  const room = await findDemoOf(core.db, personId)
  if (!room) return null
  const votes = await core.hooks.votesOf([room.id])
  return votes.get(room.id)?.decided ? null : room.code
}

/** Only a suggestion for next time: what was done stays done when it can't be kept. */
async function remember(
  core: Core,
  personId: PersonId,
  profile: Parameters<Core['rememberProfile']>[1],
): Promise<void> {
  await core
    .rememberProfile(personId, profile)
    .catch((error: unknown) => core.log.warn({ err: error }, 'a nickname was not remembered'))
}

/** An empty or blank name is no name: the default from weekday and meal is shown then. */
export function cleanRoomName(core: Core, raw: string | null | undefined): string | null {
  return raw == null || raw.trim() === '' ? null : cleanName(raw, core.limits.ROOM_NAME_GRAPHEMES)
}

/** Close enough to read street names around a place. */
const PLACE_ZOOM = 16
async function viewOf(
  core: Core,
  anchor: Anchor | undefined,
): Promise<{ lat: number; lng: number; zoom: number } | null> {
  if (!anchor) return null
  if (anchor.kind === 'view') return { lat: anchor.lat, lng: anchor.lng, zoom: anchor.zoom }
  const place = await core.placeOf(anchor.placeId)
  return { lat: place.lat, lng: place.lng, zoom: PLACE_ZOOM }
}

/**
 * Enters by link. A member comes back to the same seat, whatever the lock; a retry changes nothing. Throws room_unknown,
 * room_expired, room_removed, room_locked, room_closed, room_full, name_invalid, slow_down.
 */
export async function joinRoom(
  core: Core,
  personId: PersonId,
  address: string,
  input: { code: string; nickname: string; portrait: string; simulated?: boolean },
): Promise<Entered> {
  await core.rateLimit.limit(personId, JOIN_RULE)
  const found = await roomOfLink(core, input.code, address)
  if (found === null) throw new AppError('room_unknown')
  if ('goneRoomId' in found) throw new AppError('room_expired')
  const { id: roomId, code } = found.room
  const { seat, arrived } = await holdRoom(core, roomId, async ({ tx, room }) => {
    const member = await findMember(tx, roomId, personId)
    assertMayEnter(doorOf(room), standingOf(member))
    const others = await countOnline(tx, roomId, core.limits.ROOM_FULL_WINDOW_MS, personId)
    assertHasSpace(
      others,
      isCounted(member, room, core.limits.ROOM_FULL_WINDOW_MS),
      core.limits.ROOM_PEOPLE_MAX,
    )
    if (member && member.left_at === null) {
      await updateMember(tx, roomId, member.seat, { seen: true, hidden: false })
      return { seat: member.seat, arrived: false }
    }
    const name = await freeName(core, tx, roomId, input.nickname, member?.seat)
    const entered = member
      ? await updateMember(tx, roomId, member.seat, {
          name,
          portrait: input.portrait,
          left: false,
          hidden: false,
          seen: true,
        })
      : await insertMember(tx, {
          roomId,
          seat: await takeSeat(tx, roomId),
          personId,
          name,
          portrait: input.portrait,
          simulated: input.simulated === true,
        })
    await touch(core, tx, roomId)
    await appendEvent(tx, roomId, { type: 'member', member: memberOf(entered) })
    return { seat: entered.seat, arrived: true }
  })
  if (arrived) {
    tellOwnList(core, personId)
    await remember(core, personId, {
      name: cleanName(input.nickname, core.limits.NICKNAME_GRAPHEMES),
      portrait: input.portrait,
    })
  }
  return { roomId, code, seat }
}

async function freeName(
  core: Core,
  tx: Tx,
  roomId: string,
  raw: string,
  ownSeat: Seat | undefined,
): Promise<string> {
  const max = core.limits.NICKNAME_GRAPHEMES
  const others = (await listMembers(tx, [roomId])).filter((member) => member.seat !== ownSeat)
  return distinctName(
    cleanName(raw, max),
    others.map((member) => member.name),
    max,
  )
}

/** Own name and portrait in this room. Throws name_invalid, slow_down and what `requireMember` throws. */
export async function changeMe(
  core: Core,
  personId: PersonId,
  input: { roomId: string; nickname: string; portrait: string },
): Promise<void> {
  await core.rateLimit.limit(personId, CHANGE_ME_RULE)
  await holdAsMember(core, input.roomId, personId, {}, async ({ tx, member }) => {
    const name = await freeName(core, tx, input.roomId, input.nickname, member.seat)
    if (name === member.name && input.portrait === member.portrait) return
    const changed = await updateMember(tx, input.roomId, member.seat, {
      name,
      portrait: input.portrait,
    })
    await appendEvent(tx, input.roomId, { type: 'member', member: memberOf(changed) })
  })
  await remember(core, personId, {
    name: cleanName(input.nickname, core.limits.NICKNAME_GRAPHEMES),
    portrait: input.portrait,
  })
}

/** Goes out; choices, seat and candidates stay for when the person returns. */
export async function leaveRoom(core: Core, personId: PersonId, roomId: string): Promise<void> {
  const gone = await holdAsMember(core, roomId, personId, { write: false }, async (held) => {
    const { seat } = held.member
    await updateMember(held.tx, roomId, seat, { left: true })
    await appendEvent(held.tx, roomId, { type: 'left', seat })
    return { seat, channelId: held.room.channel_id }
  })
  tellGone(core, 'personLeft', { roomId, personId, ...gone })
}

/** Off the person's own home list until they enter again, or back on it. */
export async function hideRoom(
  core: Core,
  personId: PersonId,
  roomId: string,
  hidden: boolean,
): Promise<void> {
  const member = await findMember(core.db, roomId, personId)
  if (!member || member.removed_at !== null) throw new AppError('not_a_member')
  await updateMember(core.db, roomId, member.seat, { hidden })
  tellOwnList(core, personId)
}
