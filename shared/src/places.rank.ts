import { foldText } from './places.fold.ts'
import type { SearchQuery, SearchTerm } from './places.search.ts'

/** A place as ranking sees it. */
export interface Rankable {
  name: string
  doc: string
  initials: string
  /** 0 to 1. */
  popularity: number
  /** Metres from where the reader looks; null when that isn't known. */
  distanceM: number | null
}

/** At this distance nearness counts half. */
const NEAR_M = 1_200
const NEAR_WEIGHT = 0.45
/** Far places are told apart, too: of two in other cities the nearer. */
const REGION_M = 40_000
const REGION_WEIGHT = 0.12
const POPULAR_WEIGHT = 0.15
const ANYTHING = 0.5
const SPELLED = 0.06
const SLIP_WEIGHT = 0.7
/** Share of the letters that may be wrong; shorter words may have one. */
const SLIPS_SHARE = 0.25

export interface RankOptions {
  /** Whether letters may be wrong, which is dear to look for. */
  slips?: boolean
  /** How much popularity counts; 1 is usual. */
  popularityWeight?: number
}

/** Text first, then nearness and popularity; higher is better, 0: it is no match. */
export function rankPlace(query: SearchQuery, place: Rankable, options: RankOptions = {}): number {
  return rankMatch(scoreText(query, place, options.slips ?? false), place, options)
}

/** As `rankPlace`, of a text that was scored before. */
export function rankMatch(
  text: number,
  { distanceM, popularity }: Pick<Rankable, 'distanceM' | 'popularity'>,
  { popularityWeight = 1 }: Pick<RankOptions, 'popularityWeight'> = {},
): number {
  if (text === 0) return 0
  return text + nearness(distanceM) + POPULAR_WEIGHT * popularityWeight * popularity
}

function nearness(distanceM: number | null): number {
  if (distanceM === null) return 0
  return NEAR_WEIGHT / (1 + distanceM / NEAR_M) + REGION_WEIGHT / (1 + distanceM / REGION_M)
}

interface Field {
  text: string
  weight: number
  /** Where words begin, in order; null where that isn't known. */
  starts: (() => readonly number[]) | null
}

/**
 * How well a place's texts answer, about 0 to 1; 0: not at all. From 0.62 on its names do, in either language; below are aliases, words
 * of its category and menu, its address, and names with slips.
 */
export function scoreText(
  query: SearchQuery,
  place: Pick<Rankable, 'name' | 'doc' | 'initials'>,
  slips: boolean,
): number {
  if (query.terms.length === 0) return ANYTHING
  const [, name = '', english = '', aliases = '', words = '', address = ''] = place.doc.split('|')
  const [initials = '', dishInitials = ''] = place.initials.split('|')
  // Folding a name is most of the work, and hardly any row needs it.
  let known: readonly number[] | undefined
  const starts = (): readonly number[] => (known ??= wordStarts(place.name))
  const each = (texts: string, weight: number): Field[] =>
    texts.split(' ').map((text) => ({ text, weight, starts: null }))
  const spelled: Field[] = [
    { text: name, weight: 1, starts },
    { text: english, weight: 0.95, starts: null },
    ...each(aliases, 0.85),
    ...each(words, 0.6),
  ]
  const scoreOf = (term: SearchTerm): number => {
    if (term.initials)
      return Math.max(
        scoreIn({ text: initials, weight: 0.95, starts: null }, term.text),
        ...each(dishInitials, 0.5).map((field) => scoreIn(field, term.text)),
        term.text.length > 1 ? scoreIn({ text: name, weight: 0.4, starts }, term.text) : 0,
      )
    const found = Math.max(
      ...spelled.map((field) => scoreIn(field, term.text)),
      address.includes(term.text) ? 0.3 : 0,
    )
    return found > 0 || !slips
      ? found
      : Math.max(...spelled.map((field) => slipIn(field, term.text)))
  }
  const scores = query.terms.map(scoreOf)
  const mean = scores.every((score) => score > 0)
    ? scores.reduce((sum, score) => sum + score, 0) / scores.length
    : 0
  const initialsOnly = query.terms.every((term) => term.initials)
  const whole =
    query.terms.length === 1 ? mean : scoreOf({ text: query.whole, initials: initialsOnly })
  const best = Math.max(mean, whole)
  return best > 0 && isSpelled(query, place.name) ? best + SPELLED : best
}

const isSpelled = (query: SearchQuery, name: string): boolean =>
  name.includes(query.plain) ||
  name.normalize('NFC').toLowerCase().replace(/\s+/gu, '').includes(query.plain)

function wordStarts(name: string): number[] {
  let at = 0
  return name.split(/[\s()·,/]+/u).map((word) => {
    const start = at
    at += foldText(word).length
    return start
  })
}

/** 1 for all of the field, less for its beginning, that of a word, its inside; longer fields are less meant. */
function scoreIn({ text: field, weight, starts }: Field, text: string): number {
  if (field === '' || text === '') return 0
  if (field === text) return weight
  const at = field.indexOf(text)
  if (at < 0) return 0
  const place =
    at === 0 ? 0.82 : starts?.().some((start) => field.startsWith(text, start)) ? 0.76 : 0.66
  return weight * (place + 0.1 * (text.length / field.length))
}

/** As `scoreIn`, with letters wrong, missing or too many; 0 when too many are. */
function slipIn({ text: field, weight }: Field, text: string): number {
  if (field === '') return 0
  const allowed = Math.max(1, Math.floor(text.length * SLIPS_SHARE))
  const slips = slipsWithin(field, text, allowed)
  return slips > allowed
    ? 0
    : weight *
        SLIP_WEIGHT *
        (1 - slips / text.length) *
        (0.9 + 0.1 * Math.min(1, text.length / field.length))
}

/** The fewest changes that make a text a stretch of the field (Sellers' algorithm); more than `allowed` means too many. */
function slipsWithin(field: string, text: string, allowed: number): number {
  if (text.length > field.length + allowed) return allowed + 1
  let before = Array.from(`${field} `, () => 0)
  for (let i = 1; i <= text.length; i++) {
    const row = [i]
    for (let j = 1; j <= field.length; j++) {
      const same = text[i - 1] === field[j - 1] ? 0 : 1
      row.push(Math.min((before[j - 1] ?? 0) + same, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return Math.min(...before)
}
