import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { presenceState } from '#shared/rooms.presence.ts'
import { openTestTab, startServerProcess, until } from '#server/testing.presence.ts'
import { startServer } from '#server/testing.servers.ts'
import { TEST_ORIGIN } from '#server/testing.ts'
import { LEASE_MS } from './live.leases.ts'

const { world, one } = await startServer()
const killed = await startServerProcess(world)
afterAll(() => void killed.process.kill('SIGKILL'))

test('friends whose server was killed go on from another one, and do nothing twice', async () => {
  const me = await world.guest(one)
  const answer = await fetch(`http://127.0.0.1:${killed.port}/trpc/demo.open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: TEST_ORIGIN, cookie: me.cookie() },
    body: JSON.stringify({ locale: 'ko' }),
  })
  const { result } = (await answer.json()) as { result: { data: { roomId: string } } }
  const { roomId } = result.data
  const tab = await openTestTab(me, roomId)
  const snapshot = () => me.trpc.rooms.snapshot.query({ roomId })
  while ((await snapshot()).candidates.length === 0) await sleep(100)
  expect(one.services.demo.awake()).toEqual([])

  killed.process.kill('SIGKILL')
  const goesOn = () => one.services.demo.awake().includes(roomId)
  await until(goesOn, LEASE_MS + 14_000, 'the other server goes on')
  while ((await snapshot()).candidates.length < 3) await sleep(200)
  const onMap = () =>
    [...tab.seats.values()].filter(({ presence }) => presence === presenceState.here)
  await until(() => onMap().length === 4, 25_000, 'all are on the map again')
  // What two servers both planned would be there by now.
  await sleep(5_000)
  const { members, candidates, channelId } = await snapshot()
  expect([members.length, candidates.length]).toEqual([4, 3])
  expect(new Set(candidates.map(({ proposerSeat }) => proposerSeat)).size).toBe(3)
  const { messages } = await me.trpc.chat.history.query({ channelId, limit: 100 })
  const lines = messages.map(({ authorName, body }) => `${authorName}: ${body}`)
  expect(lines.length).toBeGreaterThanOrEqual(3)
  expect(new Set(lines).size).toBe(lines.length)
  tab.socket.close()
}, 120_000)
