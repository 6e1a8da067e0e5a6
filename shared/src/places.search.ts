import { convertQwertyToHangul, disassemble } from 'es-hangul'
import { foldText, isSyllable } from './places.fold.ts'
import { remembered } from './text.ts'

/** What the search column of a place is made of. */
export interface DocParts {
  name: string
  nameEn: string | null
  /** Other spellings: romanised, brand aliases. */
  aliases: readonly string[]
  /** Words of category and menu, in both languages. */
  words: readonly string[]
  address: string | null
}

/** `|name|english|aliases|words|address`, each folded; `|` never occurs in a folded text. */
export function buildDoc(parts: DocParts): string {
  const { name, nameEn, aliases, words, address } = parts
  return `|${foldText(name)}|${foldText(nameEn ?? '')}|${list(aliases.map(foldText))}|${list(words.map(foldWord))}|${foldText(address ?? '')}`
}

/** Each once. */
function list(folded: readonly string[]): string {
  let listed = ''
  for (const [nth, text] of folded.entries())
    if (text !== '' && folded.indexOf(text) === nth) listed += listed === '' ? text : ` ${text}`
  return listed
}

/** A country's places are of a few thousand words. */
const foldWord = remembered(foldText, 20_000)

export interface SearchTerm {
  text: string
  /** Only consonants: looked for in `initials`. */
  initials: boolean
}

export interface SearchQuery {
  /** All of it as one word. */
  whole: string
  /** Each must be found; none: whatever is there. */
  terms: readonly SearchTerm[]
  /** NFC, lower-case, without spaces: for the bonus of the exact spelling. */
  plain: string
}

const TERMS_MAX = 6
/** Tell of places as such, not of one: said along with what is meant, and alone they ask for anything near. */
const generic = new Set(
  `맛집 맛있는 근처 주변 추천 가까운 음식점 레스토랑 식당 가게 음식 요리 여기 인기 유명한 best good great popular near nearby me around here restaurant restaurants
  food foods foodie place places spot eat eatery the a an in at for of and with to`.split(/\s+/u),
)
/** What people put after the word that counts: 치킨집, 천호점, 강남역, 파스타 전문점. Longest first. */
const endings = '전문점 요리집 음식점 레스토랑 맛집 식당 가게 요리 음식 집 점 역 동 앞 옆'.split(
  ' ',
)
const STEM_SYLLABLES = 2

const wordsOf = (q: string): string[] =>
  q
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s,/·]+/u)
    .filter((word) => foldText(word) !== '')
    .slice(0, TERMS_MAX)

function queryOf(words: readonly string[]): SearchQuery {
  const terms = words.map((word) => ({ text: foldText(word), initials: /^[ㄱ-ㅎ]+$/u.test(word) }))
  return { terms, whole: terms.map(({ text }) => text).join(''), plain: words.join('') }
}

/** What a typed text asks for; null when nothing of it can be searched (only punctuation). */
export function readQuery(q: string): SearchQuery | null {
  const words = wordsOf(q)
  return words.length === 0 ? null : queryOf(words)
}

/** Whatever is there: for filters without a text. */
export const anyPlace: SearchQuery = { terms: [], whole: '', plain: '' }

export interface Reading {
  query: SearchQuery
  /** How much less likely it is than what was typed, as a score (places.rank.ts). */
  cost: number
  /** Leaves out something that was meant: only if there is nothing else. */
  last: boolean
  /** One word read as two. */
  split: boolean
}

/** What else may have been meant, the likeliest first. */
export function otherReadings(q: string): Reading[] {
  const words = wordsOf(q)
  const telling = words.filter((word) => !generic.has(word))
  const seen = new Set([words.join(' ')])
  const readings: Reading[] = []
  const read = (
    reading: readonly string[],
    cost: number,
    { last = false, split = false } = {},
  ): void => {
    const key = reading.join(' ')
    if (reading.length === 0 || seen.has(key)) return
    seen.add(key)
    readings.push({ query: queryOf(reading), cost, last, split })
  }
  read(telling, 0.02)
  read(telling.map(otherKeyboard), 0.1)
  read(telling.map(stemOf), 0.1)
  if (telling.length === 1)
    for (const halves of splitsOf(telling[0] ?? '')) read(halves, 0.1, { split: true })
  // In Korean what counts comes last: of 매운 떡볶이 the 떡볶이.
  if (telling.length > 1) {
    read(telling.slice(1).map(stemOf), 0.5, { last: true })
    read(telling.slice(0, -1).map(stemOf), 0.6, { last: true })
  }
  if (telling.length === 0 && words.length > 0)
    readings.push({ query: anyPlace, cost: 0.1, last: false, split: false })
  return readings
}

function stemOf(word: string): string {
  const ending = endings.find(
    (each) => word.endsWith(each) && word.length - each.length >= STEM_SYLLABLES,
  )
  if (ending !== undefined) return withoutS(word.slice(0, -ending.length))
  if (!/^[a-z]+s$/u.test(word)) return word
  return word.slice(0, -1).replace(/(?<=[a-z]{2}(?:sh|ch|x))e$/u, '')
}

const FINAL_S = 19
/** The ㅅ between two nouns: 고깃집 is a house of 고기. */
function withoutS(stem: string): string {
  const last = stem.charCodeAt(stem.length - 1)
  return isSyllable(stem.slice(-1)) && (last - 0xac00) % 28 === FINAL_S
    ? stem.slice(0, -1) + String.fromCharCode(last - FINAL_S)
    : stem
}

const qwerty = Object.fromEntries(
  [...'qQwWeErRtTyuioOpPasdfghjklzxcvbnm'].map((key) => [convertQwertyToHangul(key), key]),
)
/** Typed with the keyboard in the other language: clzls is 치킨, ㅔㅑㅋㅋㅁ is pizza. */
function otherKeyboard(word: string): string {
  if (/^[a-z]{3,}$/u.test(word)) return hangulOf(word) ?? word
  // Nobody writes a lone vowel.
  if (!/^[ㄱ-ㅎㅏ-ㅣ가-힣]+$/u.test(word) || !/[ㅏ-ㅣ]/u.test(word)) return word
  return [...disassemble(word)]
    .map((jamo) => qwerty[jamo] ?? jamo)
    .join('')
    .toLowerCase()
}

/** What the keys write in Hangul; null when that is no word. */
function hangulOf(keys: string): string | null {
  try {
    const hangul = convertQwertyToHangul(keys)
    return /^[가-힣]+$/u.test(hangul) ? hangul : null
  } catch {
    // It throws for vowels that no syllable has.
    return null
  }
}

/** A word of Hangul as two: 강남칼국수 is what is called 칼국수 in 강남. */
function splitsOf(word: string): string[][] {
  const letters = [...word]
  if (!/^[가-힣]{4,12}$/u.test(word)) return []
  return letters
    .slice(2, -1)
    .map((_, i) => [letters.slice(0, i + 2).join(''), letters.slice(i + 2).join('')])
}
