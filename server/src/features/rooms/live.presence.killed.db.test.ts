import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { openTestTab, startServerProcess, until } from '#server/testing.presence.ts'
import type { ServerProcess } from '#server/testing.presence.ts'
import { joinTestRoom, openTestRoom } from '#server/testing.rooms.ts'
import { makeTestWorld } from '#server/testing.ts'
import type { TestWorld } from '#server/testing.ts'
import { presenceState } from '#shared/rooms.presence.ts'

/** 12 s, and what a busy machine may add. */
const GONE_MS = 22_000

let world: TestWorld
let near: App
let killed: ServerProcess
let paused: ServerProcess
beforeAll(async () => {
  world = await makeTestWorld()
  near = await world.serve({ ROLES: 'web' })
  ;[killed, paused] = await Promise.all([startServerProcess(world), startServerProcess(world)])
})
afterAll(async () => {
  for (const server of [killed, paused]) server?.process.kill('SIGKILL')
  await world.end()
})

test('people of a killed and of a paused server go by themselves, and stay gone when the paused one goes on', async () => {
  const { host, roomId, code } = await openTestRoom(world, near)
  const watcher = await openTestTab(host, roomId)
  const [second, third] = [
    await joinTestRoom(world, near, code, '둘'),
    await joinTestRoom(world, near, code, '셋'),
  ]
  await openTestTab(killed.as(second), roomId)
  const onPaused = await openTestTab(paused.as(third), roomId)
  await until(() => watcher.seats.has(2) && watcher.seats.has(3), 10_000, 'both are here')
  // Long enough that a refresh of what was heard lies between.
  await new Promise((resolve) => setTimeout(resolve, 3_500))
  killed.process.kill('SIGKILL')
  paused.process.kill('SIGSTOP')
  // The paused server's person closes the tab meanwhile; it can't know.
  onPaused.socket.terminate()
  await until(() => !watcher.seats.has(2) && !watcher.seats.has(3), GONE_MS, 'both are gone')
  const told = watcher.told.length
  paused.process.kill('SIGCONT')
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  expect(
    watcher.told.slice(told).filter(({ presence }) => presence !== presenceState.gone),
  ).toEqual([])
  expect(await near.services.presence.presentSeats(roomId)).toEqual([1])
}, 60_000)
