import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { encodeUp } from '#shared/rooms.presence.ts'
import type { App } from '../app.ts'
import { makeLog } from '../platform/log.ts'
import { makeTestWorld, type TestClient, type TestWorld } from '../testing.ts'
import { appear, hear, joinTestRoom, openTestRoom, proposePin } from '../testing.rooms.ts'

/** What somebody who means ill, or a broken client, may do with sockets, and who must lose theirs. Nobody else notices. */
let world: TestWorld
let one: App
let two: App
let now = Date.now()
let logged = ''
const log = makeLog('debug', { write: (line: string) => void (logged += line) })

beforeAll(async () => {
  world = await makeTestWorld()
  one = await world.serve({}, { log, clock: { now: () => now } })
  two = await world.serve({}, { log })
})
afterAll(() => world.end())

interface Answer {
  id: number
  error?: { message: string }
  result?: { type: string }
}
async function open(
  client: TestClient,
  path = '/trpc',
): Promise<{ socket: WebSocket; heard: Answer[] }> {
  const socket = client.socket(path)
  const heard: Answer[] = []
  socket.on('message', (data: Buffer) => {
    const parsed = JSON.parse(data.toString())
    heard.push(...(Array.isArray(parsed) ? parsed : [parsed]))
  })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('open', resolve))
  return { socket, heard }
}
const closing = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(code)))

test('a thousand subscriptions on one socket: fifty run, the rest are told to slow down, and others hear as before', async () => {
  const { host, roomId } = await openTestRoom(world, one)
  const other = await hear(host.on(two), roomId)
  const { socket, heard } = await open(host)
  const subscribe = (id: number): object => ({
    id,
    method: 'subscription',
    params: { path: 'rooms.events', input: { roomId } },
  })
  const ids = Array.from({ length: 1_000 }, (_, n) => n + 1)
  for (let n = 0; n < ids.length; n += 250)
    socket.send(JSON.stringify(ids.slice(n, n + 250).map(subscribe)))
  await vi.waitFor(() => expect(new Set(heard.map(({ id }) => id)).size).toBe(1_000), 10_000)
  const refused = heard.filter(({ error }) => error)
  const started = heard.filter(({ result }) => result?.type === 'started')
  expect(new Set(refused.map(({ error }) => error?.message))).toEqual(new Set(['slow_down']))
  expect(started.length).toBe(50)
  // Places come back when subscriptions end.
  now += 10_001
  for (const { id } of started) socket.send(JSON.stringify({ id, method: 'subscription.stop' }))
  await vi.waitFor(
    () => expect(heard.filter(({ result }) => result?.type === 'stopped')).toHaveLength(50),
    10_000,
  )
  heard.length = 0
  socket.send(JSON.stringify(subscribe(5_000)))
  await vi.waitFor(
    () => expect(heard.some(({ result }) => result?.type === 'started')).toBe(true),
    10_000,
  )
  await proposePin(host, roomId, '을지면옥')
  await vi.waitFor(() => expect(other.types()).toContain('candidate'), 10_000)
  socket.close()
  other.stop()
})

test('a client that never stops sending on its socket loses it, not the server its other people', async () => {
  const guest = await world.guest(one)
  const { socket } = await open(guest)
  const ended = closing(socket)
  for (let n = 0; n < 1_000; n++)
    socket.send(JSON.stringify({ id: n, method: 'query', params: { path: 'auth.me' } }))
  expect(await ended).toBe(1008)
  expect(await guest.trpc.auth.me.query()).toMatchObject({ person: { guest: true } })
})

test('sockets that speak nonsense are answered or closed; those without an Origin have nobody to deceive', async () => {
  const guest = await world.guest(one)
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '[null]',
    '{"id":1}',
    '{"id":1,"method":"subscription","params":{"path":"__proto__"}}',
    '{"id":{},"method":"query","params":{"path":"auth.me"}}',
  ]) {
    const { socket } = await open(guest)
    socket.send(text)
    await sleep(30)
    socket.close()
  }
  const { socket } = await open(guest)
  const ended = closing(socket)
  socket.send(Buffer.alloc(70_000))
  expect(await ended).toBe(1009)
  expect((await fetch(`${one.url()}/healthz`)).status).toBe(200)
})

test('a person has forty sockets of a kind, nobody’s browser needs more; each that closes gives its place back', async () => {
  const guest = await world.guest(one)
  const sockets = await Promise.all(Array.from({ length: 40 }, () => open(guest)))
  const refused = guest.socket('/trpc')
  const why = new Promise<string>((resolve) => refused.once('error', (e) => resolve(e.message)))
  expect(await why).toBe('Unexpected server response: 429')
  const other = await open(await world.guest(one))
  const closed = sockets.map(({ socket }) => closing(socket))
  for (const { socket } of sockets) socket.close()
  await Promise.all(closed)
  await vi.waitFor(async () => (await open(guest)).socket.close(), 10_000)
  other.socket.close()
})

