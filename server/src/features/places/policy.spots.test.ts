import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangesAround, spotOf, tileRanges, zoomFor } from './policy.spots.ts'

const position = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
})

test('a position is in the tile that holds it, at every zoom, and its number is exact', () => {
  fc.assert(
    fc.property(position, fc.integer({ min: 0, max: 22 }), (at, zoom) => {
      const spot = spotOf(at)
      expect(Number.isSafeInteger(spot)).toBe(true)
      const box = { south: at.lat, north: at.lat, west: at.lng, east: at.lng }
      const [range] = tileRanges(box, zoom)
      expect(range && range.from <= spot && spot <= range.to).toBe(true)
      expect(rangesAround(at, zoom).some(({ from, to }) => from <= spot && spot <= to)).toBe(true)
    }),
  )
})

test('a box is covered by few tiles, none twice', () => {
  const seoul = { south: 37.4, west: 126.8, north: 37.7, east: 127.2 }
  const zoom = zoomFor(seoul, 150)
  const ranges = tileRanges(seoul, zoom)
  expect(ranges.length).toBeLessThanOrEqual(150)
  expect(ranges.length).toBeGreaterThan(30)
  expect(new Set(ranges.map((range) => range.from)).size).toBe(ranges.length)
  expect(zoomFor({ south: -85, west: -180, north: 85, east: 180 }, 150)).toBe(3)
})
