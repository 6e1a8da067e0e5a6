import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { limits } from '#shared/limits.ts'
import { cleanName } from '#shared/users.names.ts'
import { categoryOf } from './policy.category.ts'
import { searchTexts } from './policy.doc.ts'
import { isFoodTags, isOtherTrade } from './policy.food.ts'
import { spotOf } from './policy.spots.ts'
import type { NewPlace } from './repo.import.ts'
import { type Crs, inKorea, unproject } from './service.importCrs.ts'
import {
  mainDish,
  otherNames,
  readAddress,
  readDiet,
  readKinds,
  readMenus,
  readPhone,
  readPrice,
  readWebsite,
  shorten,
} from './service.importFacts.ts'
import {
  type FieldNames,
  type Fields,
  flatten,
  type FlatRow,
  isFields,
  textOf,
  valueOf,
} from './service.importFields.ts'

/** Why a row was not taken; the script has a sentence for each. */
export const rejections = [
  'no_name',
  'bad_name',
  'no_coordinates',
  'null_island',
  'outside_world',
  'outside_area',
  'swapped',
  'gone',
  'not_food',
  'unreadable',
  'broken',
  'too_long',
  'cut_off',
] as const
export type Rejection = (typeof rejections)[number]

/** How the rows of a file are to be understood. */
export interface RowRules {
  source: string
  names: FieldNames
  crs: Crs
  /** Places elsewhere are not taken. */
  area: Bounds | null
}

/** What a row is known by, before the costlier rest is read. */
export interface RowKey {
  row: FlatRow
  sourceId: string
  name: string
  at: LatLng
}

/** Which place a row tells of, why it tells of none, or 'no_food' for an element that isn't meant to. */
export function readKey(value: unknown, rules: RowRules): RowKey | Rejection | 'no_food' {
  if (!isFields(value)) return 'broken'
  const row = flatten(value)
  const { fields, id, point, element } = row
  if (element && !isFoodTags(fields)) return 'no_food'
  const told = (role: 'name' | 'branch' | 'nameEn' | 'category' | 'id'): string | null =>
    textOf(valueOf(fields, role, rules.names))
  if (isGone(fields, rules.names)) return 'gone'
  if (!element && isOtherTrade(fields, told('category'))) return 'not_food'
  const name = readName(withBranch(told('name') ?? told('nameEn'), told('branch')))
  if (name === null) return 'no_name'
  // What a decoder writes for bytes that mean nothing to it.
  if (name?.includes('\ufffd')) return 'unreadable'
  if (name === undefined) return 'bad_name'
  const at = readPosition(fields, point, rules)
  if (typeof at === 'string') return at
  if (rules.area && !isWithin(rules.area, at)) return 'outside_area'
  return { row, sourceId: readId(id ?? told('id')) ?? madeId(name, at), name, at }
}

/** All that the table keeps of it, texts for search among them. */
export function readPlace({ row, sourceId, name, at }: RowKey, rules: RowRules): NewPlace {
  const { fields } = row
  const { names, source } = rules
  const nameEn = readName(textOf(valueOf(fields, 'nameEn', names))) ?? null
  const kinds = readKinds(textOf(valueOf(fields, 'category', names)))
  const house = textOf(fields.amenity) ?? textOf(fields.shop)
  const address = readAddress(fields, names)
  const menus = readMenus(fields, names)
  const byName = categoryOf(kinds, house, nameEn === null ? name : `${name} ${nameEn}`)
  // A name that says nothing: what is eaten there does.
  const category = byName === 'other' ? categoryOf([], null, menus?.[0]?.name ?? '') : byName
  const brand = shorten(textOf(valueOf(fields, 'brand', names)), 80)
  const texts = searchTexts({
    name,
    nameEn,
    brand,
    otherNames: otherNames(fields, name),
    category,
    kinds,
    dishes: (menus ?? []).flatMap((item) => [item.name, item.nameEn ?? '']),
    address,
  })
  return {
    source,
    sourceId,
    name,
    nameEn: nameEn === name ? null : nameEn,
    category,
    address,
    ...at,
    price: readPrice(valueOf(fields, 'price', names)) ?? menus?.[0]?.price ?? null,
    menu: mainDish(menus),
    menus,
    hours: shorten(textOf(valueOf(fields, 'hours', names)), 300),
    brand,
    phone: readPhone(fields, names),
    website: readWebsite(fields, names),
    diet: readDiet(fields, kinds),
    spot: spotOf(at),
    ...texts,
  }
}

