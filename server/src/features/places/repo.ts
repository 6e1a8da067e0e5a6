import { type RawBuilder, sql } from 'kysely'
import type { DbOrTx } from '#server/platform/db.ts'
import type { Bounds } from '#shared/geo.ts'
import { ISLAND_SOURCE, type PlaceFacts } from '#shared/places.ts'

/** A stretch of the Z-order curve, both ends included (policy.spots.ts). */
export interface SpotRange {
  from: number
  to: number
}

export interface PlaceRow extends PlaceFacts {
  id: string
  name: string
  name_en: string | null
  menu_en: string | null
  category: string
  source: string
}

/** Of `PlaceRow`, of the table alone. */
export const columns = sql`id, name, name_en, category, address, lat, lng, price, menu, hours, source,
  case when menus->0->>'name' = menu then menus->0->>'nameEn' end as menu_en`

export function within(ranges: readonly SpotRange[]): RawBuilder<boolean> {
  const each = ranges.map(
    ({ from, to }) => sql<boolean>`spot between ${sql.lit(from)} and ${sql.lit(to)}`,
  )
  return sql<boolean>`(${sql.join(each, sql` or `)})`
}

/** Whether there is a place in any of these ranges. */
export async function anyWithin(db: DbOrTx, ranges: readonly SpotRange[]): Promise<boolean> {
  // In order: the planner thinks that some row is met soon wherever the table is read, and it may be the other half of it.
  const { rows } = await sql<{ known: boolean }>`
    select exists (
      select from unnest(${ranges.map((r) => r.from)}::bigint[], ${ranges.map((r) => r.to)}::bigint[]) as tile(low, high)
      cross join lateral (select from places where spot between tile.low and tile.high order by spot limit 1) as one
    ) as known`.execute(db)
  return rows[0]?.known ?? false
}

export function inBox(bounds: Bounds): RawBuilder<boolean> {
  const { south, west, north, east } = bounds
  return sql<boolean>`lat between ${south}::float8 and ${north}::float8 and lng between ${west}::float8 and ${east}::float8`
}

export async function findInBox(
  db: DbOrTx,
  bounds: Bounds,
  ranges: readonly SpotRange[],
  limit: number,
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select ${columns} from places where ${within(ranges)} and ${inBox(bounds)} and same_as is null limit ${limit}`.execute(
    db,
  )
  return rows
}

/** One place of each range, the first in order of the curve: the same ones each time, one index probe each. */
export async function findOnePerRange(
  db: DbOrTx,
  bounds: Bounds,
  ranges: readonly SpotRange[],
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select found.* from unnest(${ranges.map((r) => r.from)}::bigint[], ${ranges.map((r) => r.to)}::bigint[]) as tile(low, high)
    cross join lateral (
      select ${columns} from places where spot between tile.low and tile.high and ${inBox(bounds)} and same_as is null order by spot limit 1
    ) as found`.execute(db)
  return rows
}

/** On the map of the world: one of each shop, and none that was made up. */
const isShown = sql<boolean>`same_as is null and source <> ${ISLAND_SOURCE}`

export async function findShownInBox(
  db: DbOrTx,
  bounds: Bounds,
  ranges: readonly SpotRange[],
  limit: number,
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select ${columns} from places where ${within(ranges)} and ${inBox(bounds)} and ${isShown} limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Of these categories; of all when there are none. */
export async function findKindsInBox(
  db: DbOrTx,
  bounds: Bounds,
  ranges: readonly SpotRange[],
  categories: readonly string[],
  limit: number,
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select ${columns} from places
    where ${within(ranges)} and ${inBox(bounds)} and ${isShown}
      and (${categories.length === 0} or category = any(${sql.val([...categories])}::text[])) limit ${limit}`.execute(
    db,
  )
  return rows
}

/** All of each range, with the range's number counted from 1. */
export async function findShownInRanges(
  db: DbOrTx,
  ranges: readonly SpotRange[],
): Promise<(PlaceRow & { range: number })[]> {
  if (ranges.length === 0) return []
  const { rows } = await sql<PlaceRow & { range: number }>`
    select found.*, cell.range::int as range
    from unnest(${ranges.map((r) => r.from)}::bigint[], ${ranges.map((r) => r.to)}::bigint[])
      with ordinality as cell(low, high, range)
    cross join lateral (
      select ${columns} from places where spot between cell.low and cell.high and ${isShown}
    ) as found`.execute(db)
  return rows
}

export async function countWithin(db: DbOrTx, source: string, range: SpotRange): Promise<number> {
  const { rows } = await sql<{ places: number }>`
    select count(*)::int as places from places where source = ${source} and ${within([range])}`.execute(
    db,
  )
  return rows[0]?.places ?? 0
}

export interface SourceStats {
  source: string
  places: number
  category: string
}

export async function countBySource(db: DbOrTx): Promise<SourceStats[]> {
  const { rows } = await sql<SourceStats>`
    select source, category, count(*) as places from places group by source, category order by source, places desc`.execute(
    db,
  )
  return rows
}
