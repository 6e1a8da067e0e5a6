import { AppError } from './errors.ts'
import { limits } from './limits.ts'

/** Controls, bidi overrides and other invisible format characters; white space that means something is turned into plain one before. */
const unwanted = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu
/** Joiners of scripts and emoji, and the tag letters of flags such as Scotland's: format characters that real text needs. */
const needed = /\n|\u200c|\u200d|[\u{e0020}-\u{e007f}]/u
/** No script stacks more than this on one letter; "zalgo" text does, and covers the lines around it. */
const MARKS_MAX = 6
const stacked = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu')
const invisible = /^[\p{Z}\p{Cf}\p{M}\n\u115f\u1160\u3164\uffa0\u2800]*$/u

/**
 * A message as it is stored: NFC, trimmed, without control and bidi characters, at most one empty line in a row, 1 to `max`
 * code points. Throws AppError message_empty or message_too_long.
 */
export function cleanMessage(raw: string, max: number = limits.MESSAGE_CHARS): string {
  const body = raw
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(unwanted, (character: string) => (needed.test(character) ? character : ''))
    .replace(stacked, '$1')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
  if (body === '' || invisible.test(body)) throw new AppError('message_empty')
  if (messageLength(body) > max) throw new AppError('message_too_long', { max })
  return body
}

/** Length as the limit counts it: code points, so that an emoji of one code point is one. */
export function messageLength(body: string): number {
  let length = 0
  for (const _ of body) length++
  return length
}
