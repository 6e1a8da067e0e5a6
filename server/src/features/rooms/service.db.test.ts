import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { makeTestWorld, refusalOf, type TestClient, type TestWorld } from '#server/testing.ts'
import {
  gangnam,
  joinTestRoom,
  openTestRoom,
  pin,
  portrait,
  proposePin,
} from '#server/testing.rooms.ts'
import { formatRoomCode } from '#shared/rooms.code.ts'

let world: TestWorld
let one: App
let two: App

beforeAll(async () => {
  world = await makeTestWorld()
  one = await world.serve({ ROLES: 'web' })
  two = await world.serve({ ROLES: 'web' })
})
afterAll(() => world.end())

const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code
const expire = (roomId: string) =>
  one.platform.db
    .updateTable('rooms')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .where('id', '=', roomId)
    .execute()

describe('the link', () => {
  test('shows name, inviter, number of people and candidates, and makes no guest', async () => {
    const { host, code, roomId } = await openTestRoom(world, one, { name: '금요일  저녁' })
    await proposePin(host, roomId, '한신포차')
    const visitor = world.client(two)
    const peek = await visitor.trpc.rooms.peek.query({ code: formatRoomCode(code).toUpperCase() })
    expect(peek).toEqual({
      state: 'open',
      roomId,
      code,
      name: '금요일 저녁',
      createdAt: expect.any(Number),
      zone: 'Asia/Seoul',
      invitedBy: { name: '민수', portrait },
      inside: 1,
      max: 20,
      candidates: [{ number: 1, name: '한신포차', category: 'korean', lat: 37.5, lng: 127.03 }],
      view: { lat: gangnam.lat, lng: gangnam.lng, zoom: gangnam.zoom },
      mySeat: null,
      decisionId: null,
    })
    expect(visitor.cookie()).toBe('')
    const mine = await host.on(two).trpc.rooms.peek.query({ code })
    expect(mine).toMatchObject({ state: 'open', mySeat: 1 })
  })

  test('of a locked room shows nothing to strangers, and members return', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    const member = await joinTestRoom(world, two, code)
    await host.trpc.rooms.changeRoom.mutate({ roomId, locked: true })
    const stranger = await world.guest(two)
    expect(await stranger.trpc.rooms.peek.query({ code })).toEqual({ state: 'locked' })
    expect(await codeOf(stranger.trpc.rooms.join.mutate({ code, nickname: '나', portrait }))).toBe(
      'room_locked',
    )
    await member.trpc.rooms.leave.mutate({ roomId })
    expect(await member.trpc.rooms.join.mutate({ code, nickname: '지은', portrait })).toMatchObject(
      { seat: 2 },
    )
  })

  test('of a closed room is read-only until the host opens it again', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    await host.trpc.rooms.close.mutate({ roomId })
    const stranger = await world.guest(two)
    expect(await stranger.trpc.rooms.peek.query({ code })).toMatchObject({
      state: 'closed',
      decisionId: null,
    })
    expect(await codeOf(stranger.trpc.rooms.join.mutate({ code, nickname: '나', portrait }))).toBe(
      'room_closed',
    )
    expect(await codeOf(proposePin(host, roomId, '닫힌 방'))).toBe('room_closed')
    expect(
      await codeOf(host.trpc.rooms.changeMe.mutate({ roomId, nickname: '나', portrait })),
    ).toBe('room_closed')
    const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
    expect(
      await codeOf(
        host.trpc.chat.send.mutate({ channelId, clientId: crypto.randomUUID(), body: '?' }),
      ),
    ).toBe('room_closed')
    const { expiresAt, closedAt } = await host.trpc.rooms.reopen.mutate({ roomId })
    expect(closedAt).toBeNull()
    expect(expiresAt).toBeGreaterThan(Date.now() + 23.9 * 3_600_000)
    expect(await stranger.trpc.rooms.join.mutate({ code, nickname: '나', portrait })).toMatchObject(
      { seat: 2 },
    )
  })

  test('of an expired room says only so, also after it was deleted; its chat is gone with it', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
    await expire(roomId)
    expect(await host.trpc.rooms.peek.query({ code })).toEqual({
      state: 'expired',
      decisionId: null,
    })
    expect(await codeOf(host.trpc.rooms.snapshot.query({ roomId }))).toBe('room_expired')
    expect(await codeOf(host.trpc.rooms.join.mutate({ code, nickname: '나', portrait }))).toBe(
      'room_expired',
    )
    expect(await one.services.rooms.buryExpired()).toBe(0)
    const { db } = one.platform
    await db
      .updateTable('rooms')
      .set({ expires_at: new Date(Date.now() - 3_700_000) })
      .where('id', '=', roomId)
      .execute()
    expect(await one.services.rooms.buryExpired()).toBe(1)
    expect(
      await db.selectFrom('room_events').select('seq').where('room_id', '=', roomId).execute(),
    ).toEqual([])
    expect(
      await db.selectFrom('channels').select('id').where('id', '=', channelId).execute(),
    ).toEqual([])
    expect(await host.on(two).trpc.rooms.peek.query({ code })).toEqual({
      state: 'expired',
      decisionId: null,
    })
    expect(await codeOf(host.trpc.rooms.join.mutate({ code, nickname: '나', portrait }))).toBe(
      'room_expired',
    )
  })

  test('can be changed; the old one is unknown', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    const room = await host.trpc.rooms.changeLink.mutate({ roomId })
    expect(await host.trpc.rooms.peek.query({ code })).toEqual({ state: 'unknown' })
    expect(await host.trpc.rooms.peek.query({ code: room.code })).toMatchObject({ state: 'open' })
  })

  test('has a preview of brand and name only, and none when strangers may not see the room', async () => {
    const { host, code, roomId } = await openTestRoom(world, one, { name: '<b>"밥"</b>' })
    const page = async () =>
      (
        await world
          .client(two)
          .fetch(`/r/${formatRoomCode(code)}`, { headers: { accept: 'text/html' } })
      ).text()
    const html = await page()
    expect(html).toContain('<title>&lt;b&gt;&quot;밥&quot;&lt;/b&gt; · 밥맵</title>')
    expect(html).toContain('noindex')
    expect(html).not.toContain('민수')
    await host.trpc.rooms.changeRoom.mutate({ roomId, locked: true })
    expect(await page()).not.toContain('&quot;밥&quot;')
  })

  test('cannot be guessed: wrong codes count per address, right ones do not', async () => {
    const app = await world.serve({
      ROLES: 'web',
      REDIS_PREFIX: `${world.store.redisPrefix}guess:`,
    })
    const { code } = await openTestRoom(world, app)
    const visitor = world.client(app)
    for (let i = 0; i < 80; i++) await visitor.trpc.rooms.peek.query({ code })
    const answers = await Promise.allSettled(
      Array.from({ length: 70 }, () => visitor.trpc.rooms.peek.query({ code: 'k7m2q9xw4r8d' })),
    )
    expect(answers.filter((answer) => answer.status === 'rejected').length).toBeGreaterThanOrEqual(
      9,
    )
    const refusal = await refusalOf(visitor.trpc.rooms.peek.query({ code: 'zzzz' }))
    expect(refusal).toMatchObject({ code: 'slow_down', params: { retryAt: expect.any(Number) } })
  })
})

