import { expect, test } from 'vitest'
import { openTestTab, until } from '#server/testing.presence.ts'
import { startServer } from '#server/testing.servers.ts'
import { codeOf } from '#server/testing.ts'

const { world, one } = await startServer({ LIMITS: 'DEMOS_PER_SERVER=1' })
const where = { locale: 'ko' } as const
const runs = (roomId: string) => () => one.services.demo.awake().includes(roomId)
const ASLEEP_MS = 40_000

test('a server runs so many demos and no more; who comes back to a full one is next', async () => {
  const [first, second] = [await world.guest(one), await world.guest(one)]
  const { roomId: mine } = await first.trpc.demo.open.mutate(where)
  const tab = await openTestTab(first, mine)
  await until(runs(mine), 10_000, 'the first runs')
  expect(await codeOf(second.trpc.demo.open.mutate(where))).toBe('demo_full')

  tab.socket.close()
  await until(() => !runs(mine)(), ASLEEP_MS, 'nobody is there: it sleeps')
  const { roomId: theirs } = await second.trpc.demo.open.mutate(where)
  const other = await openTestTab(second, theirs)
  await until(runs(theirs), 10_000, 'there is space for the second')

  const back = await openTestTab(first, mine)
  other.socket.close()
  await until(runs(mine), ASLEEP_MS, 'whose friends sleep gets them once there is space')
  expect(one.services.demo.awake()).toEqual([mine])
  back.socket.close()
}, 120_000)
