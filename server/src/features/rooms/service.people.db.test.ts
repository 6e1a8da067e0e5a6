import { describe, expect, test, vi } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { codeOf, type TestClient } from '#server/testing.ts'
import {
  appear,
  hear,
  joinTestRoom,
  openTestRoom,
  portrait,
  proposePin,
} from '#server/testing.rooms.ts'
import type { RoomHooks } from './index.ts'
import { noHooks } from './service.core.ts'

// Gone for a second instead of a minute; both servers do the periodic work.
const { world, one, two } = await startServers({ LIMITS: 'ACTING_HOST_AFTER_MS=1000' })

const roomAs = async (client: TestClient, roomId: string) =>
  (await client.trpc.rooms.snapshot.query({ roomId })).room
const inTx = (work: (tx: Parameters<RoomHooks['lastCloseAt']>[0]) => Promise<void>) =>
  one.platform.db.transaction().execute(work)

test('a host who is gone is replaced by the longest-present member, with less rights, until back', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const first = await joinTestRoom(world, two, code, '지은')
  const second = await joinTestRoom(world, one, code, '준호')
  const away = await appear(host, roomId)
  await appear(second, roomId)
  await vi.waitFor(
    async () => expect(await one.services.rooms.presentSeats(roomId)).toEqual([1, 3]),
    { timeout: 5_000 },
  )
  await appear(first, roomId)
  const heard = await hear(second, roomId, '3')
  away.close()
  await vi.waitFor(async () => expect((await roomAs(second, roomId)).actingSeat).toBe(3), {
    timeout: 15_000,
    interval: 100,
  })
  await vi.waitFor(() => expect(heard.types()).toEqual(['room']), 10_000)
  expect(await second.trpc.rooms.changeRoom.mutate({ roomId, locked: true })).toMatchObject({
    locked: true,
    hostSeat: 1,
  })
  expect(await codeOf(second.trpc.rooms.close.mutate({ roomId }))).toBe('acting_host_cannot')
  expect(await codeOf(second.trpc.rooms.handOver.mutate({ roomId, seat: 2 }))).toBe(
    'acting_host_cannot',
  )
  expect(await codeOf(second.trpc.rooms.removePerson.mutate({ roomId, seat: 1 }))).toBe(
    'acting_host_cannot',
  )
  expect(await codeOf(first.trpc.rooms.changeRoom.mutate({ roomId, locked: false }))).toBe(
    'host_only',
  )
  await appear(host.on(two), roomId)
  await vi.waitFor(async () => expect((await roomAs(second, roomId)).actingSeat).toBeNull(), {
    timeout: 8_000,
    interval: 100,
  })
  expect(await codeOf(second.trpc.rooms.changeRoom.mutate({ roomId, locked: false }))).toBe(
    'host_only',
  )
})

