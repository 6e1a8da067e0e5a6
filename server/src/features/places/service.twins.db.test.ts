import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { makePlaceImport } from './service.import.ts'

const { one, two } = await startServers()
const { db } = one.platform

interface Row {
  id: string
  name: string
  lat: number
  lng: number
  brand?: string
}
const load = async (source: string, rows: readonly Row[]) => {
  const chunks = rows.map((row) => `${JSON.stringify(row)}\n`)
  await makePlaceImport({ db }).importPlaces({ chunks, format: 'ndjson', source })
  await one.services.places.countClusters(0)
}
/** Names of the linked records with what they are linked to. */
const links = async (): Promise<string[]> => {
  const { rows } = await sql<{ link: string }>`
    select twin.source || ':' || twin.name || ' = ' || first.source || ':' || first.name as link
    from places twin join places first on first.id = twin.same_as order by 1`.execute(db)
  return rows.map(({ link }) => link)
}
const shown = async (): Promise<number> => {
  const { rows } = await sql<{ places: number }>`
    select coalesce(sum(places), 0)::int as places from place_clusters where zoom = 3`.execute(db)
  return rows[0]?.places ?? 0
}

const at = (name: string, north = 0, id = name): Row => ({
  id,
  name,
  lat: 37.5 + north / 111_320,
  lng: 127,
})

test('the same shop of two sources is one on the map, with both records kept', async () => {
  await load('register', [at('동일루'), at('스타벅스 천호점'), at('김밥천국 천호점')])
  await load('mappers', [at('동일루', 40), at('Starbucks', 20), at('김밥천국 길동점')])
  expect(await links()).toEqual([
    'mappers:Starbucks = register:스타벅스 천호점',
    'mappers:동일루 = register:동일루',
  ])
  expect(await shown()).toBe(4)
})

test('reading a source again changes nothing; a corrected name or place ends the link', async () => {
  await load('register', [at('동일루'), at('스타벅스 천호점'), at('김밥천국 천호점')])
  expect(await links()).toHaveLength(2)
  await load('mappers', [at('서강반점', 40, '동일루'), at('Starbucks', 4_000)])
  expect(await links()).toEqual([])
  expect(await shown()).toBe(6)
  await load('mappers', [at('동일루', 40), at('Starbucks', 20)])
  expect(await links()).toHaveLength(2)
})

test('when the older record goes, the other stands for itself', async () => {
  await sql`delete from places where source = 'register' and name = '동일루'`.execute(db)
  await one.services.places.countClusters(0)
  expect(await links()).toEqual(['mappers:Starbucks = register:스타벅스 천호점'])
  expect(await shown()).toBe(4)
})

test('twenty-five shops on one point of each source: each finds its own, none another', async () => {
  const names = Array.from({ length: 25 }, (_, i) => `${'가나다라마'[i % 5]}${i}호 식당`)
  const rows = names.map((name) => ({ ...at(name), lng: 128 }))
  await load('centre a', rows)
  await load(
    'centre b',
    rows.map((row) => ({ ...row, lat: row.lat + 30 / 111_320 })),
  )
  const made = (await links()).filter((link) => link.startsWith('centre'))
  expect(made).toHaveLength(25)
  for (const link of made) {
    const [, twin, first] = /^centre b:(.+) = centre a:(.+)$/.exec(link) ?? []
    expect(twin).toBe(first)
  }
})

test('over a border of regions, by two servers at once, and never a chain', async () => {
  // A corner of four regions.
  const near = (name: string, metres: number, id = name): Row => ({
    id,
    name,
    lat: metres / 111_320,
    lng: 90 + metres / 111_320,
  })
  const sources = ['x', 'y', 'z']
  await Promise.all(
    sources.map((source, index) => load(source, [near('적도 국수', 15 + 20 * index - 40)])),
  )
  await Promise.all([one, two].map((app) => app.services.places.countClusters(0)))
  const made = (await links()).filter((link) => link.includes('적도'))
  expect(made).toHaveLength(2)
  expect(new Set(made.map((link) => link.split(' = ')[1])).size).toBe(1)
})

test('while others write the same records nothing is lost and nobody waits for ever', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ ...at(`${i}번 국수집`, 20 * i), lng: 129 }))
  await load('busy a', rows)
  const writing = Promise.all(
    Array.from({ length: 6 }, (_, turn) =>
      load(
        'busy b',
        rows.map((row) => ({ ...row, lng: 129 + (turn % 2) * 1e-5 })),
      ),
    ),
  )
  await Promise.all([
    writing,
    ...Array.from({ length: 10 }, () => two.services.places.countClusters(0)),
  ])
  await one.services.places.countClusters(0)
  const made = (await links()).filter((link) => link.startsWith('busy'))
  expect(made).toHaveLength(300)
})
