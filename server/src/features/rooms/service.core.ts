import { AppError } from '#shared/errors.ts'
import type { Limits } from '#shared/limits.ts'
import type { Place } from '#shared/places.ts'
import type { Candidate, Member, RoomEvent, RoomInfo, Seat } from '#shared/rooms.ts'
import type { Locale, PersonId } from '#shared/users.ts'
import type { Bus } from '#server/platform/bus.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Db, DbOrTx, Tx } from '#server/platform/db.ts'
import type { Log } from '#server/platform/log.ts'
import type { RateLimit } from '#server/platform/rateLimit.ts'
import type {
  Membership,
  OpenRound,
  RoomHooks,
  RoomListeners,
  RoomPresence,
} from './service.contract.ts'
import { ownListChannel } from './live.cards.ts'
import type { RoomHub } from './live.hub.ts'
import type { Online } from './live.online.ts'
import { assertHost, assertInside, isActing, isHost } from './policy.ts'
import type { Door, Standing } from './policy.ts'
import type { CandidateRow } from './repo.candidates.ts'
import { insertEvent } from './repo.events.ts'
import { findMember } from './repo.people.ts'
import type { MemberRow } from './repo.people.ts'
import { findRoom, lockRoom, touchRoom } from './repo.ts'
import type { RoomRow } from './repo.ts'
import { untilFree } from './service.retry.ts'

export interface RoomsDeps {
  db: Db
  bus: Bus
  clock: Clock
  log: Log
  limits: Limits
  rateLimit: RateLimit
  presence: RoomPresence
  newId: () => string
  /** A link code nobody has guessed: random, of ROOM_CODE_ALPHABET. */
  newCode: () => string
  /** Makes the room's chat channel in the caller's transaction; the answer is its id. */
  openChannel(tx: Tx): Promise<string>
  /** Deletes a room's channel with its messages when the room is deleted. */
  dropChannel(tx: Tx, channelId: string): Promise<void>
  /** A place of the local table. Throws not_found. */
  placeOf: (placeId: string) => Promise<Place>
  /** Keeps nickname and portrait as the suggestion for the person's next room. */
  rememberProfile(
    personId: PersonId,
    profile: { name: string; portrait: string; locale?: Locale },
  ): Promise<void>
}

/** What the parts of this service share. */
export interface Core extends RoomsDeps {
  hub: RoomHub
  online: Online
  /** No votes wired: a room without rounds. */
  hooks: RoomHooks
  listeners: RoomListeners[]
}

/** Hooks of a room that knows no votes; `setHooks` replaces them. */
export const noHooks: RoomHooks = {
  lockOpenRound: () => Promise.resolve(null),
  candidateWithdrawing: () => Promise.resolve(),
  candidateStanding: () => Promise.resolve(),
  personRemoving: () => Promise.resolve(),
  lastCloseAt: () => Promise.resolve(null),
  votesOf: () => Promise.resolve(new Map()),
  dropDecisions: () => Promise.resolve(),
  decisionFor: () => Promise.resolve(null),
}

export const ms = (date: Date): number => date.getTime()
const msOrNull = (date: Date | null): number | null => date?.getTime() ?? null

export function doorOf(room: RoomRow): Door {
  return {
    now: ms(room.now),
    expiresAt: ms(room.expires_at),
    closedAt: msOrNull(room.closed_at),
    locked: room.locked,
  }
}
export function standingOf(member: MemberRow | undefined): Standing | null {
  return member ? { left: member.left_at !== null, removed: member.removed_at !== null } : null
}

export function infoOf(room: RoomRow): RoomInfo {
  const { meeting_lat: lat, meeting_lng: lng, view_lat, view_lng, view_zoom } = room
  return {
    id: room.id,
    code: room.code,
    name: room.name,
    when: msOrNull(room.when),
    locale: room.locale === 'en' ? 'en' : 'ko',
    zone: room.zone,
    createdAt: ms(room.created_at),
    hostSeat: room.host_seat,
    actingSeat: room.acting_seat,
    locked: room.locked,
    closedAt: msOrNull(room.closed_at),
    expiresAt: ms(room.expires_at),
    meeting: lat === null || lng === null ? null : { lat, lng },
    view:
      view_lat === null || view_lng === null || view_zoom === null
        ? null
        : { lat: view_lat, lng: view_lng, zoom: view_zoom },
    demo: room.demo,
  }
}

export function memberOf(row: MemberRow): Member {
  return {
    seat: row.seat,
    personId: row.person_id,
    name: row.name,
    portrait: row.portrait,
    joinedAt: ms(row.joined_at),
    simulated: row.simulated,
  }
}

export function candidateOf(row: CandidateRow): Candidate {
  return {
    number: row.number,
    placeId: row.place_id,
    name: row.name,
    category: row.category as Candidate['category'],
    address: row.address,
    lat: row.lat,
    lng: row.lng,
    price: row.price,
    menu: row.menu,
    hours: row.hours,
    note: row.note,
    link: row.link,
    proposerSeat: row.proposer_seat,
    addedAt: ms(row.added_at),
    withdrawnAt: msOrNull(row.withdrawn_at),
    withdrawnBySeat: row.withdrawn_by,
  }
}

