import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../paths.ts'

/** All that our own words are written with: the sources themselves, so that no list has to be kept. Tests don't count. */
const SOURCES = ['client/src/**/*.{ts,tsx}', 'shared/src/{rooms,dishes,places}.*.ts']
/** A syllable of Hangul. */
const SYLLABLE = /[가-힣]/
/** Single letters: our sources name them to search by, people write ㅋㅋ and ㅠㅠ. */
const LETTER = /[ㄱ-ㆎ]/
/** Stands in the map's attribution, which comes from the server's configuration. */
const FROM_CONFIGURATION = '©'
/** Many syllables a file is bytes for glyphs that nobody reads, few is a request for each: 32 are about 6 kB. */
const SLICE = 32
/** The package's own files from this number on hold the common syllables, the commonest in the last. */
const COMMON_FROM = 73

/** A font file: what it holds, and how it is called. */
export interface Slice {
  name: string
  characters: string[]
}

/** The package's own parts: number and characters. */
export type Parts = ReadonlyMap<number, readonly string[]>

/** Every character of our own texts, and all of ASCII. */
export function charactersOfTexts(): Set<string> {
  const found = new Set(ascii())
  for (const file of globSync(SOURCES, { cwd: ROOT }).filter((name) => !/\.test\./.test(name)))
    for (const character of readFileSync(join(ROOT, file), 'utf8'))
      if (character > '~') found.add(character)
  for (const character of dateWords()) found.add(character)
  return found
}

function ascii(): string[] {
  return Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
}

/** Words that come from the browser and stand in none of our files: months, weekdays, how long ago. */
export function dateWords(): string {
  const words: string[] = []
  for (const locale of ['ko', 'en']) {
    const days = ['short', 'long'] as const
    for (let day = 0; day < 7; day++)
      for (const weekday of days)
        words.push(
          new Intl.DateTimeFormat(locale, { month: weekday, day: 'numeric', weekday }).format(
            Date.UTC(2026, day, day + 1),
          ),
        )
    const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    for (const unit of ['minute', 'hour', 'day'] as const)
      for (const count of [0, -1, -2, -3]) words.push(ago.format(count, unit))
  }
  return words.join('')
}

/** Reads which characters the package's dynamic subset has in which file. */
export function partsOf(css: string): Parts {
  const rules = css.matchAll(/\/\* \[(\d+)\] \*\/[^}]*?unicode-range: ([^;]+);/g)
  return new Map(
    Array.from(rules, ([, part, ranges = '']): [number, string[]] => [
      Number(part),
      ranges.split(', ').flatMap(charactersOfRange),
    ]),
  )
}

function charactersOfRange(range: string): string[] {
  const [first = 0, last = first] = range
    .slice(2)
    .split('-')
    .map((code) => Number.parseInt(code, 16))
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
}

/**
 * Our files: `ui` with all of our own texts and the usual marks, single letters, then common syllables of what people write, in small
 * slices by how common they are. What is in none of them comes from the package's own files.
 */
export function slicesOf(texts: ReadonlySet<string>, parts: Parts): Slice[] {
  const common = [...parts.keys()].filter((part) => part >= COMMON_FROM).toSorted((a, b) => b - a)
  const known = new Set([...parts.values()].flat())
  const inOrder = common.flatMap((part) => parts.get(part) ?? [])
  const ui = new Set([...texts].filter((one) => known.has(one) && !LETTER.test(one)))
  const commonest = parts.get(common[0] ?? NaN) ?? []
  for (const one of [...commonest, FROM_CONFIGURATION]) if (!LETTER.test(one)) ui.add(one)
  const letters = [...known].filter((one) => LETTER.test(one))
  const rest = inOrder.filter((one) => SYLLABLE.test(one) && !ui.has(one))
  const slices = [
    { name: 'ui', characters: [...ui].toSorted() },
    { name: 'letters', characters: letters.toSorted() },
  ]
  for (let from = 0; from < rest.length; from += SLICE)
    slices.push({ name: `more-${from / SLICE + 1}`, characters: rest.slice(from, from + SLICE) })
  return slices
}

/** `U+AC00, U+AC04-AC07`, as CSS writes it. */
export function unicodeRange(characters: readonly string[]): string {
  const codes = characters
    .map((character) => character.codePointAt(0) ?? 0)
    .toSorted((a, b) => a - b)
  const ranges: [first: number, last: number][] = []
  for (const code of codes) {
    const last = ranges.at(-1)
    if (last && code === last[1] + 1) last[1] = code
    else ranges.push([code, code])
  }
  const hex = (code: number): string => code.toString(16)
  return ranges
    .map(([first, last]) => `U+${hex(first)}${last > first ? `-${hex(last)}` : ''}`)
    .join(', ')
}
