import { expect, test } from 'vitest'
import type { Feature } from 'protomaps-leaflet'
import { ISLAND_CENTRE } from '#shared/demo.island.ts'
import { makeIslandSource } from './island.ts'

const source = makeIslandSource()
const SIZE = 512

function tileAt({ lat, lng }: { lat: number; lng: number }, z: number) {
  const sin = Math.sin((lat * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)
  return { z, x: Math.floor((lng / 360 + 0.5) * 2 ** z), y: Math.floor(y * 2 ** z) }
}

const named = (features: Feature[] | undefined, name: string): Feature | undefined =>
  features?.find(({ props }) => props['name:en'] === name)

test('the middle of the island is land with streets and houses, in px of its tile', async () => {
  const tile = await source.get(tileAt(ISLAND_CENTRE, 16), SIZE)
  expect(tile.get('buildings')?.length).toBeGreaterThan(50)
  const road = named(tile.get('roads'), 'One Bowl Road')
  expect(road?.bbox.minX).toBeLessThan(SIZE)
  expect(road?.bbox.maxX).toBeGreaterThan(0)
})

test('of a street each tile holds the stretch that is seen there, areas stay whole', async () => {
  const [far, near] = [
    await source.get(tileAt(ISLAND_CENTRE, 13), SIZE),
    await source.get(tileAt(ISLAND_CENTRE, 17), SIZE),
  ]
  const whole = named(far.get('roads'), 'One Bowl Road')
  const part = named(near.get('roads'), 'One Bowl Road')
  expect(part?.numVertices).toBeLessThan((whole?.numVertices ?? 0) / 2)
  const land = (tile: Map<string, Feature[]>) =>
    tile.get('earth')?.find(({ props }) => props.kind === 'earth')
  expect(land(near)?.numVertices).toBe(land(far)?.numVertices)
})

test('from afar there are no houses, and in the open sea there is nothing but sea', async () => {
  const afar = await source.get(tileAt(ISLAND_CENTRE, 12), SIZE)
  expect(afar.has('buildings')).toBe(false)
  const sea = await source.get(tileAt({ lat: 30, lng: 150 }, 14), SIZE)
  expect([...sea.values()].flat().map(({ props }) => props.kind)).toEqual(['coast'])
})
