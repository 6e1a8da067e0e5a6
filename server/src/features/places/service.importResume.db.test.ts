import { expect, test } from 'vitest'
import { pbfBlob, pbfFile } from '#server/testing.pbf.ts'
import { startServer } from '#server/testing.servers.ts'
import { type ImportInput, makePlaceImport } from './service.import.ts'

const { one } = await startServer()
const { db } = one.platform
const importer = makePlaceImport({ db })

/** A kilometre apart, and each test in a land of its own: the same shop of two sources would be looked for among them. */
let land = 0
const lineOf = (n: number): string =>
  n % 1_000 === 7
    ? '{"lat":1,"lon":1}\n'
    : `${JSON.stringify({ id: n, name: `집 ${n}`, lat: 35 + (n % 100) / 100, lon: land + Math.floor(n / 100) / 100 })}\n`
const ROWS = 12_000
const linesOfNewLand = (): string[] => {
  land += 5
  return Array.from({ length: ROWS }, (_, n) => lineOf(n))
}
const NAMELESS = 12

const storedOf = async (source: string): Promise<number> => {
  const rows = await db.selectFrom('places').select('id').where('source', '=', source).execute()
  return rows.length
}
const recordOf = (source: string) =>
  db.selectFrom('place_imports').selectAll().where('source', '=', source).executeTakeFirstOrThrow()

/** Dies when so many lines were read, as a killed process would: whatever was not committed is lost. */
async function* dyingAfter(lines: readonly string[], count: number) {
  for (const [n, line] of lines.entries()) {
    if (n === count) throw new Error('killed')
    yield line
  }
}

test('a killed import goes on after the rows that it stored; its counts and report are those of the whole file', async () => {
  const lines = linesOfNewLand()
  const source = crypto.randomUUID()
  const told: number[] = []
  const run = (
    chunks: ImportInput extends infer T ? (T extends { chunks: infer C } ? C : never) : never,
    again = false,
  ) =>
    importer.importPlaces({
      format: 'ndjson',
      chunks,
      source,
      resume: { fingerprint: 'one file', file: 'a.ndjson', again },
      rejected: (row) => told.push(row.line),
    })
  await expect(run(dyingAfter(lines, 11_000))).rejects.toThrow('killed')
  // What was being written when it died may have been stored or not, but only whole.
  const stopped = await recordOf(source)
  expect(stopped.finished_at).toBeNull()
  const stored = await storedOf(source)
  expect(stored % 5_000).toBe(0)
  expect(stored).toBeGreaterThanOrEqual(5_000)
  expect(stopped.added).toBe(stored)
  expect((await importer.stats()).imports).toContainEqual(
    expect.objectContaining({ source, finishedAt: null, rowsDone: stopped.rows_done }),
  )
  told.length = 0
  const report = await run(lines)
  expect(report).toMatchObject({
    rows: ROWS,
    continuedAfter: stopped.rows_done,
    added: ROWS - NAMELESS,
    updated: 0,
    unchanged: 0,
    repeated: 0,
    byReason: { no_name: NAMELESS },
  })
  expect(told).toHaveLength(NAMELESS)
  expect(await storedOf(source)).toBe(ROWS - NAMELESS)
  expect(await recordOf(source)).toMatchObject({ rows_done: ROWS, added: ROWS - NAMELESS })
  // Finished: the same file again is an ordinary import from its beginning.
  expect(await run(lines)).toMatchObject({
    continuedAfter: 0,
    added: 0,
    unchanged: ROWS - NAMELESS,
  })
  await expect(run(dyingAfter(lines, 11_000))).rejects.toThrow('killed')
  expect(await run(lines, true)).toMatchObject({ continuedAfter: 0, added: 0 })
})

test('a changed file, or one read in another way, starts anew', async () => {
  const lines = linesOfNewLand()
  const source = crypto.randomUUID()
  const resume = (fingerprint: string) => ({ fingerprint, file: 'a.ndjson', again: false })
  const run = (fingerprint: string, chunks: AsyncIterable<string> | string[]) =>
    importer.importPlaces({ format: 'ndjson', chunks, source, resume: resume(fingerprint) })
  await expect(run('before', dyingAfter(lines, 11_000))).rejects.toThrow('killed')
  expect(await run('after', lines.slice(0, 10))).toMatchObject({ continuedAfter: 0, rows: 10 })
})

