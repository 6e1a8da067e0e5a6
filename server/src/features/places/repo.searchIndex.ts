import { sql } from 'kysely'
import type { Db } from '#server/platform/db.ts'
import { ISLAND_SOURCE } from '#shared/places.ts'

/** Any number; tells our advisory lock from others. Imports share it, who builds the index has it alone. */
const LOCK = 5_271_011

/** Building half a million rows' index took 10 s on a busy machine; a pool's usual limit would never let it end. */
const BUILD_LIMIT = '15min'
/** For who reads the table just now; an import does not wait longer, and writes into the index as it is. */
const DROP_WAIT = '2s'

/**
 * Writes places, without the search index while the table holds none of the world: of the first import's time two thirds went into
 * sorting words into it row by row, and building it afterwards takes a quarter of that. Searches miss nothing that was there before; the
 * island has an index of its own. Afterwards, whatever happened, the index is there; after a crash the next import or worker makes it.
 */
export async function writeInBulk(db: Db, write: () => Promise<void>): Promise<void> {
  try {
    await db.connection().execute(async (held) => {
      await sql`select pg_advisory_lock_shared(${sql.lit(LOCK)})`.execute(held)
      try {
        await dropForFirst(db)
        await write()
      } finally {
        await sql`select pg_advisory_unlock_shared(${sql.lit(LOCK)})`.execute(held)
      }
    })
  } finally {
    await buildSearchIndex(db)
  }
}

async function dropForFirst(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('lock_timeout', ${DROP_WAIT}, true)`.execute(tx)
    await sql`
      do $$ begin
        if not exists (select from places where source <> ${sql.lit(ISLAND_SOURCE)}) then
          drop index if exists places_search;
        end if;
      exception when lock_not_available then null;
      end $$`.execute(tx)
  })
}

/** Makes the search index where it is missing and nobody imports; whether it did. Who writes places waits meanwhile. */
export async function buildSearchIndex(db: Db): Promise<boolean> {
  if (!(await isMissing(db))) return false
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ alone: boolean }>`
      select pg_try_advisory_xact_lock(${sql.lit(LOCK)}) as alone, set_config('statement_timeout', ${BUILD_LIMIT}, true),
        set_config('maintenance_work_mem', '256MB', true)`.execute(tx)
    if (!rows[0]?.alone) return false
    await sql`
      create index if not exists places_search on places
      using gin (place_search_keys(spot, category), doc gin_trgm_ops, initials gin_trgm_ops)`.execute(
      tx,
    )
    return true
  })
}

async function isMissing(db: Db): Promise<boolean> {
  const { rows } = await sql<{ missing: boolean }>`
    select to_regclass('places_search') is null as missing`.execute(db)
  return rows[0]?.missing ?? false
}
