import { expect, test } from 'vitest'
import { LOWER_MOST, lowerSpots, UPPER_MOST, upperSpots } from './seating.ts'
import type { Spot } from './seating.ts'

const apart = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y) - (a.size + b.size) / 2

test('four who chose and two more sit as drawn', () => {
  const round = (spots: Spot[]) => spots.map(({ x, y }) => [Math.round(x), Math.round(y)])
  expect(round(upperSpots(4, 148))).toEqual([
    [-90, -34],
    [-38, -88],
    [38, -88],
    [90, -34],
  ])
  expect(round(lowerSpots(2, 148))).toEqual([
    [-85, 45],
    [85, 45],
  ])
})

test('whatever their number, nobody sits on another, on the number or off the table', () => {
  const number: Spot = { x: 0, y: 75, size: 34 }
  for (const dish of [148, 96])
    for (let up = 0; up <= UPPER_MOST + 3; up++)
      for (let low = 0; low <= LOWER_MOST + 3; low++) {
        const scale = dish / 148
        const mark = { ...number, y: number.y * scale, size: number.size * scale }
        const all = [...upperSpots(up, dish), ...lowerSpots(low, dish)]
        for (const [index, spot] of all.entries()) {
          expect(apart(spot, mark)).toBeGreaterThan(0)
          expect(Math.abs(spot.x) + spot.size / 2).toBeLessThanOrEqual(125 * scale)
          for (const other of all.slice(index + 1)) expect(apart(spot, other)).toBeGreaterThan(0)
        }
      }
})
