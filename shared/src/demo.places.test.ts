import { expect, test } from 'vitest'
import { distanceToLine, fromLatLng, isInside, type Point } from './demo.island.curves.ts'
import {
  orchard,
  park,
  playground,
  pond,
  saltField,
  schoolyard,
  soil,
  wood,
} from './demo.island.ground.ts'
import { islandStreets } from './demo.island.streets.ts'
import { ISLAND_BOUNDS, ISLAND_CENTRE } from './demo.island.ts'
import { type Plot, islandPlaces, shopPlots } from './demo.places.ts'
import { distanceM, holds, walkMinutes } from './geo.measure.ts'
import { categories } from './places.ts'
import { parseHours } from './places.hours.ts'

const names = (wrong: { sourceId: string }[]): string[] => wrong.map(({ sourceId }) => sourceId)
const corners = ({ centre, heading, width, depth }: Plot): Point[] =>
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x = 0, y = 0]) => {
    const [dx, dy] = [(x * width) / 2, (y * depth) / 2]
    const [sin, cos] = [Math.sin(heading), Math.cos(heading)]
    return [centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos]
  })

test('there is much to eat, under names of its own in both languages', () => {
  expect(islandPlaces.length).toBeGreaterThanOrEqual(40)
  expect(islandPlaces.length).toBeLessThanOrEqual(60)
  for (const key of ['sourceId', 'name', 'nameEn', 'address', 'addressEn'] as const)
    expect(new Set(islandPlaces.map((place) => place[key])).size, key).toBe(islandPlaces.length)
  expect(new Set(islandPlaces.map(({ category }) => category)).size).toBe(categories.length)
  expect(islandPlaces.filter(({ name, known }) => !/[가-힣]/.test(name + known))).toEqual([])
  expect(islandPlaces.filter(({ nameEn, knownEn }) => /[가-힣]/.test(nameEn + knownEn))).toEqual([])
})

test('each has a menu with prices in both languages, and hours that can be read', () => {
  for (const { sourceId, menus, price, hours } of islandPlaces) {
    expect(menus.length, sourceId).toBeGreaterThanOrEqual(3)
    expect(menus.length, sourceId).toBeLessThanOrEqual(8)
    expect(menus[0]?.price, sourceId).toBe(price)
    for (const dish of menus) {
      expect(dish.name, sourceId).toMatch(/[가-힣]/)
      expect(dish.nameEn, sourceId).toMatch(/^[^가-힣]+$/)
      expect(dish.price, sourceId).toBeGreaterThan(0)
    }
    expect(parseHours(hours), sourceId).not.toBeNull()
  }
  const weeks = islandPlaces.map(({ hours }) => parseHours(hours) ?? [])
  expect(weeks.some((week) => week.some((day) => day.length === 0))).toBe(true)
})

test('each stands on land beside its street, on no street, in no water or green', () => {
  const greens = [wood, park, pond, schoolyard, saltField, orchard, playground]
  const wrong = islandPlaces.filter((place, index) => {
    const around = [...corners(shopPlots[index] ?? fail()), fromLatLng(place)]
    return around.some(
      (point) =>
        !isInside(point, soil) ||
        greens.some((green) => isInside(point, green)) ||
        islandStreets.some(({ line, width }) => distanceToLine(point, line) < width / 2),
    )
  })
  expect(names(wrong)).toEqual([])
  const far = islandPlaces.filter((place) => {
    const street = islandStreets.find(({ name }) => place.address.startsWith(`밥섬 ${name} `))
    return !street || distanceToLine(fromLatLng(place), street.line) > 30
  })
  expect(names(far)).toEqual([])
})

test('no two are closer than their houses are wide', () => {
  const near = islandPlaces.filter((place, index) =>
    islandPlaces.slice(0, index).some((other) => distanceM(place, other) < 20),
  )
  expect(names(near)).toEqual([])
})

test('all lie within the bounds, at most a quarter of an hour on foot from the middle', () => {
  const far = islandPlaces.filter(
    (place) => !holds(ISLAND_BOUNDS, place) || walkMinutes(distanceM(place, ISLAND_CENTRE)) > 15,
  )
  expect(names(far)).toEqual([])
})

function fail(): never {
  throw new Error('a place without a plot')
}
