import type { DecisionView } from '#shared/votes.ts'
import { distanceM, walkMinutes } from '#shared/geo.measure.ts'

/** What may be said about why; each is one sentence. */
export type Reason =
  | { kind: 'chosen'; count: number; total: number; runoff: boolean }
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
  'winner' | 'by' | 'runoff' | 'runoffChoices' | 'people' | 'candidates' | 'meeting'
>

/** Farther than this nobody walks to dinner: the minutes would tell nothing. */
const WALK_MOST_MIN = 60
const MOST = 3

/** At most three, the strongest first. Only what the page knows for sure: after a run-off it doesn't know of passes. */
export function reasonsOf(decision: Facts): Reason[] {
  const { people, runoff } = decision
  // The people at the table beside it, and those with a tick: whoever counts them comes to the same.
  const count = people.filter(({ choseWinner }) => choseWinner).length
  const reasons: Reason[] = []
  if (count > 0) reasons.push({ kind: 'chosen', count, total: people.length, runoff })
  reasons.push(...howOf(decision, count), ...tieOf(decision))
  const minutes = decision.meeting && walkMinutes(distanceM(decision.meeting, decision.winner))
  if (minutes !== null && minutes <= WALK_MOST_MIN) reasons.push({ kind: 'walk', minutes })
  return reasons.slice(0, MOST)
}

function howOf({ by, runoff, runoffChoices }: Facts, count: number): Reason[] {
  if (by === 'draw') {
    if (!runoff) return [{ kind: 'byDrawFine' }]
    return [{ kind: count > 0 ? 'byDraw' : 'byDrawNone' }]
  }
  if (runoff) return runoffChoices ? [] : [{ kind: 'byRunoff' }]
  if (by === 'choices') return [{ kind: 'hardForNobody' }]
  return [{ kind: count > 0 ? 'leastHard' : 'anythingFine' }]
}

function tieOf({ runoffChoices, candidates }: Facts): Reason[] {
  if (!runoffChoices) return []
  const numbers = new Set(runoffChoices.map(([number]) => number))
  const tied = candidates.filter(({ number }) => numbers.has(number))
  return [{ kind: 'tied', names: tied.map(({ name }) => name), count: tied[0]?.choices ?? 0 }]
}
