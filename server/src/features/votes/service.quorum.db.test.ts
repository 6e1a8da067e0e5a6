import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { openTestTab } from '#server/testing.presence.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { makeTestTable, type TestTable } from '#server/testing.votes.ts'
import type { Act, RoundView } from '#shared/votes.ts'

const CLOSING_MS = 4_000
const { world, one, two } = await startServers({
  LIMITS: `CLOSING_MS=${CLOSING_MS},QUORUM_NOT_BEFORE_MS=1000,WAIT_MS=1500`,
})

const choose = (number: number): Act => ({ kind: 'choose', number })

async function openWithQuorum(
  people: number,
): Promise<TestTable & { id: string; tabs: { socket: { close(): void } }[] }> {
  const table = await makeTestTable(world, [one, two], people, 3)
  const tabs = []
  for (const client of [table.host, ...table.guests])
    tabs.push(await openTestTab(client, table.roomId))
  await expect.poll(() => one.services.rooms.presentSeats(table.roomId)).toHaveLength(people)
  const { id } = await table.host.trpc.votes.open.mutate({
    roomId: table.roomId,
    lengthMs: 60_000,
    quorum: true,
  })
  return { ...table, id, tabs }
}
const untilClosing = async (table: TestTable, by: 'quorum' | null): Promise<RoundView> => {
  await expect
    .poll(async () => (await table.newest()).closing?.by ?? null, { timeout: 8_000, interval: 40 })
    .toBe(by)
  return table.newest()
}

describe('closing by quorum', () => {
  test('begins when all present have a tick, starts over at a change, is held by "wait", and ends the round', async () => {
    const table = await openWithQuorum(2)
    const { host, guests, id, act, untilClosed } = table
    const [a] = guests as [TestClient]
    await act(host, id, choose(1))
    await sleep(1_300)
    expect((await table.newest()).closing).toBeNull()
    expect(await refusalOf(a.trpc.votes.wait.mutate({ roundId: id }))).toMatchObject({
      code: 'nothing_to_hold',
    })
    await act(a, id, choose(2))
    const first = await untilClosing(table, 'quorum')
    expect(first.deadlineAt - (first.closing?.at ?? 0)).toBe(CLOSING_MS)
    await sleep(300)
    await act(a, id, choose(1))
    const second = await table.newest()
    expect(second.deadlineAt).toBeGreaterThan(first.deadlineAt)
    await act(a, id, { kind: 'pass', number: 3 })
    expect((await table.newest()).deadlineAt).toBe(second.deadlineAt)
    const held = await a.trpc.votes.wait.mutate({ roundId: id })
    expect(held).toMatchObject({ closing: null })
    expect(held.holdUntil).toBeGreaterThan(Date.now())
    await untilClosing(table, 'quorum')
    expect(await refusalOf(a.trpc.votes.wait.mutate({ roundId: id }))).toMatchObject({
      code: 'wait_used',
    })
    expect((await untilClosed(id)).outcome).toMatchObject({ kind: 'winner', number: 1 })
  })

  test('is ended by an arrival without a tick, and goes on without who left', async () => {
    const table = await openWithQuorum(3)
    const { host, guests, id, act, tabs, roomId } = table
    const [a, b] = guests as [TestClient, TestClient]
    await act(host, id, choose(1))
    await act(a, id, choose(1))
    // The third has no tick: once gone, nobody waits for them.
    tabs[2]?.socket.close()
    const closing = await untilClosing(table, 'quorum')
    const back = await openTestTab(b, roomId)
    const open = await untilClosing(table, null)
    expect(open.deadlineAt).toBeGreaterThan(closing.deadlineAt)
    await act(b, id, { kind: 'fine' })
    await untilClosing(table, 'quorum')
    back.socket.close()
  })

  test('never happens with nobody present', async () => {
    const table = await openWithQuorum(2)
    const { host, guests, id, act, tabs } = table
    const [a] = guests as [TestClient]
    await act(host, id, choose(1))
    await act(a, id, choose(1))
    for (const { socket } of tabs) socket.close()
    await sleep(CLOSING_MS + 4_000)
    expect(await table.newest()).toMatchObject({ state: 'open', closing: null })
  })
})
