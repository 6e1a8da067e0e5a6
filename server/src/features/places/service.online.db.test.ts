import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ISLAND_CENTRE } from '#shared/demo.island.ts'
import { makeKakaoLocal } from '#server/platform/kakao.ts'
import { makeLog } from '#server/platform/log.ts'
import { makeOverpass } from '#server/platform/overpass.ts'
import { startServers } from '#server/testing.servers.ts'
import { boundsAround, tileBounds, tilesOf } from './policy.online.ts'
import { makeOnlinePlaces, type OnlinePlaces } from './service.online.ts'

const { one, two } = await startServers()

interface Answer {
  status?: number
  body: unknown
  headers?: Record<string, string>
  afterMs?: number
}
/** What the service on the network says, newest first; the last stays. */
let answers: Answer[] = []
let asked: string[] = []
let atOnce = 0
let mostAtOnce = 0
let service: Server
let url = ''
const open: OnlinePlaces[] = []

beforeEach(async () => {
  ;[answers, asked, atOnce, mostAtOnce] = [[], [], 0, 0]
  service = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push(`${request.url} ${decodeURIComponent(body)}`)
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {
        body: { elements: [] },
      }
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      setTimeout(() => {
        atOnce--
        response.writeHead(answer.status ?? 200, answer.headers).end(text)
      }, answer.afterMs ?? 0)
    })
  })
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((online) => online.close()))
  service.closeAllConnections()
  service.close()
  for (const table of ['places', 'place_tiles', 'place_cluster_dirty'])
    await sql`delete from ${sql.table(table)}`.execute(one.platform.db)
})

