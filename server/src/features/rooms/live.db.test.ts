import { describe, expect, test, vi } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { hear, joinTestRoom, openTestRoom, portrait, proposePin } from '#server/testing.rooms.ts'
import type { RoomEvent } from '#shared/rooms.ts'

const { world, one, two } = await startServers({ ROLES: 'web' })

const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n)
const lastSeq = (seqs: number[]): number => seqs.at(-1) ?? 0
const someEvent: RoomEvent = { type: 'left', seat: 77 }

describe('events of a room', () => {
  test('come to both servers in order, without gaps, and go on where a connection ended', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const heard = await hear(guest, roomId, '2')
    const many = Array.from({ length: 8 }, (_, n) =>
      proposePin(host.on(n % 2 ? one : two), roomId, `곳 ${n}`),
    )
    await Promise.all(many)
    await vi.waitFor(() => expect(heard.seqs()).toEqual(upTo(3, 10)), 10_000)
    expect(heard.items.at(-1)?.id).toBe('10')
    heard.stop()
    await host.trpc.rooms.changeRoom.mutate({ roomId, name: '사이에' })
    await proposePin(guest, roomId, '쉬는 동안')
    const resumed = await hear(guest.on(one), roomId, '10')
    await vi.waitFor(() => expect(resumed.types()).toEqual(['room', 'candidate']), 10_000)
    expect(resumed.seqs()).toEqual([11, 12])
  })

  test('miss nothing between snapshot and subscription, whatever happens meanwhile', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const changes = (async () => {
      for (let n = 0; n < 40; n++)
        await host.trpc.rooms.changeRoom.mutate({ roomId, name: `이름 ${n}` })
    })()
    const { seq, room } = await guest.trpc.rooms.snapshot.query({ roomId })
    const heard = await hear(guest, roomId, String(seq))
    await changes
    await vi.waitFor(() => expect(lastSeq(heard.seqs())).toBe(42), 10_000)
    expect(heard.seqs()).toEqual(upTo(seq + 1, 42))
    expect(room.name === null ? 2 : Number(room.name.slice(3)) + 3).toBe(seq)
  })

  test('a server killed between commit and publish leaves nobody stale', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const heard = await hear(host.on(two), roomId, '1')
    // What such a server leaves behind: a committed event, and no wake-up.
    await one.platform.db
      .transaction()
      .execute((tx) => one.services.rooms.appendEvent(tx, roomId, someEvent))
    await vi.waitFor(() => expect(heard.seqs()).toEqual([2]), 10_000)
  })

  test('a rolled-back change takes no number', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const failed = one.platform.db.transaction().execute(async (tx) => {
      await one.services.rooms.appendEvent(tx, roomId, someEvent)
      throw new Error('rolled back')
    })
    await expect(failed).rejects.toThrow('rolled back')
    await proposePin(host, roomId, '다음')
    const heard = await hear(host, roomId, '1')
    await vi.waitFor(() => expect(heard.types()).toEqual(['candidate']), 10_000)
    expect(heard.seqs()).toEqual([2])
  })

  test('a number that is gone or never was is answered by one reset, and goes on from there', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    for (const name of ['가', '나', '다']) await proposePin(host, roomId, name)
    await one.platform.db
      .deleteFrom('room_events')
      .where('room_id', '=', roomId)
      .where('seq', '<', 4)
      .execute()
    for (const asked of ['1', '999']) {
      const heard = await hear(host.on(two), roomId, asked)
      await vi.waitFor(() => expect(heard.news()).toEqual([{ kind: 'reset', seq: 4 }]), 10_000)
      heard.stop()
    }
    await one.platform.db.deleteFrom('room_events').where('room_id', '=', roomId).execute()
    const emptied = await hear(host.on(two), roomId, '2')
    await vi.waitFor(() => expect(emptied.news()).toEqual([{ kind: 'reset', seq: 4 }]), 10_000)
    await proposePin(host, roomId, '라')
    await vi.waitFor(() => expect(emptied.seqs()).toEqual([5]), 10_000)
  })

  test('thousands of events reach one who reads slowly, from the log', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const heard = await hear(host.on(two), roomId, '1')
    for (let batch = 0; batch < 4; batch++) {
      await one.platform.db.transaction().execute(async (tx) => {
        for (let n = 0; n < 400; n++) await one.services.rooms.appendEvent(tx, roomId, someEvent)
      })
      one.services.rooms.announce(roomId)
    }
    await vi.waitFor(() => expect(heard.seqs()).toHaveLength(1_600), { timeout: 20_000 })
    expect(heard.seqs()).toEqual(upTo(2, 1_601))
  })

  test('pings about a person’s own things reach that person’s tabs alone', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const [mine, other] = [await hear(guest.on(one), roomId, '2'), await hear(host, roomId, '2')]
    // The first one makes up for those missed before.
    await vi.waitFor(() => expect([mine.pings(), other.pings()]).toEqual([1, 1]), 10_000)
    two.services.rooms.announceMine(roomId, await guest.personId())
    await vi.waitFor(() => expect(mine.pings()).toBe(2), 10_000)
    await proposePin(host, roomId, '뒤에')
    await vi.waitFor(() => expect(other.seqs()).toEqual([3]), 10_000)
    expect(other.pings()).toBe(1)
  })
})

