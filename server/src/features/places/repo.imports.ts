import { sql } from 'kysely'
import type { DbOrTx } from '#server/platform/db.ts'

/** One reading of one file: `place_imports`. */
export interface ImportKey {
  source: string
  fingerprint: string
  /** As people call it. */
  file: string
}

export interface ImportCounts {
  rowsDone: number
  added: number
  updated: number
  unchanged: number
  rejected: number
}

export interface ImportRecord extends ImportCounts {
  source: string
  file: string
  startedAt: Date
  storedAt: Date
  finishedAt: Date | null
}

const columns = sql`source, file, rows_done as "rowsDone", added, updated, unchanged, rejected,
  started_at as "startedAt", stored_at as "storedAt", finished_at as "finishedAt"`

/** Where an unfinished reading of this very file stopped. */
export async function findUnfinished(db: DbOrTx, key: ImportKey): Promise<ImportRecord | null> {
  const { rows } = await sql<ImportRecord>`
    select ${columns} from place_imports
    where source = ${key.source} and fingerprint = ${key.fingerprint} and finished_at is null`.execute(
    db,
  )
  return rows[0] ?? null
}

export async function startImport(
  db: DbOrTx,
  { source, fingerprint, file }: ImportKey,
): Promise<void> {
  await sql`
    insert into place_imports (source, fingerprint, file) values (${source}, ${fingerprint}, ${file})
    on conflict (source, fingerprint) do update set
      file = excluded.file, rows_done = 0, added = 0, updated = 0, unchanged = 0, rejected = 0,
      started_at = now(), stored_at = now(), finished_at = null`.execute(db)
}

export async function saveImport(
  db: DbOrTx,
  { source, fingerprint }: ImportKey,
  { rowsDone, added, updated, unchanged, rejected }: ImportCounts,
  finished: boolean,
): Promise<void> {
  await sql`
    update place_imports set rows_done = ${rowsDone}, added = ${added}, updated = ${updated}, unchanged = ${unchanged},
      rejected = ${rejected}, stored_at = now(), finished_at = case when ${finished}::boolean then now() end
    where source = ${source} and fingerprint = ${fingerprint}`.execute(db)
}

/** The last finished one of each source, and all that stopped half-way; the newest first. */
export async function listImports(db: DbOrTx): Promise<ImportRecord[]> {
  const { rows } = await sql<ImportRecord>`
    select ${columns} from (
      select *, row_number() over (partition by source, finished_at is null order by stored_at desc) as newest
      from place_imports
    ) as each
    where (finished_at is not null and newest = 1) or (finished_at is null and rows_done > 0)
    order by stored_at desc`.execute(db)
  return rows
}

export interface TableStats {
  places: number
  /** Rows that tell of the same shop as an older one. */
  linked: number
  tableBytes: number
  indexBytes: number
  databaseBytes: number
}

export async function measureTable(db: DbOrTx): Promise<TableStats> {
  const { rows } = await sql<TableStats>`
    select count(*) as places, count(same_as) as linked, pg_table_size('places') as "tableBytes",
      pg_indexes_size('places') as "indexBytes", pg_database_size(current_database()) as "databaseBytes"
    from places`.execute(db)
  const [stats] = rows
  if (!stats) throw new Error('an aggregate always has a row')
  return stats
}
