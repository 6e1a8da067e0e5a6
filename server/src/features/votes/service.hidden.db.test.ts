import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hear } from '#server/testing.rooms.ts'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { makeTestTable, proposePin, type TestTable } from '#server/testing.votes.ts'
import type { Act } from '#shared/votes.ts'

const { world, one, two } = await startServers({ LIMITS: 'CLOSING_MS=500,RUNOFF_MS=600' })

const seat = (people: number, candidates: number): Promise<TestTable> =>
  makeTestTable(world, [one, two], people, candidates)
const choose = (number: number): Act => ({ kind: 'choose', number })
const pass = (number: number): Act => ({ kind: 'pass', number })

/** Names of all fields in what was sent, with their values as text. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [`${path}=${String(value)}`]
  return Object.entries(value).flatMap(([key, each]) =>
    fieldsOf(each, Array.isArray(value) ? path : `${path}.${key}`),
  )
}
/** Everything that tells a choice, a count, a pass or a seed. */
const TELLING =
  /\.(chosen|choices|count|counts|passes|passed|stances?|seed|hard|fine|tally|own)[.=]/

describe('a hidden tally', () => {
  test('no payload holds a choice or a count of others until the close, only who has a tick', async () => {
    const { host, guests, roomId, act, untilClosed } = await seat(4, 4)
    const [a, b, c] = guests as [TestClient, TestClient, TestClient]
    const { seq } = await c.trpc.rooms.snapshot.query({ roomId })
    const heard = await hear(c, roomId, String(seq))
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000, hidden: true })
    await act(a, id, choose(2))
    await act(b, id, choose(2))
    await act(b, id, choose(3))
    await act(a, id, pass(1))
    await act(host, id, { kind: 'fine' })
    const state = await c.trpc.votes.state.query({ roomId })
    expect(state.round).toMatchObject({ ticked: [1, 2, 3], chosen: null, fine: [], outcome: null })
    const home = await c.trpc.rooms.mine.query()
    const snapshot = await c.trpc.rooms.snapshot.query({ roomId })
    await expect
      .poll(() => heard.types().filter((type) => type === 'round').length)
      .toBeGreaterThanOrEqual(4)
    const sent = { round: state.round, home, snapshot, feed: heard.items.map(({ data }) => data) }
    const told = fieldsOf(sent).filter(
      (field) => TELLING.test(`${field}.`) && !/\.(chosen|outcome)=null/.test(field),
    )
    expect(told).toEqual([])
    await host.trpc.votes.close.mutate({ roundId: id })
    const closed = await untilClosed(id)
    expect(closed.chosen).toEqual([
      [2, [2, 3]],
      [3, [3]],
    ])
    expect(closed.fine).toEqual([1])
    heard.stop()
  })

  test('a second choice moves nothing that others see', async () => {
    const { host, guests, roomId, act } = await seat(3, 3)
    const [a] = guests as [TestClient]
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000, hidden: true })
    const first = await act(a, id, choose(1))
    const second = await act(a, id, choose(2))
    expect(second.version).toBe(first.version)
    expect((await act(a, id, { kind: 'unchoose', number: 1 })).version).toBe(first.version)
    expect((await act(a, id, { kind: 'unchoose', number: 2 })).version).toBe(first.version + 1)
  })

  test('only the host withdraws, and the tick of who chose it stays', async () => {
    const { host, guests, roomId, act, newest } = await seat(3, 3)
    const [a] = guests as [TestClient]
    const number = await proposePin(a, roomId, 4)
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000, hidden: true })
    await act(a, id, choose(number))
    expect(await refusalOf(a.trpc.rooms.withdraw.mutate({ roomId, number }))).toMatchObject({
      code: 'host_only',
    })
    await host.trpc.rooms.withdraw.mutate({ roomId, number })
    expect((await newest()).ticked).toEqual([2])
    expect((await a.trpc.votes.mine.query({ roundId: id })).stances).toMatchObject([
      { number, stance: 'chosen' },
    ])
  })
})

