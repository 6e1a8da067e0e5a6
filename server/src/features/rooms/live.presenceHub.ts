import type { Bus } from '#server/platform/bus.ts'
import type { Limits } from '#shared/limits.ts'
import { cleanPingWords } from '#shared/rooms.ping.ts'
import { decodeUp, encodeFrame, stateFlag } from '#shared/rooms.presence.ts'
import { PRESENCE_BEAT_MS, presenceClose, tickMsFor } from '#shared/rooms.presence.rules.ts'
import type { PresenceEntry, PresenceState, PresenceUp } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { PresenceRegistry, PresentSeats, TabChange } from './live.presenceRegistry.ts'
import { makePresenceRoom } from './live.presenceRoom.ts'
import { makeServerExchange } from './live.presenceServers.ts'
import { makeMeter, makePace, makePingMeter } from './live.presenceSocket.ts'
import type { Pace, PresenceTab, PresenceWire, Verdict } from './live.presenceSocket.ts'

/** Whose socket it is; `tab` is the browser's own name for the tab, kept over reconnects. */
export interface TabOwner {
  roomId: string
  seat: Seat
  personId: PersonId
  tab: string
}

/** One room on this server: its sockets, its tick, and its exchange with other servers. */
export interface PresenceHub {
  open(wire: PresenceWire, owner: TabOwner, conn: string): PresenceTab
  applySeats(now: PresentSeats): void
  /** Once a second. */
  doChores(): void
  /** The bus was away: tell and ask everything anew. */
  catchUp(): void
  /** Closes the person's sockets; their seats. */
  closePerson(personId: PersonId): Seat[]
  owners(): TabOwner[]
  isEmpty(): boolean
  close(): Promise<void>
}

export interface HubDeps {
  roomId: string
  server: string
  registry: PresenceRegistry
  bus: Bus
  limits: Limits
  failed: (doing: string) => (error: unknown) => void
}

interface Client {
  wire: PresenceWire
  owner: TabOwner
  conn: string
  pace: Pace
  meter: (now: number) => Verdict
  pingMeter: (now: number) => boolean
  /** ms of this process's monotonic clock. */
  heardAt: number
  /** Nothing is known of the tab before its first message; a hidden one is sent nothing. */
  tab: 'unknown' | 'visible' | 'hidden'
  /** Has had its first full frame. */
  greeted: boolean
}

/** A leave must be seen within SOCKET_GONE_MS: what telling it takes (two ticks, Redis) is kept back. */
const TELLING_MS = 190
/** As TELLING_MS, for silence: sweeps come every 500 ms. */
const SWEEPING_MS = 1_000
const REFRESH_MS = 3_000
/** After the registry may have lost entries, servers put theirs back within this time; nobody is taken out meanwhile. */
const HOLD_MS = 4_000
/** A word about who is present may come this much later than a newer one. */
const LATE_MS = 2_000
/** How long the first client here waits for what other servers know, so that people don't blink when it comes from one of them. */
const HELLO_MS = 40
const MAX_TABS_PER_SEAT = 12

const clockNow = (): number => performance.now()

