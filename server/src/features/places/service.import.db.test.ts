import { expect, test } from 'vitest'
import { startServer } from '#server/testing.servers.ts'
import { makePlaceImport, type Format } from './service.import.ts'
import type { Places } from './service.ts'

const { one } = await startServer()
const importer = makePlaceImport({ db: one.platform.db })
const anyone = { personId: null, address: 'test' }
const places = {
  search: (input: Parameters<Places['search']>[1]) => one.services.places.search(anyone, input),
  inView: (input: Parameters<Places['inView']>[1]) => one.services.places.inView(anyone, input),
}

let runs = 0
const run = (format: Format, text: string, source = `test ${++runs}`, size = 7) => {
  // Cut at odd places, as streams do.
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
    text.slice(i * size, (i + 1) * size),
  )
  return importer.importPlaces({ chunks, format, source })
}
const rejectedOf = (report: { examples: { line: number; reason: string }[] }): string[] =>
  report.examples.map(({ line, reason }) => `${line} ${reason}`)

const csv = `\ufeffname,lat,lon
동일루,37.5550,126.9060
"손가락, 김밥",37.5551,126.9061
"두 줄
이름",37.5552,126.9062
"따옴표가 ""있는"" 집",37.5553,126.9063
,37.5554,126.9064
널 섬,0,0
좌표 없음,,
글자 좌표,북위,동경
뒤바뀐 집,126.9065,37.5555
세상 밖,95,200
"닫히지 않는 따옴표,37.5556,126.9066
그 다음 집,37.5557,126.9067
칸이,모자라
24,37.5558,126.9068
`

test('CSV: quotes, lines within quotes, every kind of bad row with its line; a broken quote costs one row', async () => {
  const report = await run('csv', csv, 'csv')
  expect(rejectedOf(report)).toEqual([
    '7 no_name',
    '8 null_island',
    '9 no_coordinates',
    '10 no_coordinates',
    '11 swapped',
    '12 outside_world',
    '13 broken',
    '15 broken',
  ])
  expect(report).toMatchObject({ rows: 14, added: 6, updated: 0, rejected: 8 })
  const { places: stored } = await places.inView({
    bounds: { south: 37.5, west: 126.8, north: 37.6, east: 127 },
    limit: 50,
  })
  expect(stored.map((place) => place.name).toSorted()).toEqual(
    ['24', '그 다음 집', '동일루', '두 줄 이름', '따옴표가 "있는" 집', '손가락, 김밥'].toSorted(),
  )
})

test('again: nothing changes; a corrected row is updated in place, by the id of the file', async () => {
  expect(await run('csv', csv, 'csv')).toMatchObject({ added: 0, updated: 0, unchanged: 6 })
  const line = (name: string): string =>
    JSON.stringify({
      _id: { $oid: 'a1' },
      name,
      location: { type: 'Point', coordinates: [126.9, 37.5] },
    })
  expect(await run('ndjson', line('옛 이름'), 'mongo')).toMatchObject({ added: 1 })
  expect(await run('ndjson', `${line('중간 이름')}\n${line('새 이름')}`, 'mongo')).toMatchObject({
    added: 0,
    updated: 1,
    repeated: 1,
  })
  expect((await places.search({ q: '새 이름', limit: 5 })).hits.map((hit) => hit.name)).toEqual([
    '새 이름',
  ])
  expect(
    (await places.search({ q: '옛 이름', limit: 5 })).hits.map((hit) => hit.name),
  ).not.toContain('옛 이름')
})

test('NDJSON: broken, empty and huge lines, wrong types, other kinds of values', async () => {
  const huge = `{"name":"${'가'.repeat(300_000)}","lat":1,"lon":2}`
  const rows = [
    '{"name":"좋은 집","lat":"37.1","lon":"127.1"}',
    '',
    '{"name":',
    huge,
    '[1,2]',
    '"글"',
    'null',
    '{"name":{"a":1},"lat":1,"lon":2}',
    '{"name":"집","lat":[1],"lon":{}}',
    '{"name":"나\\u202e쁨","lat":1,"lon":2}',
    '{"name":"끝 집","latitude":37.2,"longitude":127.2,"price":"12,000원","menu":"청국장","영업시간":"11:00~21:00"}',
  ]
  const report = await run('ndjson', rows.join('\r\n'), 'lines', 9_000)
  expect(rejectedOf(report)).toEqual([
    '3 broken',
    '4 too_long',
    '5 broken',
    '6 broken',
    '7 broken',
    '8 no_name',
    '9 no_coordinates',
    '10 bad_name',
  ])
  expect(report.added).toBe(2)
  const [hit] = (await places.search({ q: '끝 집', limit: 1 })).hits
  expect(hit).toMatchObject({
    price: 12_000,
    menu: '청국장',
    hours: '11:00~21:00',
    lat: 37.2,
    lng: 127.2,
  })
})