describe('candidates while a round is open', () => {
  test('the proposer withdraws until someone else chose it; choices return on undo; two must stand', async () => {
    const { host, guests, roomId, act, newest } = await seat(3, 1)
    const [a, b] = guests as [TestClient, TestClient]
    const second = await proposePin(a, roomId, 2)
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    expect(await refusalOf(a.trpc.rooms.withdraw.mutate({ roomId, number: second }))).toMatchObject(
      { code: 'too_few_candidates' },
    )
    const third = await proposePin(a, roomId, 3)
    await act(a, id, choose(third))
    await act(b, id, choose(second))
    expect(await refusalOf(a.trpc.rooms.withdraw.mutate({ roomId, number: second }))).toMatchObject(
      { code: 'candidate_chosen', params: { number: second } },
    )
    await a.trpc.rooms.withdraw.mutate({ roomId, number: third })
    expect(await newest()).toMatchObject({ ticked: [3], chosen: [[second, [3]]] })
    expect(await refusalOf(act(b, id, choose(third)))).toMatchObject({ code: 'candidate_unknown' })
    await a.trpc.rooms.restore.mutate({ roomId, number: third })
    expect(await newest()).toMatchObject({
      ticked: [2, 3],
      chosen: [
        [second, [3]],
        [third, [2]],
      ],
    })
  })

  test('who is removed takes choices, passes and tick along; the rows stay', async () => {
    const { host, guests, roomId, act, newest, rows, untilClosed } = await seat(4, 4)
    const [a, b] = guests as [TestClient, TestClient]
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    await act(a, id, choose(1))
    await act(a, id, pass(2))
    await act(b, id, choose(2))
    await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
    expect(await newest()).toMatchObject({ ticked: [3], chosen: [[2, [3]]] })
    expect(await refusalOf(act(a, id, choose(3)))).toMatchObject({ code: 'room_removed' })
    expect(await rows('select 1 as one from round_choices where round_id = $1', [id])).toHaveLength(
      3,
    )
    await host.trpc.votes.close.mutate({ roundId: id })
    expect((await untilClosed(id)).outcome).toMatchObject({
      kind: 'winner',
      number: 2,
      by: 'choices',
      hard: [],
    })
  })
})

