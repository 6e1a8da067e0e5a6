import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { makeGate, type Gate } from '#server/platform/testing.ts'
import { makeTestWorld, refusalOf, type TestClient, type TestWorld } from '#server/testing.ts'
import { makeTestTable, type TestTable } from '#server/testing.votes.ts'
import type { Act, ActResult } from '#shared/votes.ts'

let world: TestWorld
let one: App
let two: App
let gate: Gate
let raw: Redis

beforeAll(async () => {
  world = await makeTestWorld()
  const redis = new URL(world.store.redisUrl)
  gate = await makeGate({ host: redis.hostname, port: Number(redis.port) })
  redis.hostname = '127.0.0.1'
  redis.port = String(gate.port)
  const env = {
    LIMITS: 'SIGN_INS_PER_ADDRESS=1000,CANDIDATES_PER_HOST=10,CLOSING_MS=700,RUNOFF_MS=700',
    ROOM_PEOPLE_MAX: '100',
    LOCK_TTL_MS: '400',
    WRITES_PER_10_S: '100000',
  }
  one = await world.serve(env)
  // Only the second server's way to Redis can be cut: the first keeps taking the lock meanwhile.
  two = await world.serve({ ...env, REDIS_URL: redis.href })
  raw = new Redis(world.store.redisUrl)
})
afterAll(async () => {
  raw.disconnect()
  await world.end()
  await gate.shut()
})

const VOTERS = 60
const CANDIDATES = 6

interface Acknowledged {
  own: number
  stances: ActResult['mine']['stances']
}
/** What a voter was told last, by the number of the action and not by the time of the answer. */
type Ledger = Map<string, Acknowledged>

function randomAct(): Act {
  const number = 1 + Math.floor(Math.random() * CANDIDATES)
  const kinds = ['choose', 'choose', 'unchoose', 'pass', 'unpass'] as const
  const roll = Math.floor(Math.random() * (kinds.length + 1))
  return roll === kinds.length
    ? { kind: Math.random() < 0.7 ? 'fine' : 'unfine' }
    : { kind: kinds[roll] ?? 'choose', number }
}

/** Taps through either server until told to stop; a failed call is tried again with the same key, as clients do. */
async function tapAtRandom(
  clients: readonly TestClient[],
  roundId: string,
  personId: string,
  ledger: Ledger,
  until: { stop: boolean; acts: number },
): Promise<{ acts: number; repeated: number }> {
  let acts = 0
  let repeated = 0
  while (!until.stop) {
    const input = { roundId, key: randomUUID(), act: randomAct() }
    for (let again = true; again;) {
      again = Math.random() < 0.15
      const client = clients[Math.floor(Math.random() * clients.length)]
      const answer = await client?.trpc.votes.act.mutate(input).catch((error: unknown) => {
        if (error instanceof Error && error.message === 'pass_limit') return null
        again = true
        return null
      })
      if (!answer) continue
      acts++
      until.acts++
      if (again) repeated++
      if (answer.mine.own >= (ledger.get(personId)?.own ?? 0))
        ledger.set(personId, { own: answer.mine.own, stances: answer.mine.stances })
    }
    await sleep(Math.random() * 20)
  }
  return { acts, repeated }
}

async function expectStored(table: TestTable, roundId: string, ledger: Ledger): Promise<void> {
  const rows = await table.rows<{ person_id: string; number: number; stance: string; own: number }>(
    'select person_id, number, stance, own from round_choices where round_id = $1 order by number',
    [roundId],
  )
  const voters = await table.rows<{ person_id: string; own: number }>(
    'select person_id, own from round_voters where round_id = $1',
    [roundId],
  )
  const stored = new Map(
    voters.map(({ person_id, own }) => [
      person_id,
      { own, stances: [] as Acknowledged['stances'] },
    ]),
  )
  for (const { person_id, number, stance, own } of rows)
    stored.get(person_id)?.stances.push({ number, stance: stance as 'none', own })
  expect(stored.size).toBe(ledger.size)
  for (const [personId, told] of ledger) expect(stored.get(personId)).toEqual(told)
}

/** Everybody sees the tally that the stored choices make, on both servers. */
async function expectTally(table: TestTable, roundId: string): Promise<void> {
  const rows = await table.rows<{ number: number; seats: number[] }>(
    `select number, array_agg(seat order by seat) as seats from round_choices join round_voters using (round_id, person_id)
     where round_id = $1 and stance = 'chosen' group by number order by number`,
    [roundId],
  )
  const expected = rows.map(({ number, seats }) => [number, seats])
  for (const client of [table.host.on(one), table.host.on(two)])
    expect((await client.trpc.votes.state.query({ roomId: table.roomId })).round?.chosen).toEqual(
      expected,
    )
}

