import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { brotliDecompressSync } from 'node:zlib'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, build } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { makeLog } from '#server/platform/log.ts'
import {
  makeTestWorld,
  refusalOf,
  TEST_ORIGIN,
  statusOfUpgrade,
  type TestWorld,
} from '#server/testing.ts'

let world: TestWorld
let app: App
let folder: string
let logged = ''

const log = makeLog(
  'info',
  new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk)
      done()
    },
  }),
)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html lang="ko"><head><title>x</title></head><body></body></html>',
  )
  await writeFile(join(folder, 'assets/main-abc.js'), 'console.log(1);'.repeat(500))
  // One segment: column 0 of line 1 is line 7, column 3 of src/room.ts.
  const map = { version: 3, sources: ['../../src/room.ts'], names: [], mappings: 'AAMG' }
  await writeFile(join(folder, 'assets/main-abc.js.map'), JSON.stringify(map))
  world = await makeTestWorld()
  app = await world.serve({ CLIENT_DIR: folder }, { log })
})
afterAll(async () => {
  await world.end()
  await rm(folder, { recursive: true })
})

test('a foreign Origin can neither act nor connect', async () => {
  const guest = await world.guest(app)
  const foreign = { origin: 'https://evil.example' }
  const body = JSON.stringify({ name: '나쁜' })
  const answer = await guest.fetch('/trpc/users.setProfile', {
    method: 'POST',
    headers: { ...foreign, 'content-type': 'application/json' },
    body,
  })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ error: { data: { code: 'session_foreign' } } })
  expect(
    (await guest.fetch('/api/auth/sign-out', { method: 'POST', headers: foreign })).status,
  ).toBe(403)
  expect(await guest.trpc.auth.me.query()).toMatchObject({ person: { name: '민수' } })
  for (const path of ['/trpc', '/livekit/rtc', '/nowhere']) {
    const socket = guest.socket(path, foreign)
    expect(await statusOfUpgrade(socket)).toBe('403')
  }
  const own = guest.socket('/trpc')
  expect(await statusOfUpgrade(own)).toBe('open')
  own.close()
})

test('an unexpected error shows an id and nothing else; the log has the cause under it, without secrets', async () => {
  const guest = await world.guest(app)
  logged = ''
  const { db } = app.platform
  // Inputs travel in the address of a query; the log must not have them.
  expect((await guest.fetch('/trpc/auth.me?input=%7B%22secret%22%3A1%7D')).status).toBe(400)
  await db.schema.alterTable('people').renameTo('people_gone').execute()
  const failed = await refusalOf(guest.trpc.auth.me.query())
  await db.schema.alterTable('people_gone').renameTo('people').execute()
  expect(failed).toMatchObject({
    code: 'unexpected',
    params: { id: expect.stringMatching(/^[a-z2-7]{10}$/) },
    httpStatus: 500,
  })
  expect(JSON.stringify(failed)).not.toMatch(/people|relation|stack|select/i)
  const line = logged
    .split('\n')
    .find((each) => each.includes(String((failed.params as { id: string }).id)))
  expect(line).toContain('relation \\"people\\" does not exist')
  expect(logged).not.toContain(guest.cookie().split('=')[1]?.slice(0, 20))
  expect(logged).not.toContain('secret')
})

test('wrong input names its fields and echoes nothing', async () => {
  const guest = await world.guest(app)
  const wrong = await guest.fetch('/trpc/users.setProfile', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 7, portrait: 'SENTINEL!', locale: 'xx' }),
  })
  const text = await wrong.text()
  expect(wrong.status).toBe(400)
  expect(JSON.parse(text)).toMatchObject({
    error: {
      message: 'bad_input',
      data: { code: 'bad_input', params: { fields: ['name', 'portrait', 'locale'] } },
    },
  })
  expect(text).not.toContain('SENTINEL')
  expect(
    await refusalOf(guest.trpc.users.setProfile.mutate({ name: 'a'.repeat(21) })),
  ).toMatchObject({
    code: 'name_invalid',
    params: { reason: 'too_long', max: 20 },
    httpStatus: 400,
  })
  const broken = await guest.fetch('/trpc/users.setProfile', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":',
  })
  expect(broken.status).toBe(400)
  expect(await broken.json()).toMatchObject({ error: { data: { code: 'bad_input' } } })
})

test('bodies, batches and socket messages are bounded', async () => {
  const guest = await world.guest(app)
  const headers = { 'content-type': 'application/json' }
  const big = await guest.fetch('/trpc/users.setProfile', {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'x'.repeat(200_000) }),
  })
  expect(big.status).toBe(413)
  expect(await big.json()).toMatchObject({
    error: { data: { code: 'too_large', params: { maxBytes: 131_072 } } },
  })
  const many = await guest.fetch(`/trpc/${Array(30).fill('auth.me').join(',')}?batch=1`)
  expect(many.status).toBe(400)
  const socket = guest.socket('/trpc')
  await statusOfUpgrade(socket)
  const code = new Promise((resolve) => socket.once('close', resolve))
  socket.send('x'.repeat(70_000))
  expect(await code).toBe(1009)
  expect((await fetch(`${app.url()}/healthz`)).status).toBe(200)
})

