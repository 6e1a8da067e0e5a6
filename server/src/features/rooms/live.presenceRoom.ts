import type { Bounds, LatLng } from '#shared/geo.ts'
import { presenceState, stateFlag } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceState, PresenceUp } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'

/** Parts of a seat that changed since the last frame. */
const PART = { presence: 1, state: 2, cursor: 4, view: 8 } as const
const ALL = PART.presence | PART.state | PART.cursor | PART.view

/** Flags as one source (a tab here, or another server for all its tabs) sees them. */
interface Said {
  flags: number
  follow: Seat
}
interface SeatNow {
  presence: PresenceState
  /** By tab on this server. */
  tabs: Map<string, Said>
  /** By server, for its tabs together. */
  servers: Map<string, Said>
  /** The last to move, look or ping: whose cursor counts. A tab, or another server. */
  active: string | null
  follow: Seat
  told: Said
  cursor: LatLng | null
  view: Bounds | null
  ping: { at: LatLng; words: string } | null
  changed: number
  /** Changed here, so other servers don't know yet. */
  changedHere: number
  pingHere: boolean
}

/** The latest of every seat of one room, merged over tabs and servers. No time, no sockets, no network: only merging. */
export interface PresenceRoom {
  /** A message of a tab on this server. True when there is something to tell. */
  applyUp(tab: string, seat: Seat, message: PresenceUp): boolean
  dropTab(tab: string, seat: Seat): void
  /** What another server told. `full`: all it has, so that what it no longer names is forgotten. */
  applyServer(server: string, entries: readonly PresenceEntry[], full: boolean): void
  dropServer(server: string): void
  /** Who is present, from the registry. Who isn't is forgotten. `keep`: nobody is taken out this time. */
  applySeats(present: ReadonlyMap<Seat, PresenceState>, keep: boolean): boolean
  /** What changed since the last take, for clients; empty when nothing did. */
  takeChanges(): PresenceEntry[]
  /** What changed on this server since the last take, for the others. */
  takeOwnChanges(): PresenceEntry[]
  /** Everything about everybody present, for late joiners and those who were skipped. */
  all(): PresenceEntry[]
  /** Everything about tabs of this server, for a server that just came. */
  allOwn(): PresenceEntry[]
  presentCount(): number
}

const AND_FLAGS = stateFlag.tabHidden | stateFlag.idle
const OR_FLAGS = stateFlag.hideMine | stateFlag.speaking | stateFlag.inVoice | stateFlag.touch

/**
 * One person's flags from several tabs: idle and hidden only if every one is; hiding, voice and touch if any is; muted
 * if every tab that is in voice is muted. Hiding in any tab hides everywhere: the careful reading.
 */
export function mergeFlags(all: readonly number[]): number {
  if (all.length === 0) return 0
  let and = AND_FLAGS
  let or = 0
  let muted: number = stateFlag.muted
  for (const flags of all) {
    and &= flags
    or |= flags & OR_FLAGS
    if (flags & stateFlag.inVoice) muted &= flags
  }
  return and | or | (or & stateFlag.inVoice ? muted : 0)
}

