import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { presenceState } from '#shared/rooms.presence.ts'
import type { PresenceState } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import { luck } from './policy.friends.ts'
import { isStale, reactions, REST_MS } from './policy.reactions.ts'
import type { Around } from './policy.reactions.ts'
import { viewOfRoom } from './policy.room.ts'
import type { News, RoomView } from './policy.room.ts'
import { duties } from './policy.script.ts'
import type { Planned } from './policy.script.ts'
import { makeAgenda } from './service.agenda.ts'
import { gatherFriends, idOfAct } from './service.cast.ts'
import type { Friend } from './service.cast.ts'
import { makeHearing } from './service.hearing.ts'
import { perform } from './service.perform.ts'
import type { Stage } from './service.perform.ts'
import { makePointers } from './service.pointers.ts'
import type { DemoDeps } from './service.ts'

/** One room's friends, moved by this server until the visitor is gone. */
export interface Play {
  roomId: string
  /** Who is present, as presence tells it. */
  hearSeats(seats: readonly { seat: Seat; state: PresenceState }[]): void
  /** Ten times a second: what is due is done, pointers move. */
  step(nowMs: number): void
  /** Resolves once the visitor is gone for good, or the room. */
  over: Promise<void>
  /** Friends leave the map; what they were about to do is left undone. */
  stop(): void
}

/** Who opened the room is on the way for so long; who was there may come back within the shorter one. */
const ARRIVE_MS = 30_000
const GONE_MS = 10_000
const IDLE_LOOK_MS = 5_000
const RETRY_MS = 5_000
/** Refusals that pass: the room may be unlocked, another may leave, another place be found. */
const PASSING = new Set([
  'candidate_duplicate',
  'room_locked',
  'room_full',
  'slow_down',
  'not_ready',
])

const clockMs = (): number => performance.now()

export async function startPlay(
  deps: DemoDeps,
  placeIds: () => Promise<Map<string, string>>,
  roomId: string,
): Promise<Play> {
  const { rooms } = deps
  const [room, members, candidates, friends] = await Promise.all([
    rooms.roomInfo(roomId),
    rooms.members(roomId),
    rooms.candidates(roomId),
    gatherFriends(deps, roomId, clockMs()),
  ])
  const view = viewOfRoom({ room, members, leftSeats: [], candidates }, null)
  return play(deps, placeIds, roomId, friends, view)
}

/** One closure over what is known of one room: what is heard becomes plans, and plans become acts. */
function play(
  deps: DemoDeps,
  placeIds: () => Promise<Map<string, string>>,
  roomId: string,
  friends: readonly Friend[],
  first: RoomView,
): Play {
  const { log } = deps
  const agenda = makeAgenda()
  const ending = new AbortController()
  const { signal } = ending
  let view = first
  let channelId: string | null = null
  let said: ReadonlySet<string> = new Set()
  let chances = 0
  let hereAtMs = clockMs() + ARRIVE_MS - GONE_MS
  let activeAtMs = clockMs()
  let idleAtMs = clockMs()
  let talking: Promise<void> = Promise.resolve()

  const inside = (): Friend[] => friends.filter(({ seat }) => seat !== null)
  const random = (): number => luck(roomId, `chance ${(chances += 1)}`)
  const scene = (): Around => ({
    seed: roomId,
    view,
    seats: new Map(inside().map((friend) => [friend.id, friend.seat ?? 0])),
    at: new Map(inside().map((friend) => [friend.id, friend.motion.at])),
    isDone: (key) =>
      agenda.isDone(key) || (key.startsWith('say:') && said.has(idOfAct(roomId, key))),
    now: Date.now(),
  })
  const think = (news: News): void => {
    agenda.drop((key) => isStale(news, key))
    agenda.plan([...reactions(scene(), news), ...duties(scene())], clockMs())
  }
  const tell = (news: News): void => {
    if (news.kind !== 'changed') activeAtMs = clockMs()
    think(news)
  }
  const settle = (next: RoomView): void => {
    view = next
    const seats = new Map([...view.members.values()].map((each) => [each.personId, each.seat]))
    for (const friend of friends) {
      friend.seat = seats.get(friend.personId) ?? null
      if (friend.seat === null) pointers.leave(friend)
    }
  }
  const hearing = makeHearing({
    services: deps,
    roomId,
    signal,
    inside,
    lost: (friend) => {
      friend.seat = null
      pointers.leave(friend)
    },
    over: () => ending.abort(),
    view: () => view,
    read: (next, channel, ids) => {
      channelId = channel
      said = ids
      settle(next)
      think({ kind: 'woke' })
    },
    changed: (next, news) => {
      settle(next)
      tell(news)
    },
    message: (authorId, seq, body) => {
      const author = [...view.members.values()].find((each) => each.personId === authorId)
      if (author && !author.simulated) tell({ kind: 'said', seat: author.seat, seq, body })
    },
  })
  const pointers = makePointers({
    presence: deps.presence,
    roomId,
    friends,
    view: () => view,
    reader: hearing.listener,
    active: () => {
      activeAtMs = clockMs()
    },
    news: tell,
    random,
    nowMs: clockMs,
  })
  const stage: Stage = {
    roomId,
    signal,
    random,
    placeIds,
    code: () => view.info.code,
    locale: () => view.info.locale,
    channelId: () => channelId,
    spotOf: (number) => view.candidates.get(number) ?? null,
    nowMs: clockMs,
    entered: (friend, seat) => {
      friend.seat = seat
      hearing.start()
    },
  }
  const attempt = async (friend: Friend, planned: Planned): Promise<void> => {
    try {
      await perform(deps, stage, friend, planned)
    } catch (error) {
      if (signal.aborted) return
      const refused = error instanceof AppError
      if (!refused) log.warn({ err: error, roomId, act: planned.key }, 'a friend could not act')
      if (refused && !PASSING.has(error.code)) return
      await sleep(RETRY_MS, undefined, { ref: false })
      agenda.undo(planned.key)
      if (!signal.aborted) think({ kind: 'changed' })
    }
  }
  const act = (planned: Planned): void => {
    const friend = friends.find(({ id }) => id === planned.friend)
    if (!friend || (friend.seat === null) !== (planned.act.kind === 'enter')) return
    // One speaks at a time.
    const running =
      planned.act.kind === 'say'
        ? (talking = talking.then(() => attempt(friend, planned)))
        : attempt(friend, planned)
    running.catch((error: unknown) => log.error({ err: error, roomId }, 'a friend lost their way'))
  }
  settle(view)
  hearing.start()
  think({ kind: 'woke' })
  return {
    roomId,
    over: new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    hearSeats: (seats) => {
      const here = seats.filter(({ state }) => state === presenceState.here)
      const people = here.filter(({ seat }) => !friends.some((friend) => friend.seat === seat))
      if (people.length > 0) hereAtMs = Infinity
      else if (hereAtMs === Infinity) hereAtMs = clockMs()
      pointers.keepFollowers(new Set(people.map(({ seat }) => seat)))
    },
    step: (nowMs) => {
      if (signal.aborted) return
      if (nowMs - hereAtMs > GONE_MS) return ending.abort()
      for (const planned of agenda.take(nowMs)) act(planned)
      pointers.step(nowMs, nowMs - activeAtMs > REST_MS)
      if (nowMs - idleAtMs < IDLE_LOOK_MS) return
      idleAtMs = nowMs
      think({ kind: 'idle', forMs: nowMs - activeAtMs })
    },
    stop: () => {
      ending.abort()
      for (const friend of friends) pointers.leave(friend)
    },
  }
}
