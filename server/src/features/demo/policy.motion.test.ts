import { expect, test } from 'vitest'
import { distanceM, holds } from '#shared/geo.measure.ts'
import { isFree, setOut, startMotion, stepMotion } from './policy.motion.ts'

const from = { lat: 31.5, lng: 152 }
const to = { lat: 31.503, lng: 152.004 }
const wish = { to, stayMs: 2_000, pace: 1, centre: false }

/** Steps of a tenth of a second until it is free again. */
function walk(pace: number) {
  let motion = setOut(startMotion(from, 0), { ...wish, pace }, 0, () => 0.5)
  const leaps: number[] = []
  let now = 0
  for (; !isFree(motion, now) && now < 60_000; now += 100) {
    const before = motion.at
    ;({ motion } = stepMotion(motion, now))
    leaps.push(distanceM(before, motion.at))
  }
  return { motion, leaps, now }
}

test('a pointer starts and ends slowly, arrives, and stays a while', () => {
  const { motion, leaps, now } = walk(1)
  expect(distanceM(motion.at, to)).toBeLessThan(0.5)
  const moving = leaps.filter((metres) => metres > 0.1)
  const fastest = Math.max(...moving)
  expect(moving[0]).toBeLessThan(fastest / 4)
  expect(moving.at(-1)).toBeLessThan(fastest / 4)
  expect(fastest).toBeLessThan(distanceM(from, to) / 3)
  expect(now).toBeGreaterThan(leaps.findLastIndex((metres) => metres > 0) * 100 + 1_800)
})

test('who is followed moves slower', () => {
  expect(walk(1.9).now).toBeGreaterThan(walk(1).now)
})

test('the map comes along when a place is near its edge, and ends with it inside', () => {
  const { motion } = walk(1)
  expect(holds(motion.view, to)).toBe(true)
  const still = setOut(
    startMotion(from, 0),
    { ...wish, to: { lat: 31.5001, lng: 152 } },
    0,
    () => 0,
  )
  expect(still.panning).toBeNull()
})
