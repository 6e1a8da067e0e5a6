import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { makeTestTable, proposePin, type TestTable } from '#server/testing.votes.ts'
import { verifyDraw } from '#shared/votes.draw.ts'
import type { Act, RoundView } from '#shared/votes.ts'

// Short run-offs and closings, so that a test lives through them.
const { world, one, two } = await startServers({ LIMITS: 'RUNOFF_MS=4000,CLOSING_MS=600' })

const seat = (people: number, candidates: number): Promise<TestTable> =>
  makeTestTable(world, [one, two], people, candidates)
const choose = (number: number): Act => ({ kind: 'choose', number })
const pass = (number: number): Act => ({ kind: 'pass', number })

describe('a round', () => {
  test('is opened, chosen in on both servers, closed by the host, and decided for good', async () => {
    const { host, guests, roomId, act, untilClosed } = await seat(3, 3)
    const [a, b] = guests as [TestClient, TestClient]
    const opened = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    expect(opened).toMatchObject({
      state: 'open',
      version: 1,
      ordinal: 1,
      kind: 'first',
      chosen: [],
      ticked: [],
      openedBySeat: 1,
    })
    expect(opened.seedHash).toMatch(/^[0-9a-f]{64}$/)
    const first = await act(host, opened.id, choose(1))
    expect(first).toMatchObject({
      own: 1,
      version: 2,
      mine: { fine: false, stances: [{ number: 1, stance: 'chosen', own: 1 }] },
    })
    await act(a, opened.id, choose(1))
    await act(a, opened.id, choose(2))
    await act(b, opened.id, { kind: 'fine' })
    const seen = await b.trpc.votes.state.query({ roomId })
    expect(seen.round).toMatchObject({
      ticked: [1, 2, 3],
      fine: [3],
      chosen: [
        [1, [1, 2]],
        [2, [2]],
      ],
    })
    const closing = await host.trpc.votes.close.mutate({ roundId: opened.id })
    expect(closing.closing?.by).toBe('host')
    expect(closing.deadlineAt - (closing.closing?.at ?? 0)).toBe(600)
    const closed = await untilClosed(opened.id)
    expect(closed.outcome).toMatchObject({
      kind: 'winner',
      number: 1,
      by: 'choices',
      proof: null,
      hard: [],
    })
    expect(await refusalOf(act(a, opened.id, choose(3)))).toMatchObject({ code: 'round_closed' })
    const decisions = (await host.trpc.votes.state.query({ roomId })).decisions
    expect(decisions).toHaveLength(1)
    const [{ id } = { id: '' }] = decisions
    expect(await a.trpc.votes.myDecisions.query()).toMatchObject([{ id, number: 1 }])
    const { demo, people } = await a.trpc.votes.decision.query({ id })
    expect(demo).toBe(false)
    expect(people.map(({ simulated }) => simulated)).toEqual([false, false, false])
  })

  test('cannot be opened twice, by a guest, with one candidate, or for longer than a day', async () => {
    const { host, guests, roomId } = await seat(2, 1)
    const open = (lengthMs = 60_000): Promise<unknown> =>
      host.trpc.votes.open.mutate({ roomId, lengthMs })
    expect(await refusalOf(open())).toMatchObject({
      code: 'too_few_candidates',
      params: { min: 2 },
    })
    await proposePin(host, roomId, 2)
    expect(
      await refusalOf(
        Promise.all(
          guests.map((guest) => guest.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })),
        ),
      ),
    ).toMatchObject({ code: 'host_only' })
    expect(
      await refusalOf(
        host.trpc.votes.open.mutate({ roomId, deadlineAt: Date.now() + 25 * 3_600_000 }),
      ),
    ).toMatchObject({ code: 'deadline_invalid' })
    const both = await Promise.allSettled([open(), open(), open()])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(open())).toMatchObject({ code: 'round_open' })
  })

  test('the same key again is answered as the first time, also after the close, and counts once', async () => {
    const { host, roomId, untilClosed } = await seat(2, 2)
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 10_000 })
    const key = randomUUID()
    const twice = await Promise.all(
      [1, 2, 3].map(() => host.trpc.votes.act.mutate({ roundId: id, key, act: choose(1) })),
    )
    expect(twice.map(({ own }) => own)).toEqual([1, 1, 1])
    await host.on(two).trpc.votes.act.mutate({
      roundId: id,
      key: randomUUID(),
      act: { kind: 'unchoose', number: 1 },
    })
    expect(
      await host.on(two).trpc.votes.act.mutate({ roundId: id, key, act: choose(1) }),
    ).toMatchObject({ own: 1, mine: { own: 2 } })
    await host.trpc.votes.close.mutate({ roundId: id })
    expect((await untilClosed(id)).outcome).toEqual({ kind: 'none' })
    expect((await host.trpc.votes.act.mutate({ roundId: id, key, act: choose(1) })).own).toBe(1)
  })

  test('a kept act is refused once another device did something newer there', async () => {
    const { host, roomId } = await seat(2, 2)
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    const act = (one: Act, lastOwn?: number): Promise<unknown> =>
      host.trpc.votes.act.mutate({ roundId: id, key: randomUUID(), act: one, lastOwn })
    await act(choose(1))
    expect(await refusalOf(act({ kind: 'unchoose', number: 1 }, 0))).toMatchObject({
      code: 'changed_elsewhere',
      params: { number: 1, own: 1 },
    })
    expect(await act(choose(2), 0)).toMatchObject({ own: 2 })
  })

  test('one refused act disturbs no other of its batch', async () => {
    const { host, guests, roomId, act } = await seat(4, 2)
    const stranger = await world.guest(one)
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    const results = await Promise.allSettled([
      act(host, id, choose(1)),
      act(host, id, choose(9)),
      stranger.trpc.votes.act.mutate({ roundId: id, key: randomUUID(), act: choose(1) }),
      ...guests.map((guest) => act(guest, id, choose(2))),
    ])
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ])
    expect((await host.trpc.votes.state.query({ roomId })).round?.chosen).toEqual([
      [1, [1]],
      [2, [2, 3, 4]],
    ])
  })
})

