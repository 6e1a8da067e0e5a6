import type { Log } from '#server/platform/log.ts'
import type { Voice } from './service.ts'

/** Between two looks at who is in voice: LiveKit may drop webhooks, and a token outlives a removal by up to 10 minutes. */
const SWEEP_EVERY_MS = 5_000

/** Starts the poll; the answer stops it. One server does the work of each turn. */
export function startVoiceJobs(voice: Pick<Voice, 'sweepInTurn'>, log: Log): () => void {
  let busy = false
  const sweep = async (): Promise<void> => {
    if (busy) return
    busy = true
    try {
      await voice.sweepInTurn(SWEEP_EVERY_MS - 500)
    } catch (error) {
      log.warn({ err: error }, 'looking after voice failed; the next turn tries again')
    } finally {
      busy = false
    }
  }
  const timer = setInterval(() => void sweep(), SWEEP_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
