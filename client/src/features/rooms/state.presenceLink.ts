import { decodeFrame, encodeUp } from '#shared/rooms.presence.ts'
import { PRESENCE_BEAT_MS, presenceClose } from '#shared/rooms.presence.rules.ts'
import type { PresenceFrame, PresenceUp } from '#shared/rooms.presence.ts'

export type LinkStatus =
  | 'connecting'
  | 'open'
  /** Lost, and trying again by itself. */
  | 'lost'
  /** The server refused: not a member, signed out. Doesn't come back by itself. */
  | 'refused'

/** `PresenceUp` without the tick, which the link fills in. */
export type PresenceSaid = PresenceUp extends infer M
  ? M extends PresenceUp
    ? Omit<M, 'lastTick'>
    : never
  : never

export interface LinkDeps {
  url: string
  onFrame(frame: PresenceFrame): void
  onStatus(status: LinkStatus): void
  /** A hidden tab doesn't reconnect: it counts as away without a socket too, and spares the battery. */
  isHidden(): boolean
}
export interface PresenceLink {
  /** False while there is no open socket: the message is dropped; presence is told anew on opening. */
  say(message: PresenceSaid): boolean
  /** The tab is seen again, or the network is back: connect now instead of later. */
  wake(): void
  close(): void
}

const RETRY_FIRST_MS = 250
const RETRY_MAX_MS = 8_000
const OPEN_WITHIN_MS = 8_000
/** Two and a half of the server's beats: a line that is silent for longer is dead, whatever the browser thinks. */
const SILENT_MS = PRESENCE_BEAT_MS * 2.5
/** Acknowledged at the latest after so many frames or ms, well below the ten at which the server stops sending. */
const ACK_FRAMES = 4
const ACK_MS = 120

const REFUSED: readonly number[] = [
  presenceClose.unauthenticated,
  presenceClose.notAMember,
  presenceClose.replaced,
  // The session has ended (http/sockets.ts).
  4001,
]

/** One socket to `/presence` that comes back by itself, and answers the server's frames so that it keeps sending. */
export function makePresenceLink(deps: LinkDeps): PresenceLink {
  let socket: WebSocket | null = null
  let retries = 0
  let retryTimer = 0
  let silenceTimer = 0
  let ackTimer = 0
  let unacknowledged = 0
  let lastTick = 0
  let closed = false

  const isOpen = (): boolean => socket?.readyState === WebSocket.OPEN
  const say = (message: PresenceSaid): boolean => {
    if (!socket || !isOpen()) return false
    socket.send(encodeUp({ ...message, lastTick }))
    unacknowledged = 0
    return true
  }
  const acknowledge = (): void => {
    ackTimer = 0
    if (unacknowledged > 0) say({ kind: 'ack' })
  }
  const listenForSilence = (withinMs: number): void => {
    window.clearTimeout(silenceTimer)
    silenceTimer = window.setTimeout(drop, withinMs)
  }
  const onMessage = (event: MessageEvent): void => {
    listenForSilence(SILENT_MS)
    if (!(event.data instanceof ArrayBuffer)) return
    let frame: PresenceFrame
    try {
      frame = decodeFrame(new Uint8Array(event.data))
    } catch {
      // Cut short or of a newer server: the next one replaces it.
      return
    }
    lastTick = frame.tick
    deps.onFrame(frame)
    unacknowledged += 1
    if (unacknowledged >= ACK_FRAMES) acknowledge()
    else if (ackTimer === 0) ackTimer = window.setTimeout(acknowledge, ACK_MS)
  }
  const forget = (): void => {
    window.clearTimeout(silenceTimer)
    window.clearTimeout(ackTimer)
    ackTimer = 0
    unacknowledged = 0
    socket = null
  }
  const onClose = (code: number): void => {
    forget()
    if (closed) return
    if (REFUSED.includes(code)) return deps.onStatus('refused')
    deps.onStatus('lost')
    retryLater(code === presenceClose.restart)
  }
  const retryLater = (soon: boolean): void => {
    window.clearTimeout(retryTimer)
    if (deps.isHidden()) return
    const wait = soon ? RETRY_FIRST_MS : Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** retries)
    retries += 1
    // Spread: everybody lost the same server at the same moment.
    retryTimer = window.setTimeout(connect, wait * (0.5 + Math.random() / 2))
  }
  /** Gives the socket up without waiting for its close, which a dead line delays for minutes. */
  const drop = (): void => {
    const dead = socket
    if (!dead) return
    dead.onclose = null
    dead.onmessage = null
    dead.close()
    onClose(1006)
  }
  const connect = (): void => {
    window.clearTimeout(retryTimer)
    if (closed || socket) return
    if (retries === 0) deps.onStatus('connecting')
    const fresh = new WebSocket(deps.url)
    socket = fresh
    fresh.binaryType = 'arraybuffer'
    listenForSilence(OPEN_WITHIN_MS)
    fresh.onopen = () => {
      retries = 0
      lastTick = 0
      listenForSilence(SILENT_MS)
      deps.onStatus('open')
    }
    fresh.onmessage = onMessage
    fresh.onclose = (event) => onClose(event.code)
  }
  const onOffline = (): void => drop()
  const wake = (): void => {
    retries = 0
    connect()
  }
  window.addEventListener('online', wake)
  window.addEventListener('offline', onOffline)
  connect()
  return {
    say,
    wake,
    close: () => {
      closed = true
      window.removeEventListener('online', wake)
      window.removeEventListener('offline', onOffline)
      window.clearTimeout(retryTimer)
      const open = socket
      forget()
      if (open) {
        open.onclose = null
        open.onmessage = null
        open.close()
      }
    },
  }
}
