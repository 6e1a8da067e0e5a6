import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import { copyInto, type CopyLine, lineOf } from '#server/platform/db.copy.ts'
import type { Category, PlaceFacts } from '#shared/places.ts'

export interface NewPlace extends PlaceFacts {
  source: string
  sourceId: string
  name: string
  nameEn: string | null
  category: Category
  brand: string | null
  phone: string | null
  website: string | null
  diet: readonly string[]
  /** In the order of the source's menu. */
  menus: readonly { name: string; nameEn: string | null; price: number | null }[] | null
  spot: number
  doc: string
  initials: string
  /** Of what it was read from (service.importSum.ts); absent: it is always to be read again. */
  rowSum?: string | undefined
}

export interface Upserted {
  added: number
  updated: number
}

const INCOMING = [
  'source text',
  'source_id text',
  'name text',
  'name_en text',
  'category text',
  'address text',
  'lat float8',
  'lng float8',
  'price int',
  'menu text',
  'hours text',
  'spot bigint',
  'doc text',
  'initials text',
  'brand text',
  'phone text',
  'website text',
  'diet text',
  'menus text',
  'row_sum text',
]

/** A place as it is written. */
export const placeLine = (place: NewPlace): CopyLine =>
  lineOf([
    place.source,
    place.sourceId,
    place.name,
    place.nameEn,
    place.category,
    place.address,
    place.lat,
    place.lng,
    place.price,
    place.menu,
    place.hours,
    place.spot,
    place.doc,
    place.initials,
    place.brand,
    place.phone,
    place.website,
    place.diet.join(' '),
    place.menus && JSON.stringify(place.menus),
    place.rowSum ?? null,
  ])

/** What makes a row another one: what follows from these is not compared. */
const told =
  'name name_en category address lat lng price menu hours doc initials brand phone website diet menus'.split(
    ' ',
  )
const toldBy = (row: string) => told.map((column) => `${row}.${column}`).join(', ')
const saysNew = sql.raw(`(${toldBy('old')}) is distinct from (${toldBy('excluded')})`)

/**
 * Adds or updates by source and id; a row that says nothing new is not written, but for its sum where one is given. Ids must differ
 * within the call. Rows are taken in order of their ids: two who write the same ones, from whichever end, wait for each other's and never
 * each for the other's.
 */
export async function upsertPlaces(tx: Tx, places: Iterable<CopyLine>): Promise<Upserted> {
  // Kept with the connection: one a chunk would fill Postgres's catalogue.
  await sql`create temp table if not exists incoming_places (${sql.raw(INCOMING.join(', '))}) on commit delete rows`.execute(
    tx,
  )
  const columns = INCOMING.map((column) => column.split(' ')[0] ?? '')
  await copyInto(tx, { table: 'incoming_places', columns }, places)
  // The lists of words to be sorted into the trigram indexes: longer ones are sorted in together, and cost less for each.
  await sql`set local gin_pending_list_limit = '16MB'`.execute(tx)
  await sql`set local work_mem = '32MB'`.execute(tx)
  const { rows } = await sql<Upserted>`
    with written as (
      insert into places as old
        (source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
         brand, phone, website, diet, menus, row_sum)
      select source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
        brand, phone, website, string_to_array(diet, ' '), menus::jsonb, row_sum
      from incoming_places order by source, source_id
      on conflict (source, source_id) do update set
        name = excluded.name, name_en = excluded.name_en, category = excluded.category, address = excluded.address,
        lat = excluded.lat, lng = excluded.lng, price = excluded.price, menu = excluded.menu, hours = excluded.hours,
        spot = excluded.spot, doc = excluded.doc, initials = excluded.initials,
        brand = excluded.brand, phone = excluded.phone, website = excluded.website, diet = excluded.diet,
        menus = excluded.menus, row_sum = excluded.row_sum,
        imported_at = case when ${saysNew} then now() else old.imported_at end
      where ${saysNew} or (excluded.row_sum is not null and old.row_sum is distinct from excluded.row_sum)
      returning (xmax = 0) as added, imported_at = now() as told
    ) select count(*) filter (where added) as added, count(*) filter (where told and not added) as updated from written`.execute(
    tx,
  )
  // More than one call may stand in a transaction.
  await sql`truncate incoming_places`.execute(tx)
  return rows[0] ?? { added: 0, updated: 0 }
}

export async function knowsSource(db: DbOrTx, source: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from places where source = ${source}) as known`.execute(db)
  return rows[0]?.known ?? false
}

/** Which of the rows, by their numbers from 0, are not stored as read from just this. */
export async function findNews(
  db: DbOrTx,
  source: string,
  rows: readonly { sourceId: string; rowSum: string }[],
): Promise<number[]> {
  // A look into the index for each, whatever the planner makes of a list of thousands.
  const found = await sql<{ nth: number }>`
    select nth::int - 1 as nth
    from unnest(${rows.map((row) => row.sourceId)}::text[], ${rows.map((row) => row.rowSum)}::text[])
      with ordinality as row(id, sum, nth)
    where (select row_sum from places where source = ${source} and source_id = row.id) is distinct from row.sum`.execute(
    db,
  )
  return found.rows.map(({ nth }) => nth)
}

/** After a large import the planner must know the new shape of the table, and no search should sift what waits to be indexed. */
export async function analysePlaces(db: DbOrTx): Promise<void> {
  // The index may be on its way (repo.searchIndex.ts).
  await sql`select gin_clean_pending_list(to_regclass('places_search'))`.execute(db)
  await sql`analyze places`.execute(db)
}

/**
 * Lets a chunk's commit not wait for the disk. What a power cut takes with it is the end of the log: chunks with what `place_imports`
 * says of them, so that the import goes on before them. The last chunk must wait, and with it the disk has all.
 */
export async function commitLater(tx: Tx): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(tx)
}
