import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { Bounds } from '#shared/geo.ts'
import { ISLAND_SOURCE } from '#shared/places.ts'
import { startServers } from '#server/testing.servers.ts'
import { cellsOf, CLUSTER_ZOOMS } from './policy.cells.ts'
import { spotOf } from './policy.spots.ts'
import { makePlaceImport } from './service.import.ts'

/** Nobody counts but who is asked to. */
const { world, one, two } = await startServers({ ROLES: 'web' })
const { db } = one.platform
const importer = makePlaceImport({ db })
const asker = { personId: null, address: 'test' }
const onMap = (bounds: Bounds, zoom: number) => one.services.places.onMap(asker, { bounds, zoom })

interface Row {
  id: string
  name: string
  lat: number
  lon: number
  category?: string
}
const importRows = (rows: readonly Row[], source: string) =>
  importer.importPlaces({
    chunks: [rows.map((row) => JSON.stringify(row)).join('\n')],
    format: 'ndjson',
    source,
  })
let seed = 1
const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
const rowsAround = (lat: number, lon: number, count: number, spread: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${lat}-${n}`,
    name: `집 ${n}`,
    lat: lat + (random() - 0.5) * spread,
    lon: lon + (random() - 0.5) * spread,
    category: ['cafe', 'pizza', 'chicken', 'korean'][Math.floor(random() * 4)] ?? 'cafe',
  }))

/** What the table must hold, from each place for itself. */
async function expected(): Promise<Map<string, { places: number; categories: string[] }>> {
  const places = await db
    .selectFrom('places')
    .select(['lat', 'lng', 'category'])
    .where('same_as', 'is', null)
    .where('source', '<>', ISLAND_SOURCE)
    .execute()
  const cells = new Map<string, Map<string, number>>()
  for (const place of places) {
    const spot = spotOf(place)
    for (let zoom = CLUSTER_ZOOMS.first; zoom <= CLUSTER_ZOOMS.last; zoom++) {
      const key = `${zoom}/${cellsOf(zoom, { from: spot, to: spot }).from}`
      const kinds = cells.get(key) ?? new Map<string, number>()
      kinds.set(place.category, (kinds.get(place.category) ?? 0) + 1)
      cells.set(key, kinds)
    }
  }
  return new Map(
    [...cells].map(([key, kinds]) => {
      const most = Math.max(...kinds.values())
      const counts = [...kinds.values()].reduce((sum, count) => sum + count, 0)
      const categories = [...kinds].filter(([, count]) => count === most).map(([kind]) => kind)
      return [key, { places: counts, categories }]
    }),
  )
}

async function expectExact(): Promise<void> {
  const rows = await db.selectFrom('place_clusters').selectAll().execute()
  const wanted = await expected()
  const counted = new Map(rows.map((row) => [`${row.zoom}/${row.cell}`, row.places]))
  // Named one by one: a comparison of the whole would print them all.
  const wrong = [...new Set([...counted.keys(), ...wanted.keys()])].filter(
    (key) => counted.get(key) !== wanted.get(key)?.places,
  )
  expect(
    wrong.slice(0, 20).map((key) => `${key}: ${counted.get(key)}, not ${wanted.get(key)?.places}`),
  ).toEqual([])
  for (const row of rows)
    expect(wanted.get(`${row.zoom}/${row.cell}`)?.categories).toContain(row.category)
}
const marked = async (): Promise<number> =>
  (await db.selectFrom('place_cluster_dirty').selectAll().execute()).length

test('clusters are exact after an import, after moves, links, removals and other categories, and after importing again', async () => {
  const rows = [...rowsAround(37.55, 126.95, 800, 0.3), ...rowsAround(40.7, -74, 300, 2)]
  await importRows(rows, 'exact')
  await expectExact()
  expect(await marked()).toBe(0)

  await importRows(rows, 'exact')
  expect(await marked()).toBe(0)

  const moved = rows.map((row, n) =>
    n % 3 === 0 ? { ...row, lat: row.lat + 0.5, category: 'ramen' } : row,
  )
  expect(await importRows(moved, 'exact')).toMatchObject({ added: 0 })
  await expectExact()

  const ids = (await db.selectFrom('places').select('id').orderBy('source_id').execute()).map(
    ({ id }) => id,
  )
  const [first = ''] = ids
  await db
    .updateTable('places')
    .set({ same_as: first })
    .where('id', 'in', ids.slice(1, 200))
    .execute()
  expect(await marked()).toBeGreaterThan(0)
  await one.services.places.countClusters(0)
  await expectExact()
  // The links go with what they pointed at.
  await db.deleteFrom('places').where('id', '=', first).execute()
  await one.services.places.countClusters(0)
  await expectExact()
  await db.deleteFrom('places').where('source', '=', 'exact').execute()
  await one.services.places.countClusters(0)
  expect(await db.selectFrom('place_clusters').selectAll().execute()).toEqual([])
})

test('the island’s places are on no map of the world', async () => {
  await importRows(rowsAround(-40, -100, 20, 0.001), ISLAND_SOURCE)
  await expectExact()
  const bounds = { south: -41, west: -101, north: -39, east: -99 }
  for (const zoom of [3, 16, 18])
    expect(await onMap(bounds, zoom)).toMatchObject({ clusters: [], places: [] })
})

test('two servers that count at once, while places are being written, leave the exact counts', async () => {
  const writes = Array.from({ length: 6 }, (_, n) =>
    importRows(rowsAround(36 + n / 100, 127, 400, 0.5), `at once ${n}`),
  )
  const counts = Array.from({ length: 10 }, (_, n) =>
    (n % 2 === 0 ? one : two).services.places.countClusters(0),
  )
  await Promise.all([...writes, ...counts])
  await Promise.all([one, two].map((app) => app.services.places.countClusters(0)))
  await expectExact()
  expect(await marked()).toBe(0)
})

const killed = `
  import { makeDb } from '#server/platform/db.ts'
  import { makeLog } from '#server/platform/log.ts'
  import { makePlaceImport } from '#server/features/places/service.import.ts'
  const { db } = makeDb(process.env.DATABASE_URL, { poolMax: 3 }, makeLog('silent'))
  const rows = Array.from({ length: 300 }, (_, id) => JSON.stringify({ id, name: '집 ' + id, lat: 35 + id / 1000, lon: 129 }))
  await makePlaceImport({ db }).importPlaces({
    chunks: [rows.join('\\n')], format: 'ndjson', source: 'killed', progress: () => process.kill(process.pid, 'SIGKILL'),
  })`

test('an import that is killed before it counted is counted by a worker', async () => {
  const child = execFile(process.execPath, ['--input-type=module', '-e', killed], {
    env: { ...process.env, DATABASE_URL: world.store.databaseUrl },
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  expect(
    await db.selectFrom('places').select('id').where('source', '=', 'killed').execute(),
  ).toHaveLength(300)
  expect(await marked()).toBeGreaterThan(0)
  const worker = await world.serve({ ROLES: 'worker' })
  await expect.poll(marked, { timeout: 20_000 }).toBe(0)
  await expectExact()
  await worker.close()
})

test('every place of a view is shown once: in a cluster, or as a point where it stands alone', async () => {
  const rows = [
    ...rowsAround(43.77, 11.25, 500, 0.2),
    ...Array.from({ length: 25 }, (_, n) => ({
      id: `same-${n}`,
      name: `한 점 ${n}`,
      lat: 43.7,
      lon: 11.2,
    })),
  ]
  await importRows(rows, 'firenze')
  const bounds = { south: 43.6, west: 11.1, north: 43.95, east: 11.4 }
  for (let zoom = 0; zoom <= 16; zoom++) {
    const { clusters, places } = await onMap(bounds, zoom)
    const within = clusters.reduce((sum, cluster) => sum + cluster.places, 0)
    expect([zoom, within + places.length]).toEqual([zoom, 525])
    expect(new Set(places.map(({ id }) => id)).size).toBe(places.length)
    expect(new Set(clusters.map(({ id }) => id)).size).toBe(clusters.length)
  }
  expect((await onMap(bounds, 3)).clusters).toHaveLength(1)
  const part = { south: 43.75, west: 11.23, north: 43.79, east: 11.27 }
  expect((await onMap(part, 16)).places.length).toBeGreaterThan(10)

  // A view that moves by less than a cell shows the same clusters at the same points.
  const near = { south: 43.7, west: 11.2, north: 43.8, east: 11.3 }
  const moved = { ...near, west: near.west + 1e-4, east: near.east + 1e-4 }
  const before = new Map((await onMap(near, 12)).clusters.map((each) => [each.id, each]))
  for (const each of (await onMap(moved, 12)).clusters)
    if (before.has(each.id)) expect(each).toEqual(before.get(each.id))

  // Beyond the clusters: the points of the view alone, on one point or not.
  const close = { south: 43.699, west: 11.199, north: 43.701, east: 11.201 }
  const points = await onMap(close, 18)
  expect(points.clusters).toEqual([])
  expect(points.places.filter(({ name }) => name.startsWith('한 점'))).toHaveLength(25)

  // The whole world at the nearest zoom is answered as a far one, and more points than can be told apart as a cluster.
  const world18 = { south: -85, west: -180, north: 85, east: 180 }
  expect((await onMap(world18, 24)).clusters.length).toBeLessThan(1_000)
  await importRows(
    Array.from({ length: 500 }, (_, n) => ({ id: `${n}`, name: `${n}`, lat: 10, lon: 10 })),
    'tower',
  )
  const tower = await onMap({ south: 9.999, west: 9.999, north: 10.001, east: 10.001 }, 22)
  expect(tower).toMatchObject({ clusters: [{ places: 500 }], places: [] })
})
