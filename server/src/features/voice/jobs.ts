import type { Every } from '#server/platform/every.ts'
import type { Voice } from './service.ts'

/** Between two looks at who is in voice: LiveKit may drop webhooks, and a token outlives a removal by up to 10 minutes. */
const SWEEP_EVERY_MS = 5_000

/** Starts the poll; the answer stops it. One server does the work of each turn. */
export function startVoiceJobs(voice: Pick<Voice, 'sweepInTurn'>, every: Every): () => void {
  return every(SWEEP_EVERY_MS, 'looking after voice', () => voice.sweepInTurn(SWEEP_EVERY_MS - 500))
}
