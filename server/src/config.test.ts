import { expect, test } from 'vitest'
import { ConfigError, envSchema, readConfig } from './config.ts'

const least = {
  DATABASE_URL: 'postgres://localhost/bapmap',
  REDIS_URL: 'redis://localhost',
  AUTH_SECRET: 'a'.repeat(32),
}

function sentencesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences
    throw error
  }
  return []
}

test('three values are enough, and PUBLIC_URL follows the port', () => {
  expect(readConfig(least)).toMatchObject({
    PORT: 3000,
    PUBLIC_URL: 'http://localhost:3000',
    ROLES: ['web', 'worker'],
    TRUST_PROXY: [],
  })
  expect(readConfig({ ...least, PORT: '8080' }).PUBLIC_URL).toBe('http://localhost:8080')
  expect(readConfig({ ...least, PUBLIC_URL: 'https://bap.example/' }).PUBLIC_URL).toBe(
    'https://bap.example',
  )
})

test('every wrong value has one sentence that names it and never repeats a secret', () => {
  const wrong = {
    PORT: 'x',
    ROLES: 'cook',
    AUTH_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@x',
  }
  const said = sentencesOf({ ...least, ...wrong })
  expect(said.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'AUTH_SECRET'])
  expect(said[0]).toMatch(/^PORT is wrong /)
  expect(said.join()).not.toContain('hunter2')
  expect(sentencesOf({ ...least, ROLES: 'cook' })).toEqual([
    'ROLES must be web, worker, or web,worker, not "cook".',
  ])
  expect(sentencesOf({})[0]).toMatch(/^DATABASE_URL is missing: /)
  expect(sentencesOf({ ...least, LIVEKIT_URL: 'ws://x' })).toEqual([
    'LIVEKIT_URL also needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET.',
  ])
})

test('limits can be overridden by name, and only by their names', () => {
  expect(
    readConfig({ ...least, ROOM_PEOPLE_MAX: '200', LIMITS: 'CANDIDATES_PER_ROOM=50' }).limits,
  ).toMatchObject({ ROOM_PEOPLE_MAX: 200, CANDIDATES_PER_ROOM: 50, MESSAGE_CHARS: 2_000 })
  expect(sentencesOf({ ...least, LIMITS: 'toString=1' })).toHaveLength(1)
  expect(sentencesOf({ ...least, LIMITS: 'MESSAGE_CHARS=-1' })).toHaveLength(1)
})

test('trusted proxies are networks; a count of proxies or "true" would trust nobody, or fail late', () => {
  const trust = (TRUST_PROXY: string) => readConfig({ ...least, TRUST_PROXY }).TRUST_PROXY
  expect(trust('loopback, 10.0.0.0/8,::1')).toEqual(['loopback', '10.0.0.0/8', '::1'])
  for (const wrong of ['1', 'true', '10.0.0.0/33', 'example.org'])
    expect(sentencesOf({ ...least, TRUST_PROXY: wrong })[0]).toMatch(/^TRUST_PROXY names /)
})

test('every variable is described', () => {
  const bare = Object.entries(envSchema.shape).filter(([, field]) => !field.description)
  expect(bare.map(([name]) => name)).toEqual([])
})