describe('people', () => {
  test('one seat over devices and retries; the name given at the first join stays', async () => {
    const { code, roomId } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, one, code, '지은')
    expect(
      await guest.on(two).trpc.rooms.join.mutate({ code, nickname: '다른 이름', portrait }),
    ).toMatchObject({ seat: 2 })
    const { members } = await guest.trpc.rooms.snapshot.query({ roomId })
    expect(members.map((m) => m.name)).toEqual(['민수', '지은'])
  })

  test('own name can change and is numbered when taken', async () => {
    const { code, roomId } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code, '지은')
    await guest.trpc.rooms.changeMe.mutate({ roomId, nickname: ' 민수 ', portrait: 'zzzz9999' })
    const { members } = await guest.trpc.rooms.snapshot.query({ roomId })
    expect(members[1]).toMatchObject({ seat: 2, name: '민수 2', portrait: 'zzzz9999' })
  })

  test('removed: barred with the same session on every server, and out of the chat', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const { channelId } = await guest.trpc.rooms.snapshot.query({ roomId })
    await proposePin(guest, roomId, '남는 곳')
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    expect(await guest.trpc.rooms.peek.query({ code })).toEqual({ state: 'removed' })
    for (const app of [one, two]) {
      const { trpc } = guest.on(app)
      expect(await codeOf(trpc.rooms.join.mutate({ code, nickname: '지은', portrait }))).toBe(
        'room_removed',
      )
      expect(await codeOf(trpc.rooms.snapshot.query({ roomId }))).toBe('room_removed')
      expect(await codeOf(trpc.chat.history.query({ channelId }))).toBe('room_removed')
    }
    expect(await guest.trpc.rooms.mine.query()).toEqual([])
    const after = await host.trpc.rooms.snapshot.query({ roomId })
    expect(after.members.map((m) => m.seat)).toEqual([1])
    expect(after.candidates.map((c) => c.name)).toEqual(['남는 곳'])
  })

  test('handing over moves the rights; nobody removes the host or themselves', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    expect(await codeOf(guest.trpc.rooms.close.mutate({ roomId }))).toBe('host_only')
    expect(await codeOf(host.trpc.rooms.removePerson.mutate({ roomId, seat: 1 }))).toBe(
      'person_unknown',
    )
    expect(await codeOf(host.trpc.rooms.handOver.mutate({ roomId, seat: 9 }))).toBe(
      'person_unknown',
    )
    expect(await host.trpc.rooms.handOver.mutate({ roomId, seat: 2 })).toMatchObject({
      hostSeat: 2,
    })
    expect(await codeOf(host.trpc.rooms.changeRoom.mutate({ roomId, locked: true }))).toBe(
      'host_only',
    )
    expect(await guest.trpc.rooms.changeRoom.mutate({ roomId, locked: true })).toMatchObject({
      locked: true,
    })
  })
})

