import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isQuorum, stepQuorum } from './votes.quorum.ts'
import type { QuorumFacts } from './votes.quorum.ts'

const base: QuorumFacts = {
  now: 40_000,
  openedAt: 0,
  deadlineAt: 180_000,
  closing: null,
  deadlineBefore: null,
  holdUntil: null,
  present: [1, 2],
  presentBefore: [],
  ticked: new Set([1, 2]),
  entered: 3,
  changed: false,
}
const closing: QuorumFacts = {
  ...base,
  now: 45_000,
  deadlineAt: 50_000,
  deadlineBefore: 180_000,
  closing: { by: 'quorum', at: 40_000 },
  presentBefore: [1, 2],
}

describe('closing by quorum', () => {
  it('starts when all present have a tick, never with nobody, never with one of several', () => {
    expect(stepQuorum(base)).toEqual({ kind: 'closing', deadlineAt: 50_000 })
    expect(stepQuorum({ ...base, ticked: new Set([1]) })).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...base, present: [] })).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...base, present: [1] })).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...base, present: [1], entered: 1 })).toEqual({
      kind: 'closing',
      deadlineAt: 50_000,
    })
    expect(stepQuorum({ ...base, present: null })).toEqual({ kind: 'nothing' })
  })

  it('not in the first 30 s, and never later than the deadline was', () => {
    expect(stepQuorum({ ...base, now: 29_999 })).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...base, now: 30_000 })).toEqual({ kind: 'closing', deadlineAt: 40_000 })
    expect(stepQuorum({ ...base, now: 175_000 })).toEqual({ kind: 'closing', deadlineAt: 180_000 })
  })

  it('a change or an arrival starts it over; a leaving does not', () => {
    expect(stepQuorum(closing)).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...closing, changed: true })).toEqual({
      kind: 'closing',
      deadlineAt: 55_000,
    })
    expect(stepQuorum({ ...closing, present: [1, 2, 3], ticked: new Set([1, 2, 3]) })).toEqual({
      kind: 'closing',
      deadlineAt: 55_000,
    })
    expect(stepQuorum({ ...closing, presentBefore: [1, 2, 3] })).toEqual({ kind: 'nothing' })
  })

  it('without all ticks, held, or with presence unknown at a change it goes back to the deadline before', () => {
    const back = { kind: 'open', deadlineAt: 180_000 }
    expect(stepQuorum({ ...closing, present: [1, 2, 3] })).toEqual(back)
    expect(stepQuorum({ ...closing, changed: true, ticked: new Set([1]) })).toEqual(back)
    expect(stepQuorum({ ...closing, holdUntil: 100_000 })).toEqual(back)
    expect(stepQuorum({ ...closing, present: null, changed: true })).toEqual(back)
    expect(stepQuorum({ ...closing, present: null })).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...base, holdUntil: 40_001 })).toEqual({ kind: 'nothing' })
    expect(stepQuorum({ ...base, holdUntil: 40_000 })).toEqual({
      kind: 'closing',
      deadlineAt: 50_000,
    })
  })

  it("leaves the host's closing alone", () => {
    expect(
      stepQuorum({ ...closing, closing: { by: 'host', at: 0 }, present: [], changed: true }),
    ).toEqual({ kind: 'nothing' })
  })

  it('is closing after a step exactly if it may be, in any state', () => {
    const seats = fc.uniqueArray(fc.integer({ min: 1, max: 4 }))
    const any = fc.record({
      now: fc.integer({ min: 0, max: 170_000 }),
      isClosing: fc.boolean(),
      hold: fc.option(fc.integer({ min: 0, max: 200_000 })),
      present: seats,
      presentBefore: seats,
      ticks: seats,
      entered: fc.integer({ min: 1, max: 4 }),
      changed: fc.boolean(),
    })
    fc.assert(
      fc.property(any, ({ isClosing, hold, ticks, ...rest }) => {
        const deadlineAt = isClosing ? rest.now + 3_000 : 180_000
        const facts: QuorumFacts = {
          ...rest,
          openedAt: 0,
          deadlineAt,
          deadlineBefore: isClosing ? 180_000 : null,
          holdUntil: hold,
          ticked: new Set(ticks),
          closing: isClosing ? { by: 'quorum', at: rest.now - 7_000 } : null,
        }
        const may =
          isQuorum(rest.present, facts.ticked, rest.entered) &&
          rest.now >= 30_000 &&
          (hold === null || rest.now >= hold)
        const step = stepQuorum(facts)
        expect(step.kind === 'nothing' ? isClosing : step.kind === 'closing').toBe(may)
      }),
      { numRuns: 2_000 },
    )
  })
})
