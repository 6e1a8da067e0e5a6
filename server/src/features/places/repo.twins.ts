import { sql } from 'kysely'
import type { Db, DbOrTx } from '#server/platform/db.ts'
import type { Bounds } from '#shared/geo.ts'
import { ISLAND_SOURCE } from '#shared/places.ts'
import type { TwinPair, TwinRecord } from '#shared/places.twins.ts'
import { inBox, type SpotRange, within } from './repo.ts'

/** Where a look for twins reads: ranges for the index, the box for what is meant. */
export interface TwinArea {
  ranges: readonly SpotRange[]
  bounds: Bounds
}

const known = ({ ranges, bounds }: TwinArea) =>
  sql<boolean>`${within(ranges)} and ${inBox(bounds)} and source <> ${ISLAND_SOURCE}`

/** Whether the world is told of by more than one source, or was. */
export async function mayHoldAnyTwins(db: DbOrTx): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select exists (select from places where same_as is not null)
      or coalesce(min(source) <> max(source), false) as may from places where source <> ${ISLAND_SOURCE}`.execute(
    db,
  )
  return rows[0]?.may ?? false
}

/** Whether there is anything to compare or to take back: most regions know one source alone. */
export async function mayHoldTwins(db: DbOrTx, area: TwinArea): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select count(distinct source) > 1 or count(same_as) > 0 as may from places where ${known(area)}`.execute(
    db,
  )
  return rows[0]?.may ?? false
}

/** Of a region: thousands of shops, each with a few like it around. More are no shops that anybody could tell apart. */
const PAIRS_MAX = 50_000

/** Pairs of different sources, no farther apart than a grid's step, whose names, brands or spellings have something in common. */
export async function findTwinPairs(
  db: Db,
  area: TwinArea,
  step: { lat: number; lng: number },
): Promise<TwinPair[]> {
  return db.transaction().execute(async (tx) => {
    // Nobody has counted the rows of `near`: taken for few they would be compared each with each, of dense regions for minutes.
    await sql`set local enable_nestloop = off`.execute(tx)
    const { rows } = await sql<{ one: string; other: string }>`
    with near as materialized (
      select id, source, brand, doc, split_part(doc, '|', 2) as core,
        floor(lat / ${step.lat}::float8)::int as y, floor(lng / ${step.lng}::float8)::int as x
      from places where ${known(area)}
    )
    select a.id as one, b.id as other
    from near a cross join generate_series(-1, 1) as dy cross join generate_series(-1, 1) as dx
    join near b on b.y = a.y + dy and b.x = a.x + dx and a.source < b.source
    where a.core <> '' and b.core <> '' and (
      position(a.core in b.doc) > 0 or position(b.core in a.doc) > 0 or a.brand = b.brand
      or left(a.core, 6) = left(b.core, 6) or similarity(a.core, b.core) > 0.5
    ) limit ${PAIRS_MAX}`.execute(tx)
    return rows.map(({ one, other }): TwinPair => [one, other])
  })
}

/** Records by id, and those that they are linked to or that are linked to them. */
export async function findTwinRecords(
  db: DbOrTx,
  area: TwinArea,
  ids: readonly string[],
): Promise<TwinRecord[]> {
  const { rows } = await sql<TwinRecord>`
    select id, source, name, name_en as "nameEn", brand, phone, lat, lng, same_as as "sameAs",
      extract(epoch from imported_at)::float8 * 1000 as "importedAt"
    from places where id = any(${[...ids]}::uuid[]) or (same_as is not null and ${known(area)})
      or id in (select same_as from places where same_as is not null and ${known(area)})`.execute(
    db,
  )
  return rows
}

export interface TwinLink {
  id: string
  sameAs: string | null
}

/** Whoever writes a record just now marks its region again: it is passed over, and looked at the next time. */
export async function setTwinLinks(db: DbOrTx, links: readonly TwinLink[]): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update places set same_as = link.target
    from (
      select places.id, wanted.target
      from unnest(${links.map(({ id }) => id)}::uuid[], ${links.map(({ sameAs }) => sameAs)}::uuid[]) as wanted(id, target)
      join places on places.id = wanted.id order by places.id for update of places skip locked
    ) as link where places.id = link.id returning places.id`.execute(db)
  return rows.length
}