describe('one person out of two', () => {
  test('a guest’s seat moves to the account, and tells the others', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const account = await world.guest(one, '계정')
    const heard = await hear(host, roomId, '2')
    await inTx(async (tx) =>
      one.services.rooms.moveOwner(tx, await guest.personId(), await account.personId()),
    )
    expect(await account.trpc.rooms.snapshot.query({ roomId })).toMatchObject({ mySeat: 2 })
    expect(await codeOf(guest.trpc.rooms.snapshot.query({ roomId }))).toBe('not_a_member')
    await vi.waitFor(() => expect(heard.types()).toEqual(['member']), { timeout: 4_000 })
  })

  test('where both have a seat the lower stays, with candidates and host of both', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const account = await joinTestRoom(world, two, code, '계정')
    await proposePin(host, roomId, '방장의 곳')
    await proposePin(account, roomId, '계정의 곳')
    await inTx(async (tx) =>
      one.services.rooms.moveOwner(tx, await host.personId(), await account.personId()),
    )
    const { members, mySeat, room, candidates } = await account.trpc.rooms.snapshot.query({
      roomId,
    })
    expect([members.map((m) => m.seat), mySeat, room.hostSeat]).toEqual([[1], 1, 1])
    expect(candidates.map((c) => c.proposerSeat)).toEqual([1, 1])
    expect(await account.trpc.rooms.close.mutate({ roomId })).toMatchObject({ hostSeat: 1 })
  })

  test('what one of two seats took off, the one that stays puts back', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code, '손님')
    const account = await joinTestRoom(world, two, code, '계정')
    const { number } = await proposePin(account, roomId, '계정의 곳')
    await account.trpc.rooms.withdraw.mutate({ roomId, number })
    const { seq } = await host.trpc.rooms.snapshot.query({ roomId })
    await inTx(async (tx) =>
      one.services.rooms.moveOwner(tx, await guest.personId(), await account.personId()),
    )
    const heard = await hear(host, roomId, String(seq))
    await vi.waitFor(() => expect(heard.types()).toEqual(['removed', 'member', 'candidate']), 5_000)
    heard.stop()
    expect(await account.trpc.rooms.restore.mutate({ roomId, number })).toMatchObject({
      number,
      proposerSeat: 2,
      withdrawnAt: null,
    })
  })

  test('who was removed as a guest is barred as a member too', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code, '손님')
    const account = await joinTestRoom(world, two, code, '계정')
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    await inTx(async (tx) =>
      one.services.rooms.moveOwner(tx, await guest.personId(), await account.personId()),
    )
    expect(await codeOf(account.trpc.rooms.snapshot.query({ roomId }))).toBe('room_removed')
    expect(await account.trpc.rooms.peek.query({ code })).toEqual({ state: 'removed' })
  })
})

test('erasing leaves a nameless seat, also in the log, and hands the room on', async () => {
  const { host, roomId, code } = await openTestRoom(world, one, { nickname: '사라질이' })
  const guest = await joinTestRoom(world, two, code)
  await proposePin(host, roomId, '남는 곳')
  const exported = await one.services.rooms.exportFor(await host.personId())
  expect(exported).toMatchObject([{ seat: 1, name: '사라질이', candidates: [{ name: '남는 곳' }] }])
  const personId = await host.personId()
  await inTx((tx) => one.services.rooms.erase(tx, personId))
  const { members, leftSeats, room, candidates } = await guest.trpc.rooms.snapshot.query({ roomId })
  expect(members[0]).toMatchObject({ seat: 1, name: '', portrait: 'gone' })
  expect([leftSeats, room.hostSeat, candidates.map((c) => c.name)]).toEqual([[1], 2, ['남는 곳']])
  const { db } = one.platform
  const rows = await Promise.all([
    db.selectFrom('room_events').selectAll().where('room_id', '=', roomId).execute(),
    db.selectFrom('room_members').selectAll().where('room_id', '=', roomId).execute(),
  ])
  const kept = JSON.stringify(rows)
  expect(kept).not.toContain('사라질이')
  expect(kept).not.toContain(personId)
  expect(await one.services.rooms.exportFor(personId)).toEqual([])
})

