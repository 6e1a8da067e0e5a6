import { sql } from 'kysely'
import type { Db, Tx } from '#server/platform/db.ts'
import { ISLAND_SOURCE } from '#shared/places.ts'

/** Any number; tells our advisory lock from others. */
const LOCK = 5_271_011

/** Building half a million rows' index took 10 s on a busy machine; a pool's usual limit would never let it end. */
const BUILD_LIMIT = '15min'
/**
 * The least with which Postgres builds with a second process (32 MB each). More is slower, a quarter at 256 MB: what is being sorted then
 * lies beyond the processor's cache.
 */
const BUILD_MEMORY = '64MB'
/** Beside the one that asks: more have less to do each, and more to merge. */
const BUILD_WORKERS = '1'
/** For who reads the table just now; an import does not wait longer, and writes into the index as it is. */
const DROP_WAIT = '2s'

/**
 * Writes places, without the search index while the table holds none of the world: of the first import's time two thirds went into
 * sorting words into it row by row, and building it afterwards takes a quarter of that. Searches miss nothing that was there before; the
 * island has an index of its own. `afterwards` runs when all is written, beside the building. At the end, whatever happened, the index is
 * there; after a crash the next import or a worker makes it.
 */
export async function writeInBulk(
  db: Db,
  write: () => Promise<void>,
  afterwards: () => Promise<unknown>,
): Promise<void> {
  await dropForFirst(db)
  try {
    await write()
    const both = await Promise.allSettled([buildSearchIndex(db), afterwards()])
    for (const each of both) if (each.status === 'rejected') throw each.reason
  } finally {
    await buildSearchIndex(db)
  }
}

/** Longer than building takes for a country's places; a proxy lets nobody wait longer. */
const PATIENCE = '60s'

/**
 * Who writes places while the index is being built waits for its end: lets the statements of a transaction do so, where the pool's
 * limits of a few seconds would have refused what a person added.
 */
export async function waitForIndex(tx: Tx): Promise<void> {
  await sql`select set_config('lock_timeout', ${PATIENCE}, true), set_config('statement_timeout', ${PATIENCE}, true)`.execute(
    tx,
  )
}

/** Writes places in a transaction that waits for the index. */
export function writePatiently<T>(db: Db, write: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await waitForIndex(tx)
    return write(tx)
  })
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

/**
 * Makes the search index where it is missing and nobody has written for `quietMs`; whether it was. Who writes places waits meanwhile. An
 * import that still runs then writes into the index.
 */
export async function buildSearchIndex(db: Db, quietMs = 0): Promise<boolean> {
  if (!(await isMissing(db, quietMs))) return false
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('statement_timeout', ${BUILD_LIMIT}, true), set_config('maintenance_work_mem', ${BUILD_MEMORY}, true),
      set_config('max_parallel_maintenance_workers', ${BUILD_WORKERS}, true)`.execute(tx)
    // One builds, the others find it built.
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx)
    await sql`
      create index if not exists places_search on places
      using gin (place_search_keys(spot, category), doc gin_trgm_ops, initials gin_trgm_ops)`.execute(
      tx,
    )
  })
  return true
}

async function isMissing(db: Db, quietMs: number): Promise<boolean> {
  const { rows } = await sql<{ missing: boolean }>`
    select to_regclass('places_search') is null and not exists (
      select from place_cluster_dirty where touched_at > clock_timestamp() - make_interval(secs => ${quietMs / 1_000})
    ) as missing`.execute(db)
  return rows[0]?.missing ?? false
}
