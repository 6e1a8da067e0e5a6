import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** One index answers "which words, where" by itself (docs/adr/0009), so that a search reads the rows it answers with and few others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Numbers to search by: tiles of six zooms around the place, one of 64 even parts of the table, the category. The highest byte tells which.
  await sql`
    create function place_search_keys(spot bigint, category text) returns bigint[]
    language sql immutable parallel safe
    return array[
      (16::bigint << 56) | (spot >> 20), (14::bigint << 56) | (spot >> 24), (12::bigint << 56) | (spot >> 28),
      (10::bigint << 56) | (spot >> 32), (8::bigint << 56) | (spot >> 36), (6::bigint << 56) | (spot >> 40),
      (1::bigint << 56) | (spot & 63), (2::bigint << 56) | (hashtext(category)::bigint & 4294967295)
    ]`.execute(db)
  await sql`
    create index places_search on places
    using gin (place_search_keys(spot, category), doc gin_trgm_ops, initials gin_trgm_ops)`.execute(
    db,
  )
  // Whole names and their beginnings, also of one letter, which has no trigram.
  await sql`create index places_name on places (split_part(doc, '|', 2) text_pattern_ops)`.execute(
    db,
  )
  await sql`drop index places_doc_trgm`.execute(db)
  await sql`drop index places_initials_trgm`.execute(db)
}
