import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** What a place was read from, so that importing a file again passes over the rows that say nothing new without reading them as a whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Of the file's row and of the program that read it (service.importSum.ts); null: never pass over it.
  await sql`alter table places add column row_sum text`.execute(db)
}
