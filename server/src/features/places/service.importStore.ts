import type { Db } from '#server/platform/db.ts'
import type { CopyLine } from '#server/platform/db.copy.ts'
import { commitLater, findNews, knowsSource, placeLine, upsertPlaces } from './repo.import.ts'
import { type ImportKey, saveImport } from './repo.imports.ts'
import type { ImportReport } from './service.import.ts'
import { readPlace, type RowKey, type RowRules } from './service.importRow.ts'
import { makeRowSum } from './service.importSum.ts'

/**
 * Rows a statement. Each is a commit on the disk and a merge into the indexes of trigrams, whose cost is by statement: a thousand
 * rows took 64 % of the speed of this.
 */
const CHUNK_ROWS = 5_000

export interface StoreInput {
  db: Db
  key: ImportKey | null
  /** Its counts are those of the chunks that are stored. */
  report: ImportReport
  rules: RowRules
  /** Told after each chunk. */
  stored: () => void
}

/** Writes rows in chunks, a transaction each; the next rows are read while the last ones are written. */
export interface PlaceStore {
  /** Of the same id in one chunk the later row holds. */
  add(row: RowKey): Promise<void>
  /** Writes the rest, and that the import is finished. */
  finish(): Promise<void>
  /** When nothing is being written; rejects with what stopped it. */
  written(): Promise<void>
}

/** What waits to be written: its text where that is made already, else the row, since it may not have to be made. */
interface Waiting {
  sourceId: string
  rowSum: string
  line: CopyLine | null
  row: RowKey | null
}

export async function openStore(input: StoreInput): Promise<PlaceStore> {
  const { db, report, rules, stored } = input
  const sumOf = await makeRowSum(rules)
  // Of a new source all is new: each row is made into its text at once, which is less to keep.
  const isNew = !(await knowsSource(db, rules.source))
  let batch = new Map<string, Waiting>()
  let storing: Promise<void> = Promise.resolve()
  // One statement at a time, so that no two can lock each other's rows, and what is asked of a row is asked after it was written.
  const store = async (finished: boolean): Promise<void> => {
    await storing
    const done = { rowsDone: report.rows, rejected: report.rejected }
    storing = storeChunk(input, { rows: sorted(batch), isNew, done, finished }).then(stored)
    storing.catch(() => undefined)
    batch = new Map()
  }
  return {
    add: async (row) => {
      const { sourceId } = row
      const rowSum = sumOf(row.row)
      const line = isNew ? placeLine({ ...readPlace(row, rules), rowSum }) : null
      batch.set(sourceId, { sourceId, rowSum, line, row: isNew ? null : row })
      if (batch.size >= CHUNK_ROWS) await store(false)
    },
    finish: () => store(true),
    written: () => storing,
  }
}

/** By id: two imports of one file, from whichever end, then wait for each other's rows and never each for the other's. */
const sorted = (batch: ReadonlyMap<string, Waiting>): Waiting[] =>
  [...batch.values()].sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1))

interface Chunk {
  rows: readonly Waiting[]
  isNew: boolean
  /** As of the chunk's last row: more is read while it is written. */
  done: { rowsDone: number; rejected: number }
  finished: boolean
}

async function storeChunk(
  { db, key, report, rules }: StoreInput,
  { rows, isNew, done, finished }: Chunk,
): Promise<void> {
  const news = isNew ? rows : await newsAmong(db, rules, rows)
  const lines = news.flatMap(({ line, row, rowSum }) =>
    line ? [line] : row ? [placeLine({ ...readPlace(row, rules), rowSum })] : [],
  )
  const total = await db.transaction().execute(async (tx) => {
    if (!finished) await commitLater(tx)
    const { added, updated } =
      lines.length > 0 ? await upsertPlaces(tx, lines) : { added: 0, updated: 0 }
    const counts = {
      added: report.added + added,
      updated: report.updated + updated,
      unchanged: report.unchanged + rows.length - added - updated,
    }
    if (key) await saveImport(tx, key, { ...done, ...counts }, finished)
    return counts
  })
  Object.assign(report, total)
}

async function newsAmong(
  db: Db,
  { source }: RowRules,
  rows: readonly Waiting[],
): Promise<readonly Waiting[]> {
  if (rows.length === 0) return rows
  const numbers = new Set(await findNews(db, source, rows))
  return rows.filter((_, number) => numbers.has(number))
}
