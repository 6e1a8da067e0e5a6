import { describe, expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { codeOf, refusalOf } from '#server/testing.ts'
import { gangnam, joinTestRoom, openTestRoom, portrait, proposePin } from '#server/testing.rooms.ts'
import { formatRoomCode } from '#shared/rooms.code.ts'

const { world, one, two } = await startServers({ ROLES: 'web' })

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
      invitedBy: { name: '민수', portrait, colour: 1 },
      colour: 2,
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
