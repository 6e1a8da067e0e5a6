import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { App } from '../app.ts'
import { makeLog } from '../platform/log.ts'
import { type Gate, makeGateFor } from '../platform/testing.ts'
import { makeTestWorld, refusalOf, type TestClient, type TestWorld } from '../testing.ts'
import { appear, hear, joinTestRoom, openTestRoom, portrait, proposePin } from '../testing.rooms.ts'

/**
 * Postgres or Redis away under a server in use. Calls are refused as `not_ready`, which clients repeat, never as a fault of ours; what
 * lives longer than a call comes back by itself. (An unhandled rejection anywhere fails the run: vitest sees to that.)
 */
let world: TestWorld
let postgres: Gate
let redis: Gate
let app: App
let logged = ''
const log = makeLog('info', { write: (line: string) => void (logged += line) })

beforeAll(async () => {
  world = await makeTestWorld()
  const database = await makeGateFor(world.store.databaseUrl, 5_432)
  const cache = await makeGateFor(world.store.redisUrl, 6_379)
  postgres = database.gate
  redis = cache.gate
  app = await world.serve({ DATABASE_URL: database.url, REDIS_URL: cache.url }, { log })
})
afterAll(async () => {
  await world.end()
  await postgres.shut()
  await redis.shut()
})

const ready = async (): Promise<boolean> => (await fetch(`${app.url()}/readyz`)).ok
const untilReady = () => vi.waitFor(async () => expect(await ready()).toBe(true), 10_000)

/** What people may ask for, reading and writing. */
const asks = (host: TestClient, roomId: string, code: string): Promise<unknown>[] => [
  host.trpc.auth.me.query(),
  host.trpc.rooms.snapshot.query({ roomId }),
  host.trpc.rooms.peek.query({ code }),
  host.trpc.rooms.mine.query(),
  host.trpc.votes.state.query({ roomId }),
  host.trpc.votes.myDecisions.query(),
  host.trpc.users.setProfile.mutate({ name: '민수' }),
  host.trpc.rooms.changeMe.mutate({ roomId, nickname: '민수', portrait }),
  proposePin(host, roomId, '을지면옥'),
  host.trpc.auth.startHandoff.mutate({}),
]

test('with Postgres away every call is refused as not_ready, and all is as before when it is back', async () => {
  const { host, roomId, code } = await openTestRoom(world, app)
  const heard = await hear(host, roomId)
  const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
  await postgres.shut()
  logged = ''
  const send = { channelId, clientId: crypto.randomUUID(), body: '배고파' }
  const calls = [...asks(host, roomId, code), host.trpc.chat.send.mutate(send)]
  const codes = await Promise.all(calls.map(async (call) => (await refusalOf(call)).code))
  expect(codes).toEqual(calls.map(() => 'not_ready'))
  expect(await refusalOf(host.trpc.rooms.snapshot.query({ roomId }))).toEqual({
    code: 'not_ready',
    params: {},
    httpStatus: 503,
    path: 'rooms.snapshot',
  })
  const signIn = await world.client(app).fetch('/api/auth/sign-in/anonymous', { method: 'POST' })
  expect([signIn.status, await signIn.json()]).toEqual([
    503,
    { error: { code: 'not_ready', params: {} } },
  ])
  expect(await ready()).toBe(false)
  expect(logged).not.toContain('"level":50')
  await postgres.open()
  await untilReady()
  await host.trpc.chat.send.mutate(send)
  const { seq } = await proposePin(host, roomId, '을지면옥').then(() =>
    host.trpc.rooms.snapshot.query({ roomId }),
  )
  await vi.waitFor(() => expect(heard.seqs().at(-1)).toBe(seq), 6_000)
  expect(heard.seqs()).toEqual(heard.seqs().map((_, n) => n + (heard.seqs()[0] ?? 0)))
})

test('with Redis away people go on: calls are answered or refused as not_ready, events still come, presence returns', async () => {
  const { host, roomId, code } = await openTestRoom(world, app)
  const guest = await joinTestRoom(world, app, code)
  const heard = await hear(guest, roomId)
  const tab = await appear(guest, roomId)
  await vi.waitFor(
    async () => expect(await app.services.presence.presentSeats(roomId)).toEqual([2]),
    3_000,
  )
  await redis.shut()
  logged = ''
  await sleep(100)
  const outcomes = await Promise.all(
    asks(host, roomId, code).map((call) =>
      call.then(
        () => 'answered',
        async () => (await refusalOf(call)).code,
      ),
    ),
  )
  // Sessions, rooms, votes are read from Postgres; nothing here needs Redis.
  expect(outcomes).toEqual(outcomes.map(() => 'answered'))
  expect((await world.guest(app)).cookie()).not.toBe('')
  await joinTestRoom(world, app, code, '늦은 사람')
  const { seq } = await host.trpc.rooms.snapshot.query({ roomId })
  await vi.waitFor(() => expect(heard.seqs().at(-1)).toBe(seq), 6_000)
  expect(logged).not.toContain('"level":50')
  await redis.open()
  await untilReady()
  await vi.waitFor(
    async () => expect(await app.services.presence.presentSeats(roomId)).toEqual([2]),
    10_000,
  )
  tab.close()
})

test('who signs out, leaves or is erased while one server has no Redis is out on the others within seconds', async () => {
  const { code, roomId } = await openTestRoom(world, app)
  const whole = await world.serve()
  const [leaver, signer, erased] = [
    await joinTestRoom(world, whole, code, '나간 사람'),
    await joinTestRoom(world, whole, code, '끝낸 사람'),
    await joinTestRoom(world, whole, code, '지운 사람'),
  ]
  const erasedId = await erased.personId()
  const tabs = await Promise.all([leaver, signer, erased].map((who) => appear(who, roomId)))
  const calls = [signer, erased].map((who) => who.socket('/trpc'))
  const codes = [...tabs, ...calls].map(
    (socket) => new Promise<number>((resolve) => socket.once('close', resolve)),
  )
  await Promise.all(calls.map((socket) => new Promise((resolve) => socket.once('open', resolve))))
  // Cached where Redis still is.
  const headers = [signer, erased].map((who) => ({ cookie: who.cookie() }))
  for (const each of headers) await whole.services.auth.lookUpSession(each)
  await redis.shut()
  await leaver.on(app).trpc.rooms.leave.mutate({ roomId })
  const copy = signer.on(app)
  expect((await copy.fetch('/api/auth/sign-out', { method: 'POST' })).status).toBe(200)
  await app.services.auth.people.erasePerson(erasedId)
  const since = performance.now()
  for (const each of headers)
    await vi.waitFor(
      async () => expect(await whole.services.auth.lookUpSession(each)).toEqual({ session: null }),
      8_000,
    )
  const [left, ...ended] = await Promise.all(codes)
  expect(left).toBeGreaterThan(4_000)
  // The erased one's tab may go by its session or by its seat, whichever is noticed first.
  expect([ended[0], ...ended.slice(2)]).toEqual([4001, 4001, 4001])
  expect(performance.now() - since).toBeLessThan(15_000)
  await redis.open()
  await untilReady()
  expect(await app.services.auth.lookUpSession(headers[0] ?? {})).toEqual({ session: null })
})
