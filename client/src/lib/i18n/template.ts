import { JOSA, josa, type Josa } from './josa.ts'
import { countKo } from './numerals.ts'

/*
 * The language of the texts:
 *   {name}                    the value; numbers get their separators
 *   {name:이/가}               the value followed by the particle that fits it
 *   {count:한 명}              a Korean count in prose: 네 명, 7명
 *   {count?# person|# people} one of two forms by the plural rules; # is the number
 */

export type Lang = 'ko' | 'en'
export type Value = string | number

type NameOf<Inside extends string> = Inside extends `${infer Name}?${string}`
  ? Name
  : Inside extends `${infer Name}:${string}`
    ? Name
    : Inside

/** The names of the parameters that a text asks for. */
export type ParamNames<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? NameOf<Inside> | ParamNames<Rest>
  : never

export type Params<Text extends string> = { [Name in ParamNames<Text>]: Value }

export interface Slot {
  name: string
  /** What stands in the text for a value: the value itself, formatted. */
  show: (value: Value) => string
  /** What follows the value, chosen by it: a particle, or nothing. */
  after: (value: Value) => string
}
export type Part = string | Slot

const numberFormats: Record<Lang, Intl.NumberFormat> = {
  ko: new Intl.NumberFormat('ko'),
  en: new Intl.NumberFormat('en'),
}
const pluralRules: Record<Lang, Intl.PluralRules> = {
  ko: new Intl.PluralRules('ko'),
  en: new Intl.PluralRules('en'),
}
const nothing = () => ''

function plain(lang: Lang, value: Value): string {
  return typeof value === 'number' ? numberFormats[lang].format(value) : value
}

function slot(lang: Lang, inside: string): Slot {
  const plural = /^(\w+)\?(.*)$/s.exec(inside)
  if (plural) {
    const [one = '', other = one] = (plural[2] ?? '').split('|')
    const show = (value: Value) => {
      const form = pluralRules[lang].select(Number(value)) === 'one' ? one : other
      return form.replaceAll('#', plain(lang, value))
    }
    return { name: plural[1] ?? '', show, after: nothing }
  }
  const [name = '', how] = inside.split(':')
  if (how?.startsWith('한 '))
    return { name, show: (value) => countKo(Number(value), how.slice(2)), after: nothing }
  const pair = JOSA.find((known) => known === how)
  return { name, show: (value) => plain(lang, value), after: pair ? particle(lang, pair) : nothing }
}

function particle(lang: Lang, pair: Josa) {
  return (value: Value) => josa(plain(lang, value), pair)
}

const parsed: Record<Lang, Map<string, Part[]>> = { ko: new Map(), en: new Map() }

/** Splits a text into literal strings and slots; each text is parsed once per language. */
export function parseText(lang: Lang, text: string): Part[] {
  const known = parsed[lang].get(text)
  if (known) return known
  const parts = text
    .split(/\{([^{}]+)\}/)
    .map((piece, index): Part => (index % 2 === 1 ? slot(lang, piece) : piece))
    .filter((part) => part !== '')
  parsed[lang].set(text, parts)
  return parts
}

/** Fills a text with values. A missing value shows as nothing rather than as its name. */
export function fillText(lang: Lang, text: string, params: Record<string, Value> = {}): string {
  return parseText(lang, text)
    .map((part) => {
      if (typeof part === 'string') return part
      const value = params[part.name]
      return value === undefined ? '' : part.show(value) + part.after(value)
    })
    .join('')
}

type SameParams<Ko extends Record<string, string>, En> = {
  [Key in keyof Ko]: Key extends keyof En
    ? En[Key] extends string
      ? [ParamNames<Ko[Key]>, ParamNames<En[Key]>] extends [
          ParamNames<En[Key]>,
          ParamNames<Ko[Key]>,
        ]
        ? En[Key]
        : `parameters differ: ${ParamNames<Ko[Key]> | ParamNames<En[Key]>}`
      : never
    : string
}

/**
 * The texts of one feature in both languages side by side. The types refuse a key that one language lacks and a text
 * whose parameters differ from its twin's.
 */
export function defineTexts<
  const Ko extends Record<string, string>,
  const En extends Record<string, string> & { [Key in Exclude<keyof En, keyof Ko>]: never },
>(texts: { ko: Ko; en: En & SameParams<Ko, En> }): { ko: Ko; en: Record<keyof Ko, string> } {
  return texts
}
