import { foldInitials } from '#shared/places.fold.ts'
import type { Category } from '#shared/places.ts'
import { buildDoc } from '#shared/places.search.ts'
import { remembered } from '#shared/text.ts'
import { brandAliases, searchWords } from './policy.category.ts'
import { dishWords } from './policy.dishWords.ts'
import { romanizeName, romanizeSign } from './policy.romanize.ts'

/** What a place is found by. */
export interface Searchable {
  name: string
  nameEn: string | null
  brand: string | null
  /** Names in other languages, old and short ones. */
  otherNames: readonly string[]
  category: Category
  /** What the source calls its kitchen. */
  kinds: readonly string[]
  /** Names of dishes, in any language. */
  dishes: readonly string[]
  address: string | null
}

const DISHES = 40
const INITIALS_CHARS = 200

/** The columns that search reads (shared/src/places.search.ts): all spellings by which a place may be asked for. */
export function searchTexts(place: Searchable): { doc: string; initials: string } {
  const { name, nameEn, brand, otherNames, category, address } = place
  const dishes = place.dishes.slice(0, DISHES)
  const english = nameEn === null ? [] : [nameEn]
  const aliases = [
    ...brandAliases(`${name} ${nameEn ?? ''} ${brand ?? ''}`),
    ...(brand === null ? [] : [brand]),
    ...(/[가-힣]/u.test(name) ? [romanizeName(name), romanizeSign(name)] : []),
    ...otherNames,
  ]
  const words = [
    ...searchWords(category),
    ...place.kinds,
    ...dishes,
    ...dishWords([name, ...english, ...place.kinds, ...dishes, ...otherNames]),
  ]
  const hangul = [...new Set(words.map(initialsOf))].filter((initials) => initials !== '')
  return {
    doc: buildDoc({ name, nameEn, aliases, words, address }),
    initials: `${foldInitials(name).slice(0, INITIALS_CHARS)}|${hangul.join(' ').slice(0, INITIALS_CHARS)}`,
  }
}

/** Of a word in Hangul; empty for any other. The same few hundred come again with each place. */
const initialsOf = remembered(
  (word) => (/[가-힣]{2}/u.test(word) ? foldInitials(word) : ''),
  20_000,
)
