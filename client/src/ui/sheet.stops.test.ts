import { describe, expect, test } from 'vitest'
import { dragTo, nextStop, settleAt, sheetTops, stepStop, velocityOf } from './sheet.stops.ts'

const tops = sheetTops(844, 16)

describe('stops', () => {
  test('lie where the design says', () => {
    expect(tops.full).toBe(64)
    expect(tops.half).toBeCloseTo(844 * 0.505)
    expect(tops.peek).toBeCloseTo(844 - 158.4)
  })
  test('half rises as far as its content needs, and leaves the map its share', () => {
    expect(sheetTops(844, 16, 0.435, 300).half).toBeCloseTo(844 * 0.435)
    expect(sheetTops(844, 16, 0.435, 520).half).toBe(324)
    expect(sheetTops(740, 16, 0.435, 900).half).toBeCloseTo(740 * 0.28)
  })
  test('grow with the text and never cross', () => {
    expect(sheetTops(844, 32).peek).toBeCloseTo(844 - 316.8)
    const low = sheetTops(300, 32)
    expect(low.full).toBeLessThanOrEqual(low.half)
    expect(low.half).toBeLessThanOrEqual(low.peek)
  })
})

describe('a release', () => {
  test('without speed goes to the nearest stop', () => {
    expect(settleAt(400, 0, tops)).toBe('half')
    expect(settleAt(200, 0, tops)).toBe('full')
    expect(settleAt(640, 0, tops)).toBe('peek')
  })
  test('with speed goes where it was thrown', () => {
    expect(settleAt(tops.half, -1.5, tops)).toBe('full')
    expect(settleAt(tops.half, 1.5, tops)).toBe('peek')
    expect(settleAt(tops.full, 3, tops)).toBe('peek')
  })
})

test('Enter walks up, then down again, one step at a time', () => {
  let at = { stop: 'peek' as 'peek' | 'half' | 'full', rising: true }
  const walked = [1, 2, 3, 4, 5].map(() => (at = nextStop(at.stop, at.rising)).stop)
  expect(walked).toEqual(['half', 'full', 'half', 'peek', 'half'])
  expect(stepStop('full', 1)).toBe('full')
  expect(stepStop('half', -1)).toBe('peek')
})

test('beyond the ends the sheet gives way less and less', () => {
  expect(dragTo(300, tops)).toBe(300)
  expect(dragTo(tops.full - 100, tops)).toBe(tops.full - 20)
  expect(dragTo(tops.peek + 100, tops)).toBe(tops.peek + 20)
})

test('velocity is that of the last 80 ms', () => {
  const samples = [
    { at: 0, y: 0 },
    { at: 500, y: 400 },
    { at: 540, y: 440 },
    { at: 560, y: 500 },
  ]
  expect(velocityOf(samples, 560)).toBeCloseTo(100 / 60)
  expect(velocityOf([], 0)).toBe(0)
})
