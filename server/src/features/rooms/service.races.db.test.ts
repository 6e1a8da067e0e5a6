import { expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { openTestRoom, pin, portrait, proposePin } from '#server/testing.rooms.ts'
import { graphemeCount } from '#shared/users.names.ts'

const { world, one, two } = await startServers({
  ROLES: 'web',
  LIMITS: 'SIGN_INS_PER_ADDRESS=1000',
})

const guests = (count: number): Promise<TestClient[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => world.guest(n % 2 ? one : two)))

/** Codes of the refusals and the answers, whichever came. */
async function settle<T>(calls: Promise<T>[]): Promise<{ done: T[]; refused: string[] }> {
  const outcomes = await Promise.all(
    calls.map(async (call) => {
      const caught = await call.then((done) => ({ done })).catch(() => null)
      return caught ?? { refused: (await refusalOf(call)).code }
    }),
  )
  return {
    done: outcomes.flatMap((o) => ('done' in o ? [o.done] : [])),
    refused: outcomes.flatMap((o) => ('refused' in o ? [o.refused] : [])),
  }
}

test('fifty at once into a room of twenty over two servers: nineteen get a place and a seat of their own', async () => {
  const { code, roomId, host } = await openTestRoom(world, one)
  const people = await guests(50)
  const { done, refused } = await settle(
    people.map((guest) => guest.trpc.rooms.join.mutate({ code, nickname: '친구', portrait })),
  )
  expect(done.map((d) => d.seat).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 19 }, (_, n) => n + 2),
  )
  expect(refused).toEqual(Array.from({ length: 31 }, () => 'room_full'))
  const { members, seq } = await host.trpc.rooms.snapshot.query({ roomId })
  expect(new Set(members.map((m) => m.name)).size).toBe(20)
  expect(members.filter((m) => /^친구( \d+)?$/.test(m.name))).toHaveLength(19)
  expect(seq).toBe(20)
  const late = await world.guest(two)
  expect(await late.trpc.rooms.peek.query({ code })).toMatchObject({
    state: 'full',
    inside: 20,
    max: 20,
  })
  // "Full" counts those online in the last two minutes: whoever was not makes place, and keeps the seat for later.
  const { db } = one.platform
  const longAgo = new Date(Date.now() - 121_000)
  await db
    .updateTable('room_members')
    .set({ last_seen_at: longAgo })
    .where('room_id', '=', roomId)
    .where('seat', '=', 2)
    .execute()
  expect(await late.trpc.rooms.peek.query({ code })).toMatchObject({ state: 'open', inside: 19 })
  expect(await late.trpc.rooms.join.mutate({ code, nickname: '친구', portrait })).toMatchObject({
    seat: 21,
  })
  expect(await host.trpc.rooms.peek.query({ code })).toMatchObject({ state: 'open', mySeat: 1 })
})

test('the same person on twenty tabs at once has one seat', async () => {
  const { code, roomId, host } = await openTestRoom(world, one)
  const guest = await world.guest(one)
  const tabs = Array.from({ length: 20 }, (_, n) => guest.on(n % 2 ? one : two))
  const { done } = await settle(
    tabs.map((tab) => tab.trpc.rooms.join.mutate({ code, nickname: '지은', portrait })),
  )
  expect(new Set(done.map((d) => d.seat))).toEqual(new Set([2]))
  expect((await host.trpc.rooms.snapshot.query({ roomId })).seq).toBe(2)
})

test('one key on both servers at once and again is one candidate', async () => {
  const { roomId, host } = await openTestRoom(world, one)
  const key = crypto.randomUUID()
  const tabs = Array.from({ length: 12 }, (_, n) => host.on(n % 2 ? one : two))
  const { done } = await settle(tabs.map((tab) => proposePin(tab, roomId, '한신포차', key)))
  expect(done).toHaveLength(12)
  expect(new Set(done.map((c) => c.number))).toEqual(new Set([1]))
  expect(await proposePin(host, roomId, '이름이 바뀐 재시도', key)).toMatchObject({
    number: 1,
    name: '한신포차',
  })
})

test('at the limits simultaneous proposals get exactly what is left, numbered without gaps', async () => {
  const { roomId, host } = await openTestRoom(world, one)
  const tabs = Array.from({ length: 16 }, (_, n) => host.on(n % 2 ? one : two))
  const { done, refused } = await settle(tabs.map((tab, n) => proposePin(tab, roomId, `곳 ${n}`)))
  expect(done.map((c) => c.number).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ])
  expect(refused).toEqual(Array.from({ length: 6 }, () => 'candidate_limit_person'))
})

