import { randomBytes } from 'node:crypto'
import type { Bus, Unsubscribe } from '#server/platform/bus.ts'
import type { Log } from '#server/platform/log.ts'
import type { RedisLinks } from '#server/platform/redis.ts'
import { limits } from '#shared/limits.ts'
import type { Limits } from '#shared/limits.ts'
import type { Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import { makePresenceHub } from './live.presenceHub.ts'
import type { PresenceHub, TabOwner } from './live.presenceHub.ts'
import { makePresenceRegistry, readSeats, SEATS_CHANNEL } from './live.presenceRegistry.ts'
import type { PresentSeat, SeatsChanged, WireSeats } from './live.presenceRegistry.ts'
import type { PresenceTab, PresenceWire } from './live.presenceSocket.ts'

const KICK_CHANNEL = 'presence:out'
/** Rooms in which somebody's time ran out are looked for this often, on every server. */
const SWEEP_MS = 500
/** One clock for all rooms: beats, refreshing what we heard, asking Redis who is present. */
const CHORES_MS = 1_000

interface Kick {
  roomId: string
  personId: PersonId
  seat: Seat | null
}

export interface PresenceLive {
  /** A member's tab has opened a socket. The membership was checked by the caller. */
  connect(wire: PresenceWire, owner: TabOwner): PresenceTab
  /** Seats present now over all servers, ascending (rules.md "Present"). Fails when Redis does. */
  presentSeats(roomId: string): Promise<Seat[]>
  /** As above, with state (here, away) and for how long each has been present without a break. */
  presentPeople(roomId: string): Promise<PresentSeat[]>
  /** As above for each of these; rooms where nobody is cost one call together. */
  presentIn(roomIds: readonly string[]): Promise<PresentSeat[][]>
  /** Called on every server, for every room, when the seats present there change; also away and back. */
  onChange(listener: (roomId: string, seats: readonly PresentSeat[]) => void): void
  /** Closes the person's sockets in this room on every server, and takes the seat out at once. */
  disconnect(roomId: string, personId: PersonId, seat?: Seat): void
  /** Every open socket of this process, to check its membership anew. */
  owners(): TabOwner[]
  stop(): Promise<void>
}

export interface PresenceDeps {
  redis: RedisLinks
  bus: Bus
  log: Log
  limits?: Limits
}

/**
 * Presence of one process over all its rooms. Latest values only: what is lost on the way is replaced by the next; who
 * is present is in Redis (live.presenceRegistry.ts), told by one bus channel to every server.
 */
export async function makePresenceLive(deps: PresenceDeps): Promise<PresenceLive> {
  const { redis, bus, log } = deps
  const server = randomBytes(6).toString('hex')
  const registry = makePresenceRegistry(redis)
  const hubs = new Map<string, PresenceHub>()
  const listeners = new Set<(roomId: string, seats: readonly PresentSeat[]) => void>()
  let connections = 0
  let stopped = false

  const failed = (doing: string) => (error: unknown) => {
    if (!stopped) log.warn({ err: error }, `presence: ${doing}`)
  }
  const hubOf = (roomId: string): PresenceHub => {
    const known = hubs.get(roomId)
    if (known) return known
    const fresh = makePresenceHub({
      roomId,
      server,
      registry,
      bus,
      limits: deps.limits ?? limits,
      failed,
    })
    hubs.set(roomId, fresh)
    return fresh
  }
  const onSeats = (wire: WireSeats): void => {
    const changed: SeatsChanged = { ...wire, seats: readSeats(wire.seats) }
    hubs.get(wire.roomId)?.applySeats(changed)
    for (const listener of listeners) listener(wire.roomId, changed.seats)
  }
  const onKick = ({ roomId, personId, seat }: Kick): void => {
    const seats = new Set(hubs.get(roomId)?.closePerson(personId))
    if (seat !== null) seats.add(seat)
    for (const out of seats) registry.removeSeat(roomId, out).catch(failed('taking a seat out'))
  }
  const chores = (): void => {
    for (const [roomId, hub] of hubs) {
      if (hub.isEmpty()) {
        hubs.delete(roomId)
        hub.close().catch(failed('leaving a room'))
      } else hub.doChores()
    }
  }
  const unsubscribe: Unsubscribe[] = await Promise.all([
    bus.subscribe<WireSeats>(SEATS_CHANNEL, onSeats),
    bus.subscribe<Kick>(KICK_CHANNEL, onKick),
  ])
  const offReconnect = bus.onReconnect(() => {
    for (const hub of hubs.values()) hub.catchUp()
  })
  const timers = [
    setInterval(chores, CHORES_MS),
    setInterval(() => {
      registry.sweep().catch(failed('sweeping'))
    }, SWEEP_MS),
  ]
  return {
    connect: (wire, owner) => {
      connections += 1
      return hubOf(owner.roomId).open(wire, owner, `${server}.${connections}`)
    },
    presentSeats: async (roomId) => {
      const { seats } = await registry.apply(roomId, [])
      return seats.map((one) => one.seat)
    },
    presentPeople: async (roomId) => (await registry.apply(roomId, [])).seats,
    presentIn: async (roomIds) => {
      const known = await registry.known(roomIds)
      // Asked all at once, which Redis answers as one pipeline.
      return Promise.all(
        roomIds.map(async (roomId) =>
          known.has(roomId) ? (await registry.apply(roomId, [])).seats : [],
        ),
      )
    },
    onChange: (listener) => {
      listeners.add(listener)
    },
    disconnect: (roomId, personId, seat) => {
      const kick: Kick = { roomId, personId, seat: seat ?? null }
      // Here at once, even if Redis is away.
      onKick(kick)
      bus.publish(KICK_CHANNEL, kick).catch(failed('telling of a removal'))
    },
    owners: () => [...hubs.values()].flatMap((hub) => hub.owners()),
    stop: async () => {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      offReconnect()
      await Promise.allSettled([
        ...unsubscribe.map((off) => off()),
        ...[...hubs.values()].map((hub) => hub.close()),
      ])
      hubs.clear()
    },
  }
}
