import { setTimeout as sleep } from 'node:timers/promises'
import type { PresenceTab } from '#server/features/rooms/index.ts'
import { AppError } from '#shared/errors.ts'
import { presenceState } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceState } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import { between, luck } from './policy.friends.ts'
import { isFree, setOut, stepMotion } from './policy.motion.ts'
import { isStale, reactions, REST_MS } from './policy.reactions.ts'
import type { Around } from './policy.reactions.ts'
import { viewOfRoom } from './policy.room.ts'
import type { News, RoomView } from './policy.room.ts'
import { duties } from './policy.script.ts'
import type { Planned } from './policy.script.ts'
import { nextWish } from './policy.wishes.ts'
import { makeAgenda } from './service.agenda.ts'
import { gatherFriends, idOfAct, tellPresence } from './service.cast.ts'
import type { Friend } from './service.cast.ts'
import { endOf, listen, readFrame } from './service.listen.ts'
import { perform } from './service.perform.ts'
import type { Stage } from './service.perform.ts'
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
/** Presence counts a tab as gone after 12 s of silence. */
const HEARD_EVERY_MS = 3_000
const IDLE_LOOK_MS = 5_000
const RETRY_MS = 5_000
/** Refusals that pass: the room may be unlocked, another may leave. */
const PASSING = new Set(['room_locked', 'room_full', 'slow_down', 'not_ready'])

const clockMs = (): number => performance.now()

