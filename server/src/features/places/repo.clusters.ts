import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import { ISLAND_SOURCE } from '#shared/places.ts'
import type { SpotRange } from './repo.ts'

/** Any number; tells our advisory lock from others. */
const COUNT_LOCK = 5_271_010

export interface ClusterRow {
  cell: number
  places: number
  lat: number
  lng: number
  category: string
}

/** A zoom, and the bits by which a spot is longer than a cell of it. */
export interface GridZoom {
  zoom: number
  bits: number
}

/** Postgres's clock less a time, as exact as the marks have it. */
export async function readTimeBefore(db: DbOrTx, ms: number): Promise<string> {
  const { rows } = await sql<{ time: string }>`
    select (clock_timestamp() - make_interval(secs => ${ms / 1_000}))::text as time`.execute(db)
  return rows[0]?.time ?? ''
}

/** One counts at a time: the cells of low zooms belong to many regions. Held until the transaction ends. */
export async function lockCounting(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(COUNT_LOCK)})`.execute(tx)
}

/** Regions marked before a time. */
export async function findMarkedRegions(
  db: DbOrTx,
  before: string,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ region: number }>`
    select region from place_cluster_dirty where touched_at <= ${before}::timestamptz
    order by region limit ${limit}`.execute(db)
  return rows.map(({ region }) => region)
}

/** Clears marks of these regions that were set before a time; what others are writing just now keeps its own. */
export async function takeMarkedRegions(
  tx: Tx,
  before: string,
  regions: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ region: number }>`
    delete from place_cluster_dirty where region in (
      select region from place_cluster_dirty
      where region = any(${[...regions]}::bigint[]) and touched_at <= ${before}::timestamptz
      order by region for update skip locked
    ) returning region`.execute(tx)
  return rows.map(({ region }) => region)
}

/** Zooms from the regions' to the last, from the places themselves. */
export async function countRegions(
  tx: Tx,
  regions: readonly number[],
  grid: { region: GridZoom; last: GridZoom },
): Promise<void> {
  const [first, last] = [sql.lit(grid.region.zoom), sql.lit(grid.last.zoom)]
  const bits = sql.lit(grid.region.bits)
  const marked = sql`unnest(${[...regions]}::bigint[]) as region`
  await sql`
    with counted as (
      select spot >> ${sql.lit(grid.last.bits)} as cell, category, count(*)::int as places, sum(lat) as lat, sum(lng) as lng
      from ${marked} join places on spot between region << ${bits} and ((region + 1) << ${bits}) - 1
      where same_as is null and source <> ${ISLAND_SOURCE} group by 1, 2
    ), levels as (
      select zoom, cell >> (2 * (${last} - zoom)) as cell, category, sum(places)::int as places, sum(lat) as lat, sum(lng) as lng
      from counted, generate_series(${first}, ${last}) as zoom group by 1, 2, 3
    ), fresh as (
      select zoom, cell, sum(places)::int as places, sum(lat) / sum(places) as lat, sum(lng) / sum(places) as lng,
        (array_agg(category order by places desc, category))[1] as category,
        case when zoom = ${first} then jsonb_object_agg(category, places) end as categories
      from levels group by zoom, cell
    ), before as (
      -- One probe of the index a region and zoom: joined freely, all clusters of a zoom would be compared with all regions.
      select known.* from ${marked} cross join generate_series(${first}, ${last}) as level cross join lateral (
        select ctid, zoom, cell from place_clusters
        where zoom = level
          and cell between region << (2 * (level - ${first})) and ((region + 1) << (2 * (level - ${first}))) - 1
        offset 0
      ) as known
    ), gone as (
      delete from place_clusters where ctid = any(array(
        select before.ctid from before
        where not exists (select from fresh where fresh.zoom = before.zoom and fresh.cell = before.cell)
      ))
    )
    insert into place_clusters as old (zoom, cell, places, lat, lng, category, categories)
    select zoom, cell, places, lat, lng, category, categories from fresh
    ${replaceChanged}`.execute(tx)
}

const replaceChanged = sql`
  on conflict (zoom, cell) do update set places = excluded.places, lat = excluded.lat, lng = excluded.lng,
    category = excluded.category, categories = excluded.categories
  where (old.places, old.lat, old.lng, old.category, old.categories)
    is distinct from (excluded.places, excluded.lat, excluded.lng, excluded.category, excluded.categories)`

/** The cells of a zoom before the regions', each from the four of the zoom after it. */
export async function rollUp(
  tx: Tx,
  regions: readonly number[],
  { from, to }: { from: number; to: number },
): Promise<void> {
  await sql`
    with parents as (
      select distinct region >> ${sql.lit(2 * (from - to))} as cell from unnest(${[...regions]}::bigint[]) as region
    ), children as (
      select parents.cell, each.places, each.lat, each.lng, each.categories from parents
      join place_clusters each on each.zoom = ${sql.lit(to + 1)} and each.cell between parents.cell * 4 and parents.cell * 4 + 3
    ), kinds as (
      select cell, kind.key as category, sum(kind.value::int)::int as places
      from children, jsonb_each_text(categories) as kind group by 1, 2
    ), fresh as (
      select cell, middle.places, middle.lat, middle.lng, most.category, most.categories from (
        select cell, sum(places)::int as places, sum(lat * places) / sum(places) as lat, sum(lng * places) / sum(places) as lng
        from children group by cell
      ) as middle join (
        select cell, (array_agg(category order by places desc, category))[1] as category,
          jsonb_object_agg(category, places) as categories
        from kinds group by cell
      ) as most using (cell)
    ), gone as (
      delete from place_clusters old using parents
      where old.zoom = ${sql.lit(to)} and old.cell = parents.cell
        and not exists (select from fresh where fresh.cell = old.cell)
    )
    insert into place_clusters as old (zoom, cell, places, lat, lng, category, categories)
    select ${sql.lit(to)}, cell, places, lat, lng, category, categories from fresh
    ${replaceChanged}`.execute(tx)
}

/** The clusters of a zoom in ranges of its cells. */
export async function findClusters(
  db: DbOrTx,
  zoom: number,
  ranges: readonly SpotRange[],
): Promise<ClusterRow[]> {
  const within = ranges.map(
    ({ from, to }) => sql<boolean>`cell between ${sql.lit(from)} and ${sql.lit(to)}`,
  )
  const { rows } = await sql<ClusterRow>`
    select cell, places, lat, lng, category from place_clusters
    where zoom = ${sql.lit(zoom)} and (${sql.join(within, sql` or `)})`.execute(db)
  return rows
}
