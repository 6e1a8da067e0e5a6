import type { Bounds } from '#shared/geo.ts'
import type { Db } from '#server/platform/db.ts'
import { analysePlaces } from './repo.import.ts'
import {
  findUnfinished,
  type ImportKey,
  type ImportRecord,
  listImports,
  measureTable,
  startImport,
  type TableStats,
} from './repo.imports.ts'
import { writeInBulk } from './repo.searchIndex.ts'
import { countBySource, type SourceStats } from './repo.ts'
import { countClusters } from './service.clusters.ts'
import type { Crs } from './service.importCrs.ts'
import { type FieldNames, flatten, isFields, textOf, valueOf } from './service.importFields.ts'
import { makeSeenIds, type SeenIds } from './service.importIds.ts'
import { readJsonArray } from './service.importJson.ts'
import { readPbf } from './service.importPbf.ts'
import type { ByteSource } from './service.importPbfBlobs.ts'
import { type Chunks, type ReadRow, readCsv, readNdjson } from './service.importRead.ts'
import { readKey, type Rejection, type RowKey, type RowRules } from './service.importRow.ts'
import { openStore } from './service.importStore.ts'

/** Of text; the binary format of OpenStreetMap is another. */
export type Format = 'csv' | 'ndjson' | 'json'

/** Text in pieces of any size, or bytes that are read at any place. */
export type Contents = { format: Format; chunks: Chunks } | { format: 'pbf'; bytes: ByteSource }

export type ImportInput = Contents & {
  /** Names the origin; with the file's own ids it makes an import repeatable. */
  source: string
  names?: FieldNames
  crs?: Crs
  area?: Bounds | null
  /** Goes on where an unfinished import of the same fingerprint stopped, unless `again`. */
  resume?: { fingerprint: string; file: string; again: boolean }
  /** Told after every chunk that was stored. */
  progress?: (report: ImportReport) => void
  /** Told of every row that was not taken, and of those that replaced an earlier one. */
  rejected?: (row: RejectedRow) => void
  signal?: AbortSignal
}

export interface RejectedRow {
  /** Counted from 1, with its line (of a PBF, its block): a JSON file may be one line. */
  row: number
  line: number
  reason: Rejection | 'duplicate'
  /** What the row calls itself, as far as that could be read. */
  about: string | null
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
  /** Elements of OpenStreetMap that are no food places: counted, not rejected. */
  passedOver: number
  examples: RejectedRow[]
  /** Rows that an earlier run had stored already. */
  continuedAfter: number
}

export interface PlaceStats {
  sources: SourceStats[]
  imports: ImportRecord[]
  table: TableStats
}

export interface PlaceImport {
  /**
   * Streams a file into the table, a chunk a transaction. What was stored before an abort or a fault stays; running it again
   * completes it. Throws UnreadableFile when the format itself forbids reading on.
   */
  importPlaces(input: ImportInput): Promise<ImportReport>
  stats(): Promise<PlaceStats>
}

const EXAMPLES = 1_000
const ABOUT_CHARS = 80

export function makePlaceImport({ db }: { db: Db }): PlaceImport {
  return {
    importPlaces: async (input) => {
      const key = input.resume ? { source: input.source, ...input.resume } : null
      const earlier = key && !input.resume?.again ? await findUnfinished(db, key) : null
      if (key && !earlier) await startImport(db, key)
      const report = newReport(earlier)
      if (earlier) input.progress?.(report)
      const store = async (): Promise<void> => {
        await storeRows(db, key, report, input)
        // Before they are counted: of a table that the planner takes for empty each region would be read row by row, at eight times the cost.
        if (report.added + report.updated > 0) await analysePlaces(db)
      }
      await writeInBulk(db, store, () => countClusters(db))
      return report
    },
    stats: async () => ({
      sources: await countBySource(db),
      imports: await listImports(db),
      table: await measureTable(db),
    }),
  }
}

const newReport = (earlier: ImportRecord | null): ImportReport => ({
  rows: 0,
  added: earlier?.added ?? 0,
  updated: earlier?.updated ?? 0,
  unchanged: earlier?.unchanged ?? 0,
  repeated: 0,
  rejected: 0,
  byReason: {},
  passedOver: 0,
  examples: [],
  continuedAfter: earlier?.rowsDone ?? 0,
})

/**
 * Rows of a continued import are read from the beginning, so that counts, duplicates and the report of rejected rows are those of the
 * whole file; the ones that are stored already are not written again.
 */
async function storeRows(
  db: Db,
  key: ImportKey | null,
  report: ImportReport,
  input: ImportInput,
): Promise<void> {
  const { source, names = {}, crs = 'EPSG:4326', area = null, signal } = input
  const rules: RowRules = { source, names, crs, area }
  const ids = makeSeenIds()
  const store = await openStore({ db, key, report, rules, stored: () => input.progress?.(report) })
  try {
    for await (const row of rowsOf(input)) {
      signal?.throwIfAborted()
      if ('passedOver' in row) report.passedOver += row.passedOver
      else {
        const place = takeRow(row, rules, { report, ids, rejected: input.rejected })
        if (place) await store.add(place)
      }
    }
    await store.finish()
  } finally {
    // Whatever ended the reading: nobody may close the connection under a chunk that is being written.
    await store.close()
  }
}

function rowsOf(input: ImportInput): AsyncGenerator<ReadRow> {
  if (input.format === 'pbf') return readPbf(input.bytes)
  const readers = { csv: readCsv, ndjson: readNdjson, json: readJsonArray }
  return readers[input.format](withoutMark(input.chunks))
}

interface Taking {
  report: ImportReport
  ids: SeenIds
  rejected: ImportInput['rejected']
}

/** The row to store; null for one that is no place or that an earlier run stored. */
function takeRow(
  row: Exclude<ReadRow, { passedOver: number }>,
  rules: RowRules,
  { report, ids, rejected }: Taking,
): RowKey | null {
  const key = 'problem' in row ? row.problem : readKey(row.value, rules)
  if (key === 'no_food') {
    report.passedOver++
    return null
  }
  report.rows++
  const tell = (reason: RejectedRow['reason'], about: string | null): void => {
    const told = { row: report.rows, line: row.line, reason, about }
    if (report.examples.length < EXAMPLES) report.examples.push(told)
    rejected?.(told)
  }
  if (typeof key === 'string') {
    report.rejected++
    report.byReason[key] = (report.byReason[key] ?? 0) + 1
    tell(key, 'value' in row ? aboutOf(row.value) : null)
    return null
  }
  if (ids.add(key.sourceId)) {
    report.repeated++
    tell('duplicate', key.name)
  }
  return report.rows > report.continuedAfter ? key : null
}

/** Its name, else its id, else how it begins: enough to find the row in the file. */
function aboutOf(value: unknown): string {
  const row = isFields(value) ? flatten(value) : null
  const name = row && (textOf(valueOf(row.fields, 'name')) ?? row.id)
  return (name ?? JSON.stringify(value) ?? '').slice(0, ABOUT_CHARS)
}

/** Windows puts a byte order mark first; it would become part of the first field's name. */
async function* withoutMark(chunks: Chunks): AsyncGenerator<string> {
  let first = true
  for await (const chunk of chunks) {
    yield first ? chunk.replace(/^\ufeff/, '') : chunk
    first = false
  }
}
