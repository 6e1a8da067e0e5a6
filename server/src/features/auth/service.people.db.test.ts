import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf, type TestClient } from '#server/testing.ts'
import { hear } from '#server/testing.rooms.ts'
import { makeTestTable, type TestTable } from '#server/testing.votes.ts'

const { world, one, two } = await startServers({ LIMITS: 'CLOSING_MS=200' })

/** Of everything that a person may have left anywhere: how many rows name this id. */
async function rowsNaming(id: string): Promise<string[]> {
  const { db } = one.platform
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_name) as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.raw(name)} t where to_jsonb(t)::text like ${`%${id}%`}`.execute(
      db,
    )
    if ((rows[0]?.n ?? 0) > 0) found.push(name)
  }
  return found
}

interface Evening {
  table: TestTable
  guest: TestClient
  guestId: string
  friend: TestClient
  decisionId: string
  openId: string
  channelId: string
}

/** A guest who hosts, chats, has a decision, and has chosen in the round that is open. */
async function spendEvening(): Promise<Evening> {
  const table = await makeTestTable(world, [one, two], 2, 3)
  const { host: guest, roomId } = table
  const [friend] = table.guests
  if (!friend) throw new Error('There is no friend')
  const { channelId } = await guest.trpc.rooms.snapshot.query({ roomId })
  await guest.trpc.chat.send.mutate({ channelId, clientId: crypto.randomUUID(), body: '여기 어때' })
  await friend.trpc.chat.send.mutate({ channelId, clientId: crypto.randomUUID(), body: '좋아' })
  const first = await guest.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
  await table.act(guest, first.id, { kind: 'choose', number: 1 })
  await table.act(friend, first.id, { kind: 'choose', number: 1 })
  await guest.trpc.votes.close.mutate({ roundId: first.id })
  await table.untilClosed(first.id)
  const decisions = await guest.trpc.votes.myDecisions.query()
  const open = await guest.trpc.votes.open.mutate({ roomId, lengthMs: 60_000 })
  await table.act(guest, open.id, { kind: 'choose', number: 2 })
  await table.act(guest, open.id, { kind: 'pass', number: 3 })
  await table.act(friend, open.id, { kind: 'choose', number: 3 })
  return {
    table,
    guest,
    guestId: await guest.personId(),
    friend,
    decisionId: decisions[0]?.id ?? '',
    openId: open.id,
    channelId,
  }
}

const chosenIn = async ({ friend, table }: Evening) =>
  (await friend.trpc.votes.state.query({ roomId: table.roomId })).round?.chosen

test('a guest becomes an account: seat, host, votes, words and decisions go over, and the guest ends', async () => {
  const evening = await spendEvening()
  const { table, guest, guestId, friend, decisionId, openId, channelId } = evening
  const account = await world.guest(two, '회원')
  const accountId = await account.personId()
  const ended = await hear(guest, table.roomId)
  await one.services.auth.people.moveGuest(guestId, accountId)
  expect(await rowsNaming(guestId)).toEqual(['room_events'])
  expect(await guest.trpc.auth.me.query()).toEqual({ person: null })
  await vi.waitFor(
    async () =>
      expect(
        (await refusalOf(guest.trpc.rooms.snapshot.query({ roomId: table.roomId }))).code,
      ).toBe('unauthenticated'),
    10_000,
  )
  ended.stop()
  const { room, mySeat, members } = await account.trpc.rooms.snapshot.query({
    roomId: table.roomId,
  })
  expect([mySeat, room.hostSeat, members.map(({ personId }) => personId)]).toEqual([
    1,
    1,
    [accountId, await friend.personId()],
  ])
  expect(await chosenIn(evening)).toEqual([
    [2, [1]],
    [3, [2]],
  ])
  const mine = await account.trpc.votes.mine.query({ roundId: openId })
  expect(mine?.stances).toMatchObject([
    { number: 2, stance: 'chosen' },
    { number: 3, stance: 'passed' },
  ])
  expect((await account.trpc.votes.myDecisions.query()).map(({ id }) => id)).toEqual([decisionId])
  const { messages } = await friend.trpc.chat.history.query({ channelId, limit: 10 })
  expect(messages.map(({ authorId, body }) => [authorId, body])).toEqual([
    [accountId, '여기 어때'],
    [await friend.personId(), '좋아'],
  ])
  // The account acts as the host that the guest was.
  await table.act(account, openId, { kind: 'choose', number: 3 })
  await account.trpc.votes.close.mutate({ roundId: openId })
  expect((await table.untilClosed(openId)).closedAt).not.toBeNull()
})

test('where both sat at the table it is one seat, and the later act on each candidate counts', async () => {
  const evening = await spendEvening()
  const { table, guestId, friend, openId } = evening
  const friendId = await friend.personId()
  await table.act(friend, openId, { kind: 'unchoose', number: 3 })
  await table.act(friend, openId, { kind: 'choose', number: 2 })
  await table.act(friend, openId, { kind: 'unchoose', number: 2 })
  await two.services.auth.people.moveGuest(guestId, friendId)
  const { members, room, mySeat } = await friend.trpc.rooms.snapshot.query({ roomId: table.roomId })
  expect([members.map(({ seat }) => seat), room.hostSeat, mySeat]).toEqual([[1], 1, 1])
  const mine = await friend.trpc.votes.mine.query({ roundId: openId })
  expect(mine?.stances.map(({ stance }) => stance)).toEqual(['none', 'none'])
  expect(await chosenIn(evening)).toEqual([])
  expect(await rowsNaming(guestId)).toEqual(['room_events'])
})

test('a move that fails half-way changes nothing, and two at once over the same tables both come through', async () => {
  const evening = await spendEvening()
  const { people } = one.services.auth
  await expect(people.moveGuest(evening.guestId, 'no-uuid')).rejects.toThrow('uuid')
  expect(
    (await evening.guest.trpc.rooms.snapshot.query({ roomId: evening.table.roomId })).mySeat,
  ).toBe(1)
  const [a, b] = [await world.guest(one), await world.guest(two)]
  await Promise.all([
    people.moveGuest(evening.guestId, await a.personId()),
    two.services.auth.people.moveGuest(await evening.friend.personId(), await b.personId()),
    ...[1, 2, 3].map((number) =>
      evening.table
        .act(evening.friend, evening.openId, { kind: 'choose', number })
        .catch((error: unknown) => error),
    ),
  ])
  const { members } = await a.trpc.rooms.snapshot.query({ roomId: evening.table.roomId })
  expect(members.map(({ personId }) => personId)).toEqual([await a.personId(), await b.personId()])
})

test('an export holds what the person gave, and nothing of others', async () => {
  const { guestId, friend, decisionId } = await spendEvening()
  const text = JSON.stringify(await one.services.auth.people.exportPerson(guestId))
  const all = JSON.parse(text)
  expect(Object.keys(all).toSorted()).toEqual(['auth', 'chat', 'places', 'rooms', 'users', 'votes'])
  expect(all.rooms).toMatchObject([{ seat: 1, name: '민수', candidates: [{}, {}, {}] }])
  expect(all.chat.messages.map(({ body }: { body: string }) => body)).toEqual(['여기 어때'])
  expect(all.votes.decisions.map(({ id }: { id: string }) => id)).toEqual([decisionId])
  expect(all.votes.votes).toHaveLength(2)
  expect(all.auth.sessions).toHaveLength(1)
  for (const foreign of [await friend.personId(), '손님2', '좋아'])
    expect(text).not.toContain(foreign)
})

test('erased, nothing names the person any more; results stay, and another hosts', async () => {
  const evening = await spendEvening()
  const { table, guest, guestId, friend, decisionId, channelId } = evening
  const { trpc } = friend
  await one.services.auth.people.erasePerson(guestId)
  expect(await rowsNaming(guestId)).toEqual([])
  expect(await guest.on(two).trpc.auth.me.query()).toEqual({ person: null })
  const { room, members } = await trpc.rooms.snapshot.query({ roomId: table.roomId })
  expect(room.hostSeat).toBe(2)
  expect(JSON.stringify(members)).not.toContain('민수')
  expect(await chosenIn(evening)).toEqual([[3, [2]]])
  const { messages } = await trpc.chat.history.query({ channelId, limit: 10 })
  expect(messages.map(({ body }) => body)).toEqual(['', '좋아'])
  const decision = await trpc.votes.decision.query({ id: decisionId })
  expect(JSON.stringify(decision)).not.toContain('민수')
  expect(JSON.stringify(decision)).toContain('후보 1')
})
