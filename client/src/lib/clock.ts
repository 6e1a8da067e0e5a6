import { createSignal, onCleanup } from 'solid-js'

/** Server's clock minus this device's, ms, from the answer with the shortest way there and back. */
let offset = 0
let shortestMs = Number.POSITIVE_INFINITY
/** A measured way is believed less with time: clocks of phones drift and jump. */
const BELIEVE_MS = 600_000
let measuredAt = 0

/** Learns the server's time from an answer that says `now`: asked at `sentAt`, here now (both ms of this device). */
export function learnServerTime(
  now: number,
  sentAt: number,
  receivedAt: number = Date.now(),
): void {
  const wayMs = receivedAt - sentAt
  if (wayMs < 0 || (wayMs >= shortestMs && receivedAt - measuredAt < BELIEVE_MS)) return
  shortestMs = wayMs
  measuredAt = receivedAt
  offset = now + wayMs / 2 - receivedAt
}

/** The server's time, ms: deadlines count down by it, never by this device's clock. */
export function serverNow(): number {
  return Date.now() + offset
}

/** The server's time as a signal, anew every `everyMs`; also at once when a hidden tab is shown again. Must be created under an owner. */
export function createServerClock(everyMs = 250): () => number {
  const [now, setNow] = createSignal(serverNow())
  const tick = (): void => void setNow(serverNow())
  const timer = window.setInterval(tick, everyMs)
  document.addEventListener('visibilitychange', tick)
  onCleanup(() => {
    window.clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return now
}
