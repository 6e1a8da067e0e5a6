import { describe, expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { codeOf, refusalOf, type TestClient } from '#server/testing.ts'
import { joinTestRoom, openTestRoom, pin, portrait, proposePin } from '#server/testing.rooms.ts'

const { world, one, two } = await startServers({ ROLES: 'web' })

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
