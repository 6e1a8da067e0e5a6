/**
 * 500,000 places: imported from a file by the importer that people use, looked at on the map at every zoom, and searched.
 * `--data FOLDER` (or PLACES_DATA) repeats the Seoul and New York files of a folder; without it the places are made up.
 * `--smaller N` takes N places. Env: DATABASE_URL, REDIS_URL. Prints one JSON object; notes go to stderr.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { makeTestStore } from '#server/testing.ts'
import { writePlaces } from './places.file.ts'
import { importFile } from './places.import.ts'
import { measureMap } from './places.map.ts'
import { makeQueries } from './places.queries.ts'
import { measureSearch } from './places.search.ts'
import { measureViews } from './places.views.ts'

const { values } = parseArgs({
  options: { data: { type: 'string' }, smaller: { type: 'string', default: '500000' } },
})
const count = Number(values.smaller)
if (!Number.isInteger(count) || count < 1_000) throw new Error('--smaller is a number from 1000')
const data = values.data ?? process.env.PLACES_DATA ?? null
const QUERIES = 300

const note = (line: string): void => void process.stderr.write(`  ${line}\n`)
const store = await makeTestStore()
const folder = await mkdtemp(join(tmpdir(), 'bapmap-places-'))
const file = join(folder, 'places.ndjson')
const app = await build(
  readConfig({
    ...process.env,
    DATABASE_URL: store.databaseUrl,
    REDIS_URL: store.redisUrl,
    REDIS_PREFIX: store.redisPrefix,
    LIVEKIT_URL: '',
    AUTH_SECRET: randomBytes(32).toString('hex'),
    OVERPASS_URL: 'off',
    PUBLIC_URL: 'http://localhost:3000',
    PORT: '0',
    ROLES: 'web',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    LIMITS: 'PLACE_ASKS_PER_PERSON=100000000,PLACE_ASKS_PER_ADDRESS=100000000',
  }),
)
try {
  note(`${count} places, ${data ? 'repeated from files' : 'made up'}`)
  const samples = await writePlaces(file, count, data)
  const first = await importFile(file, count, store.databaseUrl)
  note(`import ${first.rowsPerSecond} rows/s, ${first.peakMb} MB`)
  const again = await importFile(file, count, store.databaseUrl)
  note(`again, nothing changed: ${again.rowsPerSecond} rows/s, ${again.peakMb} MB`)
  const result = {
    bench: 'places',
    places: count,
    importRowsPerSecond: first.rowsPerSecond,
    reimportRowsPerSecond: again.rowsPerSecond,
    importPeakMb: Math.max(first.peakMb, again.peakMb),
    ...(await measureViews(app, samples, note)),
    ...(await measureSearch(app, makeQueries(samples, QUERIES), note)),
    ...(await measureMap(app, samples, note)),
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  await app.close()
  await store.drop()
  await rm(folder, { recursive: true, force: true })
}
