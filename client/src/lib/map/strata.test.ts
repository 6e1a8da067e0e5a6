import { expect, test } from 'vitest'
import { nameKeyOf } from './names.ts'
import { strataOf, toStrata } from './strata.ts'

test('both schemas say the same things in other words', () => {
  const same: [string, Record<string, unknown>, string, Record<string, unknown>, string][] = [
    ['roads', { kind: 'minor_road', kind_detail: 'residential' }, 'roads', { 'pmap:kind': 'minor_road', highway: 'residential' }, 'minor'],
    ['roads', { kind: 'highway', kind_detail: 'motorway' }, 'roads', { 'pmap:kind': 'highway' }, 'motorway'],
    ['roads', { kind: 'major_road', kind_detail: 'secondary' }, 'roads', { 'pmap:kind': 'major_road', highway: 'secondary' }, 'medium'],
    ['roads', { kind: 'path', kind_detail: 'footway' }, 'roads', { 'pmap:kind': 'other', highway: 'footway' }, 'path'],
    ['roads', { kind: 'major_road', kind_detail: 'primary', is_bridge: true }, 'roads', { 'pmap:kind': 'major_road', highway: 'primary', 'pmap:level': 1 }, 'bridge'],
    ['roads', { kind: 'major_road', kind_detail: 'primary', is_tunnel: true }, 'roads', { 'pmap:kind': 'major_road', highway: 'primary', tunnel: 'yes' }, 'tunnel'],
    ['roads', { kind: 'rail', kind_detail: 'rail' }, 'transit', { 'pmap:kind': 'railway', railway: 'rail' }, 'rail'],
    ['water', { kind: 'river' }, 'physical_line', { 'pmap:kind': 'waterway', waterway: 'river' }, 'stream'],
  ] // prettier-ignore
  for (const [layer, tags, oldLayer, oldTags, stratum] of same) {
    expect(strataOf(layer, tags, 'line'), JSON.stringify(tags)).toEqual([stratum])
    expect(strataOf(oldLayer, oldTags, 'line'), JSON.stringify(oldTags)).toEqual([stratum])
  }
  for (const [layer, tags, stratum] of [
    ['landuse', { kind: 'park' }, 'green'],
    ['landuse', { 'pmap:kind': 'park', leisure: 'pitch' }, 'green'],
    ['landcover', { kind: 'forest' }, 'wood'],
    ['natural', { landuse: 'forest' }, 'wood'],
    ['landuse', { 'pmap:kind': 'park', highway: 'pedestrian' }, 'plaza'],
    ['buildings', { kind: 'building' }, 'building'],
    ['buildings', {}, 'building'],
    ['water', { natural: 'water' }, 'water'],
    ['earth', {}, 'earth'],
    ['earth', { kind: 'sand' }, 'shore'],
  ] as const)
    expect(strataOf(layer, tags, 'area'), JSON.stringify(tags)).toEqual([stratum])
  for (const [layer, tags, stratum] of [
    ['places', { kind: 'locality', kind_detail: 'town', name: 'Fiesole' }, 'town'],
    ['places', { 'pmap:kind': 'other', place: 'suburb', name: 'Rifredi' }, 'quarter'],
    ['pois', { railway: 'station', name: 'Firenze SMN' }, 'station'],
    ['pois', { kind: 'station', name: 'Mangwon' }, 'station'],
    ['pois', { kind: 'lighthouse', name: '등대' }, 'lighthouse'],
  ] as const)
    expect(strataOf(layer, tags, 'point'), JSON.stringify(tags)).toEqual([stratum])
})

test('food, parts of houses, subways and what is unknown are not shown', () => {
  expect(strataOf('pois', { kind: 'restaurant', name: '동일루' }, 'point')).toEqual([])
  expect(strataOf('pois', { amenity: 'cafe', name: 'Gilli' }, 'point')).toEqual([])
  expect(strataOf('buildings', { kind: 'building_part' }, 'area')).toEqual([])
  expect(strataOf('roads', { kind: 'rail', kind_detail: 'subway' }, 'line')).toEqual([])
  expect(strataOf('mask', {}, 'area')).toEqual([])
  expect(strataOf('toString', {}, 'area')).toEqual([])
})

test('names are in the language of the reader, or as they stand on the spot', () => {
  const ponte = { name: 'Ponte Vecchio', 'name:ko': '베키오 다리', 'name:en': 'Old Bridge' }
  expect(nameKeyOf(ponte, 'ko')).toBe('name:ko')
  expect(nameKeyOf(ponte, 'en')).toBe('name:en')
  expect(nameKeyOf({ name: '포은로', 'name:en': 'Poeun-ro' }, 'ko')).toBe('name')
  expect(nameKeyOf({ name: '銀座', 'name:en': 'Ginza' }, 'ko')).toBe('name:en')
  expect(nameKeyOf({ name: 'Via Roma' }, 'ko')).toBe('name')
  expect(nameKeyOf({ name: 'Via Roma' }, 'en')).toBe('name')
})

test('a house is big by its size on the ground, whatever the zoom of its tile', async () => {
  const house = (side: number) => ({
    props: { kind: 'building' },
    geomType: 3,
    geom: [],
    numVertices: 4,
    bbox: { minX: 0, minY: 0, maxX: side, maxY: side },
  })
  const source = toStrata({
    get: async () => new Map([['buildings', [house(8), house(16)]]]),
  })
  const count = async (z: number) => {
    const strata = await source.get({ z, x: 0, y: 0 }, 512)
    return [strata.get('building')?.length ?? 0, strata.get('bigBuilding')?.length ?? 0]
  }
  expect(await count(14)).toEqual([1, 1])
  expect(await count(16)).toEqual([2, 0])
})
