import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import type { SpotRange } from './repo.ts'

export interface TileState {
  tile: number
  /** Read, and not too long ago. */
  fresh: boolean
  /** Being read just now, here or by another server. */
  claimed: boolean
  /** Failed, and left alone for a while. */
  resting: boolean
}

/** Tiles that were never asked for have no row. */
export async function readTiles(db: DbOrTx, tiles: readonly number[]): Promise<TileState[]> {
  const { rows } = await sql<TileState>`
    select tile, coalesce(expires_at > clock_timestamp(), false) as fresh,
      coalesce(claimed_until > clock_timestamp(), false) as claimed,
      coalesce(retry_at > clock_timestamp(), false) as resting
    from place_tiles where tile = any(${[...tiles]}::bigint[])`.execute(db)
  return rows
}

/** True for the one who may read it: nobody else does until the lease is over. */
export async function claimTile(db: DbOrTx, tile: number, leaseMs: number): Promise<boolean> {
  const { rows } = await sql`
    insert into place_tiles as old (tile, claimed_until)
    values (${tile}::bigint, clock_timestamp() + make_interval(secs => ${leaseMs / 1_000}))
    on conflict (tile) do update set claimed_until = excluded.claimed_until
    where coalesce(old.claimed_until, '-infinity') < clock_timestamp()
      and coalesce(old.expires_at, '-infinity') < clock_timestamp()
      and coalesce(old.retry_at, '-infinity') < clock_timestamp()
    returning tile`.execute(db)
  return rows.length > 0
}

export async function keepTile(tx: Tx, tile: number, ttlMs: number): Promise<void> {
  await sql`
    update place_tiles set fetched_at = clock_timestamp(), claimed_until = null, failures = 0, retry_at = null,
      expires_at = clock_timestamp() + make_interval(secs => ${ttlMs / 1_000})
    where tile = ${tile}::bigint`.execute(tx)
}

/** Twice as long a rest after each failure, from `restMs` to `mostMs`. */
export async function restTile(
  db: DbOrTx,
  tile: number,
  restMs: number,
  mostMs: number,
): Promise<void> {
  await sql`
    update place_tiles set claimed_until = null, failures = failures + 1,
      retry_at = clock_timestamp() + make_interval(secs => least(${restMs}::float8 * 2 ^ least(failures, 20), ${mostMs}) / 1000)
    where tile = ${tile}::bigint`.execute(db)
}

/** Gives a tile back without a word on it: the server ends. */
export async function releaseTile(db: DbOrTx, tile: number): Promise<void> {
  await sql`update place_tiles set claimed_until = null where tile = ${tile}::bigint`.execute(db)
}

/** Places of a source and a stretch of the map that its newest answer doesn't name: they are closed. */
export async function removeUnnamed(
  tx: Tx,
  source: string,
  { from, to }: SpotRange,
  sourceIds: readonly string[],
): Promise<void> {
  await sql`
    delete from places where source = ${source} and spot between ${sql.lit(from)} and ${sql.lit(to)}
      and source_id <> all(${[...sourceIds]}::text[])`.execute(tx)
}

/** Ends what a source lets nobody keep. */
export async function removeOlder(db: DbOrTx, source: string, keptMs: number): Promise<void> {
  await sql`
    delete from places where source = ${source}
      and imported_at < clock_timestamp() - make_interval(secs => ${keptMs / 1_000})`.execute(db)
}
