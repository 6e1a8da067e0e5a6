import { batch } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type {
  Candidate,
  Member,
  RoomEvent,
  RoomFeed,
  RoomInfo,
  RoomSnapshot,
  Seat,
} from '#shared/rooms.ts'

/** The room as this tab knows it: a snapshot, then every event in order. */
export interface RoomView {
  room: RoomInfo
  mySeat: Seat
  channelId: string
  /** By seat; who left or was removed stays, for names on choices. */
  members: Record<Seat, Member>
  leftSeats: Seat[]
  /** In order of their numbers. */
  candidates: Candidate[]
}

export interface RoomDeps {
  readSnapshot(signal: AbortSignal): Promise<RoomSnapshot>
  /** Events after `seq`; answers how to stop. */
  subscribe(
    seq: number,
    heard: (feed: RoomFeed) => void,
    failed: (error: unknown) => void,
  ): () => void
  /** What other features want to know: rounds, decisions, "come here". Each event once, in order. */
  onEvent(event: RoomEvent, at: number): void
  /** Something of my own changed in another tab. */
  onMine(): void
  /** The room was read anew: whatever hangs on it must be too. Also after the first read. */
  onRead(snapshot: RoomSnapshot): void
  /** A read failed. After what `isOut` names nothing more is read; after anything else the room is read again by itself. */
  onLost(error: unknown): void
  /** I was taken out, or the room is gone: trying again can't help. */
  isOut(error: unknown): boolean
}

export interface RoomState {
  view: RoomView | undefined
  /** ms of this device's clock: everything up to then is on screen. */
  currentAt: number
}

const READ_AGAIN_MS = 1_000
const READ_AGAIN_MAX_MS = 8_000

/**
 * Keeps a room current: snapshot, then its gapless numbered feed. What is older than known is ignored; a gap or a reset
 * reads the snapshot again, and the feed goes on from its number. Ends with `signal`.
 */
export function makeRoomState(deps: RoomDeps, signal: AbortSignal): RoomState {
  const [state, setState] = createStore<RoomState>({ view: undefined, currentAt: Date.now() })
  let seq = -1
  let reading = false
  let stop: (() => void) | undefined
  let wait = READ_AGAIN_MS
  let timer: number | undefined

  const readLater = (): void => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void read(), wait)
    wait = Math.min(READ_AGAIN_MAX_MS, wait * 2)
  }
  const read = async (): Promise<void> => {
    if (reading || signal.aborted) return
    reading = true
    try {
      const snapshot = await deps.readSnapshot(signal)
      wait = READ_AGAIN_MS
      // Overtaken by events: what is shown is newer, but they must go on coming.
      if (snapshot.seq < seq) return void (stop ?? listen())
      seq = snapshot.seq
      batch(() => {
        setState('view', reconcile(viewOf(snapshot), { key: null, merge: true }))
        setState('currentAt', Date.now())
      })
      deps.onRead(snapshot)
      listen()
    } catch (error) {
      if (signal.aborted) return
      if (!deps.isOut(error)) readLater()
      deps.onLost(error)
    } finally {
      reading = false
    }
  }
  const hear = (feed: RoomFeed): void => {
    setState('currentAt', Date.now())
    if (feed.kind === 'mine') return deps.onMine()
    if (feed.kind === 'reset' || feed.seq > seq + 1) return void read()
    if (feed.seq <= seq) return
    seq = feed.seq
    if (feed.event.type === 'removed' && feed.event.seat === state.view?.mySeat) return void read()
    setState('view', (view) => view && applyEvent(view, feed.event))
    deps.onEvent(feed.event, feed.at)
  }
  const listen = (): void => {
    stop?.()
    stop = deps.subscribe(seq, hear, (error) => {
      stop = undefined
      if (signal.aborted) return
      // Who is out must not look on for another second; what may pass is asked again a little later.
      if (deps.isOut(error)) void read()
      else readLater()
    })
  }
  signal.addEventListener('abort', () => {
    stop?.()
    window.clearTimeout(timer)
  })
  void read()
  return state
}

function viewOf(snapshot: RoomSnapshot): RoomView {
  const { room, mySeat, channelId, leftSeats, candidates } = snapshot
  return {
    room,
    mySeat,
    channelId,
    leftSeats,
    candidates,
    members: Object.fromEntries(snapshot.members.map((member) => [member.seat, member])),
  }
}

/** The room after one event. Pure: unknown kinds change nothing, so that a newer server may send more. */
export function applyEvent(view: RoomView, event: RoomEvent): RoomView {
  switch (event.type) {
    case 'member':
      return {
        ...view,
        members: { ...view.members, [event.member.seat]: event.member },
        leftSeats: view.leftSeats.filter((seat) => seat !== event.member.seat),
      }
    case 'left':
    case 'removed':
      return {
        ...view,
        leftSeats: [...view.leftSeats.filter((seat) => seat !== event.seat), event.seat],
      }
    case 'room':
      return { ...view, room: event.room }
    case 'candidate':
      return { ...view, candidates: withCandidate(view.candidates, event.candidate) }
    default:
      return view
  }
}

function withCandidate(all: readonly Candidate[], changed: Candidate): Candidate[] {
  const known = all.findIndex(({ number }) => number === changed.number)
  if (known >= 0) return all.map((candidate, index) => (index === known ? changed : candidate))
  return [...all, changed].sort((a, b) => a.number - b.number)
}
