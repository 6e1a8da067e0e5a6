import zoneOf from '@photostructure/tz-lookup'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import type { LatLng } from '#shared/geo.ts'
import { type MenuLine, type PlaceDetails, SOURCE_PEOPLE } from '#shared/places.details.ts'
import { parseHours } from '#shared/places.hours.ts'
import { categorySchema, diets } from '#shared/places.ts'
import type { PersonId } from '#shared/users.ts'
import type { Db } from '#server/platform/db.ts'
import { addressInEnglish } from './policy.english.ts'
import { findRecords, type RecordRow } from './repo.details.ts'

export interface DetailsService {
  /** A place by the id of any of its records. Throws AppError not_found. */
  details(personId: PersonId | null, id: string): Promise<PlaceDetails>
  /** IANA zone of a spot; at sea that of its meridian. */
  zoneAt(at: LatLng): string
}

export function makeDetails({ db }: { db: Db }): DetailsService {
  return {
    details: async (personId, id) => {
      const [head, ...twins] = await findRecords(db, id)
      if (!head) throw new AppError('not_found')
      return detailsOf(personId, head, twins)
    },
    zoneAt: ({ lat, lng }) => zoneOf(lat, lng),
  }
}

function detailsOf(personId: PersonId | null, head: RecordRow, twins: RecordRow[]): PlaceDetails {
  const all = [head, ...twins]
  const first = <K extends keyof RecordRow>(key: K): RecordRow[K] =>
    all.find((row) => row[key] !== null)?.[key] ?? head[key]
  const priced = all.find((row) => linesOf(row).length > 0)
  const menu = first('menu')
  const menus = priced ? linesOf(priced) : []
  const kinds = all.map(({ category }) => categorySchema.catch('other').parse(category))
  const told = new Set(all.flatMap(({ diet }) => diet))
  // Of two texts about the hours the one that can be read is worth more.
  const timed = all.find(({ hours }) => hours !== null && parseHours(hours)) ?? null
  return {
    id: head.id,
    name: head.name,
    nameEn: first('name_en'),
    addressEn: addressInEnglish(head.source, head.address),
    menuEn: menus.find((line) => line.name === menu)?.nameEn ?? null,
    category: kinds.find((kind) => kind !== 'other') ?? 'other',
    address: first('address'),
    lat: head.lat,
    lng: head.lng,
    price: first('price'),
    menu,
    hours: timed?.hours ?? first('hours'),
    source: head.source,
    brand: first('brand'),
    phone: first('phone'),
    website: all.map(({ website }) => addressOf(website)).find((url) => url !== null) ?? null,
    diet: diets.filter((diet) => told.has(diet)),
    menus,
    pricesAt: priced ? priced.imported_at.getTime() : null,
    zone: zoneOf(head.lat, head.lng),
    sources: sourcesOf(all),
    mine: head.source === SOURCE_PEOPLE && personId !== null && head.added_by === personId,
  }
}

const linesSchema = z.array(
  z.object({
    name: z.string().trim().min(1),
    nameEn: z.string().nullish(),
    price: z.number().nonnegative().nullish(),
  }),
)

function linesOf({ menus, menu, price }: RecordRow): MenuLine[] {
  const lines = linesSchema.safeParse(menus)
  if (lines.success && lines.data.length > 0)
    return lines.data.map((line) => ({
      name: line.name,
      nameEn: line.nameEn ?? null,
      price: line.price ?? null,
    }))
  return menu === null ? [] : [{ name: menu, nameEn: null, price }]
}

/** What sources write as a website is anything: only addresses of pages may become links. */
function addressOf(text: string | null): string | null {
  if (text === null) return null
  const url = URL.parse(/^[a-z]+:/iu.test(text) ? text : `https://${text}`)
  return url && /^https?:$/u.test(url.protocol) && url.hostname.includes('.') ? url.href : null
}

/** One line a source, read when its latest record was. */
function sourcesOf(rows: readonly RecordRow[]): PlaceDetails['sources'] {
  const readAt = new Map<string, number>()
  for (const { source, imported_at } of rows)
    readAt.set(source, Math.max(readAt.get(source) ?? 0, imported_at.getTime()))
  return [...readAt].map(([source, at]) => ({ source, readAt: at }))
}
