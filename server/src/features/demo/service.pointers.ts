import type { PresenceLive } from '#server/features/rooms/index.ts'
import type { LatLng } from '#shared/geo.ts'
import type { PresenceEntry } from '#shared/rooms.presence.ts'
import { decodeFrame } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import { between } from './policy.friends.ts'
import { isFree, setOut, stepMotion } from './policy.motion.ts'
import type { News, RoomView } from './policy.room.ts'
import { nextWish } from './policy.wishes.ts'
import { tellPresence } from './service.cast.ts'
import type { Friend } from './service.cast.ts'

export interface PointersDeps {
  presence: Pick<PresenceLive, 'connect'>
  roomId: string
  friends: readonly Friend[]
  view(): RoomView
  /** Whose tab reads what others do; one is enough for all. */
  reader(): Friend | null
  /** A person did something on the map. */
  active(): void
  news(news: News): void
  random(): number
  nowMs(): number
}

/** The friends' places on the map: a tab each, as a browser has it. */
export interface Pointers {
  /** Ten times a second. */
  step(nowMs: number, resting: boolean): void
  leave(friend: Friend): void
  /** Who is on the map: others follow nobody any more. */
  keepFollowers(present: ReadonlySet<Seat>): void
}

/** Presence counts a tab as gone after 12 s of silence. */
const HEARD_EVERY_MS = 3_000
/** Well within the ten ticks after which presence takes a reader for stalled. */
const ACK_TICKS = 4

export function makePointers(deps: PointersDeps): Pointers {
  const { roomId, friends, random, nowMs } = deps
  const startedAtMs = nowMs()
  const follows = new Map<Seat, Seat>()
  const isFriend = (seat: Seat): boolean => friends.some((friend) => friend.seat === seat)

  /** `full`: a repetition of what is known, no act of theirs. */
  const see = ({ seat, ping, state, cursor, view }: PresenceEntry, full: boolean): void => {
    if (!full && (ping || cursor || view || state)) deps.active()
    if (ping) deps.news({ kind: 'ping', seat, at: ping.at })
    if (!state || state.follow === (follows.get(seat) ?? 0)) return
    follows.set(seat, state.follow)
    if (isFriend(state.follow)) deps.news({ kind: 'followed', seat, leader: state.follow })
  }
  const read = (friend: Friend, bytes: Uint8Array): void => {
    if (deps.reader() !== friend) return
    const { entries, full, tick } = decodeFrame(bytes)
    for (const entry of entries) if (!isFriend(entry.seat)) see(entry, full)
    if (tick - friend.tick < ACK_TICKS) return
    friend.tick = tick
    // Presence notes the frame as sent only after this returns.
    queueMicrotask(() => tellPresence(friend, { kind: 'ack' }, nowMs()))
  }
  const leave = (friend: Friend): void => {
    friend.tab?.onClose()
    friend.tab = null
  }
  const appear = (friend: Friend, seat: Seat): void => {
    const wire = {
      send: (bytes: Uint8Array) => read(friend, bytes),
      bufferedBytes: () => 0,
      close: () => leave(friend),
    }
    const owner = { roomId, seat, personId: friend.personId, tab: `demo${friend.id}` }
    friend.tick = 0
    friend.tab = deps.presence.connect(wire, owner)
    tellPresence(friend, { kind: 'state', flags: 0, follow: 0 }, nowMs())
    tellPresence(friend, { kind: 'view', view: friend.motion.view }, nowMs())
  }
  /** Who was inside already comes back within seconds, not all at once. */
  const isTurnOf = (friend: Friend, now: number): boolean =>
    now - startedAtMs > between(roomId, `appear:${friend.id}`, 200, 2_200)
  const takenBeside = (friend: Friend): LatLng[] =>
    friends
      .filter((other) => other !== friend && other.tab !== null)
      .map(({ motion }) => motion.going?.to ?? motion.at)
  const move = (friend: Friend, seat: Seat, now: number, resting: boolean): void => {
    if (isFree(friend.motion, now)) {
      const followed = [...follows.values()].includes(seat)
      const wish = nextWish(
        friend.id,
        { view: deps.view(), now: Date.now(), followed, resting, taken: takenBeside(friend) },
        random,
      )
      friend.motion = setOut(friend.motion, wish, now, random)
    }
    const { motion, moved, panned } = stepMotion(friend.motion, now)
    friend.motion = motion
    if (moved) tellPresence(friend, { kind: 'cursor', at: motion.at }, now)
    if (panned) tellPresence(friend, { kind: 'view', view: motion.view }, now)
    if (now - friend.heardAtMs > HEARD_EVERY_MS) tellPresence(friend, { kind: 'ack' }, now)
  }
  return {
    step: (now, resting) => {
      for (const friend of friends) {
        const { seat } = friend
        if (seat === null) continue
        if (friend.tab) move(friend, seat, now, resting)
        else if (deps.view().members.has(seat) && isTurnOf(friend, now)) appear(friend, seat)
      }
    },
    leave,
    keepFollowers: (present) => {
      for (const seat of follows.keys()) if (!present.has(seat)) follows.delete(seat)
    },
  }
}
