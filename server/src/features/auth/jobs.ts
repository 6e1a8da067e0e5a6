import type { Log } from '#server/platform/log.ts'
import type { Auth } from './service.ts'

const EVERY_MS = 3_600_000

/** Removes expired sessions and links once an hour; any number of workers may run it. Returns its end. */
export function startAuthJobs(auth: Auth, log: Log): () => void {
  const timer = setInterval(() => {
    auth
      .forgetExpired()
      .catch((error: unknown) => log.error({ err: error }, 'expired sessions were not removed'))
  }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
