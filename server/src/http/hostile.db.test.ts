import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { App } from '../app.ts'
import { makeLog } from '../platform/log.ts'
import { makeTestWorld, refusalOf, type TestWorld } from '../testing.ts'
import { hear, joinTestRoom, openTestRoom, portrait, proposePin } from '../testing.rooms.ts'

/** What somebody who means ill, or a broken client, may send. Each is refused with a clear code, and nobody else notices. */
let world: TestWorld
let one: App
let two: App
let now = Date.now()
let logged = ''
const log = makeLog('debug', { write: (line: string) => void (logged += line) })
const json = { 'content-type': 'application/json' }

beforeAll(async () => {
  world = await makeTestWorld()
  one = await world.serve({}, { log, clock: { now: () => now } })
  two = await world.serve({}, { log })
})
afterAll(() => world.end())

/** Opened before the tests and left: one says nothing, one sends its first lines a letter at a time. */
const slow: Promise<number>[] = []
beforeAll(() => {
  const { port } = new URL(one.url())
  for (const drip of [false, true]) {
    const socket = connect(Number(port), '127.0.0.1')
    const since = performance.now()
    socket.on('error', () => undefined)
    if (drip) {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
      const timer = setInterval(() => socket.write('a'), 500)
      socket.once('close', () => clearInterval(timer))
    }
    slow.push(
      new Promise((resolve) => socket.once('close', () => resolve(performance.now() - since))),
    )
    socket.resume()
  }
})

/** What a call answered, or the code of its refusal. */
const outcomeOf = (call: Promise<string>): Promise<string> =>
  call.catch(async () => (await refusalOf(call)).code)

test('keys that mean something to JavaScript are only unknown keys', async () => {
  const guest = await world.guest(one)
  for (const body of [
    '{"name":"나","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
    '{"__proto__":{"name":"나쁜"}}',
  ]) {
    const answer = await guest.fetch('/trpc/users.setProfile', {
      method: 'POST',
      headers: json,
      body,
    })
    expect([200, 400]).toContain(answer.status)
    await answer.text()
  }
  expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  for (const path of [
    '__proto__',
    'constructor',
    'rooms.__proto__',
    'rooms.constructor.name',
    'toString',
    'auth.me.query',
  ]) {
    const answer = await guest.fetch(`/trpc/${path}`)
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.json()).toMatchObject({ error: { data: { code: 'not_found' } } })
  }
  expect((await guest.trpc.auth.me.query()).person?.name).not.toBe('나쁜')
})

test('very deep and very wide JSON is refused like any wrong input', async () => {
  const guest = await world.guest(one)
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const wide = JSON.stringify(
    Object.fromEntries(Array.from({ length: 8_000 }, (_, n) => [`k${n}`, n])),
  )
  for (const body of [
    deep,
    `{"name":${deep}}`,
    `{"name":${wide}}`,
    '"'.padEnd(1_000, '\\'),
    'null',
    '',
  ]) {
    const answer = await guest.fetch('/trpc/users.setProfile', {
      method: 'POST',
      headers: json,
      body,
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { data: { code: 'bad_input' } } })
  }
})

