import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { applyAct, chosenBy, newVoter, stanceOn } from './votes.acts.ts'
import type { RoundFacts, Voter } from './votes.acts.ts'
import type { Act } from './votes.ts'

const first = { kind: 'first', choosable: new Set([1, 2, 3, 4]) } as const
const runoff = { kind: 'runoff', choosable: new Set([2, 3]) } as const
const act = fc.oneof(
  fc.record({
    kind: fc.constantFrom('choose', 'unchoose', 'pass', 'unpass'),
    number: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ kind: fc.constantFrom('fine', 'unfine') }),
) as fc.Arbitrary<Act>

function run(voter: Voter, one: Act, facts: RoundFacts, lastOwn?: number): string | null {
  try {
    applyAct(voter, one, lastOwn, facts)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('acts of one person', () => {
  it('keep the rules, whatever is tapped in whatever order', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.boolean(), (acts, isRunoff) => {
        const facts = isRunoff ? runoff : first
        const voter = newVoter()
        for (const one of acts) {
          const before = structuredClone(voter)
          const refused = run(voter, one, facts) !== null
          expect(refused ? voter : { own: voter.own }).toEqual(
            refused ? before : { own: before.own + 1 },
          )
          expect(voter.fine && chosenBy(voter).length > 0).toBe(false)
          expect(isRunoff && chosenBy(voter).length > 1).toBe(false)
          const passed = [...voter.stances].filter(([, { stance }]) => stance === 'passed')
          expect(passed.length).toBeLessThanOrEqual(isRunoff ? 0 : 2)
          expect(refused ? [] : writtenWrong(voter, before, one)).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  /** Rows without this action's number although they changed or were tapped. */
  function writtenWrong(voter: Voter, before: Voter, one: Act): string[] {
    const rows = [...voter.stances].filter(([number, row]) => {
      const tapped = 'number' in one && one.number === number
      return (tapped || row.stance !== stanceOn(before, number)) && row.own !== voter.own
    })
    const fineWrong =
      (voter.fine !== before.fine || !('number' in one)) && voter.fineOwn !== voter.own
    const missing = 'number' in one && !voter.stances.has(one.number)
    return [
      ...rows.map(([number]) => `row ${number}`),
      ...(fineWrong ? ['fine'] : []),
      ...(missing ? ['missing'] : []),
    ]
  }

  it('"anything is fine" clears choices and keeps passes; a choice clears it', () => {
    const voter = newVoter()
    for (const one of [
      { kind: 'choose', number: 1 },
      { kind: 'pass', number: 2 },
      { kind: 'fine' },
    ] as const)
      expect(run(voter, one, first)).toBeNull()
    expect([voter.fine, chosenBy(voter), stanceOn(voter, 2)]).toEqual([true, [], 'passed'])
    expect(run(voter, { kind: 'choose', number: 3 }, first)).toBeNull()
    expect([voter.fine, voter.fineOwn, chosenBy(voter)]).toEqual([false, 4, [3]])
  })

  it('passes on withdrawn candidates stay and use no limit', () => {
    const voter = newVoter()
    expect([1, 2].map((number) => run(voter, { kind: 'pass', number }, first))).toEqual([
      null,
      null,
    ])
    expect(run(voter, { kind: 'pass', number: 3 }, first)).toBe('pass_limit')
    const fewer: RoundFacts = { kind: 'first', choosable: new Set([2, 3, 4, 5]) }
    expect(run(voter, { kind: 'pass', number: 3 }, fewer)).toBeNull()
    expect(stanceOn(voter, 1)).toBe('passed')
    expect(run(voter, { kind: 'unpass', number: 1 }, fewer)).toBeNull()
    expect(run(voter, { kind: 'choose', number: 1 }, fewer)).toBe('candidate_unknown')
  })

  it('a kept act is refused once something newer is stored for that candidate, and only for that', () => {
    const voter = newVoter()
    expect(run(voter, { kind: 'choose', number: 1 }, first)).toBeNull()
    expect(run(voter, { kind: 'unchoose', number: 1 }, first, 0)).toBe('changed_elsewhere')
    expect(run(voter, { kind: 'choose', number: 2 }, first, 0)).toBeNull()
    expect(run(voter, { kind: 'unchoose', number: 1 }, first, 1)).toBeNull()
    expect(run(voter, { kind: 'fine' }, first, 0)).toBeNull()
    expect(run(voter, { kind: 'unfine' }, first, 0)).toBe('changed_elsewhere')
  })

  it('in a run-off a choice takes the other back, and nothing is passed', () => {
    const voter = newVoter()
    expect(run(voter, { kind: 'choose', number: 2 }, runoff)).toBeNull()
    expect(run(voter, { kind: 'choose', number: 3 }, runoff)).toBeNull()
    expect([...voter.stances]).toEqual([
      [2, { stance: 'none', own: 2 }],
      [3, { stance: 'chosen', own: 2 }],
    ])
    expect(run(voter, { kind: 'pass', number: 2 }, runoff)).toBe('pass_in_runoff')
    expect(run(voter, { kind: 'choose', number: 1 }, runoff)).toBe('candidate_unknown')
  })
})
