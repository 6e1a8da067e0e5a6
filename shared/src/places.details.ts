import { z } from 'zod'
import { AppError } from './errors.ts'
import { latLngSchema } from './geo.ts'
import { limits } from './limits.ts'
import { categorySchema, type Diet, type Place, placeIdSchema } from './places.ts'
import { cleanName } from './users.names.ts'
import { rawNameSchema } from './users.ts'

export interface MenuLine {
  name: string
  nameEn: string | null
  /** As `PlaceFacts.price`. */
  price: number | null
}

/** A place with all that its records know: the facts of the oldest one first, what it lacks from its twins (docs/adr/0008). */
export interface PlaceDetails extends Place {
  brand: string | null
  phone: string | null
  /** http or https. */
  website: string | null
  diet: Diet[]
  /** In the order of the menu; without one, the single dish and price that are known. */
  menus: MenuLine[]
  /** When the prices were read, ms; null when none is known. */
  pricesAt: number | null
  /** IANA zone of where it is: its hours are of that clock. */
  zone: string
  /** Every record of it, the oldest first. */
  sources: { source: string; readAt: number }[]
  /** The asker added it and may take it away. */
  mine: boolean
}

/** Of places that people added themselves. */
export const SOURCE_PEOPLE = 'people'

/** Shown prices older than this are said to be so, ms. */
export const PRICES_OLD_MS = 90 * 24 * 3_600_000

/** Where a source comes from and under which licence, as far as its name tells: `osm`, `osm-seoul`, `firenze_osm_food` are OpenStreetMap's. */
export function originOf(source: string): 'people' | 'osm' | 'kakao' | 'other' {
  if (source === SOURCE_PEOPLE) return 'people'
  const words = source.toLowerCase().split(/[^a-z]+/u)
  if (words.includes('osm') || words.includes('openstreetmap')) return 'osm'
  return words.includes('kakao') ? 'kakao' : 'other'
}

export const placeInput = z.object({ id: placeIdSchema })
export const zoneInput = z.object({ at: latLngSchema })

export const reportKinds = [
  'closed',
  'wrong_name',
  'wrong_place',
  'wrong_hours',
  'wrong_menu',
  'not_food',
  'duplicate',
  'other',
] as const
export type ReportKind = (typeof reportKinds)[number]
/** Reports that say nothing without words of one's own. */
export const notedReports: ReadonlySet<ReportKind> = new Set([
  'wrong_name',
  'wrong_hours',
  'wrong_menu',
  'other',
])
export const reportInput = z
  .object({
    id: placeIdSchema,
    kind: z.enum(reportKinds),
    note: rawNameSchema.optional(),
  })
  .refine(({ kind, note }) => !notedReports.has(kind) || Boolean(note?.trim()), { path: ['note'] })

/**
 * The name of an added place as it is stored: as `cleanName`, and with a letter or digit of any script, so that it can be read and
 * searched for ("1+1", not "!!!"). Throws AppError('name_invalid').
 */
export function cleanPlaceName(raw: string, max: number = limits.PLACE_NAME_GRAPHEMES): string {
  const name = cleanName(raw, max)
  if (!/[\p{L}\p{N}]/u.test(name)) throw new AppError('name_invalid', { reason: 'no_letters', max })
  return name
}

export const addPlaceInput = z.object({
  /** One key per intent: sent again it adds nothing. */
  key: z.uuid(),
  name: rawNameSchema,
  category: categorySchema,
  at: latLngSchema,
  address: rawNameSchema.optional(),
  /** As `PlaceFacts.hours`, or in Korean words; refused when it can't be read. */
  hours: z.string().max(300).optional(),
})
