import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { limits } from '#shared/limits.ts'
import { foldInitials } from '#shared/places.fold.ts'
import { buildDoc } from '#shared/places.search.ts'
import { cleanName } from '#shared/users.names.ts'
import { brandAliases, categoryOf, searchWords } from './policy.category.ts'
import { romanizeName } from './policy.romanize.ts'
import { spotOf } from './policy.spots.ts'
import type { NewPlace } from './repo.import.ts'

/** Why a row was not taken; the script has a sentence for each. */
export const rejections = [
  'no_name',
  'bad_name',
  'no_coordinates',
  'null_island',
  'outside_world',
  'swapped',
  'gone',
  'unreadable',
  'broken',
  'too_long',
  'cut_off',
] as const
export type Rejection = (typeof rejections)[number]

/** Field names to read instead of the guessed ones. */
export interface FieldNames {
  name?: string | undefined
  lat?: string | undefined
  lon?: string | undefined
  id?: string | undefined
  category?: string | undefined
  address?: string | undefined
}

type Fields = Record<string, unknown>

const guesses = {
  name: ['name', 'name:ko', 'title', '상호명', '업소명', '사업장명', '가게명', '이름'],
  nameEn: ['name:en', 'name_en', 'nameen', 'int_name', 'english_name'],
  lat: ['lat', 'latitude', 'y', '위도'],
  lon: ['lon', 'lng', 'long', 'longitude', 'x', '경도'],
  id: ['@id', 'osm_id', 'source_id', 'sourceid', '_id', 'id', 'uuid'],
  kind: ['cuisine', 'category', '업종', '업태구분명', '업태', 'type'],
  house: ['amenity', 'shop'],
  address: [
    'addr:full',
    'address',
    'roadaddress',
    'road_address',
    '도로명전체주소',
    '도로명주소',
    '주소',
    '소재지',
  ],
  hours: ['opening_hours', 'hours', '영업시간'],
  menu: ['menu', '대표품목', '대표메뉴'],
  price: ['price', '가격', '변경후 가격(원)'],
  status: ['status', '영업상태명', 'disused', 'abandoned'],
} as const

/** A row of a file as a place of the table, or why it is none. */
export function readPlace(value: unknown, source: string, names: FieldNames): NewPlace | Rejection {
  if (!isFields(value)) return 'broken'
  const { fields, id, point } = flatten(value)
  const told = (given: string | undefined, guessed: readonly string[]): string | null =>
    textOf(pick(fields, given, guessed))
  if (/^(폐업|휴업|closed|yes)$/iu.test(told(undefined, guesses.status) ?? '')) return 'gone'
  const name = readName(told(names.name, guesses.name) ?? told(undefined, guesses.nameEn))
  if (name === null) return 'no_name'
  // What a decoder writes for bytes that mean nothing to it.
  if (name?.includes('\ufffd')) return 'unreadable'
  if (name === undefined) return 'bad_name'
  const at = readPosition(fields, names, point)
  if (typeof at === 'string') return at
  const nameEn = readName(told(undefined, guesses.nameEn)) ?? null
  const kinds = (told(names.category, guesses.kind) ?? '')
    .toLowerCase()
    .split(/[;,]/u)
    .map((kind) => kind.trim())
  const house = told(undefined, guesses.house)
  const category = categoryOf(kinds, house, nameEn === null ? name : `${name} ${nameEn}`)
  const address = shorten(told(names.address, guesses.address) ?? osmAddress(fields), 200)
  const menu = shorten(told(undefined, guesses.menu), 80)
  const aliases = [
    ...brandAliases(name),
    ...(/[가-힣]/u.test(name) ? [romanizeName(name)] : []),
    ...otherNames(fields, name),
  ]
  const words = [...searchWords(category), ...(menu === null ? [] : [menu])]
  return {
    source,
    sourceId: readId(id ?? told(names.id, guesses.id)) ?? madeId(name, at),
    name,
    nameEn: nameEn === name ? null : nameEn,
    category,
    address,
    ...at,
    price: readPrice(pick(fields, undefined, guesses.price)),
    menu,
    hours: shorten(told(undefined, guesses.hours), 300),
    spot: spotOf(at),
    doc: buildDoc({ name, nameEn, aliases, words, address }),
    initials: foldInitials(name).slice(0, 200),
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Own fields alone, whatever they are called (`__proto__`). Composed, since a Mac writes 상호명 in eight letters. */
const fieldsOf = (properties: Fields): Fields =>
  Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name.normalize('NFC').toLowerCase(), field]),
  )

const NAMED_FIELDS = 40
/** What a row offers, for who must say which field is the name. */
export function fieldNames(value: unknown): string[] {
  if (!isFields(value)) return []
  const { properties } = value
  return Object.keys(value.type === 'Feature' && isFields(properties) ? properties : value)
    .slice(0, NAMED_FIELDS)
    .map((name) => name.slice(0, NAMED_FIELDS))
}

