import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '#shared/geo.measure.ts'
import {
  cellBounds,
  cellsOf,
  CLUSTER_ZOOMS,
  countCells,
  drawnAt,
  spotsOf,
  standApart,
  touches,
} from './policy.cells.ts'
import { spotOf } from './policy.spots.ts'

const position = fc.record({
  lat: fc.double({ min: -84, max: 84, noNaN: true }),
  lng: fc.double({ min: -179, max: 179, noNaN: true }),
})
const zooms = fc.integer({ min: CLUSTER_ZOOMS.first, max: CLUSTER_ZOOMS.last })
const boxOf = ({ lat, lng }: { lat: number; lng: number }) => ({
  south: lat,
  north: lat,
  west: lng,
  east: lng,
})

test('a position is within the box of its cell, its spot among the cell’s spots, and drawn inside it', () => {
  fc.assert(
    fc.property(position, zooms, (at, zoom) => {
      const spot = spotOf(at)
      const { from: cell, to } = cellsOf(zoom, { from: spot, to: spot })
      expect(to).toBe(cell)
      const { from, to: last } = spotsOf(zoom, cell)
      expect(from <= spot && spot <= last).toBe(true)
      const { south, west, north, east } = cellBounds(zoom, cell)
      const e = 1e-9
      expect(
        holds({ south: south - e, west: west - e, north: north + e, east: east + e }, at),
      ).toBe(true)
      expect(holds({ south, west, north, east }, drawnAt(zoom, cell, at))).toBe(true)
      expect(touches(boxOf(at), zoom)(cell)).toBe(true)
      expect(countCells(boxOf(at), zoom)).toBe(1)
    }),
  )
})

test('clusters of neighbouring cells are drawn 56 px apart, however close their places lie', () => {
  fc.assert(
    fc.property(position, zooms, ({ lat, lng }, zoom) => {
      const cell = cellsOf(zoom, { from: spotOf({ lat, lng }), to: spotOf({ lat, lng }) }).from
      const { south, west, north, east } = cellBounds(zoom, cell)
      const beyond = { lat: (south + north) / 2, lng: west - (east - west) * 1e-6 }
      const neighbour = cellsOf(zoom, { from: spotOf(beyond), to: spotOf(beyond) }).from
      fc.pre(neighbour !== cell)
      const pair = [drawnAt(zoom, cell, { ...beyond, lng: west }), drawnAt(zoom, neighbour, beyond)]
      expect(standApart(pair, zoom, 55.9)).toBe(true)
      expect(standApart(pair, zoom, 130)).toBe(false)
    }),
  )
})
