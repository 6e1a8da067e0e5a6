import type { Every } from '#server/platform/every.ts'
import type { RoomService } from './service.ts'

/** Soon enough that rights come back to a returning host at once, as people see it. */
const HOSTS_EVERY_MS = 2_000
const EXPIRY_EVERY_MS = 60_000
const EVENTS_EVERY_MS = 10 * 60_000

type Work = Pick<RoomService, 'reviewHosts' | 'buryExpired' | 'forgetEvents'>

/** Starts the periodic work; the answer stops it. Every step decides under the room's lock, so any number of workers may run. */
export function startRoomJobs(rooms: Work, every: Every): () => void {
  const stops = [
    every(HOSTS_EVERY_MS, 'looking after hosts', () => rooms.reviewHosts()),
    every(EXPIRY_EVERY_MS, 'deleting expired rooms', () => rooms.buryExpired()),
    every(EVENTS_EVERY_MS, 'deleting old events', () => rooms.forgetEvents()),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