describe('passes', () => {
  test('move no version, are seen by their owner alone, and become counts at the close', async () => {
    const { host, guests, roomId, act, untilClosed, rows } = await seat(4, 4)
    const [a, b] = guests as [TestClient, TestClient]
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    await act(a, id, choose(1))
    const before = await b.trpc.votes.state.query({ roomId })
    const { seq } = await b.trpc.rooms.snapshot.query({ roomId })
    const passed = await act(b, id, pass(1))
    expect(passed.version).toBe(before.round?.version)
    expect(passed.mine.stances).toEqual([{ number: 1, stance: 'passed', own: 1 }])
    expect((await a.trpc.rooms.snapshot.query({ roomId })).seq).toBe(seq)
    expect((await a.trpc.votes.state.query({ roomId })).round).toEqual(before.round)
    await act(b, id, pass(2))
    expect(await refusalOf(act(b, id, pass(3)))).toMatchObject({
      code: 'pass_limit',
      params: { max: 2 },
    })
    await act(a, id, choose(3))
    await host.trpc.votes.close.mutate({ roundId: id })
    const closed = await untilClosed(id)
    expect(closed.outcome).toMatchObject({ kind: 'winner', number: 3, by: 'choices', hard: [1] })
    expect(
      await rows('select person_id from round_choices where round_id = $1 and stance = $2', [
        id,
        'passed',
      ]),
    ).toEqual([])
    expect(
      await rows('select number, passes from round_passes where round_id = $1 order by 1', [id]),
    ).toEqual([
      { number: 1, passes: 1 },
      { number: 2, passes: 1 },
    ])
    expect(JSON.stringify(await a.trpc.votes.state.query({ roomId }))).not.toMatch(/pass(ed|es)"/)
  })
})

/** What each wanted at first, and in the run-off; ticks are for the choice that decided. */
async function expectWholeStory(
  client: TestClient,
  { decisionId: id, number }: { decisionId: string; number: number },
): Promise<void> {
  const told = await client.trpc.votes.decision.query({ id })
  expect(told).toMatchObject({ runoff: true, fine: 1 })
  expect(told.candidates.map(({ choices }) => choices)).toEqual([0, 1, 1])
  expect(told.runoffChoices).toEqual([
    [2, 1],
    [3, 1],
  ])
  const people = told.people.map((each) => [
    each.ticked,
    each.chose,
    each.settled,
    each.choseWinner,
  ])
  expect(people).toEqual([
    [true, [], null, false],
    [true, [2], 3, number === 3],
    [true, [3], 2, number === 2],
    [false, [], null, false],
  ])
}

/** Kept before the run-off was told apart: one list of choices, in which the run-off's stand. */
async function expectOldStory(
  client: TestClient,
  { decisionId: id, number }: { decisionId: string; number: number },
  rows: TestTable['rows'],
): Promise<void> {
  await rows(`update decisions set content = content - 'tied' || '{"voters":2}' where id = $1`, [
    id,
  ])
  await rows(
    `update decision_people set ticked = settled is not null, settled = null,
      chose = case when settled is null then '{}' else array[settled] end where decision_id = $1`,
    [id],
  )
  const told = await client.trpc.votes.decision.query({ id })
  expect(told).toMatchObject({ runoff: true, runoffChoices: null, fine: 0 })
  expect(told.people.map(({ choseWinner }) => choseWinner)).toEqual([
    false,
    number === 3,
    number === 2,
    false,
  ])
  expect((await client.fetch(`/d/${id}/card.png`)).status).toBe(200)
}

describe('run-off and draw', () => {
  test('a tie goes to a run-off with one choice each; a tie again to a draw that anyone can repeat', async () => {
    const { host, guests, roomId, act, untilClosed, newest, rows } = await seat(4, 3)
    const [a, b] = guests as [TestClient, TestClient]
    const opened = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    await act(a, opened.id, choose(2))
    await act(b, opened.id, choose(3))
    await act(host, opened.id, { kind: 'fine' })
    expect(JSON.stringify(await a.trpc.votes.state.query({ roomId }))).not.toContain('"seed"')
    await host.trpc.votes.close.mutate({ roundId: opened.id })
    const closed = await untilClosed(opened.id)
    const runoff = await newest()
    expect(closed.outcome).toEqual({ kind: 'runoff', roundId: runoff.id, tied: [2, 3], hard: [] })
    expect(runoff).toMatchObject({
      kind: 'runoff',
      tied: [2, 3],
      firstRoundId: opened.id,
      seedHash: opened.seedHash,
      ordinal: 1,
      version: 1,
    })
    await act(a, runoff.id, choose(2))
    const switched = await act(a, runoff.id, choose(3))
    expect(switched.mine.stances).toEqual([
      { number: 2, stance: 'none', own: 2 },
      { number: 3, stance: 'chosen', own: 2 },
    ])
    await act(b, runoff.id, choose(2))
    expect(await refusalOf(act(b, runoff.id, pass(3)))).toMatchObject({ code: 'pass_in_runoff' })
    expect(await refusalOf(act(b, runoff.id, choose(1)))).toMatchObject({
      code: 'candidate_unknown',
    })
    expect(await refusalOf(host.trpc.rooms.withdraw.mutate({ roomId, number: 2 }))).toMatchObject({
      code: 'runoff_fixed',
    })
    const drawn = await untilClosed(runoff.id)
    if (drawn.outcome?.kind !== 'winner') throw new Error('no winner')
    const { proof, number, by } = drawn.outcome
    expect(by).toBe('draw')
    expect(proof && verifyDraw(proof)).toBe(true)
    expect(proof).toMatchObject({
      seedHash: opened.seedHash,
      numbers: [2, 3],
      picked: number,
      firstRoundId: opened.id,
    })
    await expectWholeStory(b, drawn.outcome)
    await expectOldStory(b, drawn.outcome, rows)
    const again: RoundView = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    expect(again.seedHash).not.toBe(opened.seedHash)
    expect(again).toMatchObject({ ordinal: 2, chosen: [] })
  })
})
