import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { startServer } from '#server/testing.servers.ts'
import type { DbOrTx } from '#server/platform/db.ts'
import { makeTestTable, type TestTable } from '#server/testing.votes.ts'
import { newVoter } from '#shared/votes.acts.ts'
import { storeActs, takeRound } from './repo.batch.ts'
import type { BatchRead, BatchWrites, Stored } from './repo.batch.ts'

const { world, one: app } = await startServer()

const take = async (roundId: string, known?: { token: number; epoch: number }) => {
  const read = await takeRound(app.platform.db, { roundId, acts: [], known })
  if (!read) throw new Error('There is no round')
  return read
}
/** Somebody chooses candidate 1, as their first act. */
function firstChoice(personId: string, seat: number): BatchWrites {
  const voter = { ...newVoter(), own: 1, personId, seat, waitUsed: false, removed: false }
  return {
    voters: [voter],
    choices: [{ personId, number: 1, stance: 'chosen', own: 1 }],
    keys: [{ personId, key: randomUUID(), own: 1 }],
    round: null,
    event: null,
  }
}
async function countRows(table: TestTable, roundId: string): Promise<number> {
  const [row] = await table.rows<{ rows: number }>(
    `select (select count(*) from round_voters where round_id = $1) + (select count(*) from round_choices where round_id = $2)
      + (select count(*) from round_keys where round_id = $3) as rows`,
    [roundId, roundId, roundId],
  )
  return row?.rows ?? Number.NaN
}
async function openTable(deadlineInMs = 600_000): Promise<{ table: TestTable; id: string }> {
  const table = await makeTestTable(world, [app], 2, 2)
  const { id } = await table.host.trpc.votes.open.mutate({ roomId: table.roomId })
  await sql`update rounds set deadline_at = clock_timestamp() + make_interval(secs => ${deadlineInMs / 1_000}) where id = ${id}`.execute(
    app.platform.db,
  )
  return { table, id }
}
/** Holds the round's row in a transaction that does `before`, until `during` has run for a while; then commits. */
async function whileHeld<T>(
  roundId: string,
  forMs: number,
  before: (tx: DbOrTx) => Promise<unknown>,
  during: () => Promise<T>,
): Promise<T> {
  let waiting: Promise<T> | undefined
  await app.platform.db.transaction().execute(async (tx) => {
    await sql`select id from rounds where id = ${roundId} for update`.execute(tx)
    await before(tx)
    waiting = during()
    await sleep(forMs)
  })
  if (!waiting) throw new Error('Nothing ran')
  return waiting
}

describe('a batch', () => {
  test('is refused whole once a newer token was taken', async () => {
    const { table, id } = await openTable()
    const personId = await table.host.personId()
    const { round: old } = await take(id)
    const { round: newer } = await take(id)
    expect(newer.token).toBe(old.token + 1)
    const writes = firstChoice(personId, 1)
    expect(await storeActs(app.platform.db, id, old.token, writes)).toBe('stale')
    expect(await countRows(table, id)).toBe(0)
    expect(await storeActs(app.platform.db, id, newer.token, writes)).toBe('stored')
    expect(await countRows(table, id)).toBe(3)
  })

  test('reads what was committed by whoever held the row when it asked', async () => {
    const { table, id } = await openTable()
    const personId = await table.host.personId()
    const { round } = await take(id)
    // Nobody has changed the row itself: the waiting statement's own snapshot would be taken for right.
    const read = await whileHeld<BatchRead>(
      id,
      300,
      (tx) => storeActs(tx, id, round.token, firstChoice(personId, 1)),
      () => take(id, { token: round.token - 1, epoch: round.roomEpoch }),
    )
    expect(read.voters.get(personId)).toMatchObject({ own: 1, seat: 1 })
    expect(read.voters.get(personId)?.stances.get(1)).toEqual({ stance: 'chosen', own: 1 })
  })

  test('whose row is had only after the deadline does not count', async () => {
    const { table, id } = await openTable(700)
    const personId = await table.host.personId()
    // As its own server would, were it not asked to close the round just then.
    const { round, now } = await take(id)
    expect(now).toBeLessThan(round.deadlineAt)
    const stored = await whileHeld<Stored>(
      id,
      round.deadlineAt - now + 100,
      async () => undefined,
      () => storeActs(app.platform.db, id, round.token, firstChoice(personId, 1)),
    )
    expect(stored).not.toBe('stored')
    expect(await countRows(table, id)).toBe(0)
  })

  test('leaves out what is remembered, unless the room has changed since', async () => {
    const { table, id } = await openTable()
    const personId = await table.host.personId()
    await table.act(table.host, id, { kind: 'choose', number: 1 })
    const { round, voters } = await take(id)
    expect([...voters.keys()]).toEqual([personId])
    const known = { token: round.token, epoch: round.roomEpoch }
    expect((await take(id, known)).voters.size).toBe(0)
    expect((await take(id, { ...known, epoch: known.epoch - 1 })).voters.size).toBe(1)
    const guest = table.guests[0]
    if (!guest) throw new Error('Nobody else is here')
    await table.act(guest, id, { kind: 'choose', number: 2 })
    expect([...(await take(id, known)).voters.keys()]).toEqual([await guest.personId()])
  })

  test('token and votes are on disk before they are acknowledged', async () => {
    const { table, id } = await openTable()
    const settingAfter = async (run: (tx: DbOrTx) => Promise<unknown>): Promise<string> =>
      app.platform.db.transaction().execute(async (tx) => {
        await run(tx)
        const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(
          tx,
        )
        return rows[0]?.synchronous_commit ?? ''
      })
    expect(
      await settingAfter(async (tx) => {
        const read = await takeRound(tx, { roundId: id, acts: [], known: undefined })
        const personId = await table.host.personId()
        return storeActs(tx, id, read?.round.token ?? 0, firstChoice(personId, 1))
      }),
    ).toBe('on')
  })
})
