import type { DecisionView } from '#shared/votes.ts'
import { distanceM, walkMinutes } from '#shared/geo.measure.ts'

/** What may be said about why; each is one sentence. */
export type Reason =
  | { kind: 'chosen'; count: number; total: number; runoff: boolean }
  /** Some chose it, and to others anything was fine: nobody of these was against it. */
  | { kind: 'chosenFine'; count: number; fine: number }
  /** Why there was a run-off: these had so many choices each. */
  | { kind: 'tied'; names: string[]; count: number }
  | {
      kind:
        | 'hardForNobody'
        | 'leastHard'
        | 'anythingFine'
        | 'byRunoff'
        | 'byDraw'
        | 'byDrawNone'
        | 'byDrawFine'
    }
  | { kind: 'walk'; minutes: number }

type Facts = Pick<
  DecisionView,
  'winner' | 'by' | 'runoff' | 'runoffChoices' | 'people' | 'fine' | 'candidates' | 'meeting'
>

/** Farther than this nobody walks to dinner: the minutes would tell nothing. */
const WALK_MOST_MIN = 60
const MOST = 3

/** At most three, in the order in which it came about: a tie, the run-off, the draw. Only what the page knows for sure: after a run-off it doesn't know of passes. */
export function reasonsOf(decision: Facts): Reason[] {
  const { people } = decision
  // The people at the table beside it, and those with a tick: whoever counts them comes to the same.
  const count = people.filter(({ choseWinner }) => choseWinner).length
  const reasons = [...tieOf(decision), ...chosenOf(decision, count), ...howOf(decision, count)]
  const minutes = decision.meeting && walkMinutes(distanceM(decision.meeting, decision.winner))
  if (minutes !== null && minutes <= WALK_MOST_MIN) reasons.push({ kind: 'walk', minutes })
  return reasons.slice(0, MOST)
}

function chosenOf({ people, runoff, fine }: Facts, count: number): Reason[] {
  if (count === 0) return []
  if (fine > 0 && !runoff) return [{ kind: 'chosenFine', count, fine }]
  return [{ kind: 'chosen', count, total: people.length, runoff }]
}

function howOf({ by, runoff }: Facts, count: number): Reason[] {
  if (by === 'draw') {
    if (!runoff) return [{ kind: 'byDrawFine' }]
    return [{ kind: count > 0 ? 'byDraw' : 'byDrawNone' }]
  }
  if (runoff) return []
  if (by === 'choices') return [{ kind: 'hardForNobody' }]
  return [{ kind: count > 0 ? 'leastHard' : 'anythingFine' }]
}

function tieOf({ by, runoff, runoffChoices, candidates }: Facts): Reason[] {
  if (!runoffChoices) return runoff && by !== 'draw' ? [{ kind: 'byRunoff' }] : []
  const numbers = new Set(runoffChoices.map(([number]) => number))
  const tied = candidates.filter(({ number }) => numbers.has(number))
  return [{ kind: 'tied', names: tied.map(({ name }) => name), count: tied[0]?.choices ?? 0 }]
}
