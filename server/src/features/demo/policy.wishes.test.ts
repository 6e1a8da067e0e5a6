import { expect, test } from 'vitest'
import { islandPlaces } from '#shared/demo.places.ts'
import { distanceM } from '#shared/geo.measure.ts'
import type { RoomView } from './policy.room.ts'
import { nextWish } from './policy.wishes.ts'

const [first, ...others] = islandPlaces
const far = others.find((place) => first && distanceM(first, place) > 300)
if (!first || !far) throw new Error('the island is small')
const candidates = [first, far].map((place, index) => ({
  ...place,
  number: index + 1,
  withdrawnAt: null,
}))
const view = { candidates, info: { zone: 'UTC' } } as unknown as RoomView
const mood = { view, now: 0, followed: false, resting: false }
/** 0.2 to 0.99, over and over: now a candidate, now something else. */
const chances = Array.from({ length: 80 }, (_, index) => 0.2 + ((index * 37) % 80) / 100)

test('a friend looks where no other friend does: their names would lie on each other', () => {
  for (const start of chances.keys()) {
    let at = start
    const random = (): number => chances[at++ % chances.length] ?? 0.5
    const { to } = nextWish('mina', { ...mood, taken: [first] }, random)
    expect(distanceM(to, first), `from ${start}`).toBeGreaterThan(100)
  }
})