test('GeoJSON: points and areas, OpenStreetMap’s tags, and a cut-off file', async () => {
  const feature = (id: unknown, geometry: unknown, properties: object) => ({
    type: 'Feature',
    id,
    geometry,
    properties,
  })
  const point = (lng: number, lat: number) => ({ type: 'Point', coordinates: [lng, lat] })
  const text = JSON.stringify(
    {
      type: 'FeatureCollection',
      bbox: [1, 2, 3, 4],
      crs: { type: 'name', properties: { name: 'x[{"' } },
      features: [
        feature(1, point(11.25, 43.77), {
          name: 'Trattoria Mario',
          amenity: 'restaurant',
          cuisine: 'italian;pizza',
          opening_hours: 'Mo-Sa 12:00-15:30',
          'addr:street': 'Via Rosina',
          'addr:housenumber': '2r',
          'addr:city': 'Firenze',
        }),
        feature(
          'way/2',
          {
            type: 'Polygon',
            coordinates: [
              [
                [11, 43],
                [11.2, 43],
                [11.2, 43.2],
                [11, 43],
              ],
            ],
          },
          { name: '맛나분식', 'name:en': 'Matna', amenity: 'fast_food' },
        ),
        feature(3, null, { name: '땅 없는 집' }),
        feature(4, point(11.26, 43.78), { amenity: 'cafe' }),
      ],
    },
    null,
    1,
  )
  const report = await run('json', text, 'osm', 11)
  expect(report).toMatchObject({ rows: 4, added: 2, byReason: { no_coordinates: 1, no_name: 1 } })
  const [mario] = (await places.search({ q: 'mario', limit: 1 })).hits
  expect(mario).toMatchObject({
    category: 'italian',
    address: 'Via Rosina 2r Firenze',
    hours: 'Mo-Sa 12:00-15:30',
  })
  expect((await places.search({ q: 'matna', limit: 1 })).hits[0]).toMatchObject({
    name: '맛나분식',
    nameEn: 'Matna',
    lng: 11.1,
    lat: 43.1,
  })
  const cut = await run('json', text.slice(0, text.indexOf('땅 없는')), 'cut', 11)
  expect(cut).toMatchObject({ rows: 3, added: 2, byReason: { cut_off: 1 } })
  expect(await run('json', '{"items": []}')).toMatchObject({ rows: 0 })
  expect(await run('json', '[{"name":"가","lat":1,"lon":1}]')).toMatchObject({ added: 1 })
})

test('GeoJSON: a rejected feature is named by line and, in a file of one line, by number; a list that is not closed is told', async () => {
  const feature = (name: string | null, coordinates: unknown) => ({
    type: 'Feature',
    properties: { name, amenity: 'restaurant' },
    geometry: { type: 'Point', coordinates },
  })
  const collection = {
    type: 'FeatureCollection',
    features: [
      feature('첫 집', [127.01, 37.51]),
      feature(null, [127.02, 37.52]),
      feature('뒤바뀐 집', [37.53, 127.03]),
      feature('못 읽는 \ufffd', [127.04, 37.54]),
    ],
  }
  const where = (report: { examples: { row: number; line: number; reason: string }[] }) =>
    report.examples.map(({ row, line, reason }) => `${row}/${line} ${reason}`)
  const flat = await run('json', JSON.stringify(collection), 'flat')
  expect(where(flat)).toEqual(['2/1 no_name', '3/1 swapped', '4/1 unreadable'])
  const lines = `{"type":"FeatureCollection","features":[\n${collection.features.map((each) => JSON.stringify(each)).join(',\n')}\n]}`
  expect(where(await run('json', lines, 'lines of json'))).toEqual([
    '2/3 no_name',
    '3/4 swapped',
    '4/5 unreadable',
  ])
  const unclosed = await run(
    'json',
    lines.slice(0, lines.lastIndexOf('\n', lines.indexOf('뒤바뀐'))),
    'unclosed',
  )
  expect(where(unclosed)).toEqual(['2/3 no_name', '3/3 cut_off'])
})

