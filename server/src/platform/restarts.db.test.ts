import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBus } from './bus.ts'
import { systemClock } from './clock.ts'
import { isMigrated, makeDb, migrate } from './db.ts'
import { makeLocks } from './lock.ts'
import { makeLog } from './log.ts'
import { makeRateLimit } from './rateLimit.ts'
import { makeRedis } from './redis.ts'
import { makeGateFor, makeTestStore, type TestStore } from './testing.ts'

const log = makeLog('silent')
let store: TestStore
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  store = await makeTestStore()
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
  await store.drop()
})

function redisAt(url: string) {
  const redis = makeRedis(url, store.redisPrefix, log)
  closing.push(() => redis.close())
  return redis
}

function databaseAt(url: string) {
  const link = makeDb(url, { poolMax: 3 }, log)
  closing.push(() => link.close())
  return link
}

async function until(true_: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await true_())) {
    if (Date.now() > end) throw new Error(`It was not so within ${withinMs} ms`)
    await sleep(20)
  }
}

test('the pool survives connections that Postgres ends, idle and busy', async () => {
  const { db } = databaseAt(store.databaseUrl)
  const other = databaseAt(store.databaseUrl)
  await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(db)))
  const busy = sql`select pg_sleep(5)`.execute(db).catch((error: unknown) => error)
  await sleep(100)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    other.db,
  )
  expect(await busy).toBeInstanceOf(Error)
  await sleep(50)
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
})

test('a connection lost between two statements fails its transaction and nothing else', async () => {
  const { db } = databaseAt(store.databaseUrl)
  const other = databaseAt(store.databaseUrl)
  const work = db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other.db)
    await sleep(100)
    await sql`select 1`.execute(tx)
  })
  await expect(work).rejects.toBeInstanceOf(Error)
  expect(await isMigrated(db)).toBe(true)
})

test('a database that is away fails calls quickly, and serves again when it is back', async () => {
  const { gate, url } = await makeGateFor(store.databaseUrl, 5_432)
  closing.push(() => gate.shut())
  const { db } = databaseAt(url)
  expect(await isMigrated(db)).toBe(true)
  await gate.shut()
  const startedAt = Date.now()
  await expect(sql`select 1`.execute(db)).rejects.toBeInstanceOf(Error)
  // Not the minute and more that the network's own time-outs take.
  expect(Date.now() - startedAt).toBeLessThan(20_000)
  await gate.open()
  expect(await isMigrated(db)).toBe(true)
})

test('counters arrive as numbers, and what does not fit is an error, not a rounded number', async () => {
  const { db } = databaseAt(store.databaseUrl)
  const { rows } = await sql<{
    a: number
    b: number
  }>`select 9007199254740991::int8 as a, 1.5::numeric as b`.execute(db)
  expect(rows).toEqual([{ a: 9_007_199_254_740_991, b: 1.5 }])
  await expect(sql`select 9007199254740993::int8 as a`.execute(db)).rejects.toThrow(RangeError)
})

test('two servers that start at once migrate once', async () => {
  const links = [databaseAt(store.databaseUrl), databaseAt(store.databaseUrl)]
  await sql`drop schema public cascade`.execute(links[0]?.db ?? databaseAt(store.databaseUrl).db)
  await sql`create schema public`.execute(databaseAt(store.databaseUrl).db)
  const applied = await Promise.all(links.map(({ db }) => migrate(db)))
  expect(applied.map((names) => names.length).sort((a, b) => a - b)).toEqual([
    0,
    applied.flat().length,
  ])
  expect(applied.flat().length).toBeGreaterThan(4)
})

