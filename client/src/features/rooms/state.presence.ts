import { createMemo, createSignal, onCleanup, untrack } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { limits } from '#shared/limits.ts'
import { stateFlag } from '#shared/rooms.presence.ts'
import type { PresenceFrame } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import { isBoolean, keep, readKept } from '#client/lib/storage.ts'
import { resolveLeader } from './state.presenceFollow.ts'
import { makePresenceLink } from './state.presenceLink.ts'
import type { LinkStatus } from './state.presenceLink.ts'
import { makePeople } from './state.presencePeople.ts'
import type { PersonLive, PersonNow } from './state.presencePeople.ts'
import { cursorEveryMs, makePaced, viewEveryMs } from './state.presencePace.ts'

export interface PresencePing {
  seat: Seat
  at: LatLng
  words: string
}
export interface VoiceNow {
  inVoice: boolean
  muted: boolean
  speaking: boolean
}

/** Presence of one room for one tab. Made under a Solid owner, ends with it. */
export interface Presence {
  status: Accessor<LinkStatus>
  /** By seat; Solid store. Me included. */
  people: Readonly<Record<Seat, PersonNow>>
  mySeat: Accessor<Seat>
  /** By seat, plain; `onLive` tells when something in it changed. */
  live: ReadonlyMap<Seat, PersonLive>
  /** Length of the room's tick in ms: how long a cursor glides between two samples. */
  tickMs(): number
  onLive(listener: (seat: Seat) => void): () => void
  onPing(listener: (ping: PresencePing) => void): () => void
  onOwnPing(listener: () => void): () => void

  /** My pointer's place on the ground, null when it left the map. */
  moveCursor(at: LatLng | null): void
  /** The free area of my map. Sent 10 times a second at most. */
  showView(view: Bounds): void
  sendPing(at: LatLng, words?: string): void
  setVoice(voice: VoiceNow): void
  setTouch(touch: boolean): void
  /** A sign of life from anywhere in the page (pointer, key): ends idle. */
  stir(): void
  /** This tab goes on to the group's result: as one that is hidden, its person is still present for a while. */
  lookAway(): void
  /** Kept on this device. */
  hidesMine: Accessor<boolean>
  hideMine(hide: boolean): void

  /** Whom I follow; 0: nobody. Ends by itself when they hide, go away or leave. */
  following: Accessor<Seat>
  /** False: the line is down, so that nothing of them would come. */
  follow(seat: Seat): boolean
  /** Whose view to show (the end of a chain); null: keep my own. */
  leader: Accessor<Seat | null>
  /** Who follows me. */
  followers: Accessor<Seat[]>
}

export interface PresenceOptions {
  roomId: string
  /** For tests; default: `/presence` of this origin. */
  url?: string
  idleMs?: number
}

const HIDE_MINE_KEY = 'bapmap.hideMine'
/** A tab that is being closed is hidden first: only one that stays hidden says so. */
const SAY_HIDDEN_AFTER_MS = 1_000
const TAB_ID_BYTES = 8

