import { expect, test } from 'vitest'
import { boundsOf } from './state.bounds.ts'

const size = (points: { lat: number; lng: number }[]): [number, number] => {
  const box = boundsOf(points)
  return box ? [box.north - box.south, box.east - box.west] : [0, 0]
}

test('one point is shown with a few streets around it, and so are points on one spot', () => {
  expect(boundsOf([])).toBeNull()
  const [height, width] = size([{ lat: 37.5, lng: 127 }])
  expect([height, width]).toEqual([expect.closeTo(0.002), expect.closeTo(0.002)])
  expect(
    size([
      { lat: 37.5, lng: 127 },
      { lat: 37.5001, lng: 127 },
    ])[0],
  ).toBeCloseTo(0.002)
})

test('two in a row fill the view: nothing is added above and below that makes them small', () => {
  const [height, width] = size([
    { lat: 37.5, lng: 127 },
    { lat: 37.5, lng: 127.0013 },
  ])
  expect(height).toBeLessThan(width)
  expect(width).toBeCloseTo(0.0013 * 1.15)
})
