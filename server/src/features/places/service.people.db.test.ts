import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { codeOf, refusalOf, type TestClient } from '#server/testing.ts'

const { world, one, two } = await startServers({
  LIMITS: 'PLACES_ADDED_PER_DAY=4,PLACE_REPORTS_PER_DAY=4',
})
const { db } = one.platform

const at = { lat: 35.1587, lng: 129.1604 }
const uuid = (): string => crypto.randomUUID()
const newPlace = (name = '해운대밀면') => ({ key: uuid(), name, category: 'noodles' as const, at })
const idsNear = async (client: TestClient, q: string): Promise<string[]> =>
  (await client.trpc.places.search.query({ q, near: at })).hits.map(({ id }) => id)
const inView = async (client: TestClient): Promise<string[]> => {
  const bounds = { south: 35.158, west: 129.16, north: 35.159, east: 129.161 }
  return (await client.trpc.places.inView.query({ bounds })).places.map(({ id }) => id)
}
const reports = async () =>
  (
    await sql<{ kind: string; note: string | null; person_id: string }>`
      select kind, note, person_id from place_reports order by kind`.execute(db)
  ).rows

test('an added place is found and seen at once, by everybody; sent again it is the same one; only who added it takes it away', async () => {
  const [minsu, harin] = [await world.guest(one), await world.guest(two, '하린')]
  const wish = { ...newPlace(), address: '부산 해운대구 1', hours: '매일 11:00-21:00' }
  const { id } = await minsu.trpc.places.add.mutate(wish)
  expect(await minsu.on(two).trpc.places.add.mutate(wish)).toEqual({ id })
  for (const q of ['밀면', 'ㅎㅇㄷㅁㅁ', 'haeundaemilmyeon', '해운대구 1'])
    expect(await idsNear(harin, q), q).toContain(id)
  expect(await inView(harin)).toEqual([id])
  const bounds = { south: 35.158, west: 129.16, north: 35.159, east: 129.161 }
  const ofKind = async (categories: ('noodles' | 'cafe')[]) =>
    (await harin.trpc.places.ofKind.query({ bounds, categories })).places.map((place) => place.id)
  expect([await ofKind(['noodles', 'cafe']), await ofKind([]), await ofKind(['cafe'])]).toEqual([
    [id],
    [id],
    [],
  ])
  // Clusters are counted when the writing rests; a look from near by needs none.
  expect(await harin.trpc.places.onMap.query({ bounds, zoom: 18 })).toMatchObject({
    clusters: [],
    places: [{ id }],
  })
  expect(await minsu.trpc.places.details.query({ id })).toMatchObject({
    mine: true,
    hours: '매일 11:00-21:00',
    sources: [{ source: 'people' }],
  })
  expect((await harin.trpc.places.details.query({ id })).mine).toBe(false)
  expect(await codeOf(harin.trpc.places.add.mutate(wish))).toBe('bad_input')
  expect(await codeOf(harin.trpc.places.remove.mutate({ id }))).toBe('not_found')
  await minsu.trpc.places.remove.mutate({ id })
  expect(await codeOf(minsu.trpc.places.remove.mutate({ id }))).toBe('not_found')
  expect(await idsNear(harin, '밀면')).toEqual([])
})

test('a place needs a name that can be shown and hours that can be read; more than a day’s number is refused with when to go on', async () => {
  const guest = await world.guest(one)
  const add = (more: object) => guest.trpc.places.add.mutate({ ...newPlace('돼지국밥'), ...more })
  for (const name of [' \u200b ', '!!!!', '🍜', '가'.repeat(81)])
    expect(await codeOf(add({ name })), name).toBe('name_invalid')
  expect(await codeOf(add({ address: 'a\u202eb' }))).toBe('name_invalid')
  expect(await refusalOf(add({ hours: '기분 내키면' }))).toMatchObject({
    code: 'bad_input',
    params: { fields: ['hours'] },
  })
  for (const name of ['1+1', '돼지국밥', '#1', '鳥貴族']) await add({ name })
  expect(await refusalOf(add({}))).toMatchObject({
    code: 'slow_down',
    params: { retryAt: expect.any(Number) },
  })
})

test('saying the same twice is one report, at the place that a record tells of; reports go with their person', async () => {
  const [minsu, harin] = [await world.guest(one), await world.guest(two, '하린')]
  const { id } = await harin.trpc.places.add.mutate(newPlace('문 닫은 집'))
  const { rows } = await sql<{ id: string }>`
    insert into places (source, source_id, name, category, lat, lng, doc, initials, same_as)
    values ('other', ${uuid()}, '문 닫은 집', 'other', 35, 129, '|', '', ${id}) returning id`.execute(
    db,
  )
  const twin = rows[0]?.id ?? ''
  await minsu.trpc.places.report.mutate({ id, kind: 'closed' })
  await minsu.on(two).trpc.places.report.mutate({ id: twin, kind: 'closed', note: '간판이 없어요' })
  await minsu.trpc.places.report.mutate({ id, kind: 'closed' })
  await harin.trpc.places.report.mutate({ id, kind: 'duplicate' })
  const person_id = await minsu.personId()
  expect(await reports()).toEqual([
    { kind: 'closed', note: '간판이 없어요', person_id },
    { kind: 'duplicate', note: null, person_id: await harin.personId() },
  ])
  for (const kind of ['wrong_hours', 'wrong_name', 'wrong_menu', 'other'] as const)
    expect(
      await refusalOf(minsu.trpc.places.report.mutate({ id, kind, note: ' ' })),
      kind,
    ).toMatchObject({ code: 'bad_input', params: { fields: ['note'] } })
  await minsu.trpc.places.report.mutate({ id, kind: 'other', note: '이사했어요' })
  expect(await codeOf(minsu.trpc.places.report.mutate({ id, kind: 'not_food' }))).toBe('slow_down')
  expect(await codeOf(harin.trpc.places.report.mutate({ id: uuid(), kind: 'closed' }))).toBe(
    'not_found',
  )

  const { people } = one.services.auth
  const told = await people.exportPerson(person_id)
  expect(told.places).toMatchObject({
    places: [],
    reports: [{ kind: 'closed' }, { kind: 'other' }],
  })
  await people.moveGuest(await harin.personId(), person_id)
  expect((await minsu.trpc.places.details.query({ id })).mine).toBe(true)
  expect((await reports()).map(({ kind }) => kind)).toEqual(['closed', 'duplicate', 'other'])
  await people.erasePerson(person_id)
  expect(await reports()).toEqual([])
  expect((await world.client(one).trpc.places.details.query({ id })).mine).toBe(false)
})
