import { expect, test } from 'vitest'
import { spreadSpots } from './spread.ts'

const at = (spots: { number: number; x: number; y: number }[], gap: number, most: number) => {
  const shifts = spreadSpots(spots, gap, most)
  return spots.map(({ number, x, y }) => {
    const by = shifts.get(number) ?? { x: 0, y: 0 }
    return { x: x + by.x, y: y + by.y }
  })
}
const apart = (a: { x: number; y: number } | undefined, b: { x: number; y: number } | undefined) =>
  Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))

test('who has room stays', () => {
  const shifts = spreadSpots(
    [
      { number: 1, x: 0, y: 0 },
      { number: 2, x: 60, y: 0 },
    ],
    50,
    20,
  )
  expect([...shifts.values()]).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ])
})

test('neighbours part until both are seen, even on the same ground', () => {
  for (const x of [0, 12, 30]) {
    const [a, b] = at(
      [
        { number: 1, x: 0, y: 0 },
        { number: 2, x, y: 0 },
      ],
      50,
      26,
    )
    expect(apart(a, b)).toBeGreaterThan(49)
  }
})

test('nobody leaves the place by more than the limit', () => {
  const heap = Array.from({ length: 6 }, (_, index) => ({ number: index + 1, x: 0, y: index % 2 }))
  for (const { x, y } of spreadSpots(heap, 50, 20).values())
    expect(Math.hypot(x, y)).toBeLessThanOrEqual(20.001)
})
