import { createReadStream, type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeDb, migrate } from '#server/platform/db.ts'
import { makeLog } from '#server/platform/log.ts'
import {
  type Format,
  type ImportReport,
  makePlaceImport,
  type PlaceImport,
} from '#server/features/places/service.import.ts'
import type { Rejection } from '#server/features/places/service.importRow.ts'
import { withEndings } from './ending.ts'
import { DATA, ROOT } from './paths.ts'
import { failWith, Plain, say } from './say.ts'
import { findOrStartPostgres } from './services/postgres.ts'
import { loadSecrets } from './services/secrets.ts'
import { runningPostgres } from './services/running.ts'

const usage = `pnpm places import FILE [flags]   adds or updates places from GeoJSON, a JSON list, NDJSON or CSV
pnpm places stats                 how many places the table holds, by source and category

  --source NAME     names the origin; with the file's ids it makes importing again an update (default: the file's name)
  --format F        csv, ndjson or json (default: by the file's name, else by its first character)
  --encoding E      utf-8, euc-kr, … (default: utf-8, or euc-kr if the file isn't valid utf-8)
  --name FIELD --lat FIELD --lon FIELD --id FIELD --category FIELD --address FIELD
                    where to read each from, when the guess is wrong
  --rejected N      how many rejected rows to list (default 20)`

const sentences: Record<Rejection, string> = {
  no_name: 'no name',
  bad_name: 'a name that is too long or holds control characters',
  no_coordinates: 'no coordinates, or ones that are no numbers',
  null_island: 'at 0,0',
  outside_world: 'outside the world',
  swapped: 'outside the world; latitude and longitude look swapped',
  gone: 'closed for good',
  broken: 'broken row',
  too_long: 'longer than a row can be',
}

const flag = { type: 'string' } as const

await withEndings(async (endings, stopped) => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      source: flag,
      format: flag,
      encoding: flag,
      name: flag,
      lat: flag,
      lon: flag,
      id: flag,
      category: flag,
      address: flag,
      rejected: { type: 'string', default: '20' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [command, file] = positionals
  if (values.help || (command !== 'stats' && !(command === 'import' && file)))
    throw new Plain(usage)
  const link = makeDb(
    await databaseUrl(endings),
    { poolMax: 2, statementMs: 120_000 },
    makeLog('warn'),
  )
  endings.push(() => link.close())
  await migrate(link.db)
  const importer = makePlaceImport({ db: link.db })
  if (command === 'stats' || !file) return printStats(importer)
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new Plain(`There is no file ${file}.`)
  const format = formatOf(values.format) ?? (await guessFormat(file))
  const encoding = values.encoding ?? (await guessEncoding(file))
  const source = values.source ?? basename(file, extname(file))
  say(`reading ${basename(file)} as ${format}, ${encoding}, source "${source}"`)
  const bar = makeBar(info)
  const { name, lat, lon, id, category, address } = values
  const report = await importer.importPlaces({
    chunks: textOf(file, encoding, bar.read),
    format,
    source,
    names: { name, lat, lon, id, category, address },
    progress: bar.show,
    signal: stopped,
  })
  bar.end(report)
  printReport(report, Number(values.rejected))
}).catch((error: unknown) => {
  if (!(error instanceof Error && error.name === 'AbortError')) failWith(error)
})

/** DATABASE_URL, else the app's own Postgres: the running one's, or started for as long as this takes. */
async function databaseUrl(endings: { push(end: () => Promise<void>): void }): Promise<string> {
  try {
    process.loadEnvFile(join(ROOT, '.env'))
  } catch {
    // Without a file the environment is all there is.
  }
  const password = loadSecrets(DATA).postgresPassword
  const running = process.env.DATABASE_URL ? null : await runningPostgres(DATA, password)
  if (running) return running
  const service = await findOrStartPostgres({ folder: DATA, password, port: 54_320, say })
  endings.push(() => service.stop())
  return service.url
}

