import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { makeTestWorld, refusalOf, type TestClient, type TestWorld } from '#server/testing.ts'
import { formatRoomCode } from '#shared/rooms.ts'

let world: TestWorld
let one: App
let two: App

beforeAll(async () => {
  world = await makeTestWorld()
  one = await world.serve({ ROLES: 'web' })
  two = await world.serve({ ROLES: 'web' })
})
afterAll(() => world.end())

const portrait = 'abcd1234'
const here = { kind: 'view', lat: 37.4979, lng: 127.0276, zoom: 15 } as const

async function openAs(host: TestClient, more: object = {}) {
  return host.trpc.rooms.open.mutate({ locale: 'ko', zone: 'Asia/Seoul', nickname: '민수', portrait, anchor: here, ...more })
}
async function joined(app: App, code: string, nickname: string): Promise<TestClient> {
  const client = await world.guest(app, nickname)
  await client.trpc.rooms.join.mutate({ code, nickname, portrait })
  return client
}
const pin = (name: string, lat = 37.5, lng = 127.03) => ({ kind: 'pin', name, lat, lng, category: 'korean' }) as const

describe('entering', () => {
  test('a link shows the room before entering, then a member has a seat on any server', async () => {
    const host = await world.guest(one)
    const { code, roomId, seat } = await openAs(host, { name: '금요일 저녁' })
    expect(seat).toBe(1)
    const visitor = world.client(two)
    expect(await visitor.trpc.rooms.peek.query({ code: formatRoomCode(code).toUpperCase() })).toMatchObject({
      state: 'open',
      name: '금요일 저녁',
      invitedBy: { name: '민수' },
      inside: 1,
      mySeat: null,
    })
    expect(visitor.cookie()).toBe('')
    const guest = await joined(two, code, '지은')
    const snapshot = await guest.trpc.rooms.snapshot.query({ roomId })
    expect(snapshot).toMatchObject({ mySeat: 2, seq: 2, room: { hostSeat: 1, meeting: { lat: here.lat, lng: here.lng } } })
    expect(snapshot.members.map((m) => m.name)).toEqual(['민수', '지은'])
    expect(await refusalOf((await world.guest(one)).trpc.rooms.snapshot.query({ roomId }))).toMatchObject({ code: 'not_a_member' })
  })
})
test('a candidate', async () => {
  const host = await world.guest(one)
  const { roomId } = await openAs(host)
  const c = await host.trpc.rooms.propose.mutate({ roomId, key: crypto.randomUUID(), what: pin('한신포차') })
  expect(c).toMatchObject({ number: 1, name: '한신포차', proposerSeat: 1, withdrawnAt: null })
})