describe('60 voters at random through two servers', () => {
  const cases: { name: string; harm: (roundId: string) => Promise<void> }[] = [
    { name: 'undisturbed', harm: () => sleep(400) },
    {
      name: 'while the lock is taken from whoever holds it',
      harm: async (roundId) => {
        for (let n = 0; n < 40; n++) {
          await raw.del(`${world.store.redisPrefix}lock:round:${roundId}`)
          await sleep(10 + Math.random() * 20)
        }
      },
    },
    {
      name: 'while a server stalls with the lock until it has expired',
      harm: async (roundId) => {
        for (let n = 0; n < 3; n++) {
          await one.platform.locks.withLock(`round:${roundId}`, () => sleep(600))
          await sleep(100)
        }
      },
    },
    {
      name: 'while one server loses Redis and finds it again',
      harm: async () => {
        for (let n = 0; n < 2; n++) {
          await gate.shut()
          await sleep(700)
          await gate.open()
          await sleep(400)
        }
      },
    },
  ]
  for (const { name, harm } of cases) {
    test(`${name}: what is stored is what was acknowledged with the highest number`, async () => {
      const table = await makeTestTable(world, [one], VOTERS, CANDIDATES)
      const { id } = await table.host.trpc.votes.open.mutate({
        roomId: table.roomId,
        lengthMs: 600_000,
      })
      const ledger: Ledger = new Map()
      const until = { stop: false, acts: 0 }
      const people = [table.host, ...table.guests]
      const running = people.map(async (client) =>
        tapAtRandom([client.on(one), client.on(two)], id, await client.personId(), ledger, until),
      )
      await harm(id)
      await expect.poll(() => until.acts, { timeout: 30_000 }).toBeGreaterThan(3 * VOTERS)
      until.stop = true
      const done = await Promise.all(running)
      expect(done.reduce((sum, { repeated }) => sum + repeated, 0)).toBeGreaterThan(0)
      await expectStored(table, id, ledger)
      await expectTally(table, id)
    })
  }

  test('a batch whose token is older than the row is refused and done again under a new one', async () => {
    const table = await makeTestTable(world, [one, two], 2, 2)
    const { id } = await table.host.trpc.votes.open.mutate({
      roomId: table.roomId,
      lengthMs: 600_000,
    })
    // Tokens are taken away all the time, as by servers whose locks have expired.
    let over = false
    const thief = (async () => {
      while (!over) await table.rows('update rounds set token = token + 1 where id = $1', [id])
    })()
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => table.act(table.host, id, { kind: 'choose', number: 1 })),
    )
    over = true
    await thief
    const last = await table.act(table.host, id, { kind: 'choose', number: 2 })
    expect(last.own).toBe(answers.filter(({ status }) => status === 'fulfilled').length + 1)
  })
})

describe('the close', () => {
  test('an act around the deadline is acknowledged exactly if it counts', async () => {
    const table = await makeTestTable(world, [one], 30, 2)
    const { id, deadlineAt } = await table.host.trpc.votes.open.mutate({
      roomId: table.roomId,
      deadlineAt: Date.now() + 12_000,
    })
    await table.host.trpc.votes.close.mutate({ roundId: id })
    const ends = (await table.newest()).deadlineAt
    expect(ends).toBeLessThan(deadlineAt)
    const results = await Promise.all(
      table.guests.map(async (guest, index) => {
        // Spread over the 400 ms around the close.
        await sleep(Math.max(0, ends - Date.now() - 250 + index * 14))
        const number = 1 + (index % 2)
        const client = guest.on(index % 2 ? one : two)
        return client.trpc.votes.act
          .mutate({ roundId: id, key: randomUUID(), act: { kind: 'choose', number } })
          .then(
            () => ({ seat: index + 2, number, counted: true }),
            (error: unknown) => ({
              seat: index + 2,
              number,
              counted: false,
              code: error instanceof Error ? error.message : '',
            }),
          )
      }),
    )
    const final = await table.untilClosed(id)
    const counted = results.filter((each) => each.counted)
    const refused = results.filter((each) => !each.counted)
    expect(counted.length).toBeGreaterThan(0)
    expect(refused.length).toBeGreaterThan(0)
    expect(new Set(refused.map((each) => 'code' in each && each.code))).toEqual(
      new Set(['round_closed']),
    )
    const seats = (number: number): number[] =>
      counted.filter((each) => each.number === number).map(({ seat }) => seat)
    expect(new Map(final.chosen)).toEqual(
      new Map(
        [1, 2]
          .filter((number) => seats(number).length > 0)
          .map((number) => [number, seats(number)]),
      ),
    )
  })

  test('a due round is closed by another server when its own has gone', async () => {
    const env = { LIMITS: 'SIGN_INS_PER_ADDRESS=1000' }
    const brief = await world.serve(env)
    const table = await makeTestTable(world, [brief], 2, 2)
    const { id, deadlineAt } = await table.host.trpc.votes.open.mutate({
      roomId: table.roomId,
      deadlineAt: Date.now() + 10_500,
    })
    await table.act(table.host, id, { kind: 'choose', number: 2 })
    await brief.close()
    expect(
      await refusalOf(
        table.host.on(one).trpc.votes.open.mutate({ roomId: table.roomId, lengthMs: 60_000 }),
      ),
    ).toMatchObject({ code: 'round_open' })
    await expect
      .poll(
        async () =>
          (await table.host.on(two).trpc.votes.state.query({ roomId: table.roomId })).round?.state,
        { timeout: 15_000, interval: 50 },
      )
      .toBe('closed')
    const { round } = await table.host.on(two).trpc.votes.state.query({ roomId: table.roomId })
    expect(round?.closedAt).toBeGreaterThanOrEqual(deadlineAt)
    expect(round?.outcome).toMatchObject({ kind: 'winner', number: 2 })
  })
})
