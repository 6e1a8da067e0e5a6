import { romanize } from 'es-hangul'

const SYLLABLE = 0xac00
const FINALS = 28
const word = /[가-힣]+/gu
/** Names of a whole country are made of fewer. */
const KEPT_MAX = 50_000
const kept = new Map<string, string>()

/**
 * A name in Latin letters as it is pronounced, where it is Hangul. Sounds change only where a final consonant meets the next
 * syllable: what lies between open syllables is romanised for itself and kept, since it comes again in other names and the rules
 * are two thirds of what reading a row costs.
 */
export function romanizeName(name: string): string {
  return name.replace(word, (hangul) => {
    let latin = ''
    let from = 0
    for (let at = 0; at < hangul.length; at++) {
      const open = (hangul.charCodeAt(at) - SYLLABLE) % FINALS === 0
      if (!open && at < hangul.length - 1) continue
      latin += romanizeOnce(hangul.slice(from, at + 1))
      from = at + 1
    }
    return latin
  })
}

/** Letter by letter, as people write who go by the sign: 동일루 is dongilru, and pronounced dongnillu. */
export const romanizeSign = (name: string): string => name.replace(/[가-힣]/gu, romanizeOnce)

function romanizeOnce(hangul: string): string {
  const known = kept.get(hangul)
  if (known !== undefined) return known
  if (kept.size >= KEPT_MAX) kept.clear()
  const latin = romanize(hangul)
  kept.set(hangul, latin)
  return latin
}
