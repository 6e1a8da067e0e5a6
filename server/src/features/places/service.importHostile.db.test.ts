import { expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { makePlaceImport, type Format } from './service.import.ts'

/** Files that are broken, meant ill, or read twice at once. What can be read of them is kept, and told is what can't. */
const { world, one, two } = await startServers()
const importers = [one, two].map(({ platform }) => makePlaceImport({ db: platform.db }))
const [importer = makePlaceImport({ db: one.platform.db })] = importers

const run = (format: Format, text: string, source: string, signal?: AbortSignal) =>
  importer.importPlaces({ chunks: [text], format, source, ...(signal ? { signal } : {}) })
const namesOf = async (source: string): Promise<string[]> => {
  const rows = await one.platform.db
    .selectFrom('places')
    .select('name')
    .where('source', '=', source)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

test('a quote inside a cell is a letter, and takes no row with it; nor does one that closes in a later row', async () => {
  const text = [
    'name,lat,lon,address',
    '피자 5" 집,37.1,127.1,',
    '첫째,37.2,127.2,서울',
    '피자 6" 집,37.3,127.3,',
    '"열린 집,37.4,127.4,',
    '둘째,37.5,127.5,',
    '"셋째",37.6,127.6,"1층, ""문"" 옆"',
    '"안 닫힘,37.7,127.7,',
    '넷째,37.8,127.8,"끝"',
  ].join('\r\n')
  const report = await run('csv', text, 'quotes')
  expect(report.examples.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '5 broken',
    '8 broken',
  ])
  expect(await namesOf('quotes')).toEqual(
    ['피자 5" 집', '첫째', '피자 6" 집', '둘째', '셋째', '넷째'].toSorted(),
  )
})

test('ids with zero bytes or of any length end no import, and stay the same when it is repeated', async () => {
  const rows = ['a\0b', '\0', 'x'.repeat(9_000), `${'x'.repeat(9_000)}y`, '가'.repeat(200)]
  const ndjson = rows
    .map((id, n) => JSON.stringify({ id, name: `집 ${n}`, lat: 37 + n / 100, lon: 127 }))
    .join('\n')
  expect(await run('ndjson', ndjson, 'ids')).toMatchObject({ added: 5, rejected: 0 })
  expect(await run('ndjson', ndjson, 'ids')).toMatchObject({ added: 0, unchanged: 5 })
  const feature = { type: 'Feature', properties: { name: '땅' } }
  const geometry = { type: 'Point', coordinates: [127, 37] }
  const features = ['z\0', 'z'.repeat(9_000)].map((id) => ({ ...feature, id, geometry }))
  expect(await run('json', JSON.stringify(features), 'feature ids')).toMatchObject({ added: 2 })
})

test('a file of decomposed Hangul, as a Mac writes it, is read and found as any other', async () => {
  const text = '상호명,위도,경도,업종\n을지면옥,37.5661,126.9911,카페\n'.normalize('NFD')
  expect(await run('csv', text, 'decomposed')).toMatchObject({ added: 1, rejected: 0 })
  const guest = await world.guest(one)
  const { hits } = await guest.trpc.places.search.query({ q: '을지면옥'.normalize('NFD') })
  expect(hits[0]).toMatchObject({ name: '을지면옥', category: 'cafe' })
})

test('one file read by two at once from either end, and one that is stopped half-way and read again: each place once', async () => {
  // Its own at each try: what a try left must not count for the next.
  const [both, half] = [crypto.randomUUID(), crypto.randomUUID()]
  const lines = Array.from({ length: 12_000 }, (_, n) =>
    JSON.stringify({ id: n, name: `집 ${n}`, lat: 35 + n / 10_000, lon: 128 }),
  )
  const reports = await Promise.all(
    importers.map((each, n) =>
      each.importPlaces({
        chunks: [(n === 0 ? lines : lines.toReversed()).join('\n')],
        format: 'ndjson',
        source: both,
      }),
    ),
  )
  expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(12_000)
  expect(await namesOf(both)).toHaveLength(12_000)
  const stop = new AbortController()
  const halves = [`${lines.slice(0, 6_000).join('\n')}\n`, lines.slice(6_000).join('\n')]
  const stopped = async function* () {
    yield halves[0] ?? ''
    stop.abort()
    yield halves[1] ?? ''
  }
  const first = importer.importPlaces({
    chunks: stopped(),
    format: 'ndjson',
    source: half,
    signal: stop.signal,
  })
  await expect(first).rejects.toThrow('aborted')
  await run('ndjson', lines.join('\n'), half)
  expect(await namesOf(half)).toHaveLength(12_000)
})

test('searches of nothing, of wildcards, of marks and without end are answered, ten at once too', async () => {
  await run('csv', 'name,lat,lon\n100% 집_밥,37.1,127.1\n백 집 밥,37.2,127.2\n', 'wild')
  const guest = await world.guest(two)
  const search = async (q: string): Promise<string[]> =>
    (await guest.trpc.places.search.query({ q, near: { lat: 37.1, lng: 127.1 } })).hits.map(
      ({ name }) => name,
    )
  for (const q of ['%', '_', '\\', '%%%___', '...!?', '👍🏽👨‍👩‍👧', '\u200f\u202e', "'; --", '|||'])
    expect([q, await search(q)]).toEqual([q, []])
  expect(await search('\u202e100%\u200f')).toContain('100% 집_밥')
  expect(await search('100\0')).toContain('100% 집_밥')
  const long = ['가'.repeat(80), 'ㄱ'.repeat(80), '가 '.repeat(40), 'ﷺ'.repeat(80), '%'.repeat(80)]
  const many = await Promise.all([...long, ...long].map(search))
  expect(many.flat()).toEqual([])
})