export function makePresenceRoom(): PresenceRoom {
  const seats = new Map<Seat, SeatNow>()
  const seatOf = (seat: Seat): SeatNow => {
    const known = seats.get(seat)
    if (known) return known
    const fresh: SeatNow = {
      presence: presenceState.gone,
      tabs: new Map(),
      servers: new Map(),
      active: null,
      follow: 0,
      told: { flags: 0, follow: 0 },
      cursor: null,
      view: null,
      ping: null,
      changed: 0,
      changedHere: 0,
      pingHere: false,
    }
    seats.set(seat, fresh)
    return fresh
  }
  const hides = (now: SeatNow): boolean => (now.told.flags & stateFlag.hideMine) !== 0
  const followable = (seat: Seat): boolean => {
    const leader = seats.get(seat)
    return leader !== undefined && leader.presence === presenceState.here && !hides(leader)
  }
  /** Brings `told` in line with what tabs and servers said; followers of someone who hides or left are let go. */
  const settleState = (now: SeatNow): void => {
    const said = [...now.tabs.values(), ...now.servers.values()]
    const flags = mergeFlags(said.map((one) => one.flags))
    const follow = now.follow !== 0 && followable(now.follow) ? now.follow : 0
    if (flags === now.told.flags && follow === now.told.follow) return
    const hidNow = (flags & stateFlag.hideMine) !== 0 && !hides(now)
    now.told = { flags, follow }
    now.changed |= PART.state
    if (!hidNow) return
    now.cursor = null
    now.view = null
    now.ping = null
    now.changed |= PART.cursor
    letFollowersGo()
  }
  const letFollowersGo = (): void => {
    for (const now of seats.values()) {
      if (now.follow === 0 || followable(now.follow)) continue
      now.follow = 0
      settleState(now)
    }
  }
  const sayState = (now: SeatNow, source: Map<string, Said>, name: string, said: Said): void => {
    const before = source.get(name)
    source.set(name, said)
    if (said.follow !== (before?.follow ?? 0)) now.follow = said.follow
    settleState(now)
  }
  const entryOf = (seat: Seat, now: SeatNow, parts: number, ping: boolean): PresenceEntry => {
    const entry: PresenceEntry = { seat }
    if (parts & PART.presence) entry.presence = now.presence
    if (parts & PART.state) entry.state = now.told
    if (parts & PART.cursor) entry.cursor = now.cursor
    if (parts & PART.view && now.view) entry.view = now.view
    if (ping && now.ping) entry.ping = now.ping
    return entry
  }
  const ownSaid = (now: SeatNow): Said => ({
    flags: mergeFlags([...now.tabs.values()].map((one) => one.flags)),
    follow: [...now.tabs.values()].find((one) => one.follow !== 0)?.follow ?? 0,
  })
  return {
    applyUp: (tab, seat, message) => {
      if (message.kind === 'ack') return false
      const now = seatOf(seat)
      if (message.kind === 'state') {
        const { flags, follow } = message
        sayState(now, now.tabs, tab, { flags, follow: follow === seat ? 0 : follow })
        now.changedHere |= PART.state
        return true
      }
      // A ping is an act of its own, also of somebody who hides where they look.
      if (hides(now) && message.kind !== 'ping') return false
      if (message.kind === 'lift') {
        if (now.active !== tab || !now.cursor) return false
        now.cursor = null
      } else {
        now.active = tab
        if (message.kind === 'view') now.view = message.view
        else if (message.kind === 'cursor') now.cursor = message.at
        else {
          now.ping = { at: message.at, words: message.words }
          now.pingHere = true
          return true
        }
      }
      const part = message.kind === 'view' ? PART.view : PART.cursor
      now.changed |= part
      now.changedHere |= part
      return true
    },
    dropTab: (tab, seat) => {
      const now = seats.get(seat)
      if (!now?.tabs.delete(tab)) return
      // The last tab's word stands until the seat is gone: a refresh must not blink.
      if (now.tabs.size === 0 && now.servers.size === 0) return
      settleState(now)
      now.changedHere |= PART.state
    },
    applyServer: (server, entries, full) => {
      if (full) {
        const named = new Set(entries.map((entry) => entry.seat))
        for (const [seat, now] of seats)
          if (!named.has(seat) && now.servers.delete(server)) settleState(now)
      }
      for (const entry of entries) {
        const now = seatOf(entry.seat)
        if (entry.state) sayState(now, now.servers, server, entry.state)
        if (entry.ping) now.ping = entry.ping
        if (hides(now)) continue
        if (entry.cursor || (entry.cursor === null && now.active === server)) {
          now.cursor = entry.cursor
          now.changed |= PART.cursor
        }
        if (entry.view) {
          now.view = entry.view
          now.changed |= PART.view
        }
        // A full state repeats old news: it doesn't take over from a tab that moved since.
        if ((entry.cursor || entry.view || entry.ping) && (!full || now.active === null))
          now.active = server
      }
    },
    dropServer: (server) => {
      for (const now of seats.values()) if (now.servers.delete(server)) settleState(now)
    },
    applySeats: (present, keep) => {
      let any = false
      for (const [seat, state] of present) {
        const now = seatOf(seat)
        if (now.presence === state) continue
        any = true
        if (now.presence === presenceState.gone) {
          now.changed |= ALL
          if (now.tabs.size > 0) now.changedHere |= ALL
        }
        now.presence = state
        now.changed |= PART.presence
      }
      if (keep) return any
      for (const [seat, now] of seats) {
        if (present.has(seat)) continue
        if (now.presence === presenceState.gone) {
          // Never was here, or is told already; a tab that just opened is about to be.
          if (now.tabs.size === 0 && now.changed === 0) seats.delete(seat)
          continue
        }
        any = true
        const { tabs } = now
        seats.delete(seat)
        const left = Object.assign(seatOf(seat), { tabs })
        settleState(left)
        left.changed = PART.presence
      }
      letFollowersGo()
      return any
    },
    takeChanges: () => {
      const entries: PresenceEntry[] = []
      for (const [seat, now] of seats) {
        if (now.changed === 0 && !now.ping) continue
        if (now.presence === presenceState.gone) {
          // Said by somebody who isn't registered yet: kept until the registry knows.
          if (!(now.changed & PART.presence)) continue
          entries.push({ seat, presence: presenceState.gone })
        } else entries.push(entryOf(seat, now, now.changed, true))
        now.changed = 0
        if (!now.pingHere) now.ping = null
      }
      return entries
    },
    takeOwnChanges: () => {
      const entries: PresenceEntry[] = []
      for (const [seat, now] of seats) {
        if (now.changedHere === 0 && !now.pingHere) continue
        if (now.presence === presenceState.gone) continue
        const entry = entryOf(seat, now, now.changedHere & ~PART.state, now.pingHere)
        if (now.changedHere & PART.state) entry.state = ownSaid(now)
        entries.push(entry)
        now.changedHere = 0
        now.pingHere = false
        now.ping = null
      }
      return entries
    },
    all: () => {
      const entries: PresenceEntry[] = []
      for (const [seat, now] of seats)
        if (now.presence !== presenceState.gone)
          entries.push(entryOf(seat, now, now.cursor ? ALL : ALL & ~PART.cursor, false))
      return entries
    },
    allOwn: () => {
      const entries: PresenceEntry[] = []
      for (const [seat, now] of seats) {
        if (now.tabs.size === 0 || now.presence === presenceState.gone) continue
        const mine = now.active !== null && now.tabs.has(now.active)
        const parts = mine ? (now.cursor ? PART.cursor : 0) | PART.view : 0
        entries.push({ ...entryOf(seat, now, parts, false), state: ownSaid(now) })
      }
      return entries
    },
    presentCount: () => {
      let count = 0
      for (const now of seats.values()) if (now.presence !== presenceState.gone) count++
      return count
    },
  }
}
