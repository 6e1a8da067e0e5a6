import type { Db } from '#server/platform/db.ts'
import type { CopyLine } from '#server/platform/db.copy.ts'
import { commitLater, findNews, knowsSource, upsertPlaces } from './repo.import.ts'
import { type ImportKey, saveImport } from './repo.imports.ts'
import type { ImportReport } from './service.import.ts'
import { type LineMaker, openLineMaker, type SummedRow } from './service.importLines.ts'
import type { RowKey, RowRules } from './service.importRow.ts'
import { makeRowSum } from './service.importSum.ts'

/**
 * Rows a statement. Each is a commit and, where the search index stands, a merge into it: half as many cost a quarter more, and 5,000 gain
 * an eighth in a later import, but three chunks of them are on their way at once and take 50 MB more.
 */
const CHUNK_ROWS = 2_000

export interface StoreInput {
  db: Db
  key: ImportKey | null
  /** Its counts are those of the chunks that are stored. */
  report: ImportReport
  rules: RowRules
  /** Told after each chunk. */
  stored: () => void
}

/** Writes rows in chunks, a transaction each: while one is written, the texts of the next are made and the one after that is read. */
export interface PlaceStore {
  /** Of the same id in one chunk the later row holds. */
  add(row: RowKey): Promise<void>
  /** Writes the rest, and that the import is finished. */
  finish(): Promise<void>
  /** Lets what is being written end; rejects with what stopped it. */
  close(): Promise<void>
}

export async function openStore(input: StoreInput): Promise<PlaceStore> {
  const { db, report, rules, stored } = input
  const sumOf = await makeRowSum(rules)
  // Of a new source all is new: texts need not wait for what the table says of the rows.
  const isNew = !(await knowsSource(db, rules.source))
  const maker = openLineMaker(rules)
  let batch = new Map<string, SummedRow>()
  /** The chunks that are on their way, the older first. */
  let underWay: readonly [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()]
  const store = async (finished: boolean): Promise<void> => {
    const rows = sorted(batch)
    batch = new Map()
    const done = { rowsDone: report.rows, rejected: report.rejected }
    const lines = isNew ? maker.make(rows) : null
    lines?.catch(() => undefined)
    const [older, newer] = underWay
    // One statement at a time, so that no two can lock each other's rows, and what is asked of a row is asked after it was written.
    const storing = newer.then(() => storeChunk(input, maker, { rows, lines, done, finished }))
    underWay = [newer, storing.then(stored)]
    underWay[1].catch(() => undefined)
    await (finished ? underWay[1] : older)
  }
  return {
    add: async (row) => {
      batch.set(row.sourceId, { row, rowSum: sumOf(row.row) })
      if (batch.size >= CHUNK_ROWS) await store(false)
    },
    finish: () => store(true),
    close: async () => {
      try {
        await underWay[1]
      } finally {
        await maker.close()
      }
    },
  }
}

/** By id: two imports of one file, from whichever end, then wait for each other's rows and never each for the other's. */
const sorted = (batch: ReadonlyMap<string, SummedRow>): SummedRow[] =>
  [...batch.values()].sort((a, b) => (a.row.sourceId < b.row.sourceId ? -1 : 1))

interface Chunk {
  rows: readonly SummedRow[]
  /** Of all rows, where that needn't be asked. */
  lines: Promise<CopyLine> | null
  /** As of the chunk's last row: more is read while it is written. */
  done: { rowsDone: number; rejected: number }
  finished: boolean
}

async function storeChunk(
  { db, key, report, rules }: StoreInput,
  maker: LineMaker,
  { rows, lines, done, finished }: Chunk,
): Promise<void> {
  const text = await (lines ?? maker.make(await newsAmong(db, rules, rows)))
  const total = await db.transaction().execute(async (tx) => {
    if (!finished) await commitLater(tx)
    const { added, updated } =
      text.length > 0 ? await upsertPlaces(tx, [text]) : { added: 0, updated: 0 }
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
  rows: readonly SummedRow[],
): Promise<readonly SummedRow[]> {
  if (rows.length === 0) return rows
  const asked = rows.map(({ row, rowSum }) => ({ sourceId: row.sourceId, rowSum }))
  const numbers = new Set(await findNews(db, source, asked))
  return rows.filter((_, number) => numbers.has(number))
}
