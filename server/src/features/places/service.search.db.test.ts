import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ISLAND_BOUNDS } from '#shared/demo.island.ts'
import { boundsCentre } from '#shared/geo.measure.ts'
import type { SearchFilters } from '#shared/places.ts'
import { startServer } from '#server/testing.servers.ts'
import { makePlaceImport } from './service.import.ts'
import type { SearchAsk } from './service.search.ts'

const { one } = await startServer({ LIMITS: 'PLACE_ASKS_PER_ADDRESS=10000' })
const { db } = one.platform
const near = { lat: 37.5, lng: 127.05 }
const search = (ask: Partial<SearchAsk>) =>
  one.services.places.search(
    { personId: null, address: 'test' },
    { q: '', near, limit: 20, ...ask },
  )
const names = async (ask: Partial<SearchAsk>): Promise<string[]> =>
  (await search(ask)).hits.map(({ name }) => name)

interface Row {
  name: string
  lat?: number
  lon?: number
  [field: string]: unknown
}
const bring = (source: string, rows: readonly Row[]) =>
  makePlaceImport({ db }).importPlaces({
    chunks: [
      rows
        .map((row, i) => JSON.stringify({ id: i, lat: near.lat, lon: near.lng, ...row }))
        .join('\n'),
    ],
    format: 'ndjson',
    source,
  })
const idOf = async (name: string): Promise<string> =>
  (await db.selectFrom('places').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id

test('filters: category, price, distance, diet; open now leaves out what is closed, and keeps what nobody knows, below', async () => {
  await bring('filters', [
    { name: '늘 여는 국수', cuisine: 'noodle', price: 7_000, opening_hours: '24/7' },
    { name: '닫힌 국수', cuisine: 'noodle', price: 9_000, opening_hours: 'Mo-Su off' },
    { name: '모르는 국수', cuisine: 'noodle' },
    { name: '비싼 국수 치킨', cuisine: 'chicken', price: 30_000, 'diet:vegetarian': 'yes' },
    { name: '먼 국수', cuisine: 'noodle', price: 5_000, lat: near.lat + 0.05 },
  ])
  const filtered = (filters: SearchFilters) => names({ q: '국수', filters })
  expect((await filtered({})).length).toBe(5)
  expect(await filtered({ categories: ['chicken'] })).toEqual(['비싼 국수 치킨'])
  expect((await filtered({ categories: ['chicken', 'noodles'] })).length).toBe(5)
  expect((await filtered({ priceTo: 9_000 })).toSorted()).toEqual(
    ['늘 여는 국수', '닫힌 국수', '먼 국수'].toSorted(),
  )
  expect(await filtered({ priceFrom: 10_000 })).toEqual(['비싼 국수 치킨'])
  expect(await filtered({ withinM: 1_000 })).not.toContain('먼 국수')
  expect(await filtered({ diet: ['vegetarian'] })).toEqual(['비싼 국수 치킨'])
  const open = await filtered({ openNow: true, withinM: 1_000, categories: ['noodles'] })
  expect(open).toEqual(['늘 여는 국수', '모르는 국수'])
  // Without a text: what is near. With nothing left: how many there were.
  expect(await names({ filters: { priceTo: 8_000, withinM: 1_000 } })).toEqual(['늘 여는 국수'])
  expect(await search({ q: '국수', filters: { diet: ['kosher'] } })).toMatchObject({
    hits: [],
    filteredOut: 5,
    known: true,
  })
})

test('a record of the same shop finds the older one, once; what callers know moves a place up', async () => {
  await bring('older', [{ name: '쌍둥이 만두' }, { name: '둘째 만두' }, { name: '셋째 만두' }])
  await bring('newer', [{ name: 'Gemini Dumplings', alt_name: '쌍둥이 만두' }])
  const [original, twin] = [await idOf('쌍둥이 만두'), await idOf('Gemini Dumplings')]
  await db.updateTable('places').set({ same_as: original }).where('id', '=', twin).execute()
  expect(await names({ q: 'gemini' })).toEqual(['쌍둥이 만두'])
  expect((await names({ q: '쌍둥이' })).filter((name) => name === '쌍둥이 만두')).toHaveLength(1)
  const second = await idOf('둘째 만두')
  expect((await names({ q: '만두', weights: new Map([[second, 1]]) }))[0]).toBe('둘째 만두')
  const third = await idOf('셋째 만두')
  await db.updateTable('places').set({ popularity: 1 }).where('id', '=', third).execute()
  expect((await names({ q: '만두' }))[0]).toBe('셋째 만두')
  expect(
    (await names({ q: '만두', popularityWeight: 0, weights: new Map([[second, 0.2]]) }))[0],
  ).toBe('둘째 만두')
})

test('the island’s places are found on the island alone, and nothing else there', async () => {
  const middle = boundsCentre(ISLAND_BOUNDS)
  await bring('mainland', [{ name: '육지 파도식당' }])
  await bring('island', [{ name: '섬마을 파도식당', lat: middle.lat, lon: middle.lng }])
  expect(await names({ q: '파도식당' })).toEqual(['육지 파도식당'])
  expect(await names({ q: '파도식당', near: undefined })).toEqual(['육지 파도식당'])
  expect(await names({ q: '섬마을', near: middle })).toEqual(['섬마을 파도식당'])
  expect(await names({ q: '파도식당', near: middle })).toEqual(['섬마을 파도식당'])
})

test('a name is found at every length of it, near and far, in one word, in several, and with a slip anywhere in it', async () => {
  const name = '북녘바다 은모래 손맛두루치기'
  const letters = [...name.replaceAll(' ', '')]
  await bring('long', [{ name }])
  const places = [near, { lat: near.lat - 2, lng: near.lng }]
  for (let length = 2; length <= letters.length; length++)
    for (const at of places)
      expect(
        await names({ q: letters.slice(0, length).join(''), near: at }),
        `${length}`,
      ).toContain(name)
  for (const q of ['두루치기 은모래', '은모래 북녘바다 손맛두루치기', 'ㅂㄴㅂㄷㅇㅁㄹ', name])
    for (const at of places) expect(await names({ q, near: at }), q).toContain(name)
  for (let at = 0; at < letters.length; at++) {
    const wrong = letters.with(at, '퐁').join('')
    expect(await names({ q: wrong, near: places[1] }), wrong).toContain(name)
    const swapped = letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? '').join('')
    expect(await names({ q: swapped, near: places[1] }), swapped).toContain(name)
  }
})

test('a search that takes too long answers with what it has', async () => {
  await bring('slow', [{ name: '가까운 챙국수' }, { name: '먼 챙국수', lat: near.lat + 3 }])
  expect(await names({ q: '챙국수' })).toHaveLength(2)
  // Reading a row of the far north takes ten seconds.
  await sql`alter table places rename to places_kept`.execute(db)
  await sql`create view places as select ctid, * from places_kept where lat < 40 or pg_sleep(10) is not null`.execute(
    db,
  )
  try {
    expect(await search({ q: '챙국수' })).toMatchObject({
      hits: [{ name: '가까운 챙국수' }],
      more: false,
    })
  } finally {
    await sql`drop view places`.execute(db)
    await sql`alter table places_kept rename to places`.execute(db)
  }
})
