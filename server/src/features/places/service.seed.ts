import type { Category } from '#shared/places.ts'
import type { Db } from '#server/platform/db.ts'
import { searchTexts } from './policy.doc.ts'
import { spotOf } from './policy.spots.ts'
import { type NewPlace, placeLine, upsertPlaces } from './repo.import.ts'
import { deleteOthers, listSeeded } from './repo.seed.ts'
import { writePatiently } from './repo.searchIndex.ts'

/** A place that ships with the app. */
export interface SeedPlace {
  sourceId: string
  name: string
  nameEn: string
  category: Category
  address: string
  lat: number
  lng: number
  /** Won for one person. */
  price: number
  /** OpenStreetMap `opening_hours`. */
  hours: string
  menus: readonly { name: string; nameEn: string; price: number }[]
  diet: readonly string[]
}

export async function seedPlaces(
  db: Db,
  source: string,
  places: readonly SeedPlace[],
): Promise<Map<string, string>> {
  await writePatiently(db, async (tx) => {
    await upsertPlaces(
      tx,
      places.map((place) => placeLine(rowOf(source, place))),
    )
    await deleteOthers(
      tx,
      source,
      places.map((place) => place.sourceId),
    )
  })
  return listSeeded(db, source)
}

function rowOf(source: string, { menus, ...place }: SeedPlace): NewPlace {
  const dishes = menus.flatMap(({ name, nameEn }) => [name, nameEn])
  return {
    ...place,
    source,
    brand: null,
    phone: null,
    website: null,
    menu: menus[0]?.name ?? null,
    menus,
    spot: spotOf(place),
    ...searchTexts({ ...place, brand: null, otherNames: [], kinds: [], dishes }),
  }
}