test('the bus hears again after Redis was away, and says so', async () => {
  const { gate, url } = await makeGateFor(store.redisUrl, 6_379)
  closing.push(() => gate.shut())
  const away = makeBus(redisAt(url), log)
  const sender = makeBus(redisAt(store.redisUrl), log)
  const heard: unknown[] = []
  let back = 0
  away.onReconnect(() => back++)
  await away.subscribe('news', (payload) => void heard.push(payload))
  await away.subscribeBytes('bytes', (payload) => void heard.push([...payload]))
  await sender.publish('news', { n: 1 })
  await until(() => heard.length === 1, 10_000)
  expect(back).toBe(0)
  await gate.shut()
  await sender.publish('news', { n: 2 })
  await sleep(300)
  await gate.open()
  await until(() => back === 1, 10_000)
  await sender.publish('news', { n: 3 })
  await sender.publishBytes('bytes', Uint8Array.of(0, 255, 7))
  await until(() => heard.length === 3, 10_000)
  expect(heard).toEqual([{ n: 1 }, { n: 3 }, [0, 255, 7]])
})

test('a channel has one subscription however many listen, and none when nobody does', async () => {
  const redis = redisAt(store.redisUrl)
  const bus = makeBus(redis, log)
  const count = async () => Number((await redis.command.pubsub('NUMSUB', redis.key('shared')))[1])
  const heard: string[] = []
  const offs = await Promise.all(
    ['a', 'b', 'c'].map((who) => bus.subscribe('shared', () => void heard.push(who))),
  )
  expect(await count()).toBe(1)
  await bus.publish('shared', 1)
  await until(() => heard.length === 3, 10_000)
  // Leaving and coming at the same moment must not end deaf.
  const [again] = await Promise.all([
    bus.subscribe('shared', () => void heard.push('d')),
    ...offs.map((off) => off()),
  ])
  heard.length = 0
  await bus.publish('shared', 2)
  await until(() => heard.length === 1, 10_000)
  expect(heard).toEqual(['d'])
  await again()
  expect(await count()).toBe(0)
})

test('a lock lets one in at a time, tells its expiry, and refuses after its retries', async () => {
  const locks = makeLocks(redisAt(store.redisUrl), { ttlMs: 2_000, retries: 400, waitMs: 5 }, log)
  let inside = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, () =>
      locks.withLock('door', async () => {
        most = Math.max(most, ++inside)
        await sleep(5)
        inside--
      }),
    ),
  )
  expect(most).toBe(1)
  const expired = await locks.withLock(
    'door',
    async (signal) => (await sleep(150), signal.aborted),
    { ttlMs: 60 },
  )
  expect(expired).toBe(true)
  await locks.withLock('door', async () => {
    const refused = locks.withLock('door', async () => 'in', { retries: 2 })
    await expect(refused).rejects.toMatchObject({ code: 'not_ready' })
  })
  expect(await locks.withLock('door', async () => 'in', { retries: 0 })).toBe('in')
})

test('limits are shared by servers, refuse with a time, and hold without Redis', async () => {
  const { gate, url } = await makeGateFor(store.redisUrl, 6_379)
  closing.push(() => gate.shut())
  const rule = { name: 'taps', points: 3, perSeconds: 60 }
  const links = [redisAt(url), redisAt(store.redisUrl)] as const
  // A link that is still connecting counts for itself.
  for (const { command } of links) await command.ping()
  const [here, there] = [makeRateLimit(links[0], systemClock), makeRateLimit(links[1], systemClock)]
  await here.limit('minsu', rule)
  await there.limit('minsu', rule, 2)
  await expect(here.limit('minsu', rule)).rejects.toMatchObject({
    code: 'slow_down',
    params: { retryAt: expect.any(Number) },
  })
  await expect(there.check('minsu', rule)).rejects.toMatchObject({ code: 'slow_down' })
  await here.limit('jieun', rule)
  await gate.shut()
  await sleep(50)
  const startedAt = Date.now()
  for (let n = 0; n < 3; n++) await here.limit('minsu', rule)
  await expect(here.limit('minsu', rule)).rejects.toMatchObject({ code: 'slow_down' })
  expect(Date.now() - startedAt).toBeLessThan(5_000)
})
