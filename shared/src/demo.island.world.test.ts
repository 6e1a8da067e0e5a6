import { expect, test } from 'vitest'
import { distanceToLine, fromLatLng, isInside, type Point } from './demo.island.curves.ts'
import { coast, park, pond, saltPans, soil } from './demo.island.ground.ts'
import { islandStreets } from './demo.island.streets.ts'
import { ISLAND_BOUNDS } from './demo.island.ts'
import { type IslandFeature, type Layer, makeIsland } from './demo.island.world.ts'
import { islandPlaces } from './demo.places.ts'
import { holds } from './geo.measure.ts'

const island = makeIsland()
const of = (layer: Layer): IslandFeature[] => island.filter((one) => one.layer === layer)
const pointsOf = ({ lines }: IslandFeature): Point[] =>
  lines.flat().map(([lng, lat]) => fromLatLng({ lat, lng }))
const houses = of('buildings').map(pointsOf)

test('is the same each time, to the last digit', () => {
  expect(JSON.stringify(makeIsland())).toBe(JSON.stringify(island))
})

test('has some hundred houses, trees, and everything else that a town by the sea has', () => {
  expect(houses.length).toBeGreaterThan(600)
  const kinds = new Set(island.map(({ tags }) => tags.kind))
  for (const kind of 'coast sand forest park lake contour pier market boat tree wave hall bus_stop peak lighthouse bay'.split(
    ' ',
  ))
    expect(kinds, kind).toContain(kind)
})

test('every name is there in both languages', () => {
  const named = island.filter(({ tags }) => tags.name ?? tags['name:en'])
  expect(named.length).toBeGreaterThan(40)
  for (const { tags } of named) {
    expect(tags.name).toMatch(/[가-힣]/)
    expect(tags['name:en']).toMatch(/^[^가-힣]+$/)
  }
})

test('streets lie on firm land', () => {
  const wet = islandStreets.filter(({ line }) => line.some((point) => !isInside(point, soil)))
  expect(wet.map(({ name }) => name)).toEqual([])
})

test('no house stands in water, in the park or on a street', () => {
  const wrong = houses.filter((house) => {
    const middle = middleOf(house)
    const streets = islandStreets.filter(({ line }) => line.some((point) => isNear(point, middle)))
    return alongEdges(house).some(
      (point) =>
        !isInside(point, soil) ||
        [park, pond, ...saltPans].some((area) => isInside(point, area)) ||
        streets.some(({ line, width }) => distanceToLine(point, line) < width / 2),
    )
  })
  expect(wrong).toEqual([])
})

test('no house stands in another', () => {
  const middles = houses.map((house) => middleOf(house))
  const wrong = houses.filter((house, index) => {
    const edge = alongEdges(house)
    return houses.some(
      (other, at) =>
        at !== index &&
        isNear(middles[index] ?? [0, 0], middles[at] ?? [0, 0]) &&
        edge.some((point) => isInside(point, other)),
    )
  })
  expect(wrong).toEqual([])
})

test('each place to eat has a house of its own', () => {
  for (const place of islandPlaces) {
    const at = fromLatLng(place)
    expect(houses.filter((house) => isInside(at, house)).length, place.nameEn).toBe(1)
  }
})

test('boats and waves float; all but the waves lies within the bounds', () => {
  const floating = island.filter(({ tags }) => tags.kind === 'boat' || tags.kind === 'wave')
  expect(floating.flatMap(pointsOf).filter((point) => isInside(point, coast))).toEqual([])
  const far = island.filter(
    ({ tags, lines }) =>
      tags.kind !== 'wave' &&
      lines.flat().some(([lng, lat]) => !holds(ISLAND_BOUNDS, { lat, lng })),
  )
  expect(far.map(({ tags }) => tags)).toEqual([])
})

test('areas end where they began', () => {
  for (const { lines } of island.filter(({ shape }) => shape === 'area'))
    for (const ring of lines) expect(ring.at(-1)).toEqual(ring[0])
})

/** Corners, and a point in the middle of each wall. */
function alongEdges(house: readonly Point[]): Point[] {
  return house.slice(1).flatMap(([east, north], index) => {
    const [x, y] = house[index] ?? [0, 0]
    return [[east, north] as const, [(east + x) / 2, (north + y) / 2] as const]
  })
}

function middleOf(house: readonly Point[]): Point {
  const corners = house.slice(1)
  return [
    corners.reduce((sum, [east]) => sum + east, 0) / corners.length,
    corners.reduce((sum, [, north]) => sum + north, 0) / corners.length,
  ]
}

const isNear = (a: Point, b: Point): boolean => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) < 90
