import { PRESENCE_BEHIND_TICKS } from '#shared/rooms.presence.rules.ts'

/** What presence needs of a WebSocket. */
export interface PresenceWire {
  send(bytes: Uint8Array): void
  bufferedBytes(): number
  close(code: number, reason: string): void
}
/** One open socket, as the edge sees it. */
export interface PresenceTab {
  onMessage(bytes: Uint8Array): void
  /** A pong came: the other side is alive. */
  onPong(): void
  onClose(): void
}

/** More than this unsent in our own process: the line can't take what we send. */
const BUFFERED_MAX_BYTES = 64 * 1024

/**
 * Whether a client keeps up. `bufferedBytes` alone misses stalls, since the kernel's buffers hide up to some hundred KB;
 * so a client also counts as behind when it has not painted the last ten ticks. It is then sent nothing until it has
 * painted all that was sent, and gets one full frame.
 */
export interface Pace {
  /** May this tick be sent? False once behind. */
  mayReceive(tick: number, bufferedBytes: number): boolean
  sent(tick: number): void
  /** The client has painted this tick. True when it has just caught up and needs a full frame. */
  painted(tick: number): boolean
}
export function makePace(tick: number): Pace {
  let painted = tick
  let sent = tick
  let behind = false
  let resumed = false
  return {
    mayReceive: (now, bufferedBytes) => {
      if (now - painted > PRESENCE_BEHIND_TICKS || bufferedBytes > BUFFERED_MAX_BYTES) behind = true
      return !behind
    },
    sent: (now) => {
      sent = now
      // The ticks that were skipped can't be painted: they don't count as a lag of the frame that replaces them.
      if (resumed) painted = now
      resumed = false
    },
    painted: (last) => {
      // A tick that was never sent proves nothing.
      if (last > painted && last <= sent) painted = last
      if (!behind || painted < sent) return false
      behind = false
      resumed = true
      return true
    },
  }
}

/** A client sends at most 30 cursors, 10 views and some acks a second; the rest of the allowance is for bursts. */
const MESSAGES_PER_SECOND = 80
const BURST = 160
/** Dropped without an answer up to here; then the socket is closed. Three seconds of a thousand a second. */
const DROPPED_MAX = 2_500

export type Verdict = 'take' | 'drop' | 'close'
/** Token bucket of one socket. Dropping is right here: the next message carries the latest value anyway. */
export function makeMeter(now: number): (now: number) => Verdict {
  let tokens = BURST
  let at = now
  let dropped = 0
  return (time) => {
    const gained = ((time - at) / 1_000) * MESSAGES_PER_SECOND
    tokens = Math.min(BURST, tokens + gained)
    dropped = Math.max(0, dropped - gained / 4)
    at = time
    if (tokens >= 1) {
      tokens -= 1
      return 'take'
    }
    dropped += 1
    return dropped > DROPPED_MAX ? 'close' : 'drop'
  }
}

/** Pings with words are a person's act: five in a burst, then one every two seconds. */
const PINGS_BURST = 5
const PING_EVERY_MS = 2_000
export function makePingMeter(now: number): (now: number) => boolean {
  let tokens = PINGS_BURST
  let at = now
  return (time) => {
    tokens = Math.min(PINGS_BURST, tokens + (time - at) / PING_EVERY_MS)
    at = time
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
