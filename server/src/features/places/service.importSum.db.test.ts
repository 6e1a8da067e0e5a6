import { expect, test } from 'vitest'
import { startServer } from '#server/testing.servers.ts'
import { placeLine, upsertPlaces } from './repo.import.ts'
import { makePlaceImport } from './service.import.ts'
import { flatten } from './service.importFields.ts'
import { readKey, readPlace, type RowRules } from './service.importRow.ts'
import { makeRowSum } from './service.importSum.ts'

const { one } = await startServer()
const { db } = one.platform
const { importPlaces } = makePlaceImport({ db })

const rowsOf = (names: readonly string[]) =>
  names.map((name, n) => ({ id: `${n}`, name, lat: 37.5 + n / 100, lon: 127 }))
const run = (source: string, names: readonly string[]) =>
  importPlaces({
    format: 'ndjson',
    chunks: rowsOf(names).map((row) => `${JSON.stringify(row)}\n`),
    source,
  })
const storedOf = (source: string) =>
  db
    .selectFrom('places')
    .select(['name', 'row_sum', 'imported_at'])
    .where('source', '=', source)
    .orderBy('source_id')
    .execute()

test('what was written by another than the file is written again; what only lost its sum gets it back, and counts as unchanged', async () => {
  const names = ['첫 집', '둘째 집', '셋째 집']
  await run('file', names)
  const before = await storedOf('file')
  const rules: RowRules = { source: 'file', names: {}, crs: 'EPSG:4326', area: null }
  const key = readKey({ id: '1', name: '그 사이 새 이름', lat: 37.51, lon: 127 }, rules)
  if (typeof key === 'string') throw new Error(key)
  await db.transaction().execute((tx) => upsertPlaces(tx, [placeLine(readPlace(key, rules))]))
  await db
    .updateTable('places')
    .set({ row_sum: 'of an older program' })
    .where('source', '=', 'file')
    .where('source_id', '=', '2')
    .execute()
  expect((await storedOf('file')).map(({ name }) => name)).toEqual([
    '첫 집',
    '그 사이 새 이름',
    '셋째 집',
  ])
  expect(await run('file', names)).toMatchObject({ added: 0, updated: 1, unchanged: 2 })
  const after = await storedOf('file')
  const sums = (rows: typeof after) => rows.map(({ name, row_sum }) => [name, row_sum])
  expect(sums(after)).toEqual(sums(before))
  expect(after[2]?.imported_at).toEqual(before[2]?.imported_at)
  expect(await run('file', names)).toMatchObject({ added: 0, updated: 0, unchanged: 3 })
})

test('a row of one file that comes again in it, as it was before: the later holds, in one chunk and over two', async () => {
  const row = (name: string, id = 'same') =>
    `${JSON.stringify({ id, name, lat: 36.5, lon: 128 })}\n`
  const others = Array.from({ length: 6_000 }, (_, n) => row(`집 ${n}`, `${n}`))
  await importPlaces({ format: 'ndjson', chunks: [row('처음 이름')], source: 'again' })
  await importPlaces({
    format: 'ndjson',
    chunks: [row('나중 이름'), ...others, row('처음 이름')],
    source: 'again',
  })
  const named = await db
    .selectFrom('places')
    .select('name')
    .where('source', '=', 'again')
    .where('source_id', '=', 'same')
    .execute()
  expect(named).toEqual([{ name: '처음 이름' }])
})

test('a row has another sum with another word in it, and when it is read in another way', async () => {
  const row = flatten({ id: 1, name: '집', lat: 37, lon: 127 })
  const plain = await makeRowSum({ names: {}, crs: 'EPSG:4326' })
  const sums = [
    plain(row),
    plain(flatten({ id: 1, name: '집', lat: 37, lon: 127.1 })),
    plain(flatten({ id: 2, name: '집', lat: 37, lon: 127 })),
    (await makeRowSum({ names: { name: 'title' }, crs: 'EPSG:4326' }))(row),
    (await makeRowSum({ names: {}, crs: 'EPSG:5179' }))(row),
  ]
  expect(new Set(sums).size).toBe(sums.length)
  expect((await makeRowSum({ names: {}, crs: 'EPSG:4326' }))(row)).toBe(sums[0])
})
