import { romanize } from 'es-hangul'
import { remembered } from '#shared/text.ts'

/** 가 and 힣. */
const [FIRST, LAST] = [0xac00, 0xd7a3]
const FINALS = 28

/**
 * A name in Latin letters as it is pronounced, where it is Hangul. Sounds change only where a final consonant meets the next
 * syllable: what lies between open syllables is romanised for itself and kept, since it comes again in other names and the rules
 * are two thirds of what reading a row costs.
 */
export function romanizeName(name: string): string {
  let latin = ''
  let from = 0
  for (let at = 0; at < name.length; at++) {
    if (!isSyllable(name, at)) {
      latin += name.charAt(at)
      from = at + 1
    } else if (from === at && isOpen(name, at)) {
      latin += romanizeSyllable(name, at)
      from = at + 1
    } else if (isOpen(name, at) || !isSyllable(name, at + 1)) {
      latin += romanizeOnce(name.slice(from, at + 1))
      from = at + 1
    }
  }
  return latin
}

const isOpen = (name: string, at: number): boolean => (name.charCodeAt(at) - FIRST) % FINALS === 0

/** Letter by letter, as people write who go by the sign: 동일루 is dongilru, and pronounced dongnillu. */
export function romanizeSign(name: string): string {
  let latin = ''
  for (let at = 0; at < name.length; at++)
    latin += isSyllable(name, at) ? romanizeSyllable(name, at) : name.charAt(at)
  return latin
}

const isSyllable = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit >= FIRST && unit <= LAST
}

const syllables = Array.from<string | undefined>({ length: LAST - FIRST + 1 })
const romanizeSyllable = (name: string, at: number): string =>
  (syllables[name.charCodeAt(at) - FIRST] ??= romanize(name.charAt(at)))

/** Names of a whole country are made of fewer. */
const romanizeOnce = remembered(romanize, 50_000)
