import type { Log } from '#server/platform/log.ts'
import type { RoomService } from './service.ts'

/** Soon enough that rights come back to a returning host at once, as people see it. */
const HOSTS_EVERY_MS = 2_000
const EXPIRY_EVERY_MS = 60_000
const EVENTS_EVERY_MS = 10 * 60_000

type Work = Pick<RoomService, 'reviewHosts' | 'buryExpired' | 'forgetEvents'>

/** Starts the periodic work; the answer stops it. Every step decides under the room's lock, so any number of workers may run. */
export function startRoomJobs(rooms: Work, log: Log): () => void {
  const stops = [
    every(HOSTS_EVERY_MS, 'looking after hosts', () => rooms.reviewHosts(), log),
    every(EXPIRY_EVERY_MS, 'deleting expired rooms', () => rooms.buryExpired(), log),
    every(EVENTS_EVERY_MS, 'deleting old events', () => rooms.forgetEvents(), log),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** One run at a time; a failed one is logged and the next tries again. */
function every(ms: number, what: string, work: () => Promise<unknown>, log: Log): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    void work()
      .catch((error: unknown) =>
        log.warn({ err: error }, `${what} failed; the next turn tries again`),
      )
      .finally(() => {
        busy = false
      })
  }, ms)
  timer.unref()
  return () => clearInterval(timer)
}