test('an upgrade to no address is a mistake of the caller, not a fault of ours', async () => {
  logged = ''
  const { port } = new URL(one.url())
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.once('data', (data: Buffer) => resolve(data.toString()))
    socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  })
  expect(answer).toContain('400 Bad Request')
  expect(logged).not.toContain('"level":50')
})

test('ten thousand events and messages of history: who comes back late gets the rest in pages, who reads nothing is let go', async () => {
  const { host, roomId } = await openTestRoom(world, one)
  const { db } = one.platform
  const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
  const person = await host.personId()
  const pad = 'x'.repeat(400)
  await sql`insert into room_events (room_id, seq, event)
    select ${roomId}, n + 1, jsonb_build_object('type', 'note', 'pad', ${pad}::text) from generate_series(1, 10000) n`.execute(
    db,
  )
  await sql`update rooms set event_seq = 10001 where id = ${roomId}`.execute(db)
  await sql`insert into messages (channel_id, seq, client_id, author_id, author_name, author_portrait, body)
    select ${channelId}, n, gen_random_uuid(), ${person}, '민수', 'abcd', ${pad} from generate_series(1, 10000) n`.execute(
    db,
  )
  await sql`update channels set last_seq = 10000 where id = ${channelId}`.execute(db)
  const page = await host.trpc.chat.history.query({ channelId, limit: 50 })
  expect([page.messages.length, page.messages.at(-1)?.seq, page.more]).toEqual([50, 10_000, true])
  const late = await hear(host.on(two), roomId, '1')
  await vi.waitFor(() => expect(late.seqs().length).toBe(10_000), 20_000)
  expect(late.seqs()).toEqual(late.seqs().map((_, n) => n + 2))
  late.stop()
  // Stalled: its socket is neither read nor allowed to fill the memory of the server.
  const { socket } = await open(host)
  socket.pause()
  logged = ''
  const before = process.memoryUsage().heapUsed
  for (let id = 1; id <= 20; id++)
    socket.send(
      JSON.stringify({
        id,
        method: 'subscription',
        params: { path: 'rooms.events', input: { roomId, lastEventId: '1' } },
      }),
    )
  await vi.waitFor(() => expect(logged).toContain('"closeCode":1006'), 20_000)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(400 * 1_048_576)
  socket.terminate()
})

test('who is removed is heard no more: the open socket ends, later words and a new one are refused', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const guest = await joinTestRoom(world, two, code)
  const events = await hear(guest, roomId)
  const tab = await appear(guest, roomId)
  tab.on('error', () => undefined)
  await vi.waitFor(
    async () => expect(await one.services.presence.presentSeats(roomId)).toEqual([2]),
    10_000,
  )
  const ended = closing(tab)
  await host.trpc.rooms.removePerson.mutate({ roomId, seat: 2 })
  tab.send(encodeUp({ kind: 'state', lastTick: 0, flags: 0, follow: 0 }))
  expect(await ended).toBeGreaterThanOrEqual(4_000)
  expect(await events.ended).toBe('room_removed')
  const again = guest.socket(`/presence?room=${roomId}&tab=abcdefgh12`)
  again.on('error', () => undefined)
  expect(await closing(again)).toBeGreaterThanOrEqual(4_000)
  await vi.waitFor(
    async () => expect(await one.services.presence.presentSeats(roomId)).toEqual([]),
    10_000,
  )
})

test('a session that ends closes its sockets on every server; one that is only deleted is noticed at the next call', async () => {
  const { host, roomId } = await openTestRoom(world, one)
  const { socket } = await open(host.on(two))
  const tab = await appear(host, roomId)
  tab.on('error', () => undefined)
  const ended = [closing(socket), closing(tab)]
  await host.fetch('/api/auth/sign-out', { method: 'POST' })
  expect(await Promise.all(ended)).toEqual([4001, 4001])
  const other = await world.guest(one)
  const silent = await open(other.on(two))
  await one.platform.db
    .deleteFrom('session')
    .where('user_id', '=', await other.personId())
    .execute()
  await world.store.forgetRedis()
  silent.socket.send(
    JSON.stringify({ id: 1, method: 'subscription', params: { path: 'rooms.cards' } }),
  )
  await vi.waitFor(() => expect(silent.heard[0]?.error?.message).toBe('unauthenticated'), 10_000)
  silent.socket.close()
})
