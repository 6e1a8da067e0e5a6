import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { App } from '#server/app.ts'
import { startServers } from '#server/testing.servers.ts'
import { refusalOf } from '#server/testing.ts'
import { SESSION_CACHE_SECONDS } from './live.ts'
import { SESSION_SECONDS } from './service.library.ts'

const { world, one, two } = await startServers()

test('a guest is the same person on both servers, and reading makes no session', async () => {
  const visitor = world.client(one)
  expect(await visitor.trpc.auth.me.query()).toEqual({ person: null })
  expect(visitor.cookie()).toBe('')
  const guest = await world.guest(one, '지은')
  const { person } = await guest.on(two).trpc.auth.me.query()
  expect(person).toMatchObject({ id: await guest.personId(), name: '지은', guest: true })
})

test('the session cookie is out of reach of scripts, and so is its token', async () => {
  const response = await world.client(one).fetch('/api/auth/sign-in/anonymous', { method: 'POST' })
  expect(response.headers.get('set-cookie')).toMatch(
    /^bapmap\.session_token=[^;]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  expect(await response.json()).toEqual({ ok: true })
})

test('forged, foreign-signed and cut cookies are nobody', async () => {
  const guest = await world.guest(one)
  const [name, value = ''] = guest.cookie().split(/=(.*)/s)
  const token = decodeURIComponent(value).split('.')[0]
  const forged = [
    `${token}.${Buffer.alloc(32).toString('base64')}`,
    `${token}.`,
    `${token}`,
    '.',
    '%',
    `x${value}`,
  ]
  for (const wrong of forged) {
    guest.setCookie(`${name}=${wrong}`)
    expect(await guest.trpc.auth.me.query()).toEqual({ person: null })
    expect(await refusalOf(guest.trpc.users.setProfile.mutate({ name: '나' }))).toMatchObject({
      code: 'unauthenticated',
      httpStatus: 401,
    })
  }
})

test('an expired session is nobody, cached or not', async () => {
  const guest = await world.guest(one)
  const id = await guest.personId()
  const { db } = one.platform
  await db
    .updateTable('session')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .where('user_id', '=', id)
    .execute()
  await world.store.forgetRedis()
  expect(await guest.on(two).trpc.auth.me.query()).toEqual({ person: null })
})

test('sessions outlive a Redis that lost everything', async () => {
  const guest = await world.guest(one)
  const id = await guest.personId()
  await world.store.forgetRedis()
  expect(await guest.on(two).personId()).toBe(id)
  expect(await guest.personId()).toBe(id)
})

test('a session in use is prolonged once a day, with its cookie', async () => {
  const guest = await world.guest(one)
  const id = await guest.personId()
  const { db } = one.platform
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
  await db
    .updateTable('session')
    .set({ updated_at: twoDaysAgo })
    .where('user_id', '=', id)
    .execute()
  await world.store.forgetRedis()
  const first = await guest.fetch('/trpc/auth.me')
  expect(first.headers.get('set-cookie')).toContain('bapmap.session_token=')
  const second = await guest.on(two).fetch('/trpc/auth.me')
  expect(second.headers.get('set-cookie')).toBeNull()
  const row = await db
    .selectFrom('session')
    .select('expires_at')
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.expires_at.getTime()).toBeGreaterThan(Date.now() + (SESSION_SECONDS - 60) * 1_000)
})

test('signing out ends the session everywhere and closes its sockets on every server', async () => {
  const guest = await world.guest(one)
  const there = guest.on(two)
  const socket = there.socket('/trpc')
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  const cookie = guest.cookie()
  const answer = await guest.fetch('/api/auth/sign-out', { method: 'POST' })
  expect(answer.status).toBe(200)
  expect(await closed).toBe(4001)
  there.setCookie(cookie)
  expect(await there.trpc.auth.me.query()).toEqual({ person: null })
})

