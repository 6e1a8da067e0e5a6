import { sql } from 'kysely'
import type { DbOrTx } from '#server/platform/db.ts'
import type { PlaceRow } from './repo.ts'

/** One record of a place. */
export interface RecordRow extends PlaceRow {
  brand: string | null
  phone: string | null
  website: string | null
  diet: string[]
  /** As written by importers: read with care. */
  menus: unknown
  imported_at: Date
  added_by: string | null
}

/** The records that tell of one place, by the id of any of them: the one that the others point at, then those, the oldest first. */
export async function findRecords(db: DbOrTx, id: string): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    with head as (select coalesce(same_as, id) as id from places where id = ${id})
    select p.id, name, name_en, category, address, lat, lng, price, menu, hours, source,
      brand, phone, website, diet, menus, imported_at, added_by
    from places p, head where p.id = head.id or p.same_as = head.id
    order by p.same_as is not null, imported_at, p.id`.execute(db)
  return rows
}
