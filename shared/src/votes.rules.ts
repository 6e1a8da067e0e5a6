import { limits } from './limits.ts'
import type { WonBy } from './votes.ts'

/** What one person has in a round; a removed person has none. */
export interface Ballot {
  chosen: readonly number[]
  passed: readonly number[]
  fine: boolean
}
export interface Count {
  number: number
  choices: number
  passes: number
}
/** How a round ends. `hard`: candidates that were passed over, ascending. */
export type Result =
  | { kind: 'winner'; number: number; by: Exclude<WonBy, 'draw'>; hard: number[] }
  /** Equal in everything: a run-off after a first round. */
  | { kind: 'tie'; numbers: number[]; hard: number[] }
  | { kind: 'draw'; numbers: number[]; hard: number[] }
  | { kind: 'none' }

/** Choices and passes of each standing candidate, in the order of `standing`; others don't count. */
export function countBallots(standing: readonly number[], ballots: readonly Ballot[]): Count[] {
  const counts = new Map(standing.map((number) => [number, { number, choices: 0, passes: 0 }]))
  for (const { chosen, passed } of ballots) {
    for (const number of chosen) bump(counts, number, 'choices')
    for (const number of passed) bump(counts, number, 'passes')
  }
  return [...counts.values()]
}

function bump(counts: Map<number, Count>, number: number, what: 'choices' | 'passes'): void {
  const count = counts.get(number)
  if (count) count[what]++
}

/**
 * End of a first round. Most choices among the chosen candidates without a pass; if each chosen one has a pass, fewest passes and then
 * most choices. Nothing chosen: among all standing with fewest passes a draw, if anyone said "anything is fine" (alone there: it wins).
 */
export function decideFirst(counts: readonly Count[], anyFine: boolean): Result {
  const chosen = counts.filter(({ choices }) => choices > 0)
  if (chosen.length === 0) return anyFine ? decideFine(counts) : { kind: 'none' }
  const leastPasses = Math.min(...chosen.map(({ passes }) => passes))
  const left = chosen.filter(({ passes }) => passes === leastPasses)
  const mostChoices = Math.max(...left.map(({ choices }) => choices))
  const best = numbersOf(left.filter(({ choices }) => choices === mostChoices))
  const hard = numbersOf(
    chosen.filter(({ passes, choices }) => passes > leastPasses && choices >= mostChoices),
  )
  const [number, ...others] = best
  if (number === undefined || others.length > 0) return { kind: 'tie', numbers: best, hard }
  return {
    kind: 'winner',
    number,
    by: leastPasses === 0 ? 'choices' : 'fewest_passes',
    hard,
  }
}

function decideFine(counts: readonly Count[]): Result {
  if (counts.length === 0) return { kind: 'none' }
  const leastPasses = Math.min(...counts.map(({ passes }) => passes))
  const numbers = numbersOf(counts.filter(({ passes }) => passes === leastPasses))
  const hard = numbersOf(counts.filter(({ passes }) => passes > leastPasses))
  const [number, ...others] = numbers
  return number === undefined || others.length > 0
    ? { kind: 'draw', numbers, hard }
    : { kind: 'winner', number, by: 'fewest_passes', hard }
}

/** End of a run-off: most choices; equal, or none at all: the draw among those. `counts` holds the tied candidates. */
export function decideRunoff(counts: readonly Count[]): Result {
  const most = Math.max(...counts.map(({ choices }) => choices))
  const best = numbersOf(counts.filter(({ choices }) => choices === most))
  const [number, ...others] = best
  return number === undefined || others.length > 0
    ? { kind: 'draw', numbers: best, hard: [] }
    : { kind: 'winner', number, by: 'choices', hard: [] }
}

/** How many standing candidates a person may pass: half of them, rounded down, at least one. */
export function passLimit(standing: number): number {
  return Math.max(1, Math.floor(standing / 2))
}

/** Candidates with most choices so far, ascending; passes play no part. None while nothing is chosen. */
export function leading(counts: readonly Pick<Count, 'number' | 'choices'>[]): number[] {
  const most = Math.max(0, ...counts.map(({ choices }) => choices))
  return most === 0 ? [] : numbersOf(counts.filter(({ choices }) => choices === most))
}

/** True when a deadline may be set: after `after` (the current one, or now) and at most 24 h from now. All in ms. */
export function isDeadlineAllowed(
  deadlineAt: number,
  now: number,
  after: number,
  maxMs: number = limits.ROUND_DEADLINE_MAX_MS,
): boolean {
  return (
    Number.isSafeInteger(deadlineAt) &&
    deadlineAt > after &&
    deadlineAt > now &&
    deadlineAt <= now + maxMs
  )
}

function numbersOf(counts: readonly { number: number }[]): number[] {
  return counts.map(({ number }) => number).sort((a, b) => a - b)
}
