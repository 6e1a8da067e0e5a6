import { AppError } from './errors.ts'
import { limits } from './limits.ts'

const forbidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u
/** Joiners that real names and family emoji need, though Unicode files them under format characters. */
const allowedFormat = /[\u200c\u200d]/gu
const invisible = /^[\p{Z}\p{Cf}\p{M}\u115f\u1160\u3164\uffa0\u2800]*$/u
const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** Letters of which each is a grapheme of its own and may stand in a name: most names are of these alone, and all else is slow. */
const single = /^[ -~가-힣一-鿿]*$/u

/** Number of user-perceived characters (extended grapheme clusters, UAX #29). */
export function graphemeCount(text: string): number {
  if (single.test(text)) return text.length
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

/** A family with skin tones has 11 code points; towers of marks that cover the lines above have more. */
const GRAPHEME_CODE_POINTS = 12
function hasStackedMarks(text: string): boolean {
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length > GRAPHEME_CODE_POINTS && [...segment].length > GRAPHEME_CODE_POINTS)
      return true
  }
  return false
}

/**
 * A name as it is stored: NFC, trimmed, inner white space folded to one space, 1 to `max` graphemes, at most 12 code
 * points a grapheme (stacked marks), no control, bidi, surrogate or unassigned characters.
 * Throws AppError('name_invalid').
 */
export function cleanName(raw: string, max: number = limits.NICKNAME_GRAPHEMES): string {
  const name = raw
    .normalize('NFC')
    .trim()
    .replace(/[^\S\r\n]+/gu, ' ')
  const simple = name !== '' && single.test(name)
  if (!simple && (name === '' || invisible.test(name)))
    throw new AppError('name_invalid', { reason: 'empty', max })
  if (!simple && (forbidden.test(name.replace(allowedFormat, '')) || hasStackedMarks(name))) {
    throw new AppError('name_invalid', { reason: 'forbidden_characters', max })
  }
  if (name.length > max * 12 || (simple ? name.length : graphemeCount(name)) > max)
    throw new AppError('name_invalid', { reason: 'too_long', max })
  return name
}
