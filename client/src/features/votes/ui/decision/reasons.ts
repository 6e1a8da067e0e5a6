import type { DecisionView } from '#shared/votes.ts'
import { distanceM, walkMinutes } from '#shared/geo.measure.ts'

/** What may be said about why; each is one sentence. */
export type Reason =
  | { kind: 'chosen'; count: number; total: number }
  | { kind: 'hardForNobody' | 'leastHard' | 'anythingFine' | 'byRunoff' | 'byDraw' | 'byDrawFine' }
  | { kind: 'walk'; minutes: number }

type Facts = Pick<DecisionView, 'winner' | 'by' | 'runoff' | 'voters' | 'candidates' | 'meeting'>

/** Farther than this nobody walks to dinner: the minutes would tell nothing. */
const WALK_MOST_MIN = 60

/** At most three, the strongest first. Only what the page knows for sure: after a run-off it doesn't know of passes. */
export function reasonsOf(decision: Facts): Reason[] {
  const { winner, voters } = decision
  const count = decision.candidates.find(({ number }) => number === winner.number)?.choices ?? 0
  const reasons: Reason[] = []
  // In a run-off people may choose who had no tick when the page was made of older data: never "5 of 4".
  if (count > 0) reasons.push({ kind: 'chosen', count, total: Math.max(voters, count) })
  reasons.push({ kind: howOf(decision, count) })
  const minutes = decision.meeting && walkMinutes(distanceM(decision.meeting, winner))
  if (minutes !== null && minutes <= WALK_MOST_MIN) reasons.push({ kind: 'walk', minutes })
  return reasons
}

function howOf({ by, runoff }: Facts, count: number): Exclude<Reason['kind'], 'chosen' | 'walk'> {
  if (by === 'draw') return runoff ? 'byDraw' : 'byDrawFine'
  if (runoff) return 'byRunoff'
  if (by === 'choices') return 'hardForNobody'
  return count > 0 ? 'leastHard' : 'anythingFine'
}