describe('a decision', () => {
  test('shows members who chose what, visitors counts and drawn portraits; the host may unpublish it', async () => {
    const { host, guests, roomId, act, untilClosed } = await seat(3, 3)
    const [a, b] = guests as [TestClient, TestClient]
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    await act(a, id, choose(2))
    await act(b, id, choose(2))
    await act(b, id, choose(1))
    await host.trpc.votes.close.mutate({ roundId: id })
    const { outcome } = await untilClosed(id)
    if (outcome?.kind !== 'winner') throw new Error('no winner')
    const decisionId = outcome.decisionId
    expect(decisionId).toMatch(/^[0-9A-Za-z]{22}$/)
    const inside = await b.trpc.votes.decision.query({ id: decisionId })
    expect(inside).toMatchObject({
      member: true,
      host: false,
      runoffChoices: null,
      fine: 0,
      winner: { number: 2 },
      by: 'choices',
      roomCode: expect.any(String),
    })
    expect(inside.people.map(({ name, chose }) => [name, chose])).toEqual([
      ['민수', []],
      ['손님2', [2]],
      ['손님3', [1, 2]],
    ])
    const visitor = world.client(two)
    const outside = await visitor.trpc.votes.decision.query({ id: decisionId })
    expect(outside).toMatchObject({
      member: false,
      host: false,
      roomCode: null,
      candidates: [{ choices: 1 }, { choices: 2 }, { choices: 0 }],
    })
    expect(
      outside.people.map(({ name, chose, choseWinner }) => [name, chose, choseWinner]),
    ).toEqual([
      [null, null, false],
      [null, null, true],
      [null, null, true],
    ])
    expect(JSON.stringify(outside)).not.toMatch(/민수|손님/)
    const page = await visitor.fetch(`/d/${decisionId}`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('noindex')
    expect(html).toContain('후보 2 · 밥맵')
    expect(html).toContain(`/d/${decisionId}/card.png`)
    // Nobody said when they eat: a day with its word, no bare hour that would read as the meal's.
    expect(html).toMatch(
      /<meta property="og:description" content="[^"]+ · \d+월 \d+일에 정했어요 · 세 명 중 두 명이 골랐어요">/,
    )
    const card = await visitor.fetch(`/d/${decisionId}/card.png`)
    expect(card.headers.get('content-type')).toBe('image/png')
    const png = Buffer.from(await card.arrayBuffer())
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630])
    expect(visitor.cookie()).toBe('')
    expect(
      await refusalOf(b.trpc.votes.publish.mutate({ id: decisionId, published: false })),
    ).toMatchObject({ code: 'host_only' })
    await host.trpc.votes.publish.mutate({ id: decisionId, published: false })
    expect(await refusalOf(visitor.trpc.votes.decision.query({ id: decisionId }))).toMatchObject({
      code: 'not_found',
    })
    expect((await visitor.fetch(`/d/${decisionId}/card.png`)).status).toBe(404)
    expect(
      (await visitor.fetch(`/d/${decisionId}`, { headers: { accept: 'text/html' } })).status,
    ).toBe(404)
    expect(await b.trpc.votes.decision.query({ id: decisionId })).toMatchObject({
      published: false,
      member: true,
    })
    // At the door of the closed room too: a way to the result only for who may see it.
    await host.trpc.rooms.close.mutate({ roomId })
    const code = inside.roomCode ?? ''
    const atDoor = async (client: TestClient) =>
      (await client.trpc.rooms.peek.query({ code })) as { state: string; decisionId: string | null }
    expect(await atDoor(visitor)).toMatchObject({ state: 'closed', decisionId: null })
    expect(await atDoor(b)).toMatchObject({ state: 'closed', decisionId })
    await host.trpc.votes.publish.mutate({ id: decisionId, published: true })
    expect(await atDoor(visitor)).toMatchObject({ state: 'closed', decisionId })
    expect((await visitor.trpc.votes.decision.query({ id: decisionId })).published).toBe(true)
  })

  test('of an erased person keeps the choice and nothing that names them', async () => {
    const { host, guests, roomId, act, untilClosed } = await seat(3, 2)
    const [a] = guests as [TestClient]
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    await act(a, id, choose(2))
    await host.trpc.votes.close.mutate({ roundId: id })
    const { outcome } = await untilClosed(id)
    if (outcome?.kind !== 'winner') throw new Error('no winner')
    const personId = await a.personId()
    const { rooms, votes } = one.services
    expect((await votes.exportFor(personId)).votes).toMatchObject([
      { roundId: id, vote: { stances: [{ number: 2, stance: 'chosen' }] } },
    ])
    await one.platform.db.transaction().execute(async (tx) => {
      await rooms.erase(tx, personId)
      await votes.erase(tx, personId)
    })
    const view = await host.trpc.votes.decision.query({ id: outcome.decisionId })
    expect(view.people[1]).toMatchObject({ seat: 2, name: null, portrait: 'gone', chose: [2] })
    expect((await votes.exportFor(personId)).votes).toEqual([])
    const left = await one.platform.dbLink.pool.query(
      'select 1 from round_choices where person_id = $1 union all select 1 from round_voters where person_id = $1 union all select 1 from round_keys where person_id = $1',
      [personId],
    )
    expect(left.rowCount).toBe(0)
  })
})

describe('a guest becomes a member', () => {
  test('where both acted the later act wins, candidate by candidate', async () => {
    const { host, guests, roomId, act, newest } = await seat(3, 4)
    const [a, b] = guests as [TestClient, TestClient]
    const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
    await act(a, id, choose(1))
    await act(b, id, choose(1))
    await act(b, id, { kind: 'unchoose', number: 1 })
    await act(b, id, choose(2))
    await act(a, id, { kind: 'pass', number: 2 })
    await act(a, id, choose(3))
    const [from, to] = [await a.personId(), await b.personId()]
    await one.platform.db.transaction().execute(async (tx) => {
      await one.services.rooms.moveOwner(tx, from, to)
      await one.services.votes.moveOwner(tx, from, to)
    })
    const mine = await b.trpc.votes.mine.query({ roundId: id })
    expect(mine.stances.map(({ number, stance }) => [number, stance])).toEqual([
      [1, 'none'],
      [2, 'passed'],
      [3, 'chosen'],
    ])
    expect(mine.own).toBe(4)
    expect(await newest()).toMatchObject({ ticked: [2], chosen: [[3, [2]]] })
    expect(
      await refusalOf(
        b.trpc.votes.act.mutate({ roundId: id, key: randomUUID(), act: choose(1), lastOwn: 2 }),
      ),
    ).toMatchObject({ code: 'changed_elsewhere' })
    expect((await act(b, id, choose(4))).own).toBe(5)
  })
})
