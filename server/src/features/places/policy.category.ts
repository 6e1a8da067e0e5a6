import { categories, type Category } from '#shared/places.ts'
import { rules } from './policy.categoryWords.ts'

const wordsOf = (text = ''): string[] => text.split(/\s+/u).filter((word) => word !== '')

interface Word {
  /** Its letters, or of Latin its words. */
  parts: readonly string[]
  length: number
  category: Category
}
/** By first letter, or of Latin by first word: a name has few of them, the table has hundreds. */
type Words = ReadonlyMap<string, readonly Word[]>

function indexOf(textOf: (category: Category) => string[]): Words {
  const index = new Map<string, Word[]>()
  for (const category of categories) {
    for (const word of textOf(category)) {
      const parts = isLatin(word) ? word.split('_') : [...word]
      const first = parts[0] ?? ''
      const length = parts.join('').length
      index.set(first, [...(index.get(first) ?? []), { parts, length, category }])
    }
  }
  return index
}

const isLatin = (word: string): boolean => /^[\w]+$/u.test(word)
const clear = indexOf((category) => [
  ...wordsOf(rules[category].names),
  ...wordsOf(rules[category].brands),
])
const faint = indexOf((category) => wordsOf(rules[category].faint))
const byKind = new Map<string, Category>(
  categories.flatMap((category) =>
    [...wordsOf(rules[category].kinds), ...wordsOf(rules[category].names), category].map(
      (word) => [word, category] as const,
    ),
  ),
)

/**
 * The category of a place: from its cuisine or register words, the most telling one first; else from words of its name;
 * else from its kind of house.
 */
export function categoryOf(kinds: readonly string[], house: string | null, name: string): Category {
  const told = kinds
    .map((kind) => byKind.get(kind.replaceAll(' ', '_')))
    .find((category) => category !== undefined && category !== 'other')
  // A register's "Korean" or "western" says less than a name such as 김치찌개 하우스.
  if (told && told !== 'korean' && told !== 'western') return told
  const lived = house === null ? undefined : byKind.get(house)
  return (
    categoryIn(name, clear, '') ?? told ?? lived ?? categoryIn(`${name} `, faint, '$') ?? 'other'
  )
}

/** By the longest word in a name, of equally long ones the last; Hangul and Han before Latin. */
function categoryIn(name: string, words: Words, between: '' | '$'): Category | null {
  const lower = name.toLowerCase()
  const letters = [...lower.replace(/[^\p{L}\p{N}]+/gu, between)]
  const byLetters = longestIn(letters, words)?.category
  if (byLetters !== undefined || !/[a-z]/u.test(lower)) return byLetters ?? null
  const latin = lower
    .normalize('NFKD')
    .replace(/\p{M}|['’`]s\b|['’`]/gu, '')
    .split(/[^a-z0-9]+/u)
  const singular = latin.map((word) => (word.endsWith('s') ? word.slice(0, -1) : word))
  const [asWritten, asOne] = [longestIn(latin, words), longestIn(singular, words)]
  return ((asOne?.length ?? 0) > (asWritten?.length ?? 0) ? asOne : asWritten)?.category ?? null
}

function longestIn(parts: readonly string[], words: Words): Word | null {
  let best: Word | null = null
  for (let at = 0; at < parts.length; at++) {
    for (const word of words.get(parts[at] ?? '') ?? []) {
      if (word.length < (best?.length ?? 0)) continue
      if (word.parts.every((part, i) => parts[at + i] === part)) best = word
    }
  }
  return best
}

/** What a searcher may type for a category, both languages; part of each place's search text. */
export const searchWords = (category: Category): string[] => wordsOf(rules[category].said)

/** Names that are searched in the other script. */
const brands: readonly (readonly [string, string])[] = [
  ['비비큐', 'bbq'],
  ['비에이치씨', 'bhc'],
  ['케이에프씨', 'kfc'],
  ['맥도날드', 'mcdonalds'],
  ['버거킹', 'burgerking'],
  ['롯데리아', 'lotteria'],
  ['맘스터치', 'momstouch'],
  ['서브웨이', 'subway'],
  ['스타벅스', 'starbucks'],
  ['이디야', 'ediya'],
  ['투썸플레이스', 'twosome'],
  ['탐앤탐스', 'tomntoms'],
  ['할리스', 'hollys'],
  ['엔제리너스', 'angelinus'],
  ['메가커피', 'megacoffee'],
  ['컴포즈', 'compose'],
  ['빽다방', 'paiks'],
  ['던킨', 'dunkin'],
  ['배스킨라빈스', 'baskinrobbins'],
  ['파리바게뜨', 'parisbaguette'],
  ['뚜레쥬르', 'touslesjours'],
  ['도미노', 'dominos'],
  ['피자헛', 'pizzahut'],
  ['미스터피자', 'mrpizza'],
  ['파파존스', 'papajohns'],
  ['교촌', 'kyochon'],
  ['굽네', 'goobne'],
  ['네네', 'nene'],
  ['아웃백', 'outback'],
  ['빕스', 'vips'],
]

/** Other spellings of a brand that a name holds. */
export function brandAliases(name: string): string[] {
  const tight = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return brands.flatMap(([korean, latin]) =>
    tight.includes(korean) ? [latin] : tight.includes(latin) ? [korean] : [],
  )
}

/** A brand's own key, the same for both scripts; null for a name that holds no known one. */
export function brandOf(name: string): string | null {
  const tight = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return (
    brands.find(([korean, latin]) => tight.includes(korean) || tight.startsWith(latin))?.[1] ?? null
  )
}
