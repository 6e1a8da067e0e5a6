import { expect, test } from 'vitest'
import type { Place } from '#shared/places.ts'
import { clusterItems, countIn, countOf, itemsOf, placeItems } from './state.browse.items.ts'

const place = (id: string, lat: number, lng: number): Place => ({
  id,
  name: id,
  nameEn: null,
  addressEn: null,
  menuEn: null,
  category: 'cafe',
  address: null,
  lat,
  lng,
  price: null,
  menu: null,
  hours: null,
  source: 'test',
})
const everywhere = { south: -80, west: -180, north: 80, east: 180 }

test('places on one point are one item, however the answer mixes them; neighbours a metre apart are not', () => {
  const places = [
    place('a', 37.5, 127),
    place('b', 37.6, 127),
    place('c', 37.500001, 127.000002),
    place('d', 37.50002, 127),
  ]
  const items = placeItems(places)
  expect(items.map((item) => [item.kind, countOf(item)])).toEqual([
    ['spot', 2],
    ['place', 1],
    ['place', 1],
  ])
  expect(
    placeItems(places.toReversed())
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(items.map(({ id }) => id).toSorted())
  const cluster = {
    id: '3/1',
    lat: 1,
    lng: 1,
    places: 40,
    category: 'cafe',
    bounds: everywhere,
  } as const
  const all = itemsOf({ clusters: [cluster], places, coming: false })
  expect(countIn(all, everywhere)).toBe(44)
  expect(countIn(all, { south: 37.55, west: 126, north: 38, east: 128 })).toBe(1)
})

test('filtered places are clustered far out, stand alone near by, and none is lost', () => {
  const places = Array.from({ length: 300 }, (_, n) =>
    place(`p${n}`, 37.5 + (n % 20) / 1_000, 127 + Math.floor(n / 20) / 1_000),
  )
  const far = clusterItems(places, everywhere, 8)
  expect(far).toMatchObject([{ kind: 'cluster', count: 300 }])
  const near = clusterItems(places, everywhere, 18)
  expect(near.every(({ kind }) => kind === 'place')).toBe(true)
  for (const zoom of [8, 12, 14, 16, 18])
    expect(countIn(clusterItems(places, everywhere, zoom), everywhere), `zoom ${zoom}`).toBe(300)
  // The same places have the same ids, in whatever order they come.
  const ids = (list: Place[]) =>
    clusterItems(list, everywhere, 14)
      .map(({ id }) => id)
      .toSorted()
  expect(ids(places.toReversed())).toEqual(ids(places))
})
