/** Which of OpenStreetMap's and the registers' kinds of houses one eats or drinks in. */
const amenities = new Set([
  'restaurant',
  'cafe',
  'fast_food',
  'bar',
  'pub',
  'food_court',
  'ice_cream',
  'biergarten',
])
const shops = new Set([
  'bakery',
  'pastry',
  'confectionery',
  'chocolate',
  'coffee',
  'tea',
  'deli',
  'ice_cream',
])

/** The same as keys with their values, for asking. */
export const foodTags = { amenity: [...amenities], shop: [...shops] }

/** Values that make a row of tags worth reading; a block of a file without any of them is passed over whole. */
export const foodValues: readonly string[] = [...amenities, ...shops]

const holds = (known: ReadonlySet<string>, value: unknown): boolean =>
  typeof value === 'string' &&
  (known.has(value) || value.split(';').some((each) => known.has(each.trim())))

/** Whether tags (names in lower case) are those of a food place. */
export const isFoodTags = (tags: Readonly<Record<string, unknown>>): boolean =>
  holds(amenities, tags.amenity) || holds(shops, tags.shop)

/** A kind of house as OpenStreetMap writes it, which a column called "shop" of somebody's own table need not be. */
const isTagValue = (value: unknown): boolean =>
  typeof value === 'string' && /^[a-z][a-z_; ]*$/u.test(value)

const otherTrades =
  /미용|이용업|^이용$|세탁|목욕|숙박|노래연습|사진|서비스|여관|호텔|학원|의원|약국|주유소/u

/** Whether a row says itself that one eats there no more than at a bank or a hairdresser's. */
export function isOtherTrade(
  fields: Readonly<Record<string, unknown>>,
  category: string | null,
): boolean {
  const trade = fields['상권업종대분류명']
  if (typeof trade === 'string' && trade !== '' && !trade.includes('음식')) return true
  const house = fields.amenity ?? fields.shop
  if (isTagValue(house) && !isFoodTags(fields) && fields.cuisine === undefined) return true
  return category !== null && otherTrades.test(category)
}