function newTabId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TAB_ID_BYTES))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function presenceUrl(roomId: string, base?: string): string {
  const url = new URL(base ?? '/presence', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  url.searchParams.set('room', roomId)
  url.searchParams.set('tab', newTabId())
  return url.href
}

export function createPresence(options: PresenceOptions): Presence {
  const { people, live, apply } = makePeople()
  const [status, setStatus] = createSignal<LinkStatus>('connecting')
  const [mySeat, setMySeat] = createSignal<Seat>(0)
  const [wanted, setWanted] = createSignal<Seat>(0)
  const liveListeners = new Set<(seat: Seat) => void>()
  const pingListeners = new Set<(ping: PresencePing) => void>()
  const ownPingListeners = new Set<() => void>()
  // Plain copies of what pacing reads on each move of the pointer.
  let tickMs = 50
  let others = 0
  let hides = readKept(HIDE_MINE_KEY, isBoolean) ?? false
  const [hidesMine, setHidesMine] = createSignal(hides)
  let voice: VoiceNow = { inVoice: false, muted: false, speaking: false }
  let touch = false
  let idle = false
  let tabHidden = document.hidden
  let hideTimer = 0
  let idleTimer = 0
  let view: Bounds | null = null
  let cursor: LatLng | null = null

  const countOthers = (): number => {
    let count = 0
    for (const [seat, person] of Object.entries(people))
      if (Number(seat) !== mySeat() && person.presence === 'here') count++
    return count
  }
  const onFrame = (frame: PresenceFrame): void => {
    tickMs = frame.tickMs || tickMs
    if (frame.mySeat !== 0) setMySeat(frame.mySeat)
    apply(frame, (seat) => {
      for (const listener of liveListeners) listener(seat)
    })
    others = countOthers()
    for (const { seat, ping } of frame.entries)
      if (ping && seat !== mySeat())
        for (const listener of pingListeners) listener({ seat, ...ping })
    const led = wanted()
    if (led !== 0 && !canFollow(led)) setFollow(0)
  }
  const canFollow = (seat: Seat): boolean => {
    const person = people[seat]
    return person !== undefined && person.presence === 'here' && !person.hides && seat !== mySeat()
  }
  const flags = (): number =>
    (tabHidden ? stateFlag.tabHidden : 0) |
    (hides ? stateFlag.hideMine : 0) |
    (idle ? stateFlag.idle : 0) |
    (voice.speaking ? stateFlag.speaking : 0) |
    (touch ? stateFlag.touch : 0) |
    (voice.inVoice ? stateFlag.inVoice : 0) |
    (voice.muted ? stateFlag.muted : 0)
  const sayState = (): void => void link.say({ kind: 'state', flags: flags(), follow: wanted() })
  /** Everything again: on opening, on being seen again, on showing oneself again. */
  const sayAll = (): void => {
    sayState()
    if (tabHidden || hides) return
    if (view) link.say({ kind: 'view', view })
    if (cursor) link.say({ kind: 'cursor', at: cursor })
  }
  const link = makePresenceLink({
    url: presenceUrl(options.roomId, options.url),
    onFrame,
    onStatus: (now) => {
      setStatus(now)
      if (now === 'open') sayAll()
    },
    isHidden: () => document.hidden,
  })
  const mayShow = (): boolean => !tabHidden && !hides
  const cursorPace = makePaced<LatLng>(
    (at) => mayShow() && link.say({ kind: 'cursor', at }),
    () => cursorEveryMs(others, tickMs),
  )
  const viewPace = makePaced<Bounds>(
    (now) => mayShow() && link.say({ kind: 'view', view: now }),
    () => viewEveryMs(others),
  )
  const moveCursor = (at: LatLng | null): void => {
    if (at === null && cursor === null) return
    cursor = at
    if (at) return cursorPace.push(at)
    cursorPace.hold()
    if (mayShow()) link.say({ kind: 'lift' })
  }
  const setFollow = (seat: Seat): void => {
    if (seat === wanted()) return
    setWanted(seat)
    sayState()
  }
  const fallIdle = (): void => {
    idle = true
    sayState()
  }
  const stir = (): void => {
    window.clearTimeout(idleTimer)
    idleTimer = window.setTimeout(fallIdle, options.idleMs ?? limits.IDLE_MS)
    if (!idle) return
    idle = false
    sayState()
  }
  const lookAway = (): void => {
    moveCursor(null)
    tabHidden = true
    sayState()
  }
  const onVisibility = (): void => {
    window.clearTimeout(hideTimer)
    if (document.hidden) {
      hideTimer = window.setTimeout(lookAway, SAY_HIDDEN_AFTER_MS)
      return
    }
    stir()
    link.wake()
    if (!tabHidden) return
    tabHidden = false
    sayAll()
  }
  const applyHideMine = (hide: boolean): void => {
    if (hide === hides) return
    hides = hide
    setHidesMine(hide)
    sayAll()
  }
  const onStorage = (event: StorageEvent): void => {
    if (event.key === HIDE_MINE_KEY) applyHideMine(readKept(HIDE_MINE_KEY, isBoolean) ?? false)
  }
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('storage', onStorage)
  untrack(stir)
  onCleanup(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('storage', onStorage)
    window.clearTimeout(hideTimer)
    window.clearTimeout(idleTimer)
    cursorPace.hold()
    viewPace.hold()
    link.close()
  })
  const leader = createMemo(() =>
    wanted() === 0 ? null : resolveLeader(mySeat(), wanted(), (seat) => people[seat]?.follows ?? 0),
  )
  const followers = createMemo(() =>
    Object.entries(people)
      .filter(([, person]) => person.follows === mySeat() && mySeat() !== 0)
      .map(([seat]) => Number(seat)),
  )
  return {
    status,
    people,
    mySeat,
    live,
    tickMs: () => tickMs,
    onLive: (listener) => {
      liveListeners.add(listener)
      return () => void liveListeners.delete(listener)
    },
    onPing: (listener) => {
      pingListeners.add(listener)
      return () => void pingListeners.delete(listener)
    },
    moveCursor,
    showView: (now) => {
      view = now
      viewPace.push(now)
    },
    onOwnPing: (listener) => {
      ownPingListeners.add(listener)
      return () => void ownPingListeners.delete(listener)
    },
    sendPing: (at, words = '') => {
      if (tabHidden) return
      link.say({ kind: 'ping', at, words })
      for (const listener of ownPingListeners) listener()
    },
    setVoice: (now) => {
      if (
        now.inVoice === voice.inVoice &&
        now.muted === voice.muted &&
        now.speaking === voice.speaking
      )
        return
      voice = now
      sayState()
    },
    setTouch: (now) => {
      if (now === touch) return
      touch = now
      sayState()
    },
    stir,
    lookAway,
    hidesMine,
    hideMine: (hide) => {
      keep(HIDE_MINE_KEY, hide)
      applyHideMine(hide)
    },
    following: wanted,
    follow: (seat) => {
      if (seat !== 0 && (status() !== 'open' || !navigator.onLine)) return false
      if (seat === 0 || canFollow(seat)) setFollow(seat)
      return true
    },
    leader,
    followers,
  }
}
