import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** What was read from sources on the network: map tiles of OpenStreetMap (zoom 13), with a time to live. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table place_tiles (
      -- Number of the tile on the Z-order curve of its zoom.
      tile bigint primary key,
      -- Null: never read.
      fetched_at timestamptz,
      expires_at timestamptz,
      -- Whoever reads it now has until then; others wait for the result.
      claimed_until timestamptz,
      failures integer not null default 0,
      retry_at timestamptz
    )`.execute(db)
}
