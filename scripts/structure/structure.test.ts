import { describe, expect, test } from 'vitest'
import { checkStructure } from './check.ts'
import { readImports } from './imports.ts'
import { FEATURE_GRAPH } from './zones.ts'

const check = (files: Record<string, string>): string[] =>
  checkStructure(new Map(Object.entries(files)))
const votes = (file: string): string => `server/src/features/votes/${file}`

describe('file names', () => {
  test.each([
    'server/src/features/votes/service.ts',
    'server/src/features/votes/service.close.ts',
    'server/src/features/votes/service.db.test.ts',
    'client/src/features/votes/state.queue.test.ts',
    'client/src/features/votes/ui/bar.tsx',
    'shared/src/votes.tally.ts',
    'server/migrations/0001_people.ts',
    'e2e/specs/join.spec.ts',
    'e2e/cluster.ts',
  ])('%s has its place', (path) => {
    expect(check({ [path]: '' })).toEqual([])
  })

  test.each([
    ['server/src/features/votes/helpers.ts', 'role.ts or role.topic.ts'],
    ['server/src/features/votes/tally/service.ts', 'role.ts or role.topic.ts'],
    ['server/src/features/dating/service.ts', 'is no feature'],
    ['client/src/features/votes/service.ts', 'lies in ui/'],
    ['client/src/utils.ts', 'no place in the layout'],
    ['server/src/lib/x.ts', 'no place in the layout'],
    ['shared/src/helpers.ts', 'one file a feature'],
    ['server/migrations/people.ts', 'NNNN_what.ts'],
    ['e2e/deep/x.ts', 'no place in the layout'],
  ])('%s is told where it belongs', (path, words) => {
    const faults = check({ [path]: '' })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(words)
  })
})

describe('imports', () => {
  test.each([
    [votes('router.ts'), `import { x } from './service.ts'`],
    [votes('router.ts'), `import { procedure } from '#server/trpc/init.ts'`],
    [votes('service.ts'), `import type { Db } from '#server/platform/db.ts'`],
    [votes('service.ts'), `import { type Db, type Tx } from '#server/platform/db.ts'`],
    [votes('service.ts'), `import type { Rooms } from '../rooms/index.ts'`],
    [votes('service.ts'), `import { tally } from '#shared/votes.ts'`],
    [votes('repo.ts'), `import { sql } from 'kysely'`],
    [votes('repo.ts'), `import { inTransaction } from '../../platform/db.ts'`],
    [votes('live.ts'), `import { channel } from '#server/platform/bus.ts'`],
    [votes('http.ts'), `import type { FastifyInstance } from 'fastify'`],
    [votes('service.db.test.ts'), `import { build } from '#server/app.ts'`],
    ['client/src/lib/trpc.ts', `import type { AppRouter } from '#server/app.ts'`],
    ['client/src/features/votes/state.ts', `import { room } from '../rooms/index.ts'`],
    ['client/src/app/room.page.tsx', `import { Votes } from '../features/votes/index.ts'`],
    ['client/src/ui/dish.tsx', `import svg from './dishes.svg?url'`],
    ['server/src/app.ts', `import { makeVotes } from './features/votes/service.ts'`],
    ['bench/votes.ts', `import { build } from '#server/app.ts'`],
    ['shared/src/votes.ts', `import { hmac } from '@noble/hashes/hmac.js'`],
  ])('%s: %s is allowed', (path, text) => {
    expect(check({ [path]: text })).toEqual([])
  })

  test.each([
    [votes('router.ts'), `import { x } from './repo.ts'`, 'router may use'],
    [votes('service.ts'), `import { makeDb } from '#server/platform/db.ts'`, 'only types'],
    [votes('service.ts'), `import { a, type B } from '#server/platform/db.ts'`, 'only types'],
    [votes('service.ts'), `import type { Voice } from '../voice/index.ts'`, 'pass a hook'],
    [votes('service.ts'), `import type { Row } from '../rooms/repo.ts'`, 'only its index'],
    [votes('service.ts'), `import { sql } from 'kysely'`, 'SQL lives in repo'],
    [votes('service.ts'), `import { TRPCError } from '@trpc/server'`, 'nothing of the wire'],
    [votes('service.ts'), `import type { FastifyRequest } from 'fastify'`, 'nothing of the wire'],
    [votes('service.ts'), `const x = await import('./router.ts')`, 'service may use'],
    [votes('service.ts'), `const x = process.env.PORT`, 'process.env'],
    [votes('repo.ts'), `import { x } from './service.ts'`, 'repo may use'],
    [votes('policy.ts'), `import type { Clock } from '#server/platform/clock.ts'`, 'pure'],
    [votes('live.ts'), `export { x } from './service.ts'`, 'live may use'],
    [votes('http.ts'), `import { TRPCError } from '@trpc/server'`, 'throw an AppError'],
    [votes('service.test.ts'), `import { x } from '../voice/index.ts'`, 'pass a hook'],
    ['server/src/platform/db.ts', `import '../features/auth/index.ts'`, 'knows no feature'],
    ['server/src/http/x.ts', `import '#server/features/auth/index.ts'`, 'know no feature'],
    ['client/src/lib/x.ts', `import type { AppRouter } from '#server/app.ts'`, 'one line'],
    ['client/src/lib/trpc.ts', `import { AppRouter } from '#server/app.ts'`, 'one line'],
    ['client/src/ui/x.tsx', `import '../features/votes/index.ts'`, 'no feature'],
    ['client/src/features/votes/state.ts', `import '../rooms/state.ts'`, 'only its index'],
    ['client/src/features/votes/state.ts', `import '#client/app/app.tsx'`, 'knows no app'],
    ['client/src/app/home.page.tsx', `import '../features/votes/state.ts'`, 'by its index'],
    ['shared/src/votes.ts', `import 'node:crypto'`, 'shared may use'],
    ['shared/src/votes.ts', `import '#server/app.ts'`, 'nothing but shared'],
    ['e2e/specs/a.spec.ts', `import '#server/app.ts'`, 'nothing of the inside'],
    ['bench/votes.ts', `import '#server/features/votes/service.ts'`, 'drives the app'],
  ])('%s: %s is refused', (path, text, words) => {
    const faults = check({ [path]: text })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(words)
  })
})

test('imports over several lines are seen, those in comments are not', () => {
  const text = `
    // import { a } from './a.ts'
    /* import { b } from './b.ts' */
    import {
      c,
      type D,
    } from './c.ts'
    export * from './e.ts'
    import type F from 'f/deep'
  `
  const found = readImports('server/src/x.ts', text)
  expect(found.map((each) => [each.target, each.typeOnly])).toEqual([
    ['server/src/c.ts', false],
    ['server/src/e.ts', false],
    ['f/deep', true],
  ])
})

test('the feature graph has no cycle', () => {
  const reaches = (from: string, to: string): boolean =>
    (FEATURE_GRAPH[from] ?? []).some((next) => next === to || reaches(next, to))
  for (const feature of Object.keys(FEATURE_GRAPH)) expect(reaches(feature, feature)).toBe(false)
})
