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
import {
  guessEncoding,
  guessFormat,
  makeDecoder,
  openPlaceFile,
  type PlaceFile,
  textOf,
} from './places.file.ts'
import { failWith, Plain, say } from './say.ts'
import { findOrStartPostgres } from './services/postgres.ts'
import { loadSecrets } from './services/secrets.ts'
import { runningPostgres } from './services/running.ts'

const usage = `pnpm places import FILE [flags]   adds or updates places from GeoJSON, a JSON list, NDJSON or CSV
pnpm places stats                 how many places the table holds, by source and category

  --source NAME     names the origin; with the file's ids it makes importing again an update (default: the file's name)
  --format F        csv, ndjson or json (default: by the file's name, else by its first character)
  --encoding E      utf-8, euc-kr, … (default: utf-8, euc-kr if the file isn't valid utf-8, or what its mark says)
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
  unreadable: 'a name with characters that can’t be read; is the --encoding right?',
  broken: 'broken row',
  cut_off: 'the file ends in the middle of it',
  too_long: 'longer than a row can be',
}

const NOTHING: Record<Format, string> = {
  csv: 'It holds no row below its header line.',
  ndjson: 'It holds no line with a value.',
  json: 'It holds no list of objects. Is it JSON?',
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
  const [command, file, ...more] = positionals
  const understood = command === 'stats' ? !file : command === 'import' && file && more.length === 0
  if (values.help || !understood) throw new Plain(usage)
  const format = formatOf(values.format)
  const listed = countOf(values.rejected)
  if (values.encoding) makeDecoder(values.encoding)
  // Looked at before anything is started for it.
  const opened = file === undefined ? null : await openPlaceFile(file)
  const link = makeDb(
    await databaseUrl(endings),
    { poolMax: 2, statementMs: 120_000 },
    makeLog('warn'),
  )
  endings.push(() => link.close())
  await migrate(link.db)
  const importer = makePlaceImport({ db: link.db })
  if (!opened || !file) return printStats(importer)
  const encoding = values.encoding ?? guessEncoding(opened)
  const kind = format ?? guessFormat(opened, encoding)
  const source = values.source ?? basename(file, extname(file))
  say(`reading ${basename(file)} as ${kind}, ${encoding}, source "${source}"`)
  const bar = makeBar(opened)
  const { name, lat, lon, id, category, address } = values
  const report = await importer.importPlaces({
    chunks: textOf(opened, encoding, bar.read),
    format: kind,
    source,
    names: { name, lat, lon, id, category, address },
    progress: bar.show,
    signal: stopped,
  })
  bar.end(report)
  printReport(report, listed, kind)
}).catch((error: unknown) => {
  if (error instanceof Error && error.name === 'AbortError') return
  // An unknown flag: what there is says more than a trace.
  const misused =
    error instanceof TypeError && 'code' in error && String(error.code).includes('PARSE_ARGS')
  failWith(misused ? new Plain(`${error.message}\n\n${usage}`) : error)
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

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Plain(`--rejected is a whole number, not "${text}".`)
  return Number(text)
}

/** One line that is written over on a terminal; elsewhere only the end is written. */
function makeBar({ bytes: size }: PlaceFile) {
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

function printReport(report: ImportReport, listed: number, format: Format): void {
  const { added, updated, unchanged, repeated, rejected } = report
  console.log(
    `added ${added}, updated ${updated}, unchanged ${unchanged}, repeated ids ${repeated}, rejected ${rejected}`,
  )
  for (const [reason, count] of Object.entries(report.byReason))
    console.log(`  ${count} × ${sentences[reason as Rejection]}`)
  // A line of JSON may hold all of it: there a row is counted, too.
  const where = (row: number, line: number): string =>
    format === 'json' ? `row ${row}, line ${line}` : `line ${line}`
  for (const { row, line, reason } of report.examples.slice(0, listed))
    console.log(`  ${where(row, line)}: ${sentences[reason]}`)
  const unlisted = rejected - Math.min(listed, report.examples.length)
  if (unlisted > 0) console.log(`  … and ${unlisted} more`)
  if (report.rows > rejected) return
  process.exitCode = 1
  if (report.rows === 0) console.log(NOTHING[format])
  else if (report.byReason.no_name || report.byReason.no_coordinates)
    console.log(
      `The fields are ${report.fields.join(', ')}. If name and coordinates are among them: --name FIELD --lat FIELD --lon FIELD`,
    )
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
