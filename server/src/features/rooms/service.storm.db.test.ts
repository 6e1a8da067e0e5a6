import { setTimeout as sleep } from 'node:timers/promises'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import type { AppRouter } from '#server/app.ts'
import { LOCK_WAIT_MS, makeDb } from '#server/platform/db.ts'
import { makeLog } from '#server/platform/log.ts'
import { startServers } from '#server/testing.servers.ts'
import { type TestClient, TEST_ORIGIN } from '#server/testing.ts'
import { hear, openTestRoom, pin, portrait, proposePin } from '#server/testing.rooms.ts'
import { startServerProcess } from '#server/testing.presence.ts'

/** Everything at once over two servers, and servers that die or freeze in it: afterwards the room must add up. */
const env = { LIMITS: 'SIGN_INS_PER_ADDRESS=1000,CLOSING_MS=100' }
const { world, one, two } = await startServers(env)

/** The codes of all refusals; anything but a refusal fails the test. */
async function storm(calls: Promise<unknown>[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(calls)
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return []
    if (!(outcome.reason instanceof TRPCClientError)) throw outcome.reason
    return [outcome.reason.message]
  })
}

/** Event numbers are 1…n without gaps, candidates' 1…n without gaps or twins, one seat a person, names of their own. */
async function addsUp(client: TestClient, roomId: string): Promise<void> {
  const { db } = one.platform
  const { room, seq, members, candidates } = await client.trpc.rooms.snapshot.query({ roomId })
  const events = await db
    .selectFrom('room_events')
    .select('seq')
    .where('room_id', '=', roomId)
    .orderBy('seq')
    .execute()
  expect(events.map((event) => event.seq)).toEqual(events.map((_, n) => n + 1))
  expect(seq).toBe(events.length)
  expect(candidates.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    candidates.map((_, n) => n + 1),
  )
  const rows = await db
    .selectFrom('room_members')
    .selectAll()
    .where('room_id', '=', roomId)
    .execute()
  expect(new Set(rows.map((row) => row.person_id)).size).toBe(rows.length)
  expect(new Set(members.map(({ name }) => name)).size).toBe(members.length)
  const host = rows.find((row) => row.seat === room.hostSeat)
  expect(host && host.removed_at === null).toBe(true)
}

const UNLUCKY = [
  'room_locked',
  'room_closed',
  'room_full',
  'room_removed',
  'not_a_member',
  'host_only',
  'person_unknown',
  'round_open',
  'acting_host_cannot',
  'candidate_unknown',
  'candidate_not_yours',
  'candidate_chosen',
  'candidate_restore_over',
  'too_few_candidates',
  'round_closed',
  'runoff_fixed',
  'candidate_limit_person',
  'candidate_duplicate',
  'slow_down',
]

test('joining, leaving, removing, locking, closing, handing over and renaming all at once, three times over', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const people = await Promise.all(
    Array.from({ length: 8 }, (_, n) => world.guest(n % 2 ? one : two)),
  )
  const heard = await hear(host.on(two), roomId)
  for (let round = 0; round < 3; round++) {
    const refused = await storm([
      ...people.map((each) => each.trpc.rooms.join.mutate({ code, nickname: '친구', portrait })),
      ...people.slice(0, 4).map((each) => each.trpc.rooms.leave.mutate({ roomId })),
      ...[2, 3].map((seat) => host.trpc.rooms.removePerson.mutate({ roomId, seat })),
      ...[true, false, true, false].map((locked) =>
        host.on(two).trpc.rooms.changeRoom.mutate({ roomId, locked }),
      ),
      host.trpc.rooms.close.mutate({ roomId }),
      host.on(two).trpc.rooms.reopen.mutate({ roomId }),
      host.trpc.rooms.handOver.mutate({ roomId, seat: 4 }),
      host.on(two).trpc.rooms.handOver.mutate({ roomId, seat: 5 }),
      ...people.map((each) =>
        each.trpc.rooms.changeMe.mutate({ roomId, nickname: '우리', portrait }),
      ),
    ])
    expect(refused.filter((code_) => !UNLUCKY.includes(code_))).toEqual([])
  }
  await addsUp(host, roomId)
  const { seq } = await host.trpc.rooms.snapshot.query({ roomId })
  await vi.waitFor(() => expect(heard.seqs().at(-1)).toBe(seq), 5_000)
  expect(heard.seqs()).toEqual(heard.seqs().map((_, n) => n + (heard.seqs()[0] ?? 0)))
  heard.stop()
})

