import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countBallots,
  decideFirst,
  decideRunoff,
  isDeadlineAllowed,
  leading,
  passLimit,
} from './votes.rules.ts'
import type { Ballot, Result } from './votes.rules.ts'

const ballot = fc
  .array(fc.constantFrom('chosen', 'passed', 'none'), { minLength: 7, maxLength: 7 })
  .chain((stances) => fc.boolean().map((wantsFine) => toBallot(stances, wantsFine)))
const ballots = fc.array(ballot, { maxLength: 8 })
const standing = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 })

function toBallot(stances: string[], wantsFine: boolean): Ballot {
  const of = (stance: string): number[] =>
    stances.flatMap((each, index) => (each === stance ? [index + 1] : []))
  const chosen = of('chosen')
  return { chosen, passed: of('passed'), fine: wantsFine && chosen.length === 0 }
}

/** The rules said again in another way: pairwise, candidate by candidate, without sorting or minima. */
function oracle(numbers: number[], people: Ballot[]): { kind: string; numbers: number[] } {
  const choices = (n: number): number => people.filter(({ chosen }) => chosen.includes(n)).length
  const passes = (n: number): number => people.filter(({ passed }) => passed.includes(n)).length
  const chosen = numbers.filter((n) => choices(n) > 0)
  if (chosen.length === 0) {
    if (!people.some(({ fine }) => fine)) return { kind: 'none', numbers: [] }
    const pool = numbers.filter((n) => numbers.every((m) => passes(m) >= passes(n)))
    return { kind: pool.length === 1 ? 'winner' : 'draw', numbers: pool.toSorted((a, b) => a - b) }
  }
  const beats = (a: number, b: number): boolean =>
    (passes(a) === 0 && passes(b) > 0) ||
    (passes(a) > 0 && passes(b) > 0 && passes(a) < passes(b)) ||
    (passes(a) === passes(b) && choices(a) > choices(b))
  const best = chosen.filter((n) => !chosen.some((m) => beats(m, n)))
  return { kind: best.length === 1 ? 'winner' : 'tie', numbers: best.toSorted((a, b) => a - b) }
}

const picked = (result: Result): number[] =>
  result.kind === 'winner' ? [result.number] : result.kind === 'none' ? [] : result.numbers

describe('end of a first round', () => {
  it('agrees with the rules said another way, for any ballots', () => {
    fc.assert(
      fc.property(standing, ballots, (numbers, people) => {
        const result = decideFirst(
          countBallots(numbers, people),
          people.some(({ fine }) => fine),
        )
        const expected = oracle(numbers, people)
        expect({ kind: result.kind, numbers: picked(result) }).toEqual(expected)
      }),
      { numRuns: 3_000 },
    )
  })

  it('does not depend on the order of people or of candidates', () => {
    fc.assert(
      fc.property(standing, ballots, (numbers, people) => {
        const anyFine = people.some(({ fine }) => fine)
        const there = decideFirst(countBallots(numbers, people), anyFine)
        expect(
          decideFirst(countBallots(numbers.toReversed(), people.toReversed()), anyFine),
        ).toEqual(there)
      }),
    )
  })

  it('a chosen candidate without a pass beats every one with a pass', () => {
    const result = decideFirst(
      [
        { number: 1, choices: 5, passes: 1 },
        { number: 2, choices: 1, passes: 0 },
      ],
      false,
    )
    expect(result).toEqual({ kind: 'winner', number: 2, by: 'choices', hard: [1] })
  })

  it('an unchosen candidate without a pass does not win over chosen ones that have passes', () => {
    const counts = [
      { number: 1, choices: 2, passes: 2 },
      { number: 2, choices: 1, passes: 1 },
      { number: 3, choices: 0, passes: 0 },
    ]
    expect(decideFirst(counts, true)).toEqual({
      kind: 'winner',
      number: 2,
      by: 'fewest_passes',
      hard: [1],
    })
  })

  it('says nothing of passes that changed nothing', () => {
    const result = decideFirst(
      [
        { number: 1, choices: 3, passes: 0 },
        { number: 2, choices: 1, passes: 2 },
      ],
      false,
    )
    expect(result).toEqual({ kind: 'winner', number: 1, by: 'choices', hard: [] })
  })

  it('equal in choices and passes is a tie; nothing chosen is no decision, or a draw if anything is fine', () => {
    expect(
      decideFirst(
        [
          { number: 4, choices: 2, passes: 1 },
          { number: 3, choices: 2, passes: 1 },
        ],
        false,
      ),
    ).toEqual({ kind: 'tie', numbers: [3, 4], hard: [] })
    const untouched = [
      { number: 1, choices: 0, passes: 1 },
      { number: 2, choices: 0, passes: 0 },
      { number: 3, choices: 0, passes: 0 },
    ]
    expect(decideFirst(untouched, false)).toEqual({ kind: 'none' })
    expect(decideFirst(untouched, true)).toEqual({ kind: 'draw', numbers: [2, 3], hard: [1] })
    expect(decideFirst(untouched.slice(0, 2), true)).toEqual({
      kind: 'winner',
      number: 2,
      by: 'fewest_passes',
      hard: [1],
    })
  })
})

describe('end of a run-off', () => {
  it('is the most chosen; equal or untouched is the draw among those', () => {
    const of = (...choices: number[]): Result =>
      decideRunoff(choices.map((each, index) => ({ number: index + 2, choices: each, passes: 0 })))
    expect(of(1, 3)).toEqual({ kind: 'winner', number: 3, by: 'choices', hard: [] })
    expect(of(2, 2, 1)).toEqual({ kind: 'draw', numbers: [2, 3], hard: [] })
    expect(of(0, 0, 0)).toEqual({ kind: 'draw', numbers: [2, 3, 4], hard: [] })
  })
})

describe('limits', () => {
  it('half of the standing may be passed, rounded down, at least one', () => {
    expect([0, 1, 2, 3, 4, 5, 30].map(passLimit)).toEqual([1, 1, 1, 1, 2, 2, 15])
  })

  it('leading counts choices only', () => {
    expect(
      leading([
        { number: 2, choices: 1 },
        { number: 1, choices: 1 },
        { number: 3, choices: 0 },
      ]),
    ).toEqual([1, 2])
    expect(leading([{ number: 2, choices: 0 }])).toEqual([])
  })

  it('a deadline lies ahead, after the one before, and at most 24 h from now', () => {
    const day = 24 * 3_600_000
    expect(isDeadlineAllowed(2_000, 1_000, 1_500)).toBe(true)
    expect(isDeadlineAllowed(1_500, 1_000, 1_500)).toBe(false)
    expect(isDeadlineAllowed(1_000, 1_000, 0)).toBe(false)
    expect(isDeadlineAllowed(1_000 + day, 1_000, 0)).toBe(true)
    expect(isDeadlineAllowed(1_001 + day, 1_000, 0)).toBe(false)
    expect(isDeadlineAllowed(Number.NaN, 1_000, 0)).toBe(false)
  })
})
