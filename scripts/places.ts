import { basename, join } from 'node:path'
import { makeDb, migrate } from '#server/platform/db.ts'
import { makeLog } from '#server/platform/log.ts'
import {
  type Contents,
  makePlaceImport,
  type PlaceImport,
} from '#server/features/places/service.import.ts'
import { UnreadableFile } from '#server/features/places/service.importPbfBlobs.ts'
import { withEndings } from './ending.ts'
import { DATA, ROOT } from './paths.ts'
import { readWish, type Wish } from './places.args.ts'
import {
  fingerprintOf,
  guessEncoding,
  guessFormat,
  openPlaceFile,
  type PlaceFile,
  textOf,
  withBytes,
} from './places.file.ts'
import { printReports } from './places.mistakes.ts'
import { makeProgress } from './places.progress.ts'
import { openReport, printReport } from './places.report.ts'
import { printStats } from './places.stats.ts'
import { showSurvey } from './places.survey.ts'
import { failWith, Plain, say } from './say.ts'
import { findOrStartPostgres } from './services/postgres.ts'
import { loadSecrets } from './services/secrets.ts'
import { runningPostgres } from './services/running.ts'

interface Work {
  wish: Wish
  importer: PlaceImport
  report: ReturnType<typeof openReport> | null
  stopped: AbortSignal
}

await withEndings(async (endings, stopped) => {
  const wish = readWish(process.argv.slice(2))
  // Looked at before anything is started for them.
  const files = await Promise.all(wish.files.map(openPlaceFile))
  if (wish.dryRun) {
    for (const file of files) await wayOf(file, wish)
    return
  }
  const link = makeDb(
    await databaseUrl(endings),
    // While the next rows are read a transaction may say nothing for long, on a busy machine for seconds.
    { poolMax: 2, statementMs: 120_000, silentMs: 60_000 },
    makeLog('warn'),
  )
  endings.push(() => link.close())
  await migrate(link.db)
  if (wish.command === 'reports') return printReports(link.db)
  const importer = makePlaceImport({ db: link.db })
  if (wish.command === 'stats') return printStats(await importer.stats())
  const report = wish.report === undefined ? null : openReport(wish.report)
  if (report) endings.push(() => report.end())
  for (const file of files) {
    const done = await importFile(file, { wish, importer, report, stopped }).catch(toldPlainly)
    if (!done) process.exitCode = 1
  }
}).catch((error: unknown) => {
  if (error instanceof Error && error.name === 'AbortError') return
  failWith(error)
})

/** One file that can't be read keeps no other from being imported. */
function toldPlainly(error: unknown): false {
  if (!(error instanceof Plain)) throw error
  process.stderr.write(`\n${error.message}\n`)
  return false
}

/** How a file will be read: said before it is. */
async function wayOf(file: PlaceFile, wish: Wish) {
  const name = basename(file.path)
  // `seoul.osm.pbf` and `seoul.geojson` tell of Seoul.
  const source = wish.source ?? name.replace(/(?:\.osm)?\.[^.]*$/u, '')
  const encoding = wish.encoding ?? guessEncoding(file)
  const format = wish.format ?? guessFormat(file, encoding)
  const { names, area } = wish
  say(`reading ${name} as ${format}${format === 'pbf' ? '' : `, ${encoding}`}, source "${source}"`)
  const crs =
    format === 'pbf'
      ? 'EPSG:4326'
      : await showSurvey(file, format, encoding, { names, crs: wish.crs })
  return { source, encoding, format, names, area, crs }
}

/** Whether it was imported as a whole. */
async function importFile(
  file: PlaceFile,
  { wish, importer, report, stopped }: Work,
): Promise<boolean> {
  const way = await wayOf(file, wish)
  const { source, encoding, format, names, area, crs } = way
  const name = basename(file.path)
  // The outlines of a PBF need a second reading.
  const progress = makeProgress(file.bytes * (format === 'pbf' ? 2 : 1))
  const fingerprint = await fingerprintOf(file, way)
  const read = (contents: Contents) =>
    importer.importPlaces({
      ...contents,
      source,
      names,
      area,
      crs,
      resume: { fingerprint, file: name, again: wish.again },
      progress: progress.show,
      rejected: (row) => report?.add(name, row),
      signal: stopped,
    })
  const done = await (
    format === 'pbf'
      ? withBytes(file, progress.read, (bytes) => read({ format, bytes }))
      : read({ format, chunks: textOf(file, encoding, progress.read) })
  ).catch((error: unknown) => {
    if (error instanceof UnreadableFile) throw new Plain(`${name} can't be read. ${error.message}`)
    throw error
  })
  progress.end(done)
  return printReport(done, { listed: wish.listed, format })
}

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
