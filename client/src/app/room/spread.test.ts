import { expect, test } from 'vitest'
import { meets } from '../../lib/boxes.ts'
import { coveredBy, labelBox, namesThatFit, spreadSpots } from './spread.ts'
import type { Standing } from './spread.ts'

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

const dishAt = (number: number, x: number, y: number, first = false): Standing => ({
  number,
  x,
  y,
  dish: 48,
  name: '빈대떡마을',
  first,
})
const MOST_PX = 132

test('no two names that are shown cover each other, and none another dish', () => {
  const crowd = Array.from({ length: 12 }, (_, i) =>
    dishAt(i + 1, (i % 4) * 45, Math.floor(i / 4) * 40),
  )
  const named = crowd.filter(({ number }) => namesThatFit(crowd, MOST_PX).has(number))
  const boxes = named.map((one) => labelBox(one, MOST_PX))
  expect(named.length).toBeGreaterThan(0)
  for (const [index, box] of boxes.entries())
    for (const other of boxes.slice(index + 1)) expect(meets(box, other)).toBe(false)
})

test('who leads keeps its name, and the neighbour below gives way', () => {
  const pair = [dishAt(1, 0, 0), dishAt(2, 20, 0, true)]
  expect([...namesThatFit(pair, MOST_PX)]).toEqual([2])
  expect([...namesThatFit([dishAt(1, 0, 0), dishAt(2, 300, 0)], MOST_PX)]).toEqual([1, 2])
})

test('a long name takes two lines, and all of it is kept clear', () => {
  const long = { ...dishAt(1, 0, 0), name: '아주 긴 이름을 가진 어느 골목 안 식당' }
  const box = labelBox(long, MOST_PX)
  expect(box.right - box.left).toBe(MOST_PX)
  expect(box.bottom - box.top).toBe(32)
  expect(coveredBy([long], MOST_PX)).toContainEqual(box)
})