test('floods of headers and half-sent requests end without harm', async () => {
  const { port } = new URL(one.url())
  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1')
      let answer = ''
      socket.on('data', (data: Buffer) => (answer += data.toString()))
      socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''))
      socket.on('error', () => undefined)
      socket.write(text)
    })
  const flood = Array.from({ length: 3_000 }, (_, n) => `X-${n}: ${'y'.repeat(10)}\r\n`).join('')
  expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\n${flood}\r\n`)).toContain('431')
  expect(await raw(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/43[01]|414/)
  expect(
    await raw(
      'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    ),
  ).toContain('400')
  expect((await fetch(`${one.url()}/healthz`)).status).toBe(200)
})

test('queries without end are answered with slow_down', async () => {
  const strict = await world.serve({ WRITES_PER_10_S: '3' })
  const guest = await world.guest(strict)
  const codes = await Promise.all(
    Array.from({ length: 60 }, () => outcomeOf(guest.trpc.auth.me.query().then(() => 'answered'))),
  )
  expect(new Set(codes)).toEqual(new Set(['answered', 'slow_down']))
})

test('a room code is not guessed: wrong ones are counted over both servers, right ones are not', async () => {
  const { code } = await openTestRoom(world, one)
  const guesser = world.client(one)
  const guess = (n: number): Promise<string> => {
    const wrong =
      code.slice(0, -2) +
      'abcdefghjkmnpqrstvwxyz'.charAt(n % 22) +
      'abcdefghjkmnpqrstvwxyz'.charAt((n * 7) % 22)
    const peek = guesser.on(n % 2 ? one : two).trpc.rooms.peek.query({ code: wrong })
    return outcomeOf(peek.then(({ state }) => state))
  }
  const answers: string[] = []
  for (let n = 0; n < 100; n++) answers.push(await guess(n))
  expect(answers.slice(-20)).toEqual(Array.from({ length: 20 }, () => 'slow_down'))
  await world.store.forgetRedis()
})

test('a clock that is set back an hour stops nobody and closes nothing', async () => {
  const { host, roomId, code } = await openTestRoom(world, one)
  const guest = await joinTestRoom(world, two, code)
  const heard = await hear(guest, roomId)
  now = Date.now() - 3_600_000
  for (let n = 0; n < 5; n++) await proposePin(host, roomId, `곳 ${n}`)
  const { channelId } = await host.trpc.rooms.snapshot.query({ roomId })
  for (let n = 0; n < 3; n++)
    await host.trpc.chat.send.mutate({ channelId, clientId: crypto.randomUUID(), body: `${n}` })
  const { id } = await host.trpc.votes.open.mutate({ roomId, lengthMs: 10_000 })
  const key = crypto.randomUUID()
  await host.trpc.votes.act.mutate({ roundId: id, key, act: { kind: 'choose', number: 1 } })
  expect(await host.trpc.voice.status.query({ roomId })).toHaveProperty('available')
  await vi.waitFor(
    () => expect(heard.types().filter((type) => type === 'candidate')).toHaveLength(5),
    10_000,
  )
  // Used up before, the allowance is new all the same.
  for (let n = 0; n < 30; n++) await host.trpc.users.setProfile.mutate({ locale: 'ko' })
  now = Date.now()
  expect(
    (await host.trpc.rooms.snapshot.query({ roomId })).candidates.map((c) => c.number),
  ).toEqual([1, 2, 3, 4, 5])
  heard.stop()
})

test('logs of all this hold no room code, cookie or token', async () => {
  const { host, code } = await openTestRoom(world, one)
  const { url } = await host.trpc.auth.startHandoff.mutate({ roomCode: code })
  const token = url.split('#')[1] ?? ''
  await host.fetch(`/r/${code}`)
  await host.fetch(`/trpc/rooms.peek?input=${encodeURIComponent(JSON.stringify({ code }))}`)
  await host.fetch(
    `/trpc/rooms.peek?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: { code } }))}`,
  )
  await host.fetch(`/livekit/rtc/validate?access_token=${token}`)
  await host.fetch('/errors', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ name: 'E', message: `at ${one.url()}/r/${code}`, path: `/r/${code}` }),
  })
  const late = world.client(two)
  await late.signIn()
  await late.trpc.rooms.join.mutate({ code, nickname: '지은', portrait })
  await late.fetch('/api/auth/handoff/redeem', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token }),
  })
  const metrics = await (await fetch(`${one.url()}/metrics`)).text()
  const session = decodeURIComponent(host.cookie().split('=')[1] ?? '').split('.')[0] ?? ''
  expect(session.length).toBeGreaterThan(20)
  expect(logged.length).toBeGreaterThan(1_000)
  for (const secret of [code, token, session]) {
    expect(logged).not.toContain(secret)
    expect(metrics).not.toContain(secret)
  }
})

test('who holds a connection open without asking anything is let go', async () => {
  for (const ms of await Promise.all(slow)) expect(ms).toBeLessThan(60_000)
})