describe('candidates', () => {
  test('a place of the table comes with all that is known of it, once', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const { id } = await one.platform.db
      .insertInto('places')
      .values({
        source: 'test',
        source_id: '1',
        name: '을지면옥',
        category: 'noodles',
        address: '서울 중구',
        lat: 37.56,
        lng: 126.99,
        price: 15_000,
        menu: '평양냉면',
        doc: '',
        initials: '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const what = { kind: 'place', placeId: id } as const
    const added = await host.trpc.rooms.propose.mutate({
      roomId,
      key: crypto.randomUUID(),
      what,
      note: ' 줄이 길어요 ',
      link: 'https://naver.me/abc',
    })
    expect(added).toMatchObject({
      number: 1,
      placeId: id,
      name: '을지면옥',
      menu: '평양냉면',
      price: 15_000,
      note: '줄이 길어요',
      link: 'https://naver.me/abc',
    })
    const again = await refusalOf(
      host.trpc.rooms.propose.mutate({ roomId, key: crypto.randomUUID(), what }),
    )
    expect(again).toMatchObject({ code: 'candidate_duplicate', params: { number: 1 } })
    const unknown = { kind: 'place', placeId: crypto.randomUUID() } as const
    expect(
      await codeOf(
        host.trpc.rooms.propose.mutate({ roomId, key: crypto.randomUUID(), what: unknown }),
      ),
    ).toBe('not_found')
  })

  test('withdrawn, restored, annotated by those who may; numbers are never given again', async () => {
    const { host, code, roomId } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const other = await joinTestRoom(world, two, code, '준호')
    await proposePin(guest, roomId, '첫째')
    expect(await codeOf(other.trpc.rooms.withdraw.mutate({ roomId, number: 1 }))).toBe(
      'candidate_not_yours',
    )
    expect(await guest.trpc.rooms.withdraw.mutate({ roomId, number: 1 })).toMatchObject({
      withdrawnAt: expect.any(Number),
    })
    expect(await proposePin(guest, roomId, '둘째')).toMatchObject({ number: 2 })
    expect(await codeOf(other.trpc.rooms.restore.mutate({ roomId, number: 1 }))).toBe(
      'candidate_not_yours',
    )
    expect(await guest.trpc.rooms.restore.mutate({ roomId, number: 1 })).toMatchObject({
      number: 1,
      withdrawnAt: null,
    })
    await host.trpc.rooms.withdraw.mutate({ roomId, number: 1 })
    expect(await codeOf(guest.trpc.rooms.restore.mutate({ roomId, number: 1 }))).toBe(
      'candidate_not_yours',
    )
    expect(
      await codeOf(other.trpc.rooms.annotate.mutate({ roomId, number: 2, note: 'x', link: null })),
    ).toBe('candidate_not_yours')
    expect(
      await host.trpc.rooms.annotate.mutate({ roomId, number: 2, note: '예약 됨', link: null }),
    ).toMatchObject({ note: '예약 됨' })
    expect(
      await codeOf(
        host.trpc.rooms.annotate.mutate({
          roomId,
          number: 2,
          note: null,
          link: 'javascript:alert(1)',
        }),
      ),
    ).toBe('bad_input')
    expect(await codeOf(host.trpc.rooms.withdraw.mutate({ roomId, number: 44 }))).toBe(
      'candidate_unknown',
    )
  })
})

test('shared map text is read, anything else is said to be unknown', async () => {
  const guest = await world.guest(one)
  const text = '[네이버 지도]\n을지면옥\n서울 중구 충무로14길 2-1\nhttps://naver.me/GxYz12Ab'
  expect(await guest.trpc.rooms.readShareText.query({ text })).toEqual({
    name: '을지면옥',
    address: '서울 중구 충무로14길 2-1',
    link: 'https://naver.me/GxYz12Ab',
  })
  expect(await codeOf(guest.trpc.rooms.readShareText.query({ text: '안녕' }))).toBe(
    'share_text_unknown',
  )
})

test('every call refuses strangers, and another room’s ids name nothing', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  await proposePin(host, roomId, '남의 것')
  const elsewhere = await openTestRoom(world, two)
  const stranger = elsewhere.host
  const calls = (trpc: TestClient['trpc'], id: string): Record<string, () => Promise<unknown>> => ({
    snapshot: () => trpc.rooms.snapshot.query({ roomId: id }),
    changeRoom: () => trpc.rooms.changeRoom.mutate({ roomId: id, locked: true }),
    close: () => trpc.rooms.close.mutate({ roomId: id }),
    reopen: () => trpc.rooms.reopen.mutate({ roomId: id }),
    extend: () => trpc.rooms.extend.mutate({ roomId: id }),
    changeLink: () => trpc.rooms.changeLink.mutate({ roomId: id }),
    handOver: () => trpc.rooms.handOver.mutate({ roomId: id, seat: 1 }),
    removePerson: () => trpc.rooms.removePerson.mutate({ roomId: id, seat: 1 }),
    changeMe: () => trpc.rooms.changeMe.mutate({ roomId: id, nickname: '나', portrait }),
    leave: () => trpc.rooms.leave.mutate({ roomId: id }),
    hide: () => trpc.rooms.hide.mutate({ roomId: id }),
    propose: () =>
      trpc.rooms.propose.mutate({ roomId: id, key: crypto.randomUUID(), what: pin('x') }),
    withdraw: () => trpc.rooms.withdraw.mutate({ roomId: id, number: 1 }),
    restore: () => trpc.rooms.restore.mutate({ roomId: id, number: 1 }),
    annotate: () => trpc.rooms.annotate.mutate({ roomId: id, number: 1, note: 'x', link: null }),
    comeHere: () =>
      trpc.rooms.comeHere.mutate({
        roomId: id,
        view: { south: 37, west: 127, north: 38, east: 128 },
      }),
  })
  const before = await host.trpc.rooms.snapshot.query({ roomId })
  for (const [name, call] of Object.entries(calls(stranger.trpc, roomId)))
    expect([name, await codeOf(call())]).toEqual([name, 'not_a_member'])
  for (const [name, call] of Object.entries(calls(world.client(one).trpc, roomId)))
    expect([name, await codeOf(call())]).toEqual([name, 'unauthenticated'])
  for (const [name, call] of Object.entries(calls(stranger.trpc, crypto.randomUUID()))) {
    expect([name, await codeOf(call())]).toEqual([
      name,
      name === 'hide' ? 'not_a_member' : 'room_unknown',
    ])
  }
  const after = await host.trpc.rooms.snapshot.query({ roomId })
  expect({ ...after, now: 0 }).toEqual({ ...before, now: 0 })
  // Number 1 exists in the other room, not in the stranger's own.
  expect(
    await codeOf(stranger.trpc.rooms.withdraw.mutate({ roomId: elsewhere.roomId, number: 1 })),
  ).toBe('candidate_unknown')
  expect(
    await codeOf(stranger.trpc.rooms.removePerson.mutate({ roomId: elsewhere.roomId, seat: 2 })),
  ).toBe('person_unknown')
  expect(code).toHaveLength(12)
})
