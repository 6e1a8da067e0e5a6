import { createStore, produce, reconcile } from 'solid-js/store'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { presenceState, stateFlag } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceFrame } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'

/** What the page shows of a person; changes seldom enough for signals. Who isn't in the record is not present. */
export interface PersonNow {
  presence: 'here' | 'away'
  idle: boolean
  /** Cursor and view are hidden by their owner. */
  hides: boolean
  touch: boolean
  speaking: boolean
  inVoice: boolean
  muted: boolean
  /** Whom they follow; 0: nobody. */
  follows: Seat
}
/** Where a person points and looks; changes many times a second, so it is plain. */
export interface PersonLive {
  cursor: LatLng | null
  view: Bounds | null
  /** Set while the cursor is new on the map: nothing to glide from. */
  fresh: boolean
}
function personOf(entry: PresenceEntry, before: PersonNow | undefined): PersonNow | undefined {
  if (entry.presence === presenceState.gone) return undefined
  if (!before && entry.presence === undefined) return undefined
  const flags = entry.state?.flags
  const has = (flag: number, old: boolean | undefined): boolean =>
    flags === undefined ? (old ?? false) : (flags & flag) !== 0
  return {
    presence:
      entry.presence === undefined
        ? (before?.presence ?? 'here')
        : entry.presence === presenceState.away
          ? 'away'
          : 'here',
    idle: has(stateFlag.idle, before?.idle),
    hides: has(stateFlag.hideMine, before?.hides),
    touch: has(stateFlag.touch, before?.touch),
    speaking: has(stateFlag.speaking, before?.speaking),
    inVoice: has(stateFlag.inVoice, before?.inVoice),
    muted: has(stateFlag.muted, before?.muted),
    follows: entry.state?.follow ?? before?.follows ?? 0,
  }
}

/** Reads frames into what is shown. `changed` names the seats whose cursor or view is different now. */
export function makePeople() {
  const [people, setPeople] = createStore<Record<Seat, PersonNow>>({})
  const live = new Map<Seat, PersonLive>()
  const takeLive = (entry: PresenceEntry, person: PersonNow | undefined): boolean => {
    // Away, hidden, gone: nothing of them stays on the map.
    if (!person || person.presence === 'away' || person.hides) return live.delete(entry.seat)
    const before = live.get(entry.seat)
    if (entry.cursor === undefined && !entry.view) {
      if (before) return false
      live.set(entry.seat, { cursor: null, view: null, fresh: true })
      return true
    }
    const cursor = entry.cursor === undefined ? (before?.cursor ?? null) : entry.cursor
    live.set(entry.seat, {
      cursor,
      view: entry.view ?? before?.view ?? null,
      fresh: cursor !== null && !before?.cursor,
    })
    return true
  }
  const apply = (frame: PresenceFrame, changed: (seat: Seat) => void): void => {
    if (frame.full) {
      const next: Record<Seat, PersonNow> = {}
      const gone = new Set(live.keys())
      for (const entry of frame.entries) {
        const person = personOf(entry, undefined)
        if (person) next[entry.seat] = person
        gone.delete(entry.seat)
        const cursorless = entry.cursor === undefined ? { ...entry, cursor: null } : entry
        if (takeLive(cursorless, person)) changed(entry.seat)
      }
      setPeople(reconcile(next))
      for (const seat of gone) {
        live.delete(seat)
        changed(seat)
      }
      return
    }
    for (const entry of frame.entries) {
      if (entry.presence !== undefined || entry.state) takePerson(entry)
      if (takeLive(entry, people[entry.seat])) changed(entry.seat)
    }
  }
  const takePerson = (entry: PresenceEntry): void => {
    const person = personOf(entry, people[entry.seat])
    if (person) setPeople(entry.seat, person)
    else setPeople(produce((all) => void delete all[entry.seat]))
  }
  return { people, live, apply }
}
