import { remembered } from '#shared/text.ts'
/** Which field of a file holds what: the same words for files of OpenStreetMap, of Korean registers and of map services. */

export type Fields = Record<string, unknown>

/** What is read from one field; each has a flag of `pnpm places import`. */
export const roles = [
  'name',
  'branch',
  'nameEn',
  'lat',
  'lon',
  'id',
  'category',
  'address',
  'hours',
  'menu',
  'price',
  'phone',
  'website',
  'brand',
  'status',
] as const
export type Role = (typeof roles)[number]

/** Field names to read instead of the guessed ones; `-` reads none. */
export type FieldNames = { [role in Role]?: string | undefined }
export const NO_FIELD = '-'

const words = (text: string): string[] => text.split(/\s+/u)

/** In lower case, the most telling first; `like` when none of them is there. */
const guesses: Record<Role, { names: readonly string[]; like?: RegExp }> = {
  name: {
    names: words(
      'name name:ko title place_name 상호명 업소명 사업장명 가게명 상호 점포명 매장명 식당명 음식점명 이름 bplcnm upso_nm',
    ),
  },
  branch: { names: words('지점명 branch branch_name') },
  nameEn: { names: words('name:en name_en nameen int_name english_name 영문명 영문상호명') },
  lat: {
    names: words('lat latitude y 위도 y좌표 mapy'),
    // Not `addr:flat`.
    like: /(?:^|[^f])lat$|latitude|위도|^좌표정보.?y/u,
  },
  lon: {
    names: words('lon lng long longitude x 경도 x좌표 mapx'),
    like: /(?:lon|lng|longitude)$|경도|^좌표정보.?x/u,
  },
  id: {
    names: words(
      '@id osm_id source_id sourceid _id id uuid 관리번호 상가업소번호 인허가번호 mgtno upso_sno',
    ),
  },
  category: {
    names: words(
      'cuisine category category_name 업종 업태구분명 업태 위생업태명 상권업종소분류명 업종명 uptaenm type',
    ),
  },
  address: {
    names: words(
      'addr:full roadaddress road_address road_address_name 도로명전체주소 도로명주소 소재지도로명주소 rdnwhladdr address 주소 소재지 소재지전체주소 지번주소 address_name sitewhladdr',
    ),
    like: /^주소|주소$/u,
  },
  hours: { names: words('opening_hours hours 영업시간 운영시간') },
  menu: { names: words('menus menu 대표품목 대표메뉴 주메뉴 전통업소주된음식 메뉴') },
  price: { names: ['price', '가격', '변경후 가격(원)', '대표가격'], like: /^가격|가격\(원\)$/u },
  phone: {
    names: words(
      'phone contact:phone contact:mobile telephone tel phone_number 전화번호 전화 소재지전화 연락처 sitetel',
    ),
  },
  website: { names: words('website contact:website url homepage 홈페이지 place_url') },
  brand: { names: words('brand 브랜드 브랜드명') },
  status: {
    names: words(
      'status 영업상태명 상세영업상태명 trdstatenm business_status disused abandoned demolished',
    ),
  },
}

/** Parts of an address that stand in columns of their own, from large to small. */
export const regionFields: readonly (readonly string[])[] = [
  ['시/도', '시도', '시도명'],
  ['시/군/구', '시군구', '시군구명'],
]

/** Read besides the roles, by their own names. */
const ownFields =
  /^addr:|^diet:|^brand:|^(?:alt|old|official|short|int|loc)_name|^name:|^(?:amenity|shop|geometry|location|상권업종대분류명)$/u

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Composed, since a Mac writes 상호명 in eight letters. */
export const plainName = (name: string): string => name.normalize('NFC').trim().toLowerCase()

/** A file's rows have the same few names, unless somebody made it to fill the memory. */
const plainNameOnce = remembered(plainName, 1_000)

/** Trimmed text of strings and numbers (a place may be called 24); null for all else. Mongo's `{ $oid }` is its inside. */
export function textOf(value: unknown): string | null {
  if (isFields(value) && typeof value.$oid === 'string') return value.$oid
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim().normalize('NFC') : null
}

/** The value of a role's first field that says something. */
export function valueOf(fields: Fields, role: Role, names: FieldNames = {}): unknown {
  const given = names[role]
  if (given === NO_FIELD) return undefined
  if (given !== undefined) return fields[plainName(given)]
  for (const name of layoutOf(fields).byRole[role]) if (says(fields[name])) return fields[name]
  return undefined
}

function says(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  if (typeof value === 'number') return Number.isFinite(value)
  return Array.isArray(value) ? value.length > 0 : textOf(value) !== null
}

/** Where a row has what: the same for all rows with the same fields, and there are few kinds of them in a file. */
interface Layout {
  /** The fields that a role may be read from, the most telling first. */
  byRole: Readonly<Record<Role, readonly string[]>>
  /** Other names of the place. */
  aliases: readonly string[]
  /** Whether there are parts of an address, and words of diets. */
  parts: { address: boolean; diet: boolean }
}

const LAYOUTS_MAX = 1_000
const layouts = new Map<string, Layout>()
/** A row is asked for its roles one after another. */
let last: { fields: Fields; layout: Layout } | null = null

