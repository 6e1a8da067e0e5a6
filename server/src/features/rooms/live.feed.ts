import type { RoomFeed, Seat } from '#shared/rooms.ts'
import type { HubEvent, RoomEar, RoomHub, RoomSignal } from './live.hub.ts'

export interface FeedDeps {
  hub: RoomHub
  listEvents: (roomId: string, after: number, limit: number) => Promise<HubEvent[]>
}
export interface FeedAsk {
  roomId: string
  personId: string
  seat: Seat
  /** Number of the last event seen; null: from now. */
  after: number | null
  signal: AbortSignal
  /** Session and membership again; throws when either is over. */
  recheck(): Promise<void>
}
export interface FeedItem {
  /** For `tracked`: where a reconnecting client goes on. */
  id: string
  feed: RoomFeed
}

const PAGE = 500

/**
 * Events of a room for one subscriber: each once, in order, without gaps, from `after` on; or one `reset` when the log no
 * longer reaches back that far. Nothing is queued per subscriber: one that reads slowly reads from the hub's ring, and from
 * the log once the ring has moved on. Ends by throwing what `recheck` throws.
 */
export async function* followRoom(
  { hub, listEvents }: FeedDeps,
  ask: FeedAsk,
): AsyncGenerator<FeedItem> {
  const bell = makeBell(ask)
  // First the ear, then the history: what is committed in between is heard.
  const detach = await hub.attach(ask.roomId, bell.ear)
  try {
    // A removal between being let in and listening was told to nobody here.
    await ask.recheck()
    let seq = ask.after ?? hub.lastSeq(ask.roomId)
    // Pings are kept nowhere: what was sent before we listened, or while the connection was lost, is made up for by one.
    yield item(seq, { kind: 'mine' })
    if (seq > hub.lastSeq(ask.roomId) && (await listEvents(ask.roomId, seq - 1, 1)).length === 0) {
      seq = hub.lastSeq(ask.roomId)
      yield item(seq, { kind: 'reset', seq })
    }
    while (!ask.signal.aborted) {
      for (const entry of hub.recent(ask.roomId, seq) ??
        (await listEvents(ask.roomId, seq, PAGE))) {
        if (ask.signal.aborted) return
        if (entry.seq <= seq) continue
        if (entry.seq > seq + 1) {
          seq = Math.max(hub.lastSeq(ask.roomId), entry.seq)
          yield item(seq, { kind: 'reset', seq })
          break
        }
        // Before it is told: who was removed gets nothing more, and a replayed "left" may be long over.
        if (concernsMe(entry, ask.seat)) await ask.recheck()
        seq = entry.seq
        yield item(seq, { kind: 'event', seq, event: entry.event, at: entry.at })
      }
      if (
        hub.lastSeq(ask.roomId) > seq &&
        isCut(hub, ask.roomId, seq, await listEvents(ask.roomId, seq, 1))
      ) {
        seq = hub.lastSeq(ask.roomId)
        yield item(seq, { kind: 'reset', seq })
      }
      if (bell.take('out')) await ask.recheck()
      if (bell.take('mine')) yield item(seq, { kind: 'mine' })
      await bell.rung(() => hub.lastSeq(ask.roomId) > seq)
    }
  } finally {
    detach()
    bell.stop()
  }
}

const item = (seq: number, feed: RoomFeed): FeedItem => ({ id: String(seq), feed })

function concernsMe({ event }: HubEvent, seat: Seat): boolean {
  return (event.type === 'removed' || event.type === 'left') && event.seat === seat
}

/** The log was emptied past `seq`: newer numbers were given out, but nothing after `seq` is left to read. */
function isCut(hub: RoomHub, roomId: string, seq: number, next: HubEvent[]): boolean {
  return next.length === 0 && hub.lastSeq(roomId) > seq && hub.recent(roomId, seq) === null
}

interface Bell {
  ear: RoomEar
  /** True once for each time it was heard since the last `take`, however often. */
  take(kind: 'mine' | 'out'): boolean
  /** Resolves at the next wake-up or the end; at once when `already` or a signal waits. */
  rung(already: () => boolean): Promise<void>
  stop(): void
}

function makeBell(ask: Pick<FeedAsk, 'personId' | 'signal'>): Bell {
  const heard = new Set<'mine' | 'out'>()
  let wake = (): void => undefined
  const ring = (): void => wake()
  ask.signal.addEventListener('abort', ring)
  const signal = (what: RoomSignal): void => {
    if (what.kind === 'missed' || (what.kind === 'mine' && what.personIds.includes(ask.personId)))
      heard.add('mine')
    else if (what.kind === 'over' || (what.kind === 'out' && what.personId === ask.personId))
      heard.add('out')
    else return
    ring()
  }
  return {
    ear: { wake: ring, signal },
    take: (kind) => heard.delete(kind),
    rung: (already) =>
      new Promise((resolve) => {
        wake = resolve
        if (ask.signal.aborted || heard.size > 0 || already()) resolve()
      }),
    stop: () => ask.signal.removeEventListener('abort', ring),
  }
}