export async function startPlay(
  deps: DemoDeps,
  placeIds: () => Promise<Map<string, string>>,
  roomId: string,
): Promise<Play> {
  const { rooms, log } = deps
  const [info, members, candidates, friends] = await Promise.all([
    rooms.roomInfo(roomId),
    rooms.members(roomId),
    rooms.candidates(roomId),
    gatherFriends(deps, roomId, clockMs()),
  ])
  let view: RoomView = viewOfRoom({ room: info, members, leftSeats: [], candidates }, null)
  let channelId: string | null = null
  let said: ReadonlySet<string> = new Set()
  let listener: Friend | null = null
  let hereAtMs = clockMs() + ARRIVE_MS - GONE_MS
  let activeAtMs = clockMs()
  let idleAtMs = clockMs()
  let chances = 0
  let talking: Promise<unknown> = Promise.resolve()
  const agenda = makeAgenda()
  const follows = new Map<Seat, Seat>()
  const ending = new AbortController()
  const { signal } = ending
  const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

  const inside = (): Friend[] => friends.filter(({ seat }) => seat !== null)
  const isFriend = (seat: Seat): boolean => friends.some((friend) => friend.seat === seat)
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
  const tell = (news: News): void => {
    const now = clockMs()
    agenda.drop((key) => isStale(news, key))
    agenda.plan([...reactions(scene(), news), ...duties(scene())], now)
    if (news.kind !== 'idle' && news.kind !== 'woke' && news.kind !== 'changed') activeAtMs = now
  }
  // ── what friends hear ──
  const seen = ({ seat, ping, state, cursor, view: look }: PresenceEntry, full: boolean): void => {
    if (!full && (ping || cursor || look || state)) activeAtMs = clockMs()
    if (ping) tell({ kind: 'ping', seat, at: ping.at })
    if (!state || state.follow === (follows.get(seat) ?? 0)) return
    follows.set(seat, state.follow)
    if (isFriend(state.follow)) tell({ kind: 'followed', seat, leader: state.follow })
  }
  const settle = (next: RoomView): void => {
    view = next
    for (const friend of friends) {
      const seat = [...view.members.values()].find(
        (each) => each.personId === friend.personId,
      )?.seat
      if (friend.seat !== null && seat === undefined) leaveMap(friend)
      friend.seat = seat ?? null
    }
  }
  const hear = async (ear: Friend): Promise<void> => {
    const heard = {
      view: () => view,
      read: (next: RoomView, channel: string, ids: ReadonlySet<string>) => {
        channelId = channel
        said = ids
        settle(next)
        tell({ kind: 'woke' })
      },
      changed: (next: RoomView, news: News) => {
        settle(next)
        tell(news)
      },
      message: (authorId: PersonId, seq: number, body: string) => {
        const author = [...view.members.values()].find((each) => each.personId === authorId)
        if (author && !author.simulated) tell({ kind: 'said', seat: author.seat, seq, body })
      },
    }
    while (!signal.aborted) await listen(deps, roomId, ear.personId, heard, signal)
  }
  /** With one friend's ears; when that one is removed, with another's. */
  const listenOn = (): void => {
    const ear = inside()[0]
    if (listener || !ear || signal.aborted) return
    listener = ear
    hear(ear)
      .catch(async (error: unknown) => {
        if (signal.aborted) return
        const end = endOf(error)
        if (end === 'room') return ending.abort()
        if (end === 'friend') return leaveMap(ear, true)
        log.warn({ err: error, roomId }, 'a demo could not be heard; it is tried again')
        await sleep(RETRY_MS, undefined, { ref: false })
      })
      .then(() => {
        listener = null
        if (!signal.aborted && friends.some(({ seat }) => seat !== null)) listenOn()
      })
      .catch((error: unknown) => log.error({ err: error, roomId }, 'a demo stopped listening'))
  }
  // ── friends on the map ──
  const leaveMap = (friend: Friend, forGood = false): void => {
    friend.tab?.onClose()
    friend.tab = null
    if (forGood) friend.seat = null
  }
  const appear = (friend: Friend, seat: Seat): void => {
    const wire = {
      send: (bytes: Uint8Array) => {
        if (listener !== friend) return
        const tick = readFrame(bytes, { seen, isFriend })
        // Painted at once, told now and then: who never says so counts as stalled.
        if (tick - friend.tick < ACK_TICKS) return
        friend.tick = tick
        // Presence notes the frame as sent only after this returns.
        queueMicrotask(() => tellPresence(friend, { kind: 'ack' }, clockMs()))
      },
      bufferedBytes: () => 0,
      close: () => leaveMap(friend),
    }
    const owner = { roomId, seat, personId: friend.personId, tab: `demo${friend.id}` }
    const tab: PresenceTab = deps.presence.connect(wire, owner)
    friend.tab = tab
    tellPresence(friend, { kind: 'state', flags: 0, follow: 0 }, clockMs())
    tellPresence(friend, { kind: 'view', view: friend.motion.view }, clockMs())
  }
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
      listenOn()
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
      if (!signal.aborted) tell({ kind: 'changed' })
    }
  }
  const act = (planned: Planned): void => {
    const friend = friends.find(({ id }) => id === planned.friend)
    if (!friend || (friend.seat === null) !== (planned.act.kind === 'enter')) return
    const done = (): Promise<void> => attempt(friend, planned)
    // One speaks at a time.
    if (planned.act.kind === 'say') talking = talking.then(done)
    const running = planned.act.kind === 'say' ? talking : done()
    running.catch((error: unknown) => log.error({ err: error, roomId }, 'a friend lost their way'))
  }
  const move = (friend: Friend, nowMs: number): void => {
    if (friend.seat === null) return
    if (!friend.tab) return appearInTurn(friend, friend.seat, nowMs)
    const followed = [...follows.values()].includes(friend.seat)
    if (isFree(friend.motion, nowMs)) {
      const resting = nowMs - activeAtMs > REST_MS
      const wish = nextWish(friend.id, { view, followed, resting }, random)
      friend.motion = setOut(friend.motion, wish, nowMs, random)
    }
    const { motion, moved, panned } = stepMotion(friend.motion, nowMs)
    friend.motion = motion
    if (moved) tellPresence(friend, { kind: 'cursor', at: motion.at }, nowMs)
    if (panned) tellPresence(friend, { kind: 'view', view: motion.view }, nowMs)
    if (nowMs - friend.heardAtMs > HEARD_EVERY_MS) tellPresence(friend, { kind: 'ack' }, nowMs)
  }
  const startedAtMs = clockMs()
  /** Who was inside already comes back within seconds, not all at once. */
  const appearInTurn = (friend: Friend, seat: Seat, nowMs: number): void => {
    const turn = between(roomId, `appear:${friend.id}`, 200, 2_200)
    if (view.members.has(seat) && nowMs - startedAtMs > turn) appear(friend, seat)
  }
  settle(view)
  listenOn()
  tell({ kind: 'woke' })
  return {
    roomId,
    over,
    hearSeats: (seats) => {
      const people = seats.filter(
        ({ seat, state }) => state === presenceState.here && !isFriend(seat),
      )
      if (people.length > 0) hereAtMs = Infinity
      else if (hereAtMs === Infinity) hereAtMs = clockMs()
      for (const seat of follows.keys())
        if (!people.some((person) => person.seat === seat)) follows.delete(seat)
    },
    step: (nowMs) => {
      if (signal.aborted) return
      if (nowMs - hereAtMs > GONE_MS) return ending.abort()
      for (const planned of agenda.take(nowMs)) act(planned)
      for (const friend of friends) move(friend, nowMs)
      if (nowMs - idleAtMs < IDLE_LOOK_MS) return
      idleAtMs = nowMs
      tell({ kind: 'idle', forMs: nowMs - activeAtMs })
    },
    stop: () => {
      ending.abort()
      for (const friend of friends) leaveMap(friend)
    },
  }
}

/** Well within the ten ticks after which presence takes a reader for stalled. */
const ACK_TICKS = 4
