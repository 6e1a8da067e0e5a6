import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startServer } from '#server/testing.servers.ts'
import { type Db, LOCK_WAIT_MS } from '#server/platform/db.ts'
import { buildSearchIndex } from './repo.searchIndex.ts'
import { makePlaceImport } from './service.import.ts'

async function definitionOf(db: Db): Promise<string | null> {
  const { rows } = await sql<{ definition: string | null }>`
    select pg_get_indexdef(to_regclass('places_search')) as definition`.execute(db)
  return rows[0]?.definition ?? null
}

const row = (id: string, name: string): string =>
  `${JSON.stringify({ id, name, lat: 37.5, lon: 127 })}\n`

test('a first import is indexed at its end, as the migration has it; a later one writes into the index', async () => {
  const { one } = await startServer()
  const { db } = one.platform
  const asMigrated = await definitionOf(db)
  expect(asMigrated).toContain('USING gin')
  const { importPlaces } = makePlaceImport({ db })
  const during: (string | null)[] = []
  async function* chunks(id: string, name: string) {
    during.push(await definitionOf(db))
    yield row(id, name)
  }
  const ask = (q: string) =>
    one.services.places.search({ personId: null, address: 'test' }, { q, limit: 5 })
  await importPlaces({ format: 'ndjson', source: 'a', chunks: chunks('1', '첫눈칼국수') })
  expect(await definitionOf(db)).toBe(asMigrated)
  await importPlaces({ format: 'ndjson', source: 'a', chunks: chunks('2', '둘째칼국수') })
  expect(during).toEqual([null, asMigrated])
  expect((await ask('칼국수')).hits.map(({ name }) => name).sort()).toEqual([
    '둘째칼국수',
    '첫눈칼국수',
  ])
})

test('an import that breaks leaves the index behind; where one was killed, it is made when nobody writes', async () => {
  const { one } = await startServer()
  const { db } = one.platform
  const asMigrated = await definitionOf(db)
  const { importPlaces } = makePlaceImport({ db })
  async function* broken() {
    yield row('1', '첫눈칼국수')
    await Promise.reject(new Error('the disk is gone'))
  }
  await expect(importPlaces({ format: 'ndjson', source: 'a', chunks: broken() })).rejects.toThrow(
    'the disk is gone',
  )
  expect(await definitionOf(db)).toBe(asMigrated)
  await sql`drop index places_search`.execute(db)
  await sql`insert into place_cluster_dirty (region) values (1)`.execute(db)
  expect(await buildSearchIndex(db, 3_600_000)).toBe(false)
  const made = await Promise.all([buildSearchIndex(db), buildSearchIndex(db)])
  expect(made.filter(Boolean).length).toBeGreaterThan(0)
  expect(await definitionOf(db)).toBe(asMigrated)
})

test('who adds or removes a place while the index is being built waits for it, and is not refused', async () => {
  const { world, one } = await startServer()
  const guest = await world.guest(one)
  const add = (name: string) =>
    guest.trpc.places.add.mutate({
      key: crypto.randomUUID(),
      name,
      category: 'soup',
      at: { lat: 35.1, lng: 129.1 },
    })
  const { id } = await add('돼지국밥')
  // As building holds it, for longer than a server's statements else wait for a lock.
  const builder = new pg.Client({ connectionString: world.store.databaseUrl })
  await builder.connect()
  await builder.query('begin')
  await builder.query('lock table places in share mode')
  const waiting = [add('밀면'), guest.trpc.places.remove.mutate({ id })]
  const first = await Promise.race([
    ...waiting.map((each) => each.then(() => 'done')),
    new Promise((resolve) => setTimeout(resolve, LOCK_WAIT_MS + 1_500, 'waits')),
  ])
  await builder.query('commit')
  await builder.end()
  expect(first).toBe('waits')
  await Promise.all(waiting)
  const { rows } = await sql<{ name: string }>`select name from places order by name`.execute(
    one.platform.db,
  )
  expect(rows).toEqual([{ name: '밀면' }])
})