describe('who may listen', () => {
  test('strangers, the signed-out and foreign ids are refused with a code', async () => {
    const { roomId } = await openTestRoom(world, one)
    expect(await (await hear(await world.guest(two), roomId)).ended).toBe('not_a_member')
    expect(await (await hear(world.client(two), roomId)).ended).toBe('unauthenticated')
    expect(await (await hear(await world.guest(two), crypto.randomUUID())).ended).toBe(
      'room_unknown',
    )
  })

  test('removal ends it at once on every server, and tells nothing of what follows', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const [here, there] = [await hear(guest, roomId, '2'), await hear(guest.on(one), roomId, '2')]
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    await proposePin(host, roomId, '비밀')
    expect(await Promise.all([here.ended, there.ended])).toEqual(['room_removed', 'room_removed'])
    expect([...here.seqs(), ...there.seqs()]).toEqual([])
  })

  test('leaving ends it for the person’s other tabs; joining again starts anew at the same seat', async () => {
    const { roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const heard = await hear(guest.on(one), roomId, '2')
    await guest.trpc.rooms.leave.mutate({ roomId })
    expect(await heard.ended).toBe('not_a_member')
    expect(await guest.trpc.rooms.join.mutate({ code, nickname: '지은', portrait })).toMatchObject({
      seat: 2,
    })
    const again = await hear(guest, roomId, '2')
    await vi.waitFor(() => expect(again.types()).toEqual(['left', 'member']), 10_000)
  })

  test('an expired room ends it', async () => {
    const { host, roomId } = await openTestRoom(world, one)
    const heard = await hear(host.on(two), roomId, '1')
    await one.platform.db
      .updateTable('rooms')
      .set({ expires_at: new Date() })
      .where('id', '=', roomId)
      .execute()
    expect(await heard.ended).toBe('room_expired')
  })

  test('a member who was away needs one of the room’s places again', async () => {
    const { host, roomId, code } = await openTestRoom(world, one)
    const guest = await joinTestRoom(world, two, code)
    const { db } = one.platform
    await db
      .updateTable('room_members')
      .set({ last_seen_at: new Date(0) })
      .where('room_id', '=', roomId)
      .where('seat', '=', 2)
      .execute()
    const small = await world.serve({ ROLES: 'web', ROOM_PEOPLE_MAX: '1' })
    expect(await guest.on(small).trpc.rooms.peek.query({ code })).toMatchObject({
      state: 'full',
      mySeat: 2,
    })
    expect(await (await hear(guest.on(small), roomId)).ended).toBe('room_full')
    const inside = await hear(host.on(small), roomId)
    await vi.waitFor(() => expect(inside.pings()).toBe(1), 10_000)
  })
})
