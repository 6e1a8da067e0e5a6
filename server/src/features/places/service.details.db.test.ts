import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { codeOf } from '#server/testing.ts'

const { world, one, two } = await startServers()
const { db } = one.platform

interface Fields {
  source: string
  name: string
  same_as?: string
  [column: string]: unknown
}
/** One record as an importer leaves it. */
async function record({ source, name, ...more }: Fields): Promise<string> {
  const fields = {
    source,
    source_id: crypto.randomUUID(),
    name,
    category: 'other',
    lat: 37.5556,
    lng: 126.9106,
    doc: '|',
    initials: '',
    ...more,
  }
  const columns = sql.join(Object.keys(fields).map((column) => sql.ref(column)))
  const values = sql.join(
    Object.values(fields).map((value) =>
      Array.isArray(value) && typeof value[0] !== 'string'
        ? sql`${JSON.stringify(value)}::jsonb`
        : value,
    ),
  )
  const { rows } = await sql<{ id: string }>`
    insert into places (${columns}) values (${values}) returning id`.execute(db)
  return rows[0]?.id ?? ''
}

test('a shop known from several sources is one place: the oldest record, with what its twins know besides', async () => {
  const nobody = world.client(two)
  const head = await record({
    source: 'register',
    name: '비아 서울',
    address: '월드컵로13길 19-23',
    hours: '월요일은 그때그때',
    imported_at: '2026-01-02T00:00:00Z',
  })
  const twin = await record({
    source: 'osm-seoul',
    name: 'Via Seoul',
    name_en: 'Via Seoul',
    category: 'western',
    address: 'Somewhere else',
    hours: 'Tu-Fr 11:30-21:30',
    website: 'viaseoul.example.com/menu',
    diet: ['vegan', 'vegetarian'],
    same_as: head,
    imported_at: '2026-02-03T00:00:00Z',
  })
  await record({
    source: 'menus',
    name: '비아서울',
    phone: '02-123-4567',
    website: 'javascript:alert(1)',
    menus: [
      { name: '바질 파스타', nameEn: 'Basil pasta', price: 14_000 },
      { name: '물', price: null },
    ],
    diet: ['halal'],
    same_as: head,
    imported_at: '2026-03-04T00:00:00Z',
  })
  const place = await nobody.trpc.places.details.query({ id: twin })
  expect(place).toEqual(await nobody.trpc.places.details.query({ id: head }))
  expect(place).toMatchObject({
    id: head,
    name: '비아 서울',
    nameEn: 'Via Seoul',
    category: 'western',
    address: '월드컵로13길 19-23',
    hours: 'Tu-Fr 11:30-21:30',
    phone: '02-123-4567',
    website: 'https://viaseoul.example.com/menu',
    diet: ['vegetarian', 'vegan', 'halal'],
    menus: [
      { name: '바질 파스타', nameEn: 'Basil pasta', price: 14_000 },
      { name: '물', nameEn: null, price: null },
    ],
    pricesAt: Date.parse('2026-03-04T00:00:00Z'),
    zone: 'Asia/Seoul',
    mine: false,
  })
  expect(place.sources.map(({ source }) => source)).toEqual(['register', 'osm-seoul', 'menus'])
})

test('a room that is opened at a twin is at the place itself', async () => {
  const guest = await world.guest(one)
  const head = await record({ source: 'a', name: '동일루', lat: 37.5, lng: 127.5 })
  const twin = await record({
    source: 'b',
    name: '동일루',
    lat: 37.5002,
    lng: 127.5,
    same_as: head,
  })
  const anchor = { kind: 'place' as const, placeId: twin }
  const { roomId } = await guest.trpc.rooms.open.mutate({
    anchor,
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: '민수',
    portrait: 'abcd1234',
  })
  const { room } = await guest.trpc.rooms.snapshot.query({ roomId })
  expect(room.meeting).toEqual({ lat: 37.5, lng: 127.5 })
})

test('without a menu the one dish that is known is it; broken menus are none, and nobody’s id is refused', async () => {
  const nobody = world.client(one)
  const id = await record({
    source: 'good',
    name: '국수집',
    menu: '칼국수',
    price: 5_000,
    lat: 40.7,
    lng: -74,
  })
  const plain = await nobody.trpc.places.details.query({ id })
  expect(plain.menus).toEqual([{ name: '칼국수', nameEn: null, price: 5_000 }])
  expect(plain.zone).toBe('America/New_York')
  const odd = await record({ source: 'odd', name: '이상한 집', menus: [{ price: 'free' }] })
  expect(await nobody.trpc.places.details.query({ id: odd })).toMatchObject({
    menus: [],
    pricesAt: null,
    website: null,
  })
  expect(await codeOf(nobody.trpc.places.details.query({ id: crypto.randomUUID() }))).toBe(
    'not_found',
  )
})
