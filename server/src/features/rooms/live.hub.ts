import type { Bus, Unsubscribe } from '#server/platform/bus.ts'
import type { Log } from '#server/platform/log.ts'
import type { RoomEvent } from '#shared/rooms.ts'

export interface HubEvent {
  seq: number
  event: RoomEvent
  at: number
}
/** What travels between processes. Events themselves stay in Postgres: this only wakes. */
export type RoomSignal =
  | { kind: 'event' }
  /** Something of these persons' own changed. */
  | { kind: 'mine'; personIds: readonly string[] }
  /** This person may no longer listen: removed, or their session ended. */
  | { kind: 'out'; personId: string }
  /** Redis was away: signals of that time are lost, whatever they said. */
  | { kind: 'missed' }
  /** Not an event, yet the home card changed: presence, a message. */
  | { kind: 'card' }
  /** Expired or deleted. */
  | { kind: 'over' }
export interface RoomEar {
  /** New events can be read from the hub. */
  wake(): void
  signal(signal: RoomSignal): void
}
interface LiveRoom {
  ears: Set<RoomEar>
  lastSeq: number
  /** The newest events, oldest first; who is further behind reads Postgres. Shared by all ears, so a slow one costs nothing. */
  ring: HubEvent[]
  reading: boolean
  again: boolean
  ready: Promise<void>
  unsubscribe: Promise<Unsubscribe | null>
}

export interface HubDeps {
  bus: Bus
  log: Log
  listEvents: (roomId: string, after: number, limit: number) => Promise<HubEvent[]>
  listVersions: (
    roomIds: readonly string[],
  ) => Promise<{ roomId: string; seq: number; expired: boolean }[]>
  pollMs?: number
}

/** One per process: every room that somebody here listens to, read once however many listen. */
export interface RoomHub {
  /** Resolves when nothing committed from now on can be missed. Throws nothing but a failing database's error. */
  attach(roomId: string, ear: RoomEar): Promise<() => void>
  /** Number of the newest event known here. */
  lastSeq(roomId: string): number
  /** Events after `after` if all of them are at hand, else null: then they are read from the log. */
  recent(roomId: string, after: number): HubEvent[] | null
  /** Wakes every server's hub; if it is lost the next poll finds the event. */
  publish(roomId: string, signal: RoomSignal): void
  /** In this process alone: the room's home cards changed. */
  stir(roomId: string): void
  close(): void
}

const RING_EVENTS = 256
const READ_EVENTS = 500
const POLL_MS = 2_000
/** Redis may be away: then the poll alone carries events, and nobody waits for it. */
const SUBSCRIBE_WAIT_MS = 1_000
const channelOf = (roomId: string): string => `room:${roomId}`

export function makeRoomHub({
  bus,
  log,
  listEvents,
  listVersions,
  pollMs = POLL_MS,
}: HubDeps): RoomHub {
  const rooms = new Map<string, LiveRoom>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const tell = (room: LiveRoom, signal: RoomSignal): void => {
    for (const ear of room.ears) ear.signal(signal)
  }

  /** Reads what is new; a wake-up during a read causes exactly one more. */
  const read = async (roomId: string, room: LiveRoom): Promise<void> => {
    if (room.reading) {
      room.again = true
      return
    }
    room.reading = true
    try {
      do {
        room.again = false
        const events = await listEvents(roomId, room.lastSeq, READ_EVENTS)
        const last = events.at(-1)
        if (!last) continue
        room.lastSeq = last.seq
        room.ring = [...room.ring, ...events].slice(-RING_EVENTS)
        room.again ||= events.length === READ_EVENTS
        for (const ear of room.ears) ear.wake()
      } while (room.again)
    } catch (error) {
      // The poll tries again.
      log.warn({ err: error, roomId }, 'events of a room could not be read')
    } finally {
      room.reading = false
    }
  }

  /** `read` tells of its own failures; what the ears do must not come back as one. */
  const readSoon = (roomId: string, room: LiveRoom): void => {
    read(roomId, room).catch((error: unknown) => log.error({ err: error, roomId }, 'an ear threw'))
  }
  const hear = (roomId: string, room: LiveRoom, signal: RoomSignal): void => {
    if (signal.kind === 'event')
      void room.ready.then(() => readSoon(roomId, room)).catch(() => undefined)
    else tell(room, signal)
  }

  const poll = async (): Promise<void> => {
    const ids = [...rooms.keys()]
    const versions = new Map((await listVersions(ids)).map((version) => [version.roomId, version]))
    for (const id of ids) {
      const room = rooms.get(id)
      const version = versions.get(id)
      if (!room) continue
      if (!version || version.expired) tell(room, { kind: 'over' })
      if (version && version.seq > room.lastSeq) readSoon(id, room)
    }
  }
  const schedule = (): void => {
    if (timer || closed || rooms.size === 0) return
    timer = setTimeout(() => {
      void poll()
        .catch((error: unknown) => log.warn({ err: error }, 'versions of rooms could not be read'))
        .finally(() => {
          timer = undefined
          schedule()
        })
    }, pollMs)
  }

  const open = (roomId: string): LiveRoom => {
    const subscribed = bus.subscribe<RoomSignal>(channelOf(roomId), (signal) =>
      hear(roomId, room, signal),
    )
    const room: LiveRoom = {
      ears: new Set(),
      lastSeq: 0,
      ring: [],
      reading: false,
      again: false,
      unsubscribe: subscribed.catch(() => null),
      ready: Promise.resolve(),
    }
    room.ready = (async () => {
      await Promise.race([
        room.unsubscribe,
        new Promise((done) => setTimeout(done, SUBSCRIBE_WAIT_MS).unref()),
      ])
      const [version] = await listVersions([roomId])
      room.lastSeq = version?.seq ?? 0
    })()
    rooms.set(roomId, room)
    schedule()
    return room
  }
  const release = (roomId: string, room: LiveRoom): void => {
    if (room.ears.size > 0 || rooms.get(roomId) !== room) return
    rooms.delete(roomId)
    void room.unsubscribe.then((unsubscribe) => unsubscribe?.()).catch(() => undefined)
  }
  const stopHearing = bus.onReconnect(() => {
    for (const [roomId, room] of rooms) {
      readSoon(roomId, room)
      tell(room, { kind: 'missed' })
    }
  })

  return {
    attach: async (roomId, ear) => {
      const room = rooms.get(roomId) ?? open(roomId)
      room.ears.add(ear)
      const detach = (): void => {
        room.ears.delete(ear)
        release(roomId, room)
      }
      try {
        await room.ready
      } catch (error) {
        detach()
        throw error
      }
      return detach
    },
    lastSeq: (roomId) => rooms.get(roomId)?.lastSeq ?? 0,
    recent: (roomId, after) => {
      const room = rooms.get(roomId)
      if (!room || after > room.lastSeq) return null
      if (after === room.lastSeq) return []
      const first = room.ring[0]
      return first && first.seq <= after + 1 ? room.ring.filter((entry) => entry.seq > after) : null
    },
    publish: (roomId, signal) => {
      bus.publish(channelOf(roomId), signal).catch((error: unknown) => {
        log.warn({ err: error, roomId }, 'a wake-up could not be sent')
        const room = rooms.get(roomId)
        if (room) hear(roomId, room, signal)
      })
    },
    stir: (roomId) => {
      const room = rooms.get(roomId)
      if (room) tell(room, { kind: 'card' })
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      stopHearing()
      for (const [roomId, room] of rooms) {
        room.ears.clear()
        release(roomId, room)
      }
    },
  }
}