test('the same id far apart in a file is told, and the later row holds', async () => {
  const lines = linesOfNewLand().slice(0, 6_000)
  const source = crypto.randomUUID()
  const again = `${JSON.stringify({ id: 3, name: '새 이름', lat: 35, lon: 128 })}\n`
  const report = await importer.importPlaces({
    format: 'ndjson',
    chunks: [...lines, again],
    source,
  })
  expect(report).toMatchObject({ repeated: 1, added: 5_994, updated: 1 })
  expect(report.examples.at(-1)).toMatchObject({
    line: 6_001,
    reason: 'duplicate',
    about: '새 이름',
  })
})

test('a line of two gigabytes is one rejected row, in flat memory, in every format of text', async () => {
  const piece = 'x'.repeat(1024 * 1024)
  const huge = function* (before: string, pieces: number, after: string) {
    yield before
    for (let n = 0; n < pieces; n++) yield piece
    yield after
  }
  const place = '{"name":"끝 집","lat":37,"lon":127}'
  const runs = [
    ['csv', huge('name,lat,lon\n집,37,127\n', 2_048, '\n끝 집,37.1,127\n')],
    // A quote that never closes before it.
    ['csv', huge('name,lat,lon\n"집,37,127\n', 64, '\n끝 집,37.1,127\n')],
    ['ndjson', huge(`${place}\n{"name":"`, 2_048, `"}\n${place}`)],
    ['json', huge(`[${place},{"name":"`, 128, `"},${place}]`)],
  ] as const
  const before = process.memoryUsage().heapUsed
  let most = 0
  for (const [format, chunks] of runs) {
    const watched = (function* () {
      for (const chunk of chunks) {
        most = Math.max(most, process.memoryUsage().heapUsed)
        yield chunk
      }
    })()
    const report = await importer.importPlaces({
      format,
      chunks: watched,
      source: crypto.randomUUID(),
    })
    expect([format, report.rejected, report.rows - report.rejected > 0]).toEqual([
      format,
      format === 'csv' && report.byReason.broken ? 2 : 1,
      true,
    ])
  }
  expect(most - before).toBeLessThan(256 * 1024 * 1024)
})

test('a binary file of the map: its food places by their ids, again unchanged, and a broken block told', async () => {
  const source = crypto.randomUUID()
  const whole = pbfFile(
    {
      nodes: [
        {
          id: 1,
          lat: 37.5,
          lon: 127,
          tags: { amenity: 'restaurant', name: '을지면옥', phone: '02-123-4567' },
        },
        { id: 2, lat: 37.6, lon: 127.1 },
        { id: 3, lat: 37.7, lon: 127.3 },
      ],
    },
    {
      ways: [
        { id: 9, tags: { amenity: 'cafe', name: '집' }, refs: [2, 3] },
        { id: 10, tags: { amenity: 'cafe' }, refs: [2] },
      ],
    },
  )
  const run = (file: Buffer) =>
    importer.importPlaces({
      format: 'pbf',
      bytes: {
        size: file.length,
        read: (at, length) => Promise.resolve(file.subarray(at, at + length)),
      },
      source,
    })
  const first = await run(whole)
  expect(first).toMatchObject({ rows: 3, added: 2, passedOver: 2, byReason: { no_name: 1 } })
  expect(await run(whole)).toMatchObject({ added: 0, unchanged: 2 })
  const rows = await db
    .selectFrom('places')
    .select(['source_id', 'name', 'phone', 'lat', 'lng', 'category'])
    .where('source', '=', source)
    .orderBy('source_id')
    .execute()
  expect(rows).toEqual([
    {
      source_id: 'node/1',
      name: '을지면옥',
      phone: '02-123-4567',
      lat: 37.5,
      lng: 127,
      category: 'noodles',
    },
    {
      source_id: 'way/9',
      name: '집',
      phone: null,
      lat: expect.closeTo(37.65, 7),
      lng: expect.closeTo(127.2, 7),
      category: 'cafe',
    },
  ])
  const broken = Buffer.concat([whole, pbfBlob({ data: Buffer.from('\u0012\u007f') })])
  expect(await run(broken)).toMatchObject({ unchanged: 2, byReason: { broken: 1, no_name: 1 } })
})
