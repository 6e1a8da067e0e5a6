import { expect, test, vi } from 'vitest'
import type { Person } from '#shared/users.ts'
import { startServer } from '#server/testing.servers.ts'
import { refusalOf } from '#server/testing.ts'

const { world, one: app } = await startServer()

test('a profile is changed in part, stored as NFC, and heard on other servers', async () => {
  const other = await world.serve()
  const guest = await world.guest(app)
  const heard: Person[] = []
  await other.services.users.onChange(({ person }) => void heard.push(person))
  const before = (await guest.trpc.auth.me.query()).person
  const after = await guest.trpc.users.setProfile.mutate({
    name: '  민수\u0301 킴 '.normalize('NFD'),
    locale: 'en',
  })
  expect(after).toEqual({ ...before, name: '민수\u0301 킴'.normalize('NFC'), locale: 'en' })
  await vi.waitFor(() => expect(heard).toEqual([after]), 10_000)
  expect(await guest.trpc.users.setProfile.mutate({ portrait: 'abcd1234' })).toEqual({
    ...after,
    portrait: 'abcd1234',
  })
})

test('names that are empty, too long, or hide something are refused and change nothing', async () => {
  const guest = await world.guest(app, '그대로')
  const family = '👨‍👩‍👧‍👦'
  for (const [name, reason] of [
    ['', 'empty'],
    ['\u3164', 'empty'],
    ['a'.repeat(21), 'too_long'],
    ['abc\u202edef', 'forbidden_characters'],
    ['tab\u0000', 'forbidden_characters'],
  ]) {
    const refusal = await refusalOf(guest.trpc.users.setProfile.mutate({ name }))
    expect(refusal).toMatchObject({ code: 'name_invalid', params: { reason, max: 20 } })
  }
  expect((await guest.trpc.auth.me.query()).person?.name).toBe('그대로')
  expect((await guest.trpc.users.setProfile.mutate({ name: family.repeat(20) })).name).toBe(
    family.repeat(20),
  )
})

test('profiles come in one go, without those who are gone', async () => {
  const [a, b] = await Promise.all([world.guest(app, '가'), world.guest(app, '나')])
  const ids = [await a.personId(), '00000000-0000-4000-8000-000000000000', await b.personId()]
  const people = await app.services.users.profiles(ids)
  expect([...people.values()].map(({ name }) => name).sort((x, y) => x.localeCompare(y))).toEqual([
    '가',
    '나',
  ])
  expect((await app.services.users.profiles([])).size).toBe(0)
})

test('a member without a name takes the name of the guest it was; one with a name keeps it', async () => {
  const { db } = app.platform
  const { users } = app.services
  const guest = await (await world.guest(app, '손님')).personId()
  const unnamed = world.client(app)
  await unnamed.signIn()
  const [fresh, named] = [
    await unnamed.personId(),
    await (await world.guest(app, '회원')).personId(),
  ]
  await db.transaction().execute(async (tx) => {
    await users.moveOwner(tx, guest, fresh)
    await users.moveOwner(tx, guest, named)
  })
  const people = await users.profiles([fresh, named])
  expect([people.get(fresh)?.name, people.get(named)?.name]).toEqual(['손님', '회원'])
})

test('a client that never stops writing is told when to go on; others are not disturbed', async () => {
  const strict = await world.serve({ WRITES_PER_10_S: '5' })
  const [busy, calm] = [await world.guest(strict), await world.guest(strict)]
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => busy.trpc.users.setProfile.mutate({ locale: 'ko' })),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(5)
  const refused = await refusalOf(busy.trpc.users.setProfile.mutate({ locale: 'ko' }))
  expect(refused).toMatchObject({
    code: 'slow_down',
    httpStatus: 429,
    params: { retryAt: expect.any(Number) },
  })
  expect((await calm.trpc.users.setProfile.mutate({ locale: 'en' })).locale).toBe('en')
})
