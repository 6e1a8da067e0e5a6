import { AppError } from '#shared/errors.ts'
import type { Seat } from '#shared/rooms.ts'
import { graphemeCount } from '#shared/users.names.ts'

/** What decides about a room's door. Times in ms of the database's clock. */
export interface Door {
  now: number
  expiresAt: number
  closedAt: number | null
  locked: boolean
}
export interface Standing {
  left: boolean
  removed: boolean
}

export type DoorState = 'expired' | 'removed' | 'locked' | 'closed' | 'open'

/**
 * What a link shows to somebody who has (or has not) been inside. The order matters: a barred person learns nothing of the
 * room, a locked room shows nothing to newcomers even when it is closed too.
 */
export function doorState(door: Door, standing: Standing | null): DoorState {
  if (door.expiresAt <= door.now) return 'expired'
  if (standing?.removed) return 'removed'
  if (door.locked && standing === null) return 'locked'
  return door.closedAt === null ? 'open' : 'closed'
}

/** Throws what keeps this person from entering, if anything does. Closed rooms take members back, to read. */
export function assertMayEnter(door: Door, standing: Standing | null): void {
  const state = doorState(door, standing)
  if (state === 'expired') throw new AppError('room_expired')
  if (state === 'removed') throw new AppError('room_removed')
  if (state === 'locked') throw new AppError('room_locked')
  if (state === 'closed' && standing === null) throw new AppError('room_closed')
}

/** `othersOnline`: without the person who wants in. Who was counted as inside is never kept out by being counted again. */
export function assertHasSpace(othersOnline: number, countedAlready: boolean, max: number): void {
  if (!countedAlready && othersOnline >= max) throw new AppError('room_full', { max })
}

/** Throws for everybody who is not inside at present. Someone who left comes back by joining. */
export function assertInside(door: Door, standing: Standing | null): void {
  if (door.expiresAt <= door.now) throw new AppError('room_expired')
  if (standing?.removed) throw new AppError('room_removed')
  if (standing === null || standing.left) throw new AppError('not_a_member')
}

export interface Rights {
  seat: Seat
  hostSeat: Seat
  actingSeat: Seat | null
}
export function isHost(rights: Rights): boolean {
  return rights.seat === rights.hostSeat || rights.seat === rights.actingSeat
}
export function isActing(rights: Rights): boolean {
  return rights.seat === rights.actingSeat && rights.seat !== rights.hostSeat
}

/** `trueHost`: what somebody who only acts as host can't do (remove the host, hand over, close). */
export function assertHost(rights: Rights, trueHost: boolean): void {
  if (!isHost(rights)) throw new AppError('host_only')
  if (trueHost && isActing(rights)) throw new AppError('acting_host_cannot')
}

/** What looks the same is the same: joiners and other marks that show nothing, wide letters, capitals. */
const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()

/**
 * The wished name, with the lowest free number after it when somebody has it already ("민수 2"). Cut, by whole graphemes,
 * so that name and number stay within `max`.
 */
export function distinctName(wished: string, taken: readonly string[], max: number): string {
  const used = new Set(taken.map(fold))
  if (!used.has(fold(wished))) return wished
  for (let n = 2; ; n++) {
    const ending = ` ${n}`
    const name = firstGraphemes(wished, max - ending.length).trimEnd() + ending
    if (!used.has(fold(name))) return name
  }
}

const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' })
function firstGraphemes(text: string, count: number): string {
  if (graphemeCount(text) <= count) return text
  let kept = ''
  let left = count
  for (const { segment } of segmenter.segment(text)) {
    if (left-- <= 0) break
    kept += segment
  }
  return kept
}

export interface Presence {
  seat: Seat
  /** Present without a break for so long. */
  forMs: number
}

/**
 * Who acts as host now: nobody while the host is present or gone for less than the limit; else whoever acts already, as
 * long as they are present (rights don't jump about); else the longest-present member, the lower seat of equals.
 */
export function actingHost(
  room: { hostSeat: Seat; actingSeat: Seat | null; hostGoneSince: number | null; now: number },
  present: readonly Presence[],
  afterMs: number,
): Seat | null {
  if (room.hostGoneSince === null || room.now - room.hostGoneSince < afterMs) return null
  const here = present.filter((p) => p.seat !== room.hostSeat)
  if (here.some((p) => p.seat === room.actingSeat)) return room.actingSeat
  const [first] = here.toSorted((a, b) => b.forMs - a.forMs || a.seat - b.seat)
  return first?.seat ?? null
}

/** How far ahead a room's end may be put by "extend". */
const EXTEND_MAX_MS = 7 * 24 * 3_600_000

/** New expiry after "extend": one idle time more than now planned, at most seven days ahead. */
export function extendedExpiry(now: number, expiresAt: number, idleMs: number): number {
  return Math.max(expiresAt, Math.min(expiresAt + idleMs, now + EXTEND_MAX_MS))
}

/** "When" of a room: from a day ago (it was typed before midnight) to a year ahead. */
export function assertWhen(when: number, now: number): void {
  const DAY_MS = 24 * 3_600_000
  if (when < now - DAY_MS || when > now + 366 * DAY_MS)
    throw new AppError('bad_input', { fields: ['when'] })
}

/** Throws AppError bad_input for anything but an IANA zone that this runtime knows. */
export function assertZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw new AppError('bad_input', { fields: ['zone'] })
  }
}
