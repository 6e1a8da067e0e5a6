import { expect, test } from 'vitest'
import { isInside } from './demo.island.curves.ts'
import { coast, contours, park, pond, soil, summit, wood } from './demo.island.ground.ts'

test('firm land lies within the coast, and what grows on it within the land', () => {
  expect(soil.filter((point) => !isInside(point, coast)).length).toBeLessThan(soil.length * 0.1)
  for (const green of [wood, park])
    expect(green.filter((point) => !isInside(point, soil))).toEqual([])
  expect(pond.filter((point) => !isInside(point, park))).toEqual([])
})

test('the mountain rises in its wood, each contour within the lower one, to the summit', () => {
  expect(contours.map(({ height }) => height)).toEqual([40, 80, 110])
  const rings = [wood, ...contours.map(({ line }) => line), [summit]]
  for (const [index, ring] of rings.slice(1).entries())
    expect(ring.filter((point) => !isInside(point, rings[index] ?? []))).toEqual([])
})
