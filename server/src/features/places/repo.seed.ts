import { sql } from 'kysely'
import type { DbOrTx, Tx } from '#server/platform/db.ts'

/** Fields of a row of `places`, named as below. */
type SeedRow = Record<string, unknown> & { sourceId: string }

/** In order of their ids, so that two servers wait for each other and never each for the other; what says nothing new is not written. */
export async function seedRows(tx: Tx, source: string, rows: readonly SeedRow[]): Promise<void> {
  await sql`
    insert into places as old
      (source, source_id, name, name_en, category, address, lat, lng, price, menu, hours, menus, diet, spot, doc, initials)
    select ${source}, "sourceId", name, "nameEn", category, address, lat, lng, price, menu, hours, menus,
      array(select jsonb_array_elements_text(diet)), spot, doc, initials
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      "sourceId" text, name text, "nameEn" text, category text, address text, lat float8, lng float8, price int,
      menu text, hours text, menus jsonb, diet jsonb, spot bigint, doc text, initials text)
    order by "sourceId"
    on conflict (source, source_id) do update set
      name = excluded.name, name_en = excluded.name_en, category = excluded.category, address = excluded.address,
      lat = excluded.lat, lng = excluded.lng, price = excluded.price, menu = excluded.menu, hours = excluded.hours,
      menus = excluded.menus, diet = excluded.diet, spot = excluded.spot, doc = excluded.doc,
      initials = excluded.initials, imported_at = now()
    where (old.name, old.name_en, old.category, old.address, old.lat, old.lng, old.hours, old.menus, old.diet, old.doc)
      is distinct from (excluded.name, excluded.name_en, excluded.category, excluded.address, excluded.lat, excluded.lng,
        excluded.hours, excluded.menus, excluded.diet, excluded.doc)`.execute(tx)
}

export async function deleteOthers(
  tx: Tx,
  source: string,
  sourceIds: readonly string[],
): Promise<void> {
  await sql`delete from places where source = ${source} and source_id <> all(${[...sourceIds]}::text[])`.execute(
    tx,
  )
}

/** Ids by the source's own ids. */
export async function listSeeded(db: DbOrTx, source: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('places')
    .select(['id', 'source_id'])
    .where('source', '=', source)
    .execute()
  return new Map(rows.map((row) => [row.source_id, row.id]))
}