test('putting forward, withdrawing, restoring and choosing while rounds open and close', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const guest = await world.guest(two)
  await guest.trpc.rooms.join.mutate({ code, nickname: '지은', portrait })
  for (let n = 0; n < 4; n++) await proposePin(host, roomId, `처음 ${n}`)
  for (let turn = 0; turn < 4; turn++) {
    const opening = host.trpc.votes.open.mutate({ roomId, lengthMs: 10_000 })
    const refused = await storm([
      opening,
      host.on(two).trpc.votes.open.mutate({ roomId, lengthMs: 10_000 }),
      proposePin(guest, roomId, `새 곳 ${turn}`),
      ...[1, 2, 3, 4].map((number) => host.trpc.rooms.withdraw.mutate({ roomId, number })),
      ...[1, 2, 3, 4].map((number) => host.on(two).trpc.rooms.restore.mutate({ roomId, number })),
    ])
    expect(refused.filter((each) => !UNLUCKY.includes(each))).toEqual([])
    const { round } = await host.trpc.votes.state.query({ roomId })
    if (!round) continue
    const roundId = round.id
    const closing = await storm([
      ...[1, 2, 3, 4].flatMap((number) => [
        guest.trpc.votes.act.mutate({
          roundId,
          key: crypto.randomUUID(),
          act: { kind: 'choose', number },
        }),
        host.on(two).trpc.rooms.withdraw.mutate({ roomId, number }),
        host.trpc.rooms.restore.mutate({ roomId, number }),
      ]),
      host.trpc.votes.close.mutate({ roundId }),
    ])
    expect(closing.filter((each) => !UNLUCKY.includes(each))).toEqual([])
    await vi.waitFor(
      async () => {
        const state = await guest.trpc.votes.state.query({ roomId })
        if (state.round && state.round.closedAt === null) {
          await storm([host.trpc.votes.close.mutate({ roundId: state.round.id })])
          throw new Error('still open')
        }
      },
      { timeout: 15_000, interval: 300 },
    )
    await addsUp(host, roomId)
  }
})

test('a server killed and one frozen while people join and put forward: each try again counts once, nothing is lost or twice', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const [killed, frozen] = await Promise.all([startServerProcess(world), startServerProcess(world)])
  const heard = await hear(host.on(two), roomId)
  const people = await Promise.all(Array.from({ length: 10 }, () => world.guest(one)))
  const via = (port: number, client: TestClient) =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `http://127.0.0.1:${port}/trpc`,
          headers: { origin: TEST_ORIGIN, cookie: client.cookie() },
          fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(4_000) }),
        }),
      ],
    })
  const attempts = people.map(async (client, n) => {
    const victim = via((n % 2 ? killed : frozen).port, client)
    const key = crypto.randomUUID()
    const join = { code, nickname: '친구', portrait }
    const propose = { roomId, key, what: pin(`곳 ${n}`) }
    await victim.rooms.join.mutate(join).catch(() => null)
    const first = await victim.rooms.propose.mutate(propose).catch(() => null)
    // As clients do: the same again, with the same key, elsewhere.
    await client.trpc.rooms.join.mutate(join)
    const again = await client.on(n % 3 ? one : two).trpc.rooms.propose.mutate(propose)
    if (first) expect(again.number).toBe(first.number)
    return again.number
  })
  await sleep(60)
  killed.process.kill('SIGKILL')
  frozen.process.kill('SIGSTOP')
  const numbers = await Promise.all(attempts).finally(() => {
    frozen.process.kill('SIGCONT')
    setTimeout(() => frozen.process.kill('SIGKILL'), 1_000)
  })
  expect(numbers.toSorted((a, b) => a - b)).toEqual(people.map((_, n) => n + 1))
  // What it still had in hand when it woke is over by now.
  await sleep(1_500)
  await addsUp(host, roomId)
  const { seq } = await host.trpc.rooms.snapshot.query({ roomId })
  await vi.waitFor(() => expect(heard.seqs().at(-1)).toBe(seq), 5_000)
  expect(heard.seqs()).toEqual(heard.seqs().map((_, n) => n + (heard.seqs()[0] ?? 0)))
  heard.stop()
})

test('a frozen server and all that it had in line for a room hold the others up once, not once each', async () => {
  const { host, roomId } = await openTestRoom(world, one)
  // As a process that is stopped with a line of calls: each connection takes the row when it is free, and says nothing after.
  const stopped = makeDb(
    world.store.databaseUrl,
    { poolMax: 6, lockMs: LOCK_WAIT_MS },
    makeLog('silent'),
  )
  let wake = (): void => undefined
  const woken = new Promise<void>((resolve) => (wake = resolve))
  let held = false
  const calls = Array.from({ length: 6 }, () =>
    stopped.db.transaction().execute(async (tx) => {
      await sql`select 1 from rooms where id = ${roomId} for update`.execute(tx)
      held = true
      await woken
      await sql`select 1`.execute(tx)
    }),
  )
  const line = Promise.allSettled(calls)
  await vi.waitFor(() => expect(held).toBe(true), 5_000)
  await expect(proposePin(host, roomId, '기다린 곳')).resolves.toMatchObject({ number: 1 })
  wake()
  expect((await line).map(({ status }) => status)).toEqual(calls.map(() => 'rejected'))
  await stopped.close()
})