const closed =
  /^(?:폐업|휴업|취소|말소|제외|삭제|전출|closed|closed_permanently|permanently closed|yes)/iu
const isGone = (fields: Fields, names: FieldNames): boolean =>
  closed.test(textOf(valueOf(fields, 'status', names)) ?? '') ||
  ['disused', 'abandoned', 'demolished'].some((name) => fields[name] === 'yes')

/** Registers keep 스타벅스 and 망원역점 in two columns. */
const withBranch = (name: string | null, branch: string | null): string | null =>
  name === null || branch === null || name.endsWith(branch) ? name : `${name} ${branch}`

const ID_MAX = 200
/** As Postgres can keep it: no zero bytes, and short enough for an index, by its sum if it must be. */
function readId(text: string | null): string | null {
  const clean = text?.replaceAll('\0', '') ?? ''
  if (clean.length > ID_MAX) return sumOf(clean)
  return clean === '' ? null : clean
}

/** Null: there is none; undefined: no name that may be shown. */
function readName(text: string | null): string | null | undefined {
  if (text === null) return null
  try {
    return cleanName(text.replace(/[\r\n\t]+/gu, ' '), limits.PLACE_NAME_GRAPHEMES)
  } catch (error) {
    if (error instanceof AppError)
      return error.code === 'name_invalid' &&
        'reason' in error.params &&
        error.params.reason === 'empty'
        ? null
        : undefined
    throw error
  }
}

/** What a row has for x and y, in whatever they are measured. */
export function readPair(
  { fields, point }: Pick<FlatRow, 'fields' | 'point'>,
  names: FieldNames,
): { x: number; y: number } | null {
  const usePoint = point !== null && names.lat === undefined && names.lon === undefined
  const y = numberOf(usePoint ? point[1] : valueOf(fields, 'lat', names))
  const x = numberOf(usePoint ? point[0] : valueOf(fields, 'lon', names))
  return x === null || y === null ? null : { x, y }
}

function readPosition(
  fields: Fields,
  point: FlatRow['point'],
  { names, crs }: RowRules,
): LatLng | Rejection {
  const pair = readPair({ fields, point }, names)
  if (!pair) return 'no_coordinates'
  const { x, y } = pair
  if (Math.abs(y) < 1e-4 && Math.abs(x) < 1e-4) return 'null_island'
  const [lies, at, turned] =
    crs === 'EPSG:4326'
      ? [inWorld, { lat: y, lng: x }, { lat: x, lng: y }]
      : [inKorea, unproject(crs, x, y), unproject(crs, y, x)]
  if (lies(at)) return at
  return lies(turned) ? 'swapped' : 'outside_world'
}

const inWorld = ({ lat, lng }: LatLng): boolean => Math.abs(lat) <= 85.06 && Math.abs(lng) <= 180

/** An area may go over the 180th meridian: its west is then greater than its east. */
function isWithin({ south, west, north, east }: Bounds, { lat, lng }: LatLng): boolean {
  if (lat < south || lat > north) return false
  return west <= east ? lng >= west && lng <= east : lng >= west || lng <= east
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return null
  const text = value.trim().replace(/^(-?\d+),(\d+)$/u, '$1.$2')
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** Files without ids: the same name on the same spot is the same place, so that importing again updates. */
function madeId(name: string, at: LatLng): string {
  return sumOf(`${name}|${at.lat.toFixed(6)}|${at.lng.toFixed(6)}`)
}

const sumOf = (text: string): string => createHash('sha1').update(text).digest('base64url')
