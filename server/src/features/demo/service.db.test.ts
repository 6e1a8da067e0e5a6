import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { islandPlaces } from '#shared/demo.places.ts'
import { presenceState } from '#shared/rooms.presence.ts'
import type { App } from '#server/app.ts'
import { openTestTab, until } from '#server/testing.presence.ts'
import type { TestTab } from '#server/testing.presence.ts'
import { startServers } from '#server/testing.servers.ts'
import type { TestClient } from '#server/testing.ts'

const { world, one, two } = await startServers()
const where = { locale: 'ko' } as const
/** Three friends come in, greet and put a place forward within 15 s on a quiet machine. */
const SETTLED_MS = 40_000

const snapshotOf = (client: TestClient, roomId: string) =>
  client.trpc.rooms.snapshot.query({ roomId })
const runsOn = (app: App, roomId: string): boolean => app.services.demo.awake().includes(roomId)

async function untilIs(is: () => Promise<boolean>, what: string): Promise<void> {
  for (const until = Date.now() + SETTLED_MS; Date.now() < until; await sleep(200))
    if (await is()) return
  throw new Error(`not within ${SETTLED_MS} ms: ${what}`)
}
const settled = (client: TestClient, roomId: string): Promise<void> =>
  untilIs(async () => {
    const { members, candidates } = await snapshotOf(client, roomId)
    return members.length === 4 && candidates.length === 3
  }, 'three friends with a place each')

/** Who is on the map: their seats. */
const onMap = (tab: TestTab): number[] =>
  [...tab.seats.values()]
    .filter(({ presence }) => presence === presenceState.here)
    .map(({ seat }) => seat)
    .toSorted((a, b) => a - b)

test('one tap opens the island with its places, one room a person, whichever server answers', async () => {
  const me = await world.guest(one)
  const others = await Promise.all([world.guest(one), world.guest(two)])
  const [first, again] = await Promise.all([
    me.trpc.demo.open.mutate(where),
    me.on(two).trpc.demo.open.mutate(where),
    ...others.map((other) => other.trpc.demo.open.mutate(where)),
  ])
  expect(again.roomId).toBe(first.roomId)
  const { count } = await one.platform.db
    .selectFrom('places')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('source', '=', 'island')
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(islandPlaces.length)
  const { room, mySeat } = await snapshotOf(me, first.roomId)
  expect(room).toMatchObject({ demo: true, name: '밥섬', hostSeat: mySeat })
  expect(await me.trpc.rooms.mine.query()).toEqual([])
  await me.trpc.rooms.close.mutate({ roomId: first.roomId })
  expect((await me.trpc.demo.open.mutate(where)).roomId).not.toBe(first.roomId)
}, 60_000)

test('friends move, go on from another server without doing anything twice, sleep when nobody is there, and wake', async () => {
  const me = await world.guest(one)
  const { roomId } = await me.trpc.demo.open.mutate({ locale: 'en' })
  const tab = await openTestTab(me.on(two), roomId)
  await until(() => runsOn(one, roomId), 10_000, 'friends run on the server that was asked')
  await settled(me, roomId)
  const { members, candidates, channelId } = await snapshotOf(me, roomId)
  const friends = members.filter(({ simulated }) => simulated).map(({ name }) => name)
  expect(friends.toSorted()).toEqual(['Captain Oh', 'Kkiruk', 'Mina'])
  expect(new Set(candidates.map(({ proposerSeat }) => proposerSeat)).size).toBe(3)
  // In the visitor's language, as its sign says.
  expect(candidates.every(({ name }) => /^[\w' -]+$/.test(name))).toBe(true)
  const moved = new Set<number>()
  await until(
    () => {
      for (const { seat, cursor } of tab.seats.values()) if (cursor) moved.add(seat)
      return moved.size === 3
    },
    10_000,
    'three pointers',
  )

  await one.services.demo.stop()
  await until(() => runsOn(two, roomId), 10_000, 'another server goes on')
  await until(() => onMap(tab).length === 4, 15_000, 'all are on the map again')
  const { messages } = await me.trpc.chat.history.query({ channelId, limit: 100 })
  const lines = messages.map(({ authorName, body }) => `${authorName}: ${body}`)
  expect(new Set(lines).size).toBe(lines.length)
  const after = await snapshotOf(me, roomId)
  expect([after.members.length, after.candidates.length]).toEqual([4, 3])

  tab.socket.close()
  await until(() => !runsOn(two, roomId), 40_000, 'nobody is there: the friends sleep')
  const leases = one.platform.redis.key('demo:{leases}')
  expect(await one.platform.redis.command.zscore(leases, roomId)).toBeNull()
  const quiet = await me.trpc.chat.history.query({ channelId, limit: 100 })
  const back = await openTestTab(me.on(two), roomId)
  await until(() => onMap(back).length === 4, 20_000, 'who comes back is awaited')
  const greeted = await me.trpc.chat.history.query({ channelId, limit: 100 })
  expect(greeted.messages.slice(0, quiet.messages.length)).toEqual(quiet.messages)
  expect(
    greeted.messages.filter(({ body }) => /Kkiruk! I flew|smelled lunch/.test(body)),
  ).toHaveLength(1)
  back.socket.close()
}, 150_000)
