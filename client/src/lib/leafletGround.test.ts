import { describe, expect, it } from 'vitest'
import { inverseScales } from './leafletGround.ts'

describe('inverse of a zoom', () => {
  it('undoes the scale at every step of the same progress', () => {
    for (const [from, to] of [
      [1, 2],
      [1, 0.5],
      [2, 1],
      [1, 16],
    ] as const) {
      const steps = inverseScales(from, to, 10)
      for (const [i, inverse] of steps.entries())
        expect(inverse * (from + ((to - from) * i) / 10)).toBeCloseTo(1, 12)
    }
  })
})