test('no GET changes anything', async () => {
  const guest = world.client(app)
  expect((await guest.fetch('/api/auth/sign-in/anonymous')).status).toBe(404)
  expect((await guest.fetch('/trpc/users.setProfile?input={}')).status).not.toBe(200)
  expect(guest.cookie()).toBe('')
})

test('assets are compressed and kept for ever, maps stay inside, nothing outside the folder is reachable', async () => {
  const body = await new Promise<{ headers: Record<string, unknown>; bytes: Buffer }>((resolve) => {
    request(
      `${app.url()}/assets/main-abc.js`,
      { headers: { 'accept-encoding': 'gzip, br' } },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => resolve({ headers: answer.headers, bytes: Buffer.concat(parts) }))
      },
    ).end()
  })
  expect(body.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(brotliDecompressSync(body.bytes).toString()).toBe('console.log(1);'.repeat(500))
  const again = await fetch(`${app.url()}/assets/main-abc.js`, {
    headers: { 'if-none-match': String(body.headers.etag), 'accept-encoding': 'br' },
  })
  expect(again.status).toBe(304)
  for (const path of [
    '/assets/main-abc.js.map',
    '/assets/none.js',
    '/assets/../../package.json',
    '/..%2f..%2fetc/passwd.txt',
  ]) {
    expect((await fetch(app.url() + path)).status).toBe(404)
  }
})

test('every address of the client gets the page, in the language asked for', async () => {
  const page = await fetch(`${app.url()}/settings`, {
    headers: { 'accept-language': 'en-US,en;q=0.9' },
  })
  const html = await page.text()
  expect(html).toContain('<html lang="en">')
  expect(html).toContain('og:title')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  expect(page.headers.get('strict-transport-security')).toBeNull()
  expect(page.headers.get('content-security-policy')).toContain('https://tile.openstreetmap.org')
})

test('a feature gives its page a preview; nothing in it can break out, and people are not indexed', async () => {
  const own = await build(readConfig({ ...world.env, CLIENT_DIR: folder }), { log })
  own.web.pages.register('/test/:id', async ({ id }) =>
    id === 'gone'
      ? null
      : {
          title: `"><script>${id}</script>`,
          image: { url: '/card.png', width: 1_200, height: 630, alt: '$&' },
        },
  )
  await own.listen()
  const html = await (await fetch(`${own.url()}/test/x`)).text()
  expect(html).not.toContain('<script>')
  expect(html).toContain('content="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"')
  expect(html).toContain(`<meta property="og:image" content="${TEST_ORIGIN}/card.png">`)
  expect(html).toContain('content="$&amp;"')
  expect(html).toContain('noindex')
  expect(await (await fetch(`${own.url()}/test/gone`)).text()).toContain('noindex')
  await own.close()
})

test('errors of browsers are logged in our source lines, without what is personal, and not without end', async () => {
  const client = world.client(app)
  const send = (report: object) =>
    client.fetch('/errors', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    })
  const report = {
    id: 'abcdefghij',
    name: 'TypeError',
    message: 'no x at /r/abcdefghijkl for minsu@example.com',
    stack: `TypeError: no x\n    at f (${TEST_ORIGIN}/assets/main-abc.js:1:1)`,
    path: '/r/abcdefghijkl?token=1',
    address: 'never logged',
  }
  logged = ''
  expect(await (await send(report)).json()).toEqual({ id: 'abcdefghij' })
  expect(logged).toContain('src/room.ts:7:4')
  expect(logged).not.toMatch(/abcdefghijkl|minsu|never logged|token=1/)
  expect((await send({ ...report, stack: 'x'.repeat(20_000) })).status).toBe(413)
  const statuses = await Promise.all(
    Array.from({ length: 40 }, async () => (await send(report)).status),
  )
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5)
})

test('metrics are for this machine or for the token', async () => {
  expect((await fetch(`${app.url()}/metrics`)).status).toBe(200)
  const guarded = await world.serve({ METRICS_TOKEN: 'a-token-of-sixteen' })
  expect((await fetch(`${guarded.url()}/metrics`)).status).toBe(404)
  expect(
    (
      await fetch(`${guarded.url()}/metrics`, {
        headers: { authorization: 'Bearer a-token-of-sixteen' },
      })
    ).status,
  ).toBe(200)
})

test('half a request line and silence hold nobody up', async () => {
  const { port } = new URL(app.url())
  const mute = connect(Number(port), '127.0.0.1')
  mute.write('GET /trpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  const answer = await new Promise<string>((resolve) =>
    mute.once('data', (data: Buffer) => resolve(data.toString())),
  )
  expect(answer).toMatch(/^HTTP\/1\.1 400/)
  mute.destroy()
})
