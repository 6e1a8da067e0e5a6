import type { Every } from '#server/platform/every.ts'
import type { Auth } from './service.ts'

const FORGET_EVERY_MS = 3_600_000
/** The news of an ending may be lost: an open socket outlives its session by this at most. */
const WATCH_EVERY_MS = 5_000

/** Removes expired sessions and links; any number of workers may run it. Returns its end. */
export function startAuthJobs(auth: Pick<Auth, 'forgetExpired'>, every: Every): () => void {
  return every(FORGET_EVERY_MS, 'removing expired sessions', () => auth.forgetExpired())
}

/** What of the sockets the watch needs. */
export interface SessionSockets {
  sessions(): string[]
  closeSession(sessionId: string): void
}

/** Closes sockets whose session is over; in every process that has any. A database that doesn't answer puts nobody out. Returns its end. */
export function watchSessions(
  auth: Pick<Auth, 'endedAmong'>,
  sockets: SessionSockets,
  every: Every,
): () => void {
  return every(WATCH_EVERY_MS, 'checking which sessions still run', async () => {
    const open = sockets.sessions()
    if (open.length === 0) return
    for (const id of await auth.endedAmong(open)) sockets.closeSession(id)
  })
}
