import { expect, test } from 'vitest'
import { startServer } from '#server/testing.servers.ts'
import { makePlaceImport } from './service.import.ts'
import { areas } from './service.quality.places.ts'
import { queries } from './service.quality.queries.ts'

/** Places of an area stand on a spiral, some 60 m apart. */
function recordsOf(area: string): string[] {
  const { lat, lng, places } = areas[area] ?? { lat: 0, lng: 0, places: '' }
  return places
    .trim()
    .split('\n')
    .map((line, i) => {
      const [name, nameEn, cuisine, menu, address] = line
        .split('|')
        .map((part) => part || undefined)
      const [turn, out] = [i * 2.4, 0.0004 * Math.sqrt(i)]
      return JSON.stringify({
        id: `${area} ${i}`,
        name,
        'name:en': nameEn,
        cuisine,
        menu,
        address,
        lat: lat + out * Math.sin(turn),
        lon: lng + out * Math.cos(turn),
      })
    })
}

interface Asked {
  area: string
  q: string
  wanted: string[]
}
const askedOf = (lines: string): Asked[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [, area = '', q = '', names = ''] = /^(.+?): (.+) = (.+)$/u.exec(line) ?? []
      return { area, q, wanted: names.split(', ') }
    })

const TOP = 3
const DUE_SHARE = 0.9

test('of what people type, at least nine in ten find the place in the top three', async () => {
  const { one } = await startServer({ LIMITS: 'PLACE_ASKS_PER_ADDRESS=10000' })
  const lines = Object.keys(areas).flatMap(recordsOf)
  await makePlaceImport({ db: one.platform.db }).importPlaces({
    chunks: [lines.join('\n')],
    format: 'ndjson',
    source: 'quality',
  })
  const misses: string[] = []
  let asked = 0
  for (const [kind, list] of Object.entries(queries)) {
    for (const { area, q, wanted } of askedOf(list)) {
      asked++
      const near = areas[area]
      const { hits } = await one.services.places.search(
        { personId: null, address: 'test' },
        { q, near: near && { lat: near.lat, lng: near.lng }, limit: TOP },
      )
      const names = hits.map(({ name }) => name)
      if (!names.some((name) => wanted.some((start) => name.startsWith(start))))
        misses.push(`${kind}: ${q} → ${names.join(', ') || 'nothing'}`)
    }
  }
  const share = (asked - misses.length) / asked
  const told = `search quality: ${asked - misses.length} of ${asked} (${(share * 100).toFixed(1)} %)`
  process.stdout.write([told, ...misses.map((miss) => `  missed ${miss}`), ''].join('\n'))
  expect(asked).toBeGreaterThanOrEqual(120)
  expect(share).toBeGreaterThanOrEqual(DUE_SHARE)
})
