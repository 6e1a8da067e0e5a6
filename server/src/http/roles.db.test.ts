import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { App } from '../app.ts'
import { makeTestWorld, type TestWorld } from '../testing.ts'
import { makeTestTable } from '../testing.votes.ts'

let world: TestWorld
let web: App
let worker: App

beforeAll(async () => {
  world = await makeTestWorld()
  web = await world.serve({ ROLES: 'web' })
  worker = await world.serve({ ROLES: 'worker' })
})
afterAll(() => world.end())

test('a worker alone shows its health, and nothing else', async () => {
  const statusOf = async (path: string, method = 'GET'): Promise<number> =>
    (await fetch(worker.url() + path, { method })).status
  for (const path of ['/healthz', '/readyz', '/metrics']) expect(await statusOf(path)).toBe(200)
  for (const path of ['/', '/config.json', '/trpc/auth.me', '/r/abcdefghijkl', '/assets/x.js'])
    expect([path, await statusOf(path)]).toEqual([path, 404])
  for (const path of [
    '/api/auth/sign-in/anonymous',
    '/trpc/users.setProfile',
    '/errors',
    '/livekit/webhook',
  ])
    expect([path, await statusOf(path, 'POST')]).toEqual([path, 404])
  const guest = await world.guest(web)
  for (const path of ['/trpc', '/presence?room=x', '/livekit/rtc']) {
    const socket = guest.on(worker).socket(path)
    const answer = await new Promise((resolve) =>
      socket.once('error', (error) => resolve(error.message)),
    )
    expect(answer).toBe('Unexpected server response: 404')
  }
})

test('where only web servers run, rounds close on time all the same', async () => {
  await worker.close()
  const table = await makeTestTable(world, [web], 2, 2)
  const { roomId, host } = table
  const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 10_000 })
  await table.act(host, id, { kind: 'choose', number: 1 })
  await vi.waitFor(async () => expect((await table.newest()).closedAt).not.toBeNull(), {
    timeout: 14_000,
    interval: 200,
  })
})