test('a header too long to be one ends a CSV; fields with names that mean something to JavaScript are only fields', async () => {
  const long = `${'x,'.repeat(200_000)}\nname,lat,lon\n집,37,127\n`
  expect(await run('csv', long, 'long', 50_000)).toMatchObject({
    rows: 1,
    added: 0,
    byReason: { too_long: 1 },
  })
  const tricky = '{"__proto__":{"name":"숨은 집","lat":37,"lon":127},"constructor":1}'
  expect(await run('ndjson', tricky, 'tricky')).toMatchObject({ byReason: { no_name: 1 } })
})

test('search: Korean, English, initials, spacing, categories, slips, nearness', async () => {
  const near = { lat: 37.556, lng: 126.902 }
  const rows = [
    ['고향집 칼국수', 0.001],
    ['망원 닭칼국수', 0.002],
    ['홍두깨 손칼국수', 0.3],
    ['신라삼계탕', 0.004],
    ['BBQ치킨 망원점', 0.005],
    ['비비큐 합정점', 0.01],
    ['피자스쿨', 0.003],
    ['Pizza Heaven', 0.004],
    ['스타벅스 망원역점', 0.002],
    ['스타벅스 부산점', 2.2],
    ['김치찌게 명가', 0.001],
    ['빈대떡마을', 0.002],
    ['육개장 사람들', 0.003],
  ] as const
  await run(
    'ndjson',
    rows
      .map(([name, off]) => JSON.stringify({ name, lat: near.lat + off, lon: near.lng }))
      .join('\n'),
    'search',
    500,
  )
  const first = async (q: string): Promise<string | undefined> =>
    (await places.search({ q, near, limit: 10 })).hits[0]?.name
  const names = async (q: string): Promise<string[]> =>
    (await places.search({ q, near, limit: 10 })).hits.map((hit) => hit.name)
  expect(await names('칼국수')).toEqual(['고향집 칼국수', '망원 닭칼국수', '홍두깨 손칼국수'])
  expect(await first('망원칼국')).toBe('망원 닭칼국수')
  expect(await first('고향 집칼국수')).toBe('고향집 칼국수')
  expect(await first('ㅅㄱㅌ')).toBe('신라삼계탕')
  expect(await first('ㅂㄷㄸㅁㅇ')).toBe('빈대떡마을')
  expect(await first('starbucks')).toBe('스타벅스 망원역점')
  expect(await first('스타벅스 부산')).toBe('스타벅스 부산점')
  expect((await names('비비큐')).toSorted()).toEqual(['BBQ치킨 망원점', '비비큐 합정점'])
  // A trattoria that serves pizza comes after them: it is in another country.
  expect((await names('pizza')).slice(0, 2).toSorted()).toEqual(['Pizza Heaven', '피자스쿨'])
  expect(await first('chicken')).toBe('BBQ치킨 망원점')
  expect(await first('김치찌개')).toBe('김치찌게 명가')
  expect(await first('육계장')).toBe('육개장 사람들')
  expect(await first('bindaetteok')).toBe('빈대떡마을')
  expect(await first('빈대덕마울')).toBe('빈대떡마을')
  expect(await names('없는집이름')).toEqual([])
  expect((await places.search({ q: "%_'; --", near, limit: 5 })).hits).toEqual([])
  // A full page isn't taken for all there is, nor for less: two are near, the third is far.
  expect(await places.search({ q: '칼국수', near, limit: 2 })).toMatchObject({ more: true })
  expect(await places.search({ q: '칼국수', near, limit: 3 })).toMatchObject({ more: false })
})

test('a view with too many shows them spread over it; an unknown part of the world says so', async () => {
  const rows = Array.from({ length: 2_000 }, (_, i) =>
    JSON.stringify({
      name: `집 ${i}`,
      lat: 35 + (i % 50) / 50,
      lon: 128 + (i < 1_900 ? (i % 37) / 3_700 : (i % 41) / 41),
    }),
  )
  await run('ndjson', rows.join('\n'), 'many', 10_000)
  const view = await places.inView({
    bounds: { south: 34.9, west: 127.9, north: 36.1, east: 129.1 },
    limit: 150,
  })
  expect(view.more).toBe(true)
  expect(view.places.length).toBeGreaterThan(30)
  expect(view.places.length).toBeLessThanOrEqual(150)
  // Nineteen in twenty lie in a narrow strip; the rest of the view is seen all the same.
  expect(view.places.filter((place) => place.lng > 128.1).length).toBeGreaterThan(15)
  expect(await places.search({ q: '집', near: { lat: -40, lng: -70 }, limit: 5 })).toMatchObject({
    known: true,
  })
  expect(await places.search({ q: '없는말이다', near: { lat: -40, lng: -70 }, limit: 5 })).toEqual({
    hits: [],
    more: false,
    filteredOut: 0,
    known: false,
    online: 'joined',
  })
})