const make = (app = one, kakao = false): OnlinePlaces => {
  const online = makeOnlinePlaces({
    db: app.platform.db,
    log: makeLog('silent'),
    overpass: kakao ? null : makeOverpass({ url, userAgent: 'test' }),
    kakao: kakao ? makeKakaoLocal({ url, key: 'k' }) : null,
  })
  open.push(online)
  return online
}
/** The middle of a tile, so that one is enough. */
const [tile = 0] = tilesOf({ south: 37.55, west: 126.91, north: 37.55, east: 126.91 })
const { south, west, north, east } = tileBounds(tile)
const near = { lat: (south + north) / 2, lng: (west + east) / 2 }
const cafe = (id: number, name: string, more: object = {}) => ({
  type: 'node',
  id,
  lat: near.lat + id * 1e-5,
  lon: near.lng,
  tags: { amenity: 'cafe', name, ...more },
})
const names = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select name from places order by name`.execute(
    one.platform.db,
  )
  return rows.map(({ name }) => name)
}
/** As if the last answer were older than its time to live, and no failure a moment ago. */
const expire = () =>
  sql`update place_tiles set expires_at = now() - interval '1 s', retry_at = null`.execute(
    one.platform.db,
  )

test('what is asked for comes into the table once, and stays without asking again', async () => {
  answers = [{ body: { elements: [cafe(1, '가'), cafe(2, '나', { 'name:en': 'Na' })] } }]
  const online = make()
  expect(await online.look(near)).toBe('coming')
  expect(await online.join('가', near)).toBe('joined')
  expect(await names()).toEqual(['가', '나'])
  const requests = asked.length
  expect(await online.join('나', near)).toBe('joined')
  expect(await make(two).look(near)).toBe('joined')
  expect(asked).toHaveLength(requests)
})

test('of Bap Island and its sea no service is asked, and nothing is said to be missing', async () => {
  for (const island of [ISLAND_CENTRE, { ...ISLAND_CENTRE, lat: ISLAND_CENTRE.lat + 0.1 }])
    for (const online of [make(), make(one, true)]) {
      expect(await online.look(island)).toBe('joined')
      expect(await online.join('칼국수', island)).toBe('joined')
      expect(await online.want(boundsAround(island, 500))).toBe(false)
    }
  expect(asked).toEqual([])
})

test('two servers and many views at once ask for a tile once, one request after another', async () => {
  answers = [{ body: { elements: [cafe(1, '가')] }, afterMs: 400 }]
  const [a, b] = [make(), make(two)]
  const states = await Promise.all(
    Array.from({ length: 12 }, (_, i) => (i % 2 ? a : b).join('', near)),
  )
  expect(new Set(states)).toEqual(new Set(['joined']))
  const boxes = asked.map((each) => /bbox:([^\]]+)/.exec(each)?.[1])
  expect(new Set(boxes).size).toBe(boxes.length)
  expect(mostAtOnce).toBeLessThanOrEqual(2)
})

test('an older tile is read again: closed shops go, unless far too many are missing', async () => {
  const many = Array.from({ length: 40 }, (_, i) => cafe(i + 1, `${i + 1}호`))
  answers = [{ body: { elements: many } }]
  await make().join('', near)
  await expire()
  answers = [{ body: { elements: many.slice(0, 38) } }]
  await make().join('', near)
  expect(await names()).toHaveLength(38)
  await expire()
  answers = [{ body: { elements: [] } }]
  await make().join('', near)
  expect(await names()).toHaveLength(38)
})

test.each<[string, Answer, string]>([
  ['429', { status: 429, body: '', headers: { 'retry-after': '30' } }, 'late'],
  ['504', { status: 504, body: '<html/>' }, 'late'],
  ['a cut answer', { body: '{"elements":[{"type":"node"' }, 'late'],
  [
    'a remark instead of results',
    { body: { elements: [cafe(9, '반쪽')], remark: 'runtime error: Query ran out of memory' } },
    'late',
  ],
])(
  '%s: nothing is kept, the service is left alone, the table answers',
  async (_, answer, state) => {
    answers = [answer]
    const online = make()
    expect(await online.join('', near)).toBe(state)
    expect(await names()).toEqual([])
    const requests = asked.length
    expect(await online.join('', near)).toBe(state)
    expect(await online.want({ south, west, north, east })).toBe(false)
    expect(asked).toHaveLength(requests)
    // The tile itself rests too: another server doesn't try it at once.
    await make(two).join('', near)
    expect(asked).toHaveLength(requests)
  },
)

test('without a network that is said, and what is known already is found', async () => {
  answers = [{ body: { elements: [cafe(1, '가')] } }]
  await make().join('', near)
  await expire()
  service.closeAllConnections()
  await new Promise((done) => service.close(done))
  const online = make()
  expect(await online.join('', near)).toBe('unreachable')
  expect(await online.look(near)).toBe('unreachable')
  expect(await names()).toEqual(['가'])
})

test('a server that ends gives its tile back', async () => {
  answers = [{ body: { elements: [] }, afterMs: 60_000 }]
  const online = make()
  await online.want({
    south: near.lat,
    west: near.lng,
    north: near.lat + 1e-4,
    east: near.lng + 1e-4,
  })
  await expect.poll(() => asked.length).toBe(1)
  await online.close()
  answers = [{ body: { elements: [cafe(1, '가')] } }]
  expect(await make(two).join('', near)).toBe('joined')
  expect(await names()).toEqual(['가'])
})

test('a view of half a country asks for nothing', async () => {
  expect(await make().want({ south: 35, west: 126, north: 38, east: 129 })).toBe(false)
  expect(await make().want({ south: -85, west: -180, north: 85, east: 180 })).toBe(false)
  expect(asked).toEqual([])
})

test('Kakao: places of a text join once, and are not kept longer than a day', async () => {
  const document = {
    id: '81',
    place_name: '동일루 망원점',
    category_name: '음식점 > 중식 > 중화요리',
    phone: '02-325-0000',
    address_name: '서울 마포구 망원동 1-1',
    road_address_name: '서울 마포구 망원로 1',
    x: String(near.lng),
    y: String(near.lat),
    place_url: 'http://place.map.kakao.com/81',
  }
  answers = [{ body: { documents: [document], meta: {} } }]
  const online = make(one, true)
  expect(await online.join('동일루', near)).toBe('joined')
  expect(await online.join('동일루', near)).toBe('joined')
  expect(asked).toHaveLength(2) // restaurants and cafés
  const { rows } = await sql`select name, category, address, phone from places`.execute(
    one.platform.db,
  )
  expect(rows).toEqual([
    {
      name: '동일루 망원점',
      category: 'chinese',
      address: '서울 마포구 망원로 1',
      phone: '02-325-0000',
    },
  ])
  await online.forgetOld()
  expect(await names()).toHaveLength(1)
  await sql`update places set imported_at = now() - interval '25 h'`.execute(one.platform.db)
  await online.forgetOld()
  expect(await names()).toEqual([])
})
