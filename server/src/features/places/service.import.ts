import type { Db } from '#server/platform/db.ts'
import { analysePlaces, type NewPlace, upsertPlaces } from './repo.import.ts'
import { countBySource, type SourceStats } from './repo.ts'
import { countClusters } from './service.clusters.ts'
import { type ReadRow, readCsv, readJsonArray, readNdjson } from './service.importRead.ts'
import { fieldNames, type FieldNames, readPlace, type Rejection } from './service.importRow.ts'

export type Format = 'csv' | 'ndjson' | 'json'

export interface ImportInput {
  /** Text of the file in pieces of any size. */
  chunks: AsyncIterable<string> | Iterable<string>
  format: Format
  /** Names the origin; with the file's own ids it makes an import repeatable. */
  source: string
  names?: FieldNames
  /** Told after every chunk that was stored. */
  progress?: (report: ImportReport) => void
  signal?: AbortSignal
}

export interface ImportReport {
  rows: number
  added: number
  updated: number
  unchanged: number
  /** The same id again within the file: the later row holds. */
  repeated: number
  rejected: number
  byReason: Partial<Record<Rejection, number>>
  /** The first rejected rows, counted from 1, with their lines: a JSON file may be one line. */
  examples: { row: number; line: number; reason: Rejection }[]
  /** Names of the first row's fields. */
  fields: string[]
}

export interface PlaceImport {
  /** Streams a file into the table. What was stored before an abort or a fault stays: running it again completes it. */
  importPlaces(input: ImportInput): Promise<ImportReport>
  stats(): Promise<SourceStats[]>
}

/**
 * Rows a statement. Each is a commit on the disk and a merge into the indexes of trigrams, whose cost is by statement: a thousand
 * rows took 64 % of the speed of this.
 */
const CHUNK_ROWS = 5_000
const EXAMPLES = 1_000

const readers: Record<Format, (chunks: ImportInput['chunks']) => AsyncGenerator<ReadRow>> = {
  csv: readCsv,
  ndjson: readNdjson,
  json: readJsonArray,
}

export function makePlaceImport({ db }: { db: Db }): PlaceImport {
  return {
    importPlaces: async ({ chunks, format, source, names = {}, progress, signal }) => {
      const report: ImportReport = {
        rows: 0,
        added: 0,
        updated: 0,
        unchanged: 0,
        repeated: 0,
        rejected: 0,
        byReason: {},
        examples: [],
        fields: [],
      }
      let batch = new Map<string, NewPlace>()
      let storing: Promise<void> = Promise.resolve()
      // The next rows are read while the last ones are written: one statement at a time, so that no two can lock each other's rows.
      const store = async (): Promise<void> => {
        await storing
        storing = write(db, report, sorted(batch)).then(() => progress?.(report))
        storing.catch(() => undefined)
        batch = new Map()
      }
      for await (const row of readers[format](withoutMark(chunks))) {
        signal?.throwIfAborted()
        report.rows++
        if (report.fields.length === 0 && 'value' in row) report.fields = fieldNames(row.value)
        const place = 'problem' in row ? row.problem : readPlace(row.value, source, names)
        if (typeof place === 'string') reject(report, row.line, place)
        else {
          if (batch.has(place.sourceId)) report.repeated++
          batch.set(place.sourceId, place)
        }
        if (batch.size >= CHUNK_ROWS) await store()
      }
      await store()
      await storing
      if (report.added + report.updated > 0) await analysePlaces(db)
      await countClusters(db)
      return report
    },
    stats: () => countBySource(db),
  }
}

/** By id: two imports of one file, from whichever end, then wait for each other's rows and never each for the other's. */
const sorted = (batch: ReadonlyMap<string, NewPlace>): NewPlace[] =>
  [...batch].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place)

async function write(db: Db, report: ImportReport, places: readonly NewPlace[]): Promise<void> {
  if (places.length === 0) return
  const { added, updated } = await upsertPlaces(db, places)
  report.added += added
  report.updated += updated
  report.unchanged += places.length - added - updated
}

function reject(report: ImportReport, line: number, reason: Rejection): void {
  report.rejected++
  report.byReason[reason] = (report.byReason[reason] ?? 0) + 1
  if (report.examples.length < EXAMPLES) report.examples.push({ row: report.rows, line, reason })
}

/** Windows puts a byte order mark first; it would become part of the first field's name. */
async function* withoutMark(chunks: ImportInput['chunks']): AsyncGenerator<string> {
  let first = true
  for await (const chunk of chunks) {
    yield first ? chunk.replace(/^\ufeff/, '') : chunk
    first = false
  }
}
