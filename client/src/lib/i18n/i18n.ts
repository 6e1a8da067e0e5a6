import type { JSX } from 'solid-js'
import type { ErrorCode, WireError } from '#shared/errors.ts'
import { lang } from './lang.ts'
import { fillText, parseText, type Lang, type ParamNames, type Value } from './template.ts'
import { texts, type Texts } from './texts/index.ts'
import { errorParams } from './texts/errors.ts'

export { lang, markDocument, setLang } from './lang.ts'
export type { Lang, Value } from './template.ts'

/** Every key of every feature: 'rooms.waitingFor'. */
export type TextKey = {
  [F in keyof Texts]: `${F & string}.${keyof Texts[F]['ko'] & string}`
}[keyof Texts]

type TextOf<Key extends TextKey> = Key extends `${infer F}.${infer Name}`
  ? F extends keyof Texts
    ? Name extends keyof Texts[F]['ko']
      ? Texts[F]['ko'][Name] & string
      : never
    : never
  : never

type Args<Key extends TextKey, V> = [ParamNames<TextOf<Key>>] extends [never]
  ? []
  : [params: { [Name in ParamNames<TextOf<Key>>]: V }]

function textOf(language: Lang, key: string): string {
  const dot = key.indexOf('.')
  const feature = texts[key.slice(0, dot) as keyof Texts] as
    | Record<Lang, Record<string, string>>
    | undefined
  return feature?.[language][key.slice(dot + 1)] ?? key
}

/**
 * The text of a key in the present language, with particles, plurals and numbers filled in. Reactive to the language.
 * t('rooms.waitingFor', { name: '민수' }) is '민수를 기다리고 있어요'.
 */
export function t<Key extends TextKey>(key: Key, ...[params]: Args<Key, Value>): string {
  return fillText(lang(), textOf(lang(), key), params)
}

/** A value that is shown as an element but spoken (particle, plural) as `text`. */
export interface Shown {
  text: Value
  node: JSX.Element
}

/** Like `t`, but values may be elements: tRich('chat.putForward', { name, place: { text: name, node: <b>…</b> } }). */
export function tRich<Key extends TextKey>(
  key: Key,
  ...[params]: Args<Key, Value | Shown>
): JSX.Element[] {
  const values = (params ?? {}) as Record<string, Value | Shown>
  return parseText(lang(), textOf(lang(), key)).flatMap((part): JSX.Element[] => {
    if (typeof part === 'string') return [part]
    const value = values[part.name]
    if (value === undefined) return []
    return typeof value === 'object'
      ? [value.node, part.after(value.text)]
      : [part.show(value) + part.after(value)]
  })
}

/** The sentence for a refusal, from its code and parameters: what happened and one way on. */
export function tError(error: WireError): string {
  const params = errorParams(error)
  return fillText(lang(), textOf(lang(), `errors.${error.code satisfies ErrorCode}`), params)
}
