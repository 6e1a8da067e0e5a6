import { foldCharacter, foldText, isSyllable } from './places.fold.ts'

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
  const list = (texts: readonly string[]): string =>
    [...new Set(texts.map(foldText))].filter((t) => t !== '').join(' ')
  const { name, nameEn, aliases, words, address } = parts
  return `|${foldText(name)}|${foldText(nameEn ?? '')}|${list(aliases)}|${list(words)}|${foldText(address ?? '')}`
}

export interface SearchQuery {
  /** All of it as one word. */
  whole: string
  /** Each must be found, in `doc` or, when it is only consonants, in `initials`. */
  terms: { text: string; initials: boolean }[]
  /** Syllables and Latin words in their order: what is left out between them may be anything (망원칼국 finds 망원 닭칼국수). */
  parts: string[]
  /** NFC, lower-case, without spaces: for the bonus of the exact spelling. */
  plain: string
}

/** What a typed text asks for; null when nothing of it can be searched (only punctuation). */
export function readQuery(q: string): SearchQuery | null {
  const text = q.normalize('NFC').toLowerCase()
  const terms = text
    .split(/\s+/u)
    .map((word) => ({ text: foldText(word), initials: /^[ㄱ-ㅎ]+$/u.test(word) }))
    .filter((term) => term.text !== '')
    .slice(0, 6)
  if (terms.length === 0) return null
  const parts = (text.match(/[가-힣]|[^\s가-힣]+/gu) ?? [])
    .map(foldText)
    .filter((part) => part !== '')
  const whole = terms.map((term) => term.text).join('')
  return { whole, terms, parts, plain: text.replace(/\s+/gu, '') }
}

/** A place as ranking sees it. */
export interface Rankable {
  name: string
  doc: string
  initials: string
  /** Metres from where the reader looks; null when that isn't known. */
  distanceM: number | null
}

const typoScore = 0.3
/** At this distance nearness counts half. */
const NEAR_M = 1_200
const NEAR_WEIGHT = 0.45

/** Text first, nearness second; higher is better. */
export function rankPlace(query: SearchQuery, place: Rankable): number {
  const near = place.distanceM === null ? 0 : NEAR_WEIGHT / (1 + place.distanceM / NEAR_M)
  return textScore(query, place) + near
}

function textScore(query: SearchQuery, place: Rankable): number {
  const [, name = '', english = '', aliases = '', words = '', address = ''] = place.doc.split('|')
  const scoreOf = (text: string, initials: boolean): number => {
    if (initials)
      return Math.max(
        scoreIn(place.initials, text, 0.95),
        text.length > 1 ? scoreIn(name, text, 0.4) : 0,
      )
    return Math.max(
      scoreIn(name, text, 1),
      scoreIn(english, text, 0.95),
      ...aliases.split(' ').map((alias) => scoreIn(alias, text, 0.85)),
      ...words.split(' ').map((word) => scoreIn(word, text, 0.6)),
      address.includes(text) ? 0.3 : 0,
    )
  }
  const each = query.terms.map((term) => scoreOf(term.text, term.initials))
  const mean = each.every((score) => score > 0)
    ? each.reduce((sum, score) => sum + score, 0) / each.length
    : 0
  const whole = scoreOf(
    query.whole,
    query.terms.every((term) => term.initials),
  )
  const best = Math.max(mean, whole)
  if (best === 0) return typoScore * similarity(query.whole, name)
  const spelled = place.name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, '')
    .includes(query.plain)
  return best + (spelled ? 0.06 : 0)
}

/** 1 for all of the field, less for its beginning, less for its inside; longer fields are less meant. */
function scoreIn(field: string, text: string, weight: number): number {
  if (field === '' || text === '') return 0
  if (field === text) return weight
  const at = field.indexOf(text)
  if (at < 0) return 0
  return weight * ((at === 0 ? 0.82 : 0.68) + 0.1 * (text.length / field.length))
}

/** Dice coefficient of letter pairs, 0 to 1. */
function similarity(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0
  const pairs = new Map<string, number>()
  for (let i = 0; i < a.length - 1; i++)
    pairs.set(a.slice(i, i + 2), (pairs.get(a.slice(i, i + 2)) ?? 0) + 1)
  let shared = 0
  for (let i = 0; i < b.length - 1; i++) {
    const left = pairs.get(b.slice(i, i + 2)) ?? 0
    if (left > 0) shared++
    pairs.set(b.slice(i, i + 2), left - 1)
  }
  return (2 * shared) / (a.length + b.length - 2)
}

/**
 * Where a text holds what was searched, as [from, to) of UTF-16 units, ascending, not overlapping: for marks.
 * Whole characters are marked, also when only a part of the last syllable was typed; by initials the letters they stand for.
 */
export function findMarks(text: string, q: string): [number, number][] {
  const query = readQuery(q)
  if (!query) return []
  const units = unitsOf(text)
  const terms = [
    { text: query.whole, initials: query.terms.every((term) => term.initials) },
    ...query.terms,
  ]
  const marked = units.map(() => false)
  for (const term of terms) {
    const found = markTerm(
      units,
      term.initials ? (unit) => unit.initial : (unit) => unit.code,
      term.text,
      marked,
    )
    if (found && term === terms[0]) break
  }
  const marks: [number, number][] = []
  for (const [index, unit] of units.entries()) {
    if (!marked[index]) continue
    const last = marks.at(-1)
    if (last && marked[index - 1]) last[1] = unit.to
    else marks.push([unit.from, unit.to])
  }
  return marks
}

interface Unit {
  code: string
  initial: string
  from: number
  to: number
}

function unitsOf(text: string): Unit[] {
  const units: Unit[] = []
  let from = 0
  for (const character of text) {
    const code = foldCharacter(character.normalize('NFC'))
    units.push({
      code,
      initial: isSyllable(character) ? code.slice(0, 1) : code,
      from,
      to: from + character.length,
    })
    from += character.length
  }
  return units
}

function markTerm(
  units: Unit[],
  codeOf: (unit: Unit) => string,
  term: string,
  marked: boolean[],
): boolean {
  const code = units.map(codeOf).join('')
  const at = code.indexOf(term)
  if (at < 0 || term === '') return false
  let position = 0
  for (const [index, unit] of units.entries()) {
    const end = position + codeOf(unit).length
    if (position < at + term.length && end > at) marked[index] = true
    position = end
  }
  return true
}