function formatOf(text: string | undefined): Format | null {
  if (text === undefined) return null
  if (text === 'csv' || text === 'ndjson' || text === 'json') return text
  if (text === 'geojson') return 'json'
  throw new Plain(`--format is csv, ndjson or json, not "${text}".`)
}

async function firstBytes(file: string, count: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function guessFormat(file: string): Promise<Format> {
  const extension = extname(file).toLowerCase()
  if (['.csv', '.tsv', '.txt'].includes(extension)) return 'csv'
  if (['.ndjson', '.jsonl', '.geojsonl', '.geojsons', '.ldjson'].includes(extension))
    return 'ndjson'
  const start = (await firstBytes(file, 4_096))
    .toString()
    .replace(/^\ufeff/, '')
    .trimStart()
  if (!/^[[{]/.test(start)) return 'csv'
  // A whole object on the first line and another on the second: a value a line.
  return /^\{.*\}\r?\n\{/.test(start) ? 'ndjson' : 'json'
}

async function guessEncoding(file: string): Promise<string> {
  const start = await firstBytes(file, 256 * 1_024)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return 'utf-8'
  } catch {
    return 'euc-kr'
  }
}

async function* textOf(
  file: string,
  encoding: string,
  read: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = makeDecoder(encoding)
  for await (const chunk of createReadStream(file, {
    highWaterMark: 256 * 1_024,
  }) as AsyncIterable<Buffer>) {
    read(chunk.length)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

function makeDecoder(encoding: string) {
  try {
    return new TextDecoder(encoding)
  } catch {
    throw new Plain(`There is no encoding "${encoding}".`)
  }
}

/** One line that is written over on a terminal; elsewhere only the end is written. */
function makeBar({ size }: Stats) {
  const since = performance.now()
  let bytes = 0
  const rate = (rows: number): string =>
    `${Math.round((rows * 1_000) / Math.max(1, performance.now() - since)).toLocaleString('en')} rows/s`
  return {
    read: (more: number) => void (bytes += more),
    show: (report: ImportReport) => {
      if (!process.stderr.isTTY) return
      const share = size === 0 ? 1 : Math.min(1, bytes / size)
      const filled = '█'.repeat(Math.round(share * 24)).padEnd(24, '░')
      process.stderr.write(
        `\r  ${filled} ${Math.round(share * 100)} %  ${report.rows.toLocaleString('en')} rows  ${rate(report.rows)}  `,
      )
    },
    end: (report: ImportReport) => {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      say(
        `${report.rows.toLocaleString('en')} rows in ${((performance.now() - since) / 1_000).toFixed(1)} s, ${rate(report.rows)}`,
      )
    },
  }
}

function printReport(report: ImportReport, listed: number): void {
  const { added, updated, unchanged, repeated, rejected } = report
  console.log(
    `added ${added}, updated ${updated}, unchanged ${unchanged}, repeated ids ${repeated}, rejected ${rejected}`,
  )
  for (const [reason, count] of Object.entries(report.byReason))
    console.log(`  ${count} × ${sentences[reason as Rejection]}`)
  for (const { line, reason } of report.examples.slice(0, listed))
    console.log(`  line ${line}: ${sentences[reason]}`)
  const unlisted = rejected - Math.min(listed, report.examples.length)
  if (unlisted > 0) console.log(`  … and ${unlisted} more`)
}

async function printStats(importer: PlaceImport): Promise<void> {
  const rows = await importer.stats()
  if (rows.length === 0) console.log('The table holds no places yet: pnpm places import FILE')
  for (const source of new Set(rows.map((row) => row.source))) {
    const own = rows.filter((row) => row.source === source)
    const total = own.reduce((sum, row) => sum + row.places, 0)
    console.log(`${source}: ${total.toLocaleString('en')} places`)
    console.log(`  ${own.map((row) => `${row.category} ${row.places}`).join(', ')}`)
  }
}