export function makePresenceHub(deps: HubDeps): PresenceHub {
  const { roomId, registry, failed } = deps
  const room = makePresenceRoom()
  const clients = new Map<string, Client>()
  let tick = 1
  let flushedAt = 0
  let sentAt = 0
  let timer: NodeJS.Timeout | null = null
  let version = 0
  let acceptedAt = 0
  let refreshedAt = clockNow()
  let holdUntil = 0
  let ready = false
  let closed = false

  // ── to clients ──
  const frameOf = (entries: PresenceEntry[], full: boolean, mySeat = 0): Uint8Array =>
    encodeFrame({ full, tick, mySeat, tickMs: tickMsFor(room.presentCount()), entries })
  const sendFull = (client: Client): void => {
    if (!ready) return
    client.greeted = true
    client.wire.send(frameOf(room.all(), true, client.owner.seat))
    client.pace.sent(tick)
  }
  const flush = (): void => {
    timer = null
    flushedAt = clockNow()
    const entries = room.takeChanges()
    const own = room.takeOwnChanges()
    if (own.length > 0) servers.tell(own)
    if (entries.length > 0) sendToAll(entries)
  }
  const sendToAll = (entries: PresenceEntry[]): void => {
    tick += 1
    sentAt = flushedAt
    const frame = frameOf(entries, false)
    for (const { tab, wire, pace, greeted } of clients.values()) {
      if (!greeted || tab === 'hidden' || !pace.mayReceive(tick, wire.bufferedBytes())) continue
      wire.send(frame)
      pace.sent(tick)
    }
  }
  /** The first change after a quiet tick leaves at once, with whatever else this turn of the event loop brings. */
  const changed = (): void => {
    if (timer || closed) return
    const wait = flushedAt + tickMsFor(room.presentCount()) - clockNow()
    timer = setTimeout(flush, Math.max(0, wait))
  }

  const servers = makeServerExchange({
    ...deps,
    allOwn: () => room.allOwn(),
    heard: (from, entries, full) => {
      room.applyServer(from, entries, full)
      changed()
    },
    lost: (name) => {
      room.dropServer(name)
      changed()
    },
  })

  // ── who is present ──
  const applySeats = (now: PresentSeats): void => {
    // The bus and the replies are two connections: what comes late from one is older than known. But a version that is
    // still lower after a while means that the registry was lost and starts over.
    if (now.version < version && clockNow() - acceptedAt < LATE_MS) return
    acceptedAt = clockNow()
    if (now.version < version) holdUntil = Math.max(holdUntil, clockNow() + HOLD_MS)
    version = now.version
    const present = new Map<Seat, PresenceState>(now.seats.map(({ seat, state }) => [seat, state]))
    if (room.applySeats(present, clockNow() < holdUntil)) changed()
    if (!ready) setTimeout(greet, HELLO_MS).unref()
  }
  const greet = (): void => {
    ready = true
    for (const client of clients.values()) if (!client.greeted) sendFull(client)
  }
  const learn = (doing: string, changes: readonly TabChange[], then = (): void => {}): void => {
    registry
      .apply(roomId, changes)
      .then((now) => {
        applySeats(now)
        then()
      })
      .catch(failed(doing))
  }
  const changeOf = (client: Client, op: TabChange['op'], ttlMs: number): TabChange => ({
    op,
    seat: client.owner.seat,
    tab: client.owner.tab,
    conn: client.conn,
    ttlMs,
  })
  const silentMs = deps.limits.PING_UNANSWERED_MS - SWEEPING_MS
  const goneMs = Math.max(0, deps.limits.SOCKET_GONE_MS - TELLING_MS)
  const refresh = (): void => {
    const now = clockNow()
    refreshedAt = now
    // Counted from when the tab was last heard, not from now: a server that was paused has nothing fresh to say.
    const changes = [...clients.values()]
      .filter((client) => client.tab === 'visible' && now - client.heardAt < silentMs)
      .map((client) => changeOf(client, 'here', silentMs - (now - client.heardAt)))
    learn('refreshing who is here', changes)
  }
  const noteTab = (client: Client, message: PresenceUp): void => {
    const hidden =
      message.kind === 'state'
        ? (message.flags & stateFlag.tabHidden) !== 0
        : client.tab === 'hidden'
    const tab = hidden ? 'hidden' : 'visible'
    if (tab === client.tab) return
    const before = client.tab
    client.tab = tab
    if (tab === 'hidden')
      return learn('a tab went away', [changeOf(client, 'away', deps.limits.AWAY_PRESENT_MS)])
    learn('a tab is here', [changeOf(client, 'open', silentMs)])
    if (before === 'hidden') sendFull(client)
  }

  // ── from clients ──
  const onMessage = (client: Client, bytes: Uint8Array): void => {
    const now = clockNow()
    client.heardAt = now
    const verdict = client.meter(now)
    if (verdict === 'close') return client.wire.close(presenceClose.slowDown, 'slow_down')
    if (verdict === 'drop') return
    const message = decodeUp(bytes)
    if (!message) return client.wire.close(presenceClose.malformed, 'bad_input')
    noteTab(client, message)
    if (client.pace.painted(message.lastTick) && client.tab !== 'hidden') sendFull(client)
    if (message.kind === 'ping') {
      const words = cleanPingWords(message.words)
      if (words === null) return client.wire.close(presenceClose.malformed, 'bad_input')
      if (!client.pingMeter(now)) return
      message.words = words
    }
    if (room.applyUp(client.conn, client.owner.seat, message)) changed()
  }
  const onClose = (client: Client): void => {
    if (!clients.delete(client.conn)) return
    room.dropTab(client.conn, client.owner.seat)
    changed()
    if (client.tab !== 'visible') return
    // Sweeps would find it up to half a second late. Counted from the registry's answer: its time ran from before that.
    const lookAgain = (): void => {
      setTimeout(() => learn('a seat is empty', []), goneMs + 1).unref()
    }
    learn('a tab closed', [changeOf(client, 'closed', goneMs)], lookAgain)
  }
  const makeRoomFor = (owner: TabOwner): void => {
    const same = [...clients.values()].filter(({ owner: { seat } }) => seat === owner.seat)
    for (const old of same.filter(({ owner: { tab } }) => tab === owner.tab))
      old.wire.close(presenceClose.replaced, 'replaced')
    if (same.length >= MAX_TABS_PER_SEAT) same[0]?.wire.close(presenceClose.slowDown, 'slow_down')
  }
  const open = (wire: PresenceWire, owner: TabOwner, conn: string): PresenceTab => {
    makeRoomFor(owner)
    const now = clockNow()
    const first = clients.size === 0
    const client: Client = {
      wire,
      owner,
      conn,
      pace: makePace(tick),
      meter: makeMeter(now),
      pingMeter: makePingMeter(now),
      heardAt: now,
      tab: 'unknown',
      greeted: false,
    }
    clients.set(conn, client)
    if (first) {
      servers.hello()
      learn('reading who is here', [])
    }
    sendFull(client)
    return {
      onMessage: (bytes) => clients.has(conn) && onMessage(client, bytes),
      onPong: () => {
        client.heardAt = clockNow()
      },
      onClose: () => onClose(client),
    }
  }
  const doChores = (): void => {
    const now = clockNow()
    if (now - refreshedAt >= REFRESH_MS) refresh()
    servers.beat(now)
    // An empty frame: a client that hears nothing at all takes the line for dead.
    if (now - sentAt >= PRESENCE_BEAT_MS - 500) {
      flushedAt = now
      sendToAll([])
    }
  }
  return {
    open,
    applySeats,
    doChores,
    catchUp: () => {
      holdUntil = clockNow() + HOLD_MS
      refresh()
      servers.hello()
    },
    closePerson: (personId) => {
      const theirs = [...clients.values()].filter(({ owner }) => owner.personId === personId)
      for (const client of theirs) {
        clients.delete(client.conn)
        room.dropTab(client.conn, client.owner.seat)
        client.wire.close(presenceClose.notAMember, 'room_removed')
      }
      return [...new Set(theirs.map(({ owner }) => owner.seat))]
    },
    owners: () => [...clients.values()].map(({ owner }) => owner),
    isEmpty: () => clients.size === 0,
    close: async () => {
      closed = true
      if (timer) clearTimeout(timer)
      await servers.close()
    },
  }
}
