import type { Every } from '#server/platform/every.ts'
import type { Log } from '#server/platform/log.ts'
import type { DueRound } from './repo.rounds.ts'

export interface VoteJobs {
  listDue(aheadMs: number): Promise<DueRound[]>
  closeIfDue(roundId: string): Promise<number | null>
  reviewQuorum(roundId: string): Promise<void>
}

const LOOK_EVERY_MS = 500
/** Rounds due sooner than this get a timer of their own, so that they close on time and not at the next look. */
const AHEAD_MS = 1_500
/** Rounds with quorum are looked at this often even if nobody told of a change of presence. */
const REVIEW_EVERY_MS = 1_000

/**
 * Closes rounds on time and watches quorums, in every process: so any server's death leaves nothing open. The same work twice is
 * harmless, since each looks again under the round's row. The answer stops it.
 */
export function startVoteJobs(votes: VoteJobs, every: Every, log: Log): () => void {
  const timers = new Map<string, NodeJS.Timeout>()
  const reviewedAt = new Map<string, number>()
  let stopped = false

  const close = (roundId: string): void => {
    votes
      .closeIfDue(roundId)
      .finally(() => timers.delete(roundId))
      .then((leftMs) => {
        if (leftMs !== null && leftMs < AHEAD_MS) arm(roundId, leftMs)
      })
      .catch((error: unknown) =>
        log.warn({ err: error, roundId }, 'a round could not be closed; the next look tries again'),
      )
  }
  const arm = (roundId: string, leftMs: number): void => {
    if (stopped || timers.has(roundId)) return
    timers.set(
      roundId,
      setTimeout(() => close(roundId), Math.max(1, Math.ceil(leftMs))),
    )
  }
  const review = async (roundId: string): Promise<void> => {
    if (performance.now() - (reviewedAt.get(roundId) ?? -Infinity) < REVIEW_EVERY_MS) return
    reviewedAt.set(roundId, performance.now())
    await votes.reviewQuorum(roundId)
  }
  const look = async (): Promise<void> => {
    const rounds = await votes.listDue(AHEAD_MS)
    for (const { id, leftMs } of rounds) if (leftMs < AHEAD_MS) arm(id, leftMs)
    if (rounds.length === 0) reviewedAt.clear()
    await Promise.all(
      rounds.filter(({ quorum, leftMs }) => quorum && leftMs > 0).map(({ id }) => review(id)),
    )
  }
  const stopLooking = every(LOOK_EVERY_MS, 'looking at open rounds', look)
  return () => {
    stopped = true
    stopLooking()
    for (const each of timers.values()) clearTimeout(each)
  }
}
