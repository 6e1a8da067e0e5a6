import { Redis } from 'ioredis'
import { afterAll, expect, test } from 'vitest'
import { weaknessOf } from './redis.policy.ts'

const redis = new Redis(process.env.REDIS_URL ?? '')
afterAll(() => redis.quit())

test('the Redis that we start is as strict as can be; weaker ones are named with what they may lose', async () => {
  expect(await weaknessOf(redis)).toBeNull()
  const like = (config: Record<string, string>) => ({
    config: (async (_: string, name: string) => [name, config[name]]) as never,
    info: redis.info.bind(redis),
  })
  const strict = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' }
  expect(await weaknessOf(like(strict))).toBeNull()
  expect(await weaknessOf(like({ ...strict, appendfsync: 'everysec' }))).toBe(
    'The Redis of REDIS_URL keeps less than it could (appendfsync is everysec): a crash or power cut may lose who is present, the counters of limits and the cache of sessions; accounts, rooms, votes and messages are in Postgres.',
  )
  expect(
    await weaknessOf(like({ ...strict, appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' })),
  ).toContain(
    '(appendonly is no, maxmemory-policy is allkeys-lru): a crash or power cut or full memory',
  )
})

test('one that forbids CONFIG is asked by INFO', async () => {
  const config = (async () => {
    throw new Error("NOPERM this user has no permissions to run the 'config|get' command")
  }) as never
  expect(await weaknessOf({ config, info: redis.info.bind(redis) })).toBeNull()
  const info = (async () => 'aof_enabled:0\r\nmaxmemory_policy:volatile-lru\r\n') as never
  expect(await weaknessOf({ config, info })).toContain(
    'appendonly is no, maxmemory-policy is volatile-lru',
  )
})