describe('with a round open', () => {
  /** A round as votes would answer for it; what is asked of it is written down. */
  const asked: string[] = []
  const roundHooks = (kind: 'first' | 'runoff', hidden: boolean): RoomHooks => ({
    ...noHooks,
    lockOpenRound: async () => {
      asked.push('lock')
      return { id: 'r', kind, hidden }
    },
    candidateWithdrawing: async (_, __, number, bySeat, isHost) =>
      void asked.push(`withdraw ${number} by ${bySeat} ${isHost}`),
    candidateStanding: async (_, __, number, restored) =>
      void asked.push(`standing ${number} ${restored}`),
    personRemoving: async (_, __, seat) => void asked.push(`remove ${seat}`),
  })
  test('votes are asked first, and told of every candidate and removal', async () => {
    const app = await world.serve({ ROLES: 'web' })
    const { host, roomId, code } = await openTestRoom(world, app)
    await joinTestRoom(world, app, code)
    for (const name of ['가', '나', '다']) await proposePin(host, roomId, name)
    app.services.rooms.setHooks(roundHooks('first', false))
    await proposePin(host, roomId, '라')
    await host.trpc.rooms.withdraw.mutate({ roomId, number: 1 })
    await host.trpc.rooms.restore.mutate({ roomId, number: 1 })
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    expect(asked).toEqual([
      'lock',
      'standing 4 false',
      'lock',
      'withdraw 1 by 1 true',
      'lock',
      'standing 1 true',
      'lock',
      'remove 2',
    ])
    expect(await codeOf(host.trpc.rooms.close.mutate({ roomId }))).toBe('round_open')
    app.services.rooms.setHooks(roundHooks('runoff', false))
    expect(await codeOf(proposePin(host, roomId, '마'))).toBe('runoff_fixed')
    expect(await codeOf(host.trpc.rooms.withdraw.mutate({ roomId, number: 1 }))).toBe(
      'runoff_fixed',
    )
  })

  test('an expired room is not deleted before its round is over', async () => {
    const app = await world.serve({ ROLES: 'web' })
    const { roomId } = await openTestRoom(world, app)
    app.services.rooms.setHooks(roundHooks('first', true))
    const { db } = app.platform
    await db
      .updateTable('rooms')
      .set({ expires_at: new Date(Date.now() - 7_200_000) })
      .where('id', '=', roomId)
      .execute()
    expect(await app.services.rooms.buryExpired()).toBe(0)
    expect(
      await db.selectFrom('rooms').select('id').where('id', '=', roomId).execute(),
    ).toHaveLength(1)
  })

  test('activity moves the end to 24 h from then, an open deadline further, and nothing nearer', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const HOUR_MS = 3_600_000
    const hoursLeft = async () => ((await roomAs(host, roomId)).expiresAt - Date.now()) / HOUR_MS
    const { db } = one.platform
    await db
      .updateTable('rooms')
      .set({ expires_at: new Date(Date.now() + HOUR_MS) })
      .where('id', '=', roomId)
      .execute()
    await proposePin(host, roomId, '곳')
    expect(await hoursLeft()).toBeCloseTo(24, 1)
    await inTx((tx) => one.services.rooms.touch(tx, roomId, Date.now() + 30 * HOUR_MS))
    expect(await hoursLeft()).toBeCloseTo(30, 1)
    await inTx((tx) => one.services.rooms.touch(tx, roomId))
    expect(await hoursLeft()).toBeCloseTo(30, 1)
    await host.trpc.rooms.extend.mutate({ roomId })
    expect(await hoursLeft()).toBeCloseTo(54, 1)
    await db
      .updateTable('rooms')
      .set({ expires_at: new Date(Date.now() + HOUR_MS) })
      .where('id', '=', roomId)
      .execute()
    const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
    await host.trpc.chat.send.mutate({ channelId, clientId: crypto.randomUUID(), body: '안녕' })
    await vi.waitFor(async () => expect(await hoursLeft()).toBeCloseTo(24, 1), 10_000)
  })
})

test('a client that calls a thousand times a second is told to slow down, others are not', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const guest = await joinTestRoom(world, two, code)
  const calls = await Promise.allSettled(
    Array.from({ length: 200 }, () =>
      guest.trpc.rooms.changeMe.mutate({ roomId, nickname: '빠른이', portrait }),
    ),
  )
  expect(calls.filter((call) => call.status === 'fulfilled').length).toBeLessThanOrEqual(20)
  expect(await codeOf(guest.trpc.rooms.changeMe.mutate({ roomId, nickname: '또', portrait }))).toBe(
    'slow_down',
  )
  await host.trpc.rooms.changeMe.mutate({ roomId, nickname: '느린이', portrait })
})
