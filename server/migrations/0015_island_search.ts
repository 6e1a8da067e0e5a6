import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** The island's few places are searched beside the world's, also while the first import fills the table without its index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index places_search_island on places
    using gin (place_search_keys(spot, category), doc gin_trgm_ops, initials gin_trgm_ops)
    where source = 'island'`.execute(db)
}
