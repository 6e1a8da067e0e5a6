import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveLeader } from './state.presenceFollow.ts'

const graph = (edges: Record<number, number>) => (seat: number) => edges[seat] ?? 0

describe('whose view I show', () => {
  it('is the end of the chain', () => {
    expect(resolveLeader(1, 2, graph({}))).toBe(2)
    expect(resolveLeader(1, 2, graph({ 2: 3, 3: 4 }))).toBe(4)
  })
  it('is nobody’s when the chain comes back to me', () => {
    expect(resolveLeader(1, 2, graph({ 2: 1 }))).toBeNull()
    expect(resolveLeader(1, 2, graph({ 2: 3, 3: 1 }))).toBeNull()
    expect(resolveLeader(1, 1, graph({}))).toBeNull()
  })
  it('is a member of a ring that I am not in, which holds still', () => {
    expect(resolveLeader(1, 2, graph({ 2: 3, 3: 2 }))).toBe(2)
    expect(resolveLeader(1, 2, graph({ 2: 3, 3: 4, 4: 3 }))).toBe(2)
  })
  it('always ends, and nobody’s map is driven by somebody who is driven by theirs', () => {
    const edges = fc.dictionary(
      fc.integer({ min: 1, max: 8 }).map(String),
      fc.integer({ min: 0, max: 8 }),
    )
    fc.assert(
      fc.property(edges, (raw) => {
        const followOf = (seat: number): number => raw[String(seat)] ?? 0
        for (let me = 1; me <= 8; me++) {
          if (followOf(me) === 0) continue
          const leader = resolveLeader(me, followOf(me), followOf)
          if (leader === null) continue
          const drives =
            followOf(leader) === 0 ? null : resolveLeader(leader, followOf(leader), followOf)
          expect([leader, drives]).not.toContain(me)
        }
      }),
    )
  })
})
