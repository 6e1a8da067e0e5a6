import type { Bus } from '#server/platform/bus.ts'
import { decodeFrame, encodeFrame } from '#shared/rooms.presence.ts'
import type { PresenceEntry } from '#shared/rooms.presence.ts'

/** Other servers hear everything of ours this often: heals what the bus lost; who misses three is forgotten. */
const BEACON_MS = 4_000
const FORGET_MS = 13_000
/** First byte of a message; then 12 bytes of the sender's name, then a frame. */
const KIND = { changes: 1, all: 2, hello: 3 } as const
const NAME_CHARS = 12
const HEADER_BYTES = 1 + NAME_CHARS

/** What the servers that hold sockets of one room tell each other. A server alone in a room only sends its beacon. */
export interface ServerExchange {
  /** What changed here in this tick; not sent while nobody else is there. */
  tell(changes: PresenceEntry[]): void
  /** Asks the others for everything, and tells them everything. */
  hello(): void
  /** Sends the beacon when it is due. */
  beat(now: number): void
  close(): Promise<void>
}

export interface ExchangeDeps {
  roomId: string
  /** 12 characters, this process. */
  server: string
  bus: Bus
  allOwn(): PresenceEntry[]
  heard(from: string, entries: readonly PresenceEntry[], full: boolean): void
  lost(server: string): void
  failed: (doing: string) => (error: unknown) => void
}

export function makeServerExchange(deps: ExchangeDeps): ServerExchange {
  const { server, bus, failed } = deps
  const channel = `presence:room:${deps.roomId}`
  /** When each was last heard, ms of this process's monotonic clock. */
  const others = new Map<string, number>()
  let beaconAt = performance.now()
  let closed = false
  const send = (kind: number, entries: PresenceEntry[]): void => {
    const frame = encodeFrame({ full: false, tick: 0, mySeat: 0, tickMs: 0, entries })
    const bytes = Buffer.allocUnsafe(HEADER_BYTES + frame.length)
    bytes[0] = kind
    bytes.write(server, 1, 'latin1')
    bytes.set(frame, HEADER_BYTES)
    bus.publishBytes(channel, bytes).catch(failed('telling other servers'))
  }
  const sendAll = (): void => {
    beaconAt = performance.now()
    send(KIND.all, deps.allOwn())
  }
  const subscribed = bus.subscribeBytes(channel, (bytes) => {
    if (bytes.length < HEADER_BYTES) return
    const from = bytes.toString('latin1', 1, HEADER_BYTES)
    if (from === server) return
    others.set(from, performance.now())
    if (bytes[0] === KIND.hello) return sendAll()
    deps.heard(from, decodeFrame(bytes.subarray(HEADER_BYTES)).entries, bytes[0] === KIND.all)
  })
  return {
    tell: (changes) => {
      if (others.size > 0) send(KIND.changes, changes)
    },
    hello: () => {
      subscribed
        .then(() => {
          if (closed) return
          send(KIND.hello, [])
          sendAll()
        })
        .catch(failed('hearing other servers'))
    },
    beat: (now) => {
      for (const [name, heardAt] of others) {
        if (now - heardAt < FORGET_MS) continue
        others.delete(name)
        deps.lost(name)
      }
      if (now - beaconAt >= BEACON_MS) sendAll()
    },
    close: async () => {
      closed = true
      await (
        await subscribed
      )()
    },
  }
}
