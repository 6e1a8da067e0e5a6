import type { Db } from '#server/platform/db.ts'
import type { Place } from '#shared/places.ts'

/** A place of the local table as a candidate takes it over; null when it is unknown. */
export async function findPlace(db: Db, id: string): Promise<Place | null> {
  const row = await db
    .selectFrom('places')
    .select([
      'id',
      'name',
      'name_en as nameEn',
      'category',
      'address',
      'lat',
      'lng',
      'price',
      'menu',
      'hours',
      'source',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, category: row.category as Place['category'] } : null
}
