import { sql } from 'kysely'
import type { DbOrTx } from '#server/platform/db.ts'
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

/** Adds or updates by source and id in one statement; a row that says nothing new is not written. Ids must differ within the call. */
export async function upsertPlaces(db: DbOrTx, places: readonly NewPlace[]): Promise<Upserted> {
  const column = <K extends keyof NewPlace>(name: K): NewPlace[K][] =>
    places.map((place) => place[name])
  const { rows } = await sql<{ added: boolean }>`
    insert into places as old
      (source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
       brand, phone, website, diet, menus)
    select source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
      brand, phone, website, string_to_array(diet, ' '), menus::jsonb
    from unnest(
      ${column('source')}::text[], ${column('sourceId')}::text[], ${column('name')}::text[], ${column('nameEn')}::text[],
      ${column('category')}::text[], ${column('address')}::text[], ${column('lat')}::float8[], ${column('lng')}::float8[],
      ${column('price')}::int[], ${column('menu')}::text[], ${column('hours')}::text[], ${column('spot')}::bigint[],
      ${column('doc')}::text[], ${column('initials')}::text[], ${column('brand')}::text[], ${column('phone')}::text[],
      ${column('website')}::text[], ${places.map(({ diet }) => diet.join(' '))}::text[],
      ${places.map(({ menus }) => menus && JSON.stringify(menus))}::text[]
    ) as new (source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, spot, doc, initials,
      brand, phone, website, diet, menus)
    on conflict (source, source_id) do update set
      name = excluded.name, name_en = excluded.name_en, category = excluded.category, address = excluded.address,
      lat = excluded.lat, lng = excluded.lng, price = excluded.price, menu = excluded.menu, hours = excluded.hours,
      spot = excluded.spot, doc = excluded.doc, initials = excluded.initials,
      brand = excluded.brand, phone = excluded.phone, website = excluded.website, diet = excluded.diet,
      menus = excluded.menus, imported_at = now()
    where (old.name, old.name_en, old.category, old.address, old.lat, old.lng, old.price, old.menu, old.hours, old.doc,
      old.brand, old.phone, old.website, old.diet, old.menus)
      is distinct from (excluded.name, excluded.name_en, excluded.category, excluded.address, excluded.lat, excluded.lng,
        excluded.price, excluded.menu, excluded.hours, excluded.doc, excluded.brand, excluded.phone, excluded.website,
        excluded.diet, excluded.menus)
    returning (xmax = 0) as added`.execute(db)
  const added = rows.filter((row) => row.added).length
  return { added, updated: rows.length - added }
}

/** After a large import the planner must know the new shape of the table. */
export async function analysePlaces(db: DbOrTx): Promise<void> {
  await sql`analyze places`.execute(db)
}
