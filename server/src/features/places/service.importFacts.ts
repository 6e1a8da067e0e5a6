import { diets } from '#shared/places.ts'
import {
  type Fields,
  type FieldNames,
  isFields,
  layoutOf,
  regionFields,
  textOf,
  valueOf,
} from './service.importFields.ts'

/** What a source tells of a place besides its name and where it is. */

export interface MenuItem {
  name: string
  nameEn: string | null
  price: number | null
}

const MENU_ITEMS = 100
const MENU_NAME_CHARS = 80

export function shorten(text: string | null, max: number): string | null {
  const clean =
    text
      ?.normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .trim() ?? ''
  return clean === '' ? null : [...clean].slice(0, max).join('')
}

export function readPrice(value: unknown): number | null {
  const text = textOf(value)
  const number = text === null ? Number.NaN : Number(text.replace(/[,원₩\s]/gu, ''))
  return Number.isInteger(number) && number > 0 && number < 10_000_000 ? number : null
}

/** A list of dishes, or the one that a register names with its price. Null: none is known. */
export function readMenus(fields: Fields, names: FieldNames): MenuItem[] | null {
  const told = valueOf(fields, 'menu', names)
  const items = Array.isArray(told) ? told.slice(0, MENU_ITEMS).map(readItem) : []
  const single = shorten(textOf(told), MENU_NAME_CHARS)
  // OpenStreetMap's `menu` is at times an address.
  if (single !== null && !/^https?:/iu.test(single))
    items.push({ name: single, nameEn: null, price: readPrice(valueOf(fields, 'price', names)) })
  const known = items.filter((item) => item !== null)
  return known.length === 0 ? null : known
}

function readItem(value: unknown): MenuItem | null {
  const item = isFields(value) ? value : { name: value }
  const name = shorten(textOf(item.name), MENU_NAME_CHARS)
  if (name === null) return null
  const nameEn = shorten(textOf(item.nameEn ?? item['name:en'] ?? item.name_en), MENU_NAME_CHARS)
  return { name, nameEn, price: readPrice(item.price) }
}

/** `diet:vegan=yes|only`, and kitchens that are one (`cuisine=vegan`). Who eats vegan there eats vegetarian too. */
export function readDiet(fields: Fields, kinds: readonly string[]): string[] {
  const isTold = (diet: string): boolean =>
    layoutOf(fields).parts.diet && /^(?:yes|only)$/u.test(textOf(fields[`diet:${diet}`]) ?? '')
  const told = diets.filter((diet) => kinds.includes(diet) || isTold(diet))
  return told.includes('vegan') && !told.includes('vegetarian') ? ['vegetarian', ...told] : told
}

/** The first of several numbers, as the source writes it. */
export function readPhone(fields: Fields, names: FieldNames): string | null {
  const first = textOf(valueOf(fields, 'phone', names))?.split(/[;,/]/u)[0] ?? null
  const phone = shorten(first, 40)
  return phone !== null && phone.replace(/\D/gu, '').length >= 7 ? phone : null
}

const WEBSITE_CHARS = 300
/** Only what a browser opens as a page: no `javascript:`. */
export function readWebsite(fields: Fields, names: FieldNames): string | null {
  const text = textOf(valueOf(fields, 'website', names))?.split(/[;\s]/u)[0] ?? ''
  const address = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/u.test(text) ? `https://${text}` : text
  if (!/^https?:\/\//iu.test(address) || address.length > WEBSITE_CHARS) return null
  return URL.canParse(address) ? address : null
}

/** `addr:*` in the order in which they are said: Korean from large to small, elsewhere street first. */
function osmAddress(fields: Fields): string | null {
  if (!layoutOf(fields).parts.address) return null
  const part = (name: string): string => textOf(fields[`addr:${name}`]) ?? ''
  const [city, district, street, number] = [
    part('city'),
    part('district'),
    part('street') || part('place'),
    part('housenumber'),
  ]
  const korean = /[가-힣]/u.test(city + street)
  const parts = korean ? [city, district, street, number] : [street, number, district, city]
  return parts.filter((each) => each !== '').join(' ') || null
}

const ADDRESS_CHARS = 200
/** A register's address may lack its city and district, which have columns of their own. */
export function readAddress(fields: Fields, names: FieldNames): string | null {
  const told = textOf(valueOf(fields, 'address', names)) ?? osmAddress(fields)
  if (told === null) return null
  const regions = regionFields
    .map((known) => textOf(known.map((name) => fields[name]).find((each) => textOf(each))))
    .filter((region): region is string => region !== null)
  // Whoever wrote the region into the address wrote all of it: "부산광역시 중구 …" for the columns 부산 and 중구.
  const whole = regions.length === 0 || regions.some((region) => told.startsWith(region))
  const address = whole ? told : [...regions, told].join(' ')
  return shorten(address.replace(/\s+/gu, ' '), ADDRESS_CHARS)
}

const ALIASES = 16
/** Names in other languages, the old and short ones and the brand's: searched, not shown. */
export function otherNames(fields: Fields, name: string): string[] {
  const { aliases } = layoutOf(fields)
  // Most have their name alone.
  if (aliases.length === 1 && fields[aliases[0] ?? ''] === name) return []
  const texts = aliases
    .flatMap((key) => textOf(fields[key])?.split(';') ?? [])
    .map((text) => text.trim().slice(0, 120))
    .filter((text) => text !== '' && text !== name)
  return [...new Set(texts)].slice(0, ALIASES)
}

/** The dish that stands for a place beside its name. */
export const mainDish = (menus: readonly MenuItem[] | null): string | null =>
  menus
    ?.slice(0, 3)
    .map((item) => item.name)
    .join(', ')
    .slice(0, MENU_NAME_CHARS) ?? null

/** Kinds of a place in lower case, of `korean;noodle` and of `음식점 > 한식 > 국밥` alike, the most telling first. */
export function readKinds(told: string | null): string[] {
  const kinds = (told ?? '').toLowerCase().split(/[;,]/u)
  return kinds
    .flatMap((kind) => (kind.includes('>') ? kind.split('>').toReversed() : [kind]))
    .map((kind) => kind.replace(/\s+/gu, ' ').trim())
    .filter((kind) => kind !== '')
}
