import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTestTab } from '#server/testing.presence.ts'
import { startServer } from '#server/testing.servers.ts'
import { codeOf } from '#server/testing.ts'

const { world, one } = await startServer({ LIMITS: 'DEMOS_PER_ADDRESS=1,CLOSING_MS=1000' })
const where = { locale: 'ko' } as const
const { db } = one.platform
const countOf = async (table: 'decisions' | 'demo_people' | 'room_members' | 'rooms') =>
  (await db.selectFrom(table).selectAll().execute()).length

test('a round on the island ends soon after the visitor chose; friends never lead; all of it goes with the room', async () => {
  const me = await world.guest(one)
  const { roomId } = await me.trpc.demo.open.mutate(where)
  const tab = await openTestTab(me, roomId)
  expect(await codeOf((await world.guest(one)).trpc.demo.open.mutate(where))).toBe('demo_full')
  const candidates = async () => (await me.trpc.rooms.snapshot.query({ roomId })).candidates
  while ((await candidates()).length < 3) await sleep(200)
  const { members } = await me.trpc.rooms.snapshot.query({ roomId })
  const friend = members.find(({ simulated }) => simulated)
  if (!friend) throw new Error('No friend came')
  expect(await codeOf(me.trpc.rooms.handOver.mutate({ roomId, seat: friend.seat }))).toBe(
    'person_unknown',
  )

  const { id: roundId, quorum } = await me.trpc.votes.open.mutate({ roomId })
  expect(quorum).toBe(true)
  await me.trpc.votes.act.mutate({
    roundId,
    key: crypto.randomUUID(),
    act: { kind: 'choose', number: 2 },
  })
  const decided = async () => (await me.trpc.votes.state.query({ roomId })).decisions[0]
  while (!(await decided())) await sleep(200)
  const { id } = (await decided()) ?? { id: '' }
  const decision = await me.trpc.votes.decision.query({ id })
  expect(decision).toMatchObject({ demo: true, winner: { number: 2 } })
  // Whoever looks at the page, its friends are told from people.
  const friendSeats = members.filter(({ simulated }) => simulated).map(({ seat }) => seat)
  for (const { people } of [decision, await world.client(one).trpc.votes.decision.query({ id })])
    expect(new Set(people.filter(({ simulated }) => simulated).map(({ seat }) => seat))).toEqual(
      new Set(friendSeats),
    )
  expect(decision.people.map(({ seat }) => seat)).toContain(decision.mySeat)
  expect(friendSeats).not.toContain(decision.mySeat)
  expect(await me.trpc.votes.myDecisions.query()).toEqual([])
  expect((await one.services.auth.people.exportPerson(await me.personId())).rooms).toHaveLength(1)

  tab.socket.close()
  await one.services.auth.people.erasePerson(await me.personId())
  const { host_seat: host } = await db
    .selectFrom('rooms')
    .select('host_seat')
    .where('id', '=', roomId)
    .executeTakeFirstOrThrow()
  expect(host).toBe(1)
  const friends = await db.selectFrom('demo_people').select('person_id').execute()
  expect(friends).toHaveLength(3)
  await one.services.demo.stop()
  await sql`update rooms set expires_at = now() - interval '2 hours'`.execute(db)
  await one.services.rooms.buryExpired()
  await one.services.demo.forgetFriends()
  for (const table of ['rooms', 'room_members', 'decisions', 'demo_people'] as const)
    expect(await countOf(table), table).toBe(0)
  const left = await db
    .selectFrom('user')
    .select('id')
    .where(
      'id',
      'in',
      friends.map((row) => row.person_id),
    )
    .execute()
  expect(left).toEqual([])
}, 90_000)