export function membershipOf(room: RoomRow, member: MemberRow): Membership {
  const rights = { seat: member.seat, hostSeat: room.host_seat, actingSeat: room.acting_seat }
  return {
    roomId: room.id,
    seat: member.seat,
    personId: member.person_id,
    name: member.name,
    portrait: member.portrait,
    host: isHost(rights),
    acting: isActing(rights),
    writable: room.closed_at === null,
  }
}

/** Throws room_unknown, room_expired, room_removed, not_a_member. A stranger learns no more than that. */
function admit(
  room: RoomRow | undefined,
  member: MemberRow | undefined,
): { room: RoomRow; member: MemberRow } {
  if (!room) throw new AppError('room_unknown')
  assertInside(doorOf(room), standingOf(member))
  if (!member) throw new AppError('not_a_member')
  return { room, member }
}

export async function requireMember(
  core: Core,
  roomId: string,
  personId: PersonId,
): Promise<Membership & { row: RoomRow }> {
  const [room, member] = await Promise.all([
    findRoom(core.db, roomId),
    findMember(core.db, roomId, personId),
  ])
  const inside = admit(room, member)
  return { ...membershipOf(inside.room, inside.member), row: inside.room }
}

export async function requireHost(
  core: Core,
  roomId: string,
  personId: PersonId,
  trueHost = false,
): Promise<Membership> {
  const { row, ...membership } = await requireMember(core, roomId, personId)
  assertHost(
    { seat: membership.seat, hostSeat: row.host_seat, actingSeat: row.acting_seat },
    trueHost,
  )
  return membership
}

export interface Held {
  tx: Tx
  round: OpenRound | null
  room: RoomRow
}

/**
 * Runs `work` with the round's row and then the room's row locked, commits, and wakes every hub. Everything that changes
 * a room goes through here, so two servers can't decide from the same count.
 */
export async function holdRoom<T>(
  core: Core,
  roomId: string,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  const result = await untilFree(() =>
    core.db.transaction().execute(async (tx) => {
      const round = await core.hooks.lockOpenRound(tx, roomId)
      const room = await lockRoom(tx, roomId)
      if (!room) throw new AppError('room_unknown')
      return work({ tx, round, room })
    }),
  )
  core.hub.publish(roomId, { kind: 'event' })
  return result
}

export interface Need {
  /** Refuse in a closed room (default yes). */
  write?: boolean
  host?: 'any' | 'true'
}
export interface HeldByMember extends Held {
  member: MemberRow
  me: Membership
}

/** `holdRoom` for a member; rights are checked under the lock, where nobody can change them meanwhile. */
export function holdAsMember<T>(
  core: Core,
  roomId: string,
  personId: PersonId,
  need: Need,
  work: (held: HeldByMember) => Promise<T>,
): Promise<T> {
  return holdRoom(core, roomId, async (held) => {
    const { room, member } = admit(held.room, await findMember(held.tx, roomId, personId))
    const me = membershipOf(room, member)
    if (need.host)
      assertHost(
        { seat: me.seat, hostSeat: room.host_seat, actingSeat: room.acting_seat },
        need.host === 'true',
      )
    if (need.write !== false && !me.writable) throw new AppError('room_closed')
    return work({ ...held, member, me })
  })
}

export async function appendEvent(tx: Tx, roomId: string, event: RoomEvent): Promise<number> {
  const seq = await insertEvent(tx, roomId, event)
  if (seq === undefined) throw new AppError('room_unknown')
  return seq
}

/** How long a room lives after the last that was done in it. */
export function idleMs({ limits }: Pick<Core, 'limits'>, demo: boolean): number {
  return demo ? limits.DEMO_IDLE_EXPIRY_MS : limits.ROOM_IDLE_EXPIRY_MS
}

export function touch(core: Core, db: DbOrTx, roomId: string, notBefore?: number): Promise<void> {
  return touchRoom(db, roomId, { room: idleMs(core, false), demo: idleMs(core, true) }, notBefore)
}

/** After commit; a listener that fails disturbs neither the caller nor the others. */
export function tellGone(
  core: Core,
  how: 'personRemoved' | 'personLeft',
  gone: { roomId: string; personId: PersonId; seat: Seat; channelId: string },
): void {
  core.hub.publish(gone.roomId, { kind: 'out', personId: gone.personId })
  core.presence.disconnect(gone.roomId, gone.personId, gone.seat)
  tellOwnList(core, gone.personId)
  for (const listener of core.listeners) {
    callSafely(core, () => listener[how]?.(gone.roomId, gone.personId, gone.channelId))
  }
}
/** Presence changed: told on every server by presence itself. */
export function tellPresence(core: Core, roomId: string): void {
  core.hub.stir(roomId)
  for (const listener of core.listeners) callSafely(core, () => listener.presenceChanged?.(roomId))
}
/** Home lists of this person's tabs, on every server: the set of their rooms changed. */
export function tellOwnList(core: Core, personId: PersonId): void {
  core.bus
    .publish(ownListChannel(personId), {})
    .catch((error: unknown) => core.log.warn({ err: error }, 'a wake-up could not be sent'))
}
function callSafely(core: Core, call: () => void): void {
  try {
    call()
  } catch (error) {
    core.log.error({ err: error }, 'a listener of rooms threw')
  }
}