test('an open socket does not outlive its session, even when the news of its end was lost', async () => {
  const guest = await world.guest(one)
  const id = await guest.personId()
  const socket = guest.socket('/trpc')
  await new Promise((resolve) => socket.once('open', resolve))
  const ask = (callId: number): Promise<string> => {
    const answer = new Promise<string>((resolve) =>
      socket.once('message', (data: Buffer) => resolve(String(data))),
    )
    const params = { path: 'users.setProfile', input: { locale: 'en' } }
    socket.send(JSON.stringify({ id: callId, method: 'mutation', params }))
    return answer
  }
  expect(await ask(1)).toContain('"locale":"en"')
  // Deleted behind everybody's back: no hook runs, nothing is published.
  await one.platform.db.deleteFrom('session').where('user_id', '=', id).execute()
  await world.store.forgetRedis()
  expect(await ask(2)).toContain('"unauthenticated"')
  socket.close()
})

test('a hand-over link makes another browser the same person, once', async () => {
  const guest = await world.guest(one, '하늘')
  const { url, expiresAt } = await guest.trpc.auth.startHandoff.mutate({ roomCode: undefined })
  expect(expiresAt - Date.now()).toBeGreaterThan(590_000)
  const token = url.split('#')[1]
  const redeem = (app: App) => {
    const other = world.client(app)
    const body = JSON.stringify({ token })
    return {
      other,
      answer: other.fetch('/api/auth/handoff/redeem', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    }
  }
  const tries = [redeem(one), redeem(two), redeem(one), redeem(two)]
  const statuses = await Promise.all(tries.map(async ({ answer }) => (await answer).status))
  expect(statuses.sort((a, b) => a - b)).toEqual([200, 400, 400, 400])
  const people = await Promise.all(
    tries.map(async ({ other }) => (await other.trpc.auth.me.query()).person?.id ?? null),
  )
  expect(people.filter((id) => id !== null)).toEqual([await guest.personId()])
})

test('guessing links is stopped, by failures alone', async () => {
  const app = await world.serve({ REDIS_PREFIX: `${world.store.redisPrefix}guess:` })
  const guesser = world.client(app)
  const guess = () =>
    guesser.fetch('/api/auth/handoff/redeem', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: 'A'.repeat(22) }),
    })
  for (let n = 0; n < 20; n++) expect((await guess()).status).toBe(400)
  const stopped = await guess()
  expect(stopped.status).toBe(429)
  const { error } = (await stopped.json()) as {
    error: { code: string; params: { retryAt: number } }
  }
  expect(error.code).toBe('slow_down')
  expect(error.params.retryAt).toBeGreaterThan(Date.now())
})

test('erasing a person ends the sessions and leaves nothing', async () => {
  const guest = await world.guest(one)
  const id = await guest.personId()
  const { db } = one.platform
  await one.services.auth.people.erasePerson(id)
  expect(await guest.on(two).trpc.auth.me.query()).toEqual({ person: null })
  for (const table of ['session', 'handoffs', 'account'] as const) {
    const column = table === 'handoffs' ? 'person_id' : 'user_id'
    expect(
      await db
        .selectFrom(table)
        .selectAll()
        .where(column as never, '=', id as never)
        .execute(),
    ).toEqual([])
  }
  expect(await one.services.users.profile(id)).toBeNull()
})

test('looking a session up needs no database: a cached one is found even without its row', async () => {
  const guest = await world.guest(one)
  const id = await guest.personId()
  const headers = { cookie: guest.cookie() }
  const { auth } = one.services
  await auth.lookUpSession(headers)
  await one.platform.db.deleteFrom('session').where('user_id', '=', id).execute()
  expect((await auth.lookUpSession(headers)).session?.person.id).toBe(id)
  // A copy of what is gone is believed for seconds, not until Redis forgets it.
  await sleep(SESSION_CACHE_SECONDS * 1_000 + 500)
  expect(await auth.lookUpSession(headers)).toEqual({ session: null })
})