export function layoutOf(fields: Fields): Layout {
  if (last?.fields === fields) return last.layout
  const all = Object.keys(fields)
  const key = all.join('\n')
  const layout = layouts.get(key) ?? readLayout(all)
  if (layouts.size >= LAYOUTS_MAX) layouts.clear()
  layouts.set(key, layout)
  last = { fields, layout }
  return layout
}

function readLayout(all: readonly string[]): Layout {
  const fieldsOfRole = (role: Role): readonly [Role, readonly string[]] => {
    const { names, like } = guesses[role]
    const alike = like ? all.filter((name) => like.test(name)) : []
    return [role, [...names.filter((name) => all.includes(name)), ...alike]]
  }
  return {
    byRole: Object.fromEntries(roles.map(fieldsOfRole)) as Layout['byRole'],
    aliases: all.filter((name) => aliasField.test(name)),
    parts: {
      address: all.some((name) => name.startsWith('addr:')),
      diet: all.some((name) => name.startsWith('diet:')),
    },
  }
}

const aliasField =
  /^(?:(?:alt|old|official|short|int|loc)_)?name(?::[a-z]{2,3}(?:[-_][a-z0-9]+)*)?$|^brand(?::[a-z]{2,3})?$/u

/** A row whatever its format: a GeoJSON feature, an element of Overpass or OpenStreetMap, a flat record. */
export interface FlatRow {
  /** Own fields alone, whatever they are called (`__proto__`), under names in lower case. */
  fields: Fields
  id: string | null
  /** [x, y] as the file has them; null when they are fields. */
  point: [unknown, unknown] | null
  /** An element of OpenStreetMap, whose tags say whether it is a food place. */
  element: boolean
}

export function flatten(value: Fields): FlatRow {
  const geometry = [value.geometry, value.location].find(isFields)
  const point = geometry ? pointOf(geometry.coordinates) : null
  if (value.type === 'Feature') {
    const properties = isFields(value.properties) ? value.properties : {}
    return { fields: fieldsOf(properties), id: textOf(value.id), point, element: false }
  }
  if (isElement(value)) {
    const tags = isFields(value.tags) ? value.tags : {}
    const id = `${value.type}/${textOf(value.id)}`
    return { fields: fieldsOf(tags), id, point: elementPoint(value), element: true }
  }
  return { fields: fieldsOf(value), id: null, point, element: false }
}

function fieldsOf(properties: Fields): Fields {
  // Most files write them so: nothing is to be copied.
  if (Object.keys(properties).every((name) => plainNameOnce(name) === name)) return properties
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [plainNameOnce(name), field]),
  )
}

const elementTypes: readonly unknown[] = ['node', 'way', 'relation']
const isElement = (value: Fields): value is Fields & { type: string } =>
  elementTypes.includes(value.type) && textOf(value.id) !== null

/** `out center`, `out geom` and `out bb` of Overpass. */
function elementPoint({ lat, lon, center, bounds, geometry }: Fields): [unknown, unknown] | null {
  if (lat !== undefined) return [lon, lat]
  if (isFields(center)) return [center.lon, center.lat]
  if (isFields(bounds))
    return middleOf([
      [Number(bounds.minlon), Number(bounds.minlat)],
      [Number(bounds.maxlon), Number(bounds.maxlat)],
    ])
  const corners = Array.isArray(geometry) ? geometry.filter(isFields) : []
  return middleOf(corners.map((corner) => [Number(corner.lon), Number(corner.lat)]))
}

/** A point as it is; of lines and areas the middle of their box. */
function pointOf(coordinates: unknown): [unknown, unknown] | null {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return null
  if (!Array.isArray(coordinates[0])) return [coordinates[0], coordinates[1]]
  return (coordinates.flat(3) as unknown[]).length > 20_000 ? null : middleOf(leavesOf(coordinates))
}

function leavesOf(value: unknown): [number, number][] {
  if (!Array.isArray(value)) return []
  const [x, y] = value as unknown[]
  if (typeof x === 'number' && typeof y === 'number') return [[x, y]]
  return value.flatMap(leavesOf)
}

/** Null for no pairs. A hole or an inner corner moves it no more than the outline itself does. */
export function middleOf(pairs: readonly (readonly [number, number])[]): [number, number] | null {
  if (pairs.length === 0) return null
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of pairs) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return [(west + east) / 2, (south + north) / 2]
}

/** The fields that each role would be read from, in their order, and those that nothing reads. */
export function mapFields(
  all: readonly string[],
  names: FieldNames,
): { used: Partial<Record<Role, string[]>>; unused: string[] } {
  const used: Partial<Record<Role, string[]>> = {}
  for (const role of roles) {
    const given = names[role]
    const { names: guessed, like } = guesses[role]
    const exact = guessed.flatMap((name) => all.filter((field) => plainName(field) === name))
    const alike = like ? all.filter((field) => like.test(plainName(field))) : []
    const found =
      given === undefined
        ? exact.length > 0
          ? exact
          : alike
        : all.filter((field) => plainName(field) === plainName(given))
    if (found.length > 0 && given !== NO_FIELD) used[role] = found
  }
  const read = new Set([...Object.values(used).flat(), ...regionFields.flat()])
  return {
    used,
    unused: all.filter((field) => !read.has(field) && !ownFields.test(plainName(field))),
  }
}