test('the thirtieth of the room and the hundredth number are given once', async () => {
  const { roomId, host, code } = await openTestRoom(world, one)
  const people = await guests(6)
  await Promise.all(
    people.map((guest) => guest.trpc.rooms.join.mutate({ code, nickname: '친구', portrait })),
  )
  await Promise.all(
    people
      .slice(0, 5)
      .flatMap((guest, g) => [0, 1, 2, 3, 4].map((n) => proposePin(guest, roomId, `곳 ${g}-${n}`))),
  )
  const last = await settle(
    [0, 1, 2, 3].flatMap((n) => [
      proposePin(host, roomId, `끝 ${n}`),
      proposePin(people[5] ?? host, roomId, `끝끝 ${n}`),
    ]),
  )
  expect([last.done.length, new Set(last.refused)]).toEqual([5, new Set(['candidate_limit_room'])])
  const { db } = one.platform
  await db
    .updateTable('room_candidates')
    .set({ withdrawn_at: new Date() })
    .where('room_id', '=', roomId)
    .execute()
  await db.updateTable('rooms').set({ next_number: 100 }).where('id', '=', roomId).execute()
  const end = await settle(
    people.slice(0, 4).map((guest, n) => proposePin(guest, roomId, `백 ${n}`)),
  )
  expect([end.done.map((c) => c.number), new Set(end.refused)]).toEqual([
    [100],
    new Set(['candidate_numbers_used']),
  ])
})

test('the same place twice at once stands once', async () => {
  const { roomId, host } = await openTestRoom(world, one)
  const { done, refused } = await settle(
    [host, host.on(two), host, host.on(two)].map((tab) => proposePin(tab, roomId, '을지면옥')),
  )
  expect([done.length, refused]).toEqual([
    1,
    ['candidate_duplicate', 'candidate_duplicate', 'candidate_duplicate'],
  ])
})

/** Of the kinds that break programs: SQL, markup, shells, bidi, stacked marks, control characters, lone surrogates, emptiness. */
const NASTY = {
  stored: [
    "Robert'); DROP TABLE rooms;--",
    '<script>alert(1)</script>',
    '$(touch /tmp/x)',
    '../../../etc',
    '田中さんにあげて',
    '👩‍👩‍👧‍👦👍🏽',
    'ﷺ',
    'null',
    '-1e9999',
    '%s%n',
    '#{7*7}',
  ],
  refused: [
    '',
    ' ',
    '\u200b',
    '\u2800',
    '\u3164',
    '\u0000x',
    'a\u202Eb',
    'a\u2066b',
    '\u0007',
    'x'.repeat(21),
    `Z${'\u0351'.repeat(60)}`,
    '\ufeff',
    'a\nb',
    '\ud800x',
    '\ue000',
  ],
}

test('nasty names are kept exactly or refused with the reason, in nicknames, rooms, places and notes alike', async () => {
  const { roomId, host } = await openTestRoom(world, one)
  for (const name of NASTY.stored) {
    expect(graphemeCount(name)).toBeLessThanOrEqual(40)
    const room = await host.trpc.rooms.changeRoom.mutate({ roomId, name })
    expect(room.name).toBe(name)
    const candidate = await host.trpc.rooms.propose.mutate({
      roomId,
      key: crypto.randomUUID(),
      what: pin(name),
      note: name,
    })
    expect(candidate).toMatchObject({ name, note: name })
    await host.trpc.rooms.withdraw.mutate({ roomId, number: candidate.number })
  }
  const before = await host.trpc.rooms.snapshot.query({ roomId })
  for (const nickname of NASTY.refused) {
    const refusal = await refusalOf(host.trpc.rooms.changeMe.mutate({ roomId, nickname, portrait }))
    expect([nickname, refusal.code]).toEqual([nickname, 'name_invalid'])
  }
  for (const wrong of [
    { lat: 91, lng: 0 },
    { lat: Number.NaN, lng: 0 },
    { lat: 0, lng: 1e9 },
    { lat: Number.POSITIVE_INFINITY, lng: 1 },
  ]) {
    const call = host.trpc.rooms.propose.mutate({
      roomId,
      key: crypto.randomUUID(),
      what: { ...pin('x'), ...wrong },
    })
    expect((await refusalOf(call)).code).toBe('bad_input')
  }
  expect({ ...(await host.trpc.rooms.snapshot.query({ roomId })), now: 0 }).toEqual({
    ...before,
    now: 0,
  })
})
