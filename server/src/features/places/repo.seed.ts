import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'

export async function deleteOthers(
  tx: Tx,
  source: string,
  sourceIds: readonly string[],
): Promise<void> {
  await sql`delete from places where source = ${source} and source_id <> all(${[...sourceIds]}::text[])`.execute(
    tx,
  )
}

/** Ids by the source's own ids. */
export async function listSeeded(db: DbOrTx, source: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('places')
    .select(['id', 'source_id'])
    .where('source', '=', source)
    .execute()
  return new Map(rows.map((row) => [row.source_id, row.id]))
}