/** GeoJSON features and flat records look alike afterwards. */
function flatten(value: Fields): {
  fields: Fields
  id: string | null
  point: [unknown, unknown] | null
} {
  const feature = value.type === 'Feature'
  const properties = feature && isFields(value.properties) ? value.properties : value
  const geometry = [value.geometry, value.location].find(isFields)
  return {
    fields: fieldsOf(properties),
    id: feature ? textOf(value.id) : null,
    point: geometry ? pointOf(geometry.coordinates) : null,
  }
}

/** A point as it is; of lines and areas the middle of their box. */
function pointOf(coordinates: unknown): [unknown, unknown] | null {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return null
  if (!Array.isArray(coordinates[0])) return [coordinates[0], coordinates[1]]
  const pairs = (coordinates.flat(3) as unknown[]).length > 20_000 ? [] : leavesOf(coordinates)
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2
  return pairs.length === 0
    ? null
    : [middle(pairs.map(([x]) => x)), middle(pairs.map(([, y]) => y))]
}

function leavesOf(value: unknown): [number, number][] {
  if (!Array.isArray(value)) return []
  const [x, y] = value as unknown[]
  if (typeof x === 'number' && typeof y === 'number') return [[x, y]]
  return value.flatMap(leavesOf)
}

function pick(fields: Fields, given: string | undefined, guessed: readonly string[]): unknown {
  if (given !== undefined) return fields[given.normalize('NFC').toLowerCase()]
  const exact = guessed.find((name) => textOf(fields[name]) !== null)
  return exact === undefined ? undefined : fields[exact]
}

/** Trimmed text of strings and numbers (a place may be called 24); null for all else. Mongo's `{ $oid }` is its inside. */
function textOf(value: unknown): string | null {
  if (isFields(value) && typeof value.$oid === 'string') return value.$oid
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim().normalize('NFC') : null
}

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

function readPosition(
  fields: Fields,
  names: FieldNames,
  point: [unknown, unknown] | null,
): { lat: number; lng: number } | Rejection {
  const own = (given: string | undefined, guessed: readonly string[], ending: RegExp): unknown =>
    pick(fields, given, guessed) ??
    (given === undefined
      ? fields[Object.keys(fields).find((name) => ending.test(name)) ?? '']
      : undefined)
  const usePoint = point !== null && names.lat === undefined && names.lon === undefined
  const lat = degrees(usePoint ? point[1] : own(names.lat, guesses.lat, /(lat|latitude)$/u))
  const lng = degrees(usePoint ? point[0] : own(names.lon, guesses.lon, /(lon|lng|longitude)$/u))
  if (lat === null || lng === null) return 'no_coordinates'
  if (Math.abs(lat) < 1e-4 && Math.abs(lng) < 1e-4) return 'null_island'
  const inside = (a: number, b: number): boolean => Math.abs(a) <= 85.06 && Math.abs(b) <= 180
  if (!inside(lat, lng)) return inside(lng, lat) ? 'swapped' : 'outside_world'
  return { lat, lng }
}

function degrees(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const text = String(value)
    .trim()
    .replace(/^(-?\d+),(\d+)$/u, '$1.$2')
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

function readPrice(value: unknown): number | null {
  const text = textOf(value)
  const number = text === null ? Number.NaN : Number(text.replace(/[,원₩\s]/gu, ''))
  return Number.isInteger(number) && number > 0 && number < 10_000_000 ? number : null
}

function shorten(text: string | null, max: number): string | null {
  const clean =
    text
      ?.normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .trim() ?? ''
  return clean === '' ? null : [...clean].slice(0, max).join('')
}

/** `addr:*` in the order in which they are said: Korean from large to small, elsewhere street first. */
function osmAddress(fields: Fields): string | null {
  const part = (name: string): string => textOf(fields[`addr:${name}`]) ?? ''
  const [city, district, street, number] = [
    part('city'),
    part('district'),
    part('street'),
    part('housenumber'),
  ]
  const korean = /[가-힣]/u.test(city + street)
  const parts = korean ? [city, district, street, number] : [street, number, district, city]
  return parts.filter((each) => each !== '').join(' ') || null
}

/** Names in the languages of our readers and the old and short ones: searched, not shown. */
function otherNames(fields: Fields, name: string): string[] {
  return [
    'name',
    'name:ko',
    'name:ko-latn',
    'alt_name',
    'short_name',
    'old_name',
    'brand',
    'brand:en',
  ]
    .map((key) => textOf(fields[key]))
    .filter((text): text is string => text !== null && text !== name)
    .map((text) => text.slice(0, 120))
}

/** Files without ids: the same name on the same spot is the same place, so that importing again updates. */
function madeId(name: string, at: { lat: number; lng: number }): string {
  return sumOf(`${name}|${at.lat.toFixed(6)}|${at.lng.toFixed(6)}`)
}

const sumOf = (text: string): string => createHash('sha1').update(text).digest('base64url')
