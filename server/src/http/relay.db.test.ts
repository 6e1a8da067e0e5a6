import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { App } from '#server/app.ts'
import { makeTestWorld, statusOfUpgrade, type TestWorld } from '#server/testing.ts'

let world: TestWorld

beforeAll(async () => {
  world = await makeTestWorld()
})
afterAll(() => world.end())

/** The first line that a server answers to a request that no client of ours would send. */
function rawLine(port: number, host: string, line: string, headers: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () =>
      socket.write(`${line} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`),
    )
    socket.once('data', (data: Buffer) => {
      resolve(data.toString().split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

test('signalling reaches the SFU under our origin; its administration and our cookie do not', async () => {
  const sfu = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  const heard = new Promise<{ url: string | undefined; cookie: string | undefined }>((resolve) => {
    sfu.once('connection', (socket, { url, headers }) => {
      socket.on('message', (data: Buffer) => socket.send(data))
      resolve({ url, cookie: headers.cookie })
    })
  })
  await new Promise((resolve) => sfu.once('listening', resolve))
  const { port } = sfu.address() as { port: number }
  const proxy = await world.serve({
    LIVEKIT_URL: `ws://127.0.0.1:${port}`,
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: 's'.repeat(32),
  })
  const guest = await world.guest(proxy)
  const socket = guest.socket('/livekit/rtc/v1?access_token=t')
  expect(await statusOfUpgrade(socket)).toBe('open')
  const echo = new Promise((resolve) =>
    socket.once('message', (data: Buffer) => resolve(String(data))),
  )
  socket.send('hello')
  expect(await echo).toBe('hello')
  expect(await heard).toEqual({ url: '/rtc/v1?access_token=t', cookie: undefined })
  socket.close()
  expect(await statusOfUpgrade(guest.socket('/livekit/twirp/livekit.RoomService/ListRooms'))).toBe(
    '404',
  )
  expect((await guest.fetch('/livekit/twirp/x')).status).toBe(404)
  // Nor by a way around that only the SFU would straighten.
  const { hostname, port: own } = new URL(proxy.url())
  for (const path of [
    'rtc/../twirp/x',
    'rtc/%2e%2e/twirp/x',
    'rtc/..%2ftwirp/x',
    'rtc/%2e%2e%2ftwirp',
    'rtc\\..\\twirp',
    '/twirp',
    'rtcx',
  ])
    for (const upgrade of ['', 'Connection: Upgrade\r\nUpgrade: websocket\r\n']) {
      const answer = await rawLine(Number(own), hostname, `GET /livekit/${path}`, upgrade)
      expect([path, answer]).toEqual([path, expect.stringContaining(' 404 ')])
    }
  sfu.close()
})

test('on the way out: not ready, clients are told to move, what is in flight is finished, sockets close with 1012', async () => {
  const leaving = await world.serve()
  const guest = await world.guest(leaving)
  expect((await guest.fetch('/readyz')).status).toBe(200)
  const socket = guest.socket('/trpc')
  await statusOfUpgrade(socket)
  const told = new Promise<string>((resolve) =>
    socket.once('message', (data: Buffer) => resolve(String(data))),
  )
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  let flushed = false
  leaving.web.onClose(async () => void (flushed = true))
  const end = leaving.close({ graceMs: 400 })
  const draining = await guest.fetch('/readyz')
  expect(draining.status).toBe(503)
  expect(await draining.json()).toMatchObject({
    ok: false,
    draining: true,
    postgres: true,
    redis: true,
    migrations: true,
  })
  // Still served while proxies notice.
  expect(await guest.trpc.users.setProfile.mutate({ name: '떠나는' })).toMatchObject({
    name: '떠나는',
  })
  expect(await told).toContain('reconnect')
  expect(await closed).toBe(1012)
  await end
  expect(flushed).toBe(true)
  await expect(fetch(`${leaving.url()}/healthz`)).rejects.toThrow('fetch failed')
})

test('the address of a caller is believed from trusted proxies alone', async () => {
  const guess = (app: App, from: string) =>
    world.client(app).fetch('/api/auth/handoff/redeem', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
      body: JSON.stringify({ token: 'B'.repeat(22) }),
    })
  const behind = await world.serve({
    TRUST_PROXY: 'loopback',
    REDIS_PREFIX: `${world.store.redisPrefix}a:`,
  })
  const open = await world.serve({ REDIS_PREFIX: `${world.store.redisPrefix}b:` })
  for (let n = 0; n < 20; n++) {
    await guess(behind, '203.0.113.1')
    await guess(open, `203.0.113.${n}`)
  }
  expect((await guess(behind, '203.0.113.1')).status).toBe(429)
  expect((await guess(behind, '203.0.113.2')).status).toBe(400)
  expect((await guess(open, '203.0.113.99')).status).toBe(429)
})
