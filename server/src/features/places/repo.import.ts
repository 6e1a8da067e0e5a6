import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'
import { copyInto, type CopyValue } from '#server/platform/db.copy.ts'
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
]

const rowOf = (place: NewPlace): CopyValue[] => [
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
]

function* rowsOf(places: readonly NewPlace[]): Generator<CopyValue[]> {
  for (const place of places) yield rowOf(place)
}

/**
 * Adds or updates by source and id; a row that says nothing new is not written. Ids must differ within the call. Rows are taken in
 * order of their ids: two who write the same ones, from whichever end, wait for each other's and never each for the other's.
 */
export async function upsertPlaces(tx: Tx, places: readonly NewPlace[]): Promise<Upserted> {
  // Kept with the connection: one a chunk would fill Postgres's catalogue.
  await sql`create temp table if not exists incoming_places (${sql.raw(INCOMING.join(', '))}) on commit delete rows`.execute(
    tx,
  )
  const columns = INCOMING.map((column) => column.split(' ')[0] ?? '')
  await copyInto(tx, { table: 'incoming_places', columns }, rowsOf(places))
  // The lists of words to be sorted into the trigram indexes: longer ones are sorted in together, and cost less for each.
  await sql`set local gin_pending_list_limit = '16MB'`.execute(tx)
  await sql`set local work_mem = '32MB'`.execute(tx)
  const { rows } = await sql<Upserted>`
    with written as (
      insert into places as old
        (source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
         brand, phone, website, diet, menus)
      select source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
        brand, phone, website, string_to_array(diet, ' '), menus::jsonb
      from incoming_places order by source, source_id
      on conflict (source, source_id) do update set
        name = excluded.name, name_en = excluded.name_en, category = excluded.category, address = excluded.address,
        lat = excluded.lat, lng = excluded.lng, price = excluded.price, menu = excluded.menu, hours = excluded.hours,
        spot = excluded.spot, doc = excluded.doc, initials = excluded.initials,
        brand = excluded.brand, phone = excluded.phone, website = excluded.website, diet = excluded.diet,
        menus = excluded.menus, imported_at = now()
      where (old.name, old.name_en, old.category, old.address, old.lat, old.lng, old.price, old.menu, old.hours, old.doc,
        old.initials, old.brand, old.phone, old.website, old.diet, old.menus)
        is distinct from (excluded.name, excluded.name_en, excluded.category, excluded.address, excluded.lat, excluded.lng,
          excluded.price, excluded.menu, excluded.hours, excluded.doc, excluded.initials, excluded.brand, excluded.phone, excluded.website,
          excluded.diet, excluded.menus)
      returning (xmax = 0) as added
    ) select count(*) filter (where added) as added, count(*) filter (where not added) as updated from written`.execute(
    tx,
  )
  // More than one call may stand in a transaction.
  await sql`truncate incoming_places`.execute(tx)
  return rows[0] ?? { added: 0, updated: 0 }
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
