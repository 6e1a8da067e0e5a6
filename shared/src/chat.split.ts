import { isCounted, isNamedByBeon } from './chat.numbers.ts'

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'candidate'; number: number; text: string }
  | { kind: 'link'; href: string }
const link = /https?:\/\/[^\s<>"']{1,500}/giu
/** #2, 2 as a word, 2번. */
const number = /#([1-9]\d{0,2})(?!\d)|(?<![\p{L}\p{N}#.,:])([1-9]\d{0,2})(번)?(?!\p{N}|[.,:]\d)/gu

/**
 * Splits a message into text, links and candidate tokens. `names` holds the numbers that name a candidate in this room;
 * other numbers stay text, and so does a bare one that counts something ("in 2 minutes", "2 명"). Korean particles may
 * follow a #number ("#2로 가자") and a number with 번 ("2번으로"), not a bare one.
 */
export function splitMessage(body: string, names: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = []
  const pushText = (text: string): void => {
    let from = 0
    for (const match of text.matchAll(number)) {
      const named = Number(match[1] ?? match[2])
      const end = match.index + match[0].length
      if (!names.has(named) || !isName(match, text.slice(0, match.index), text.slice(end))) continue
      if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) })
      pieces.push({ kind: 'candidate', number: named, text: match[0] })
      from = end
    }
    if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) })
  }
  let from = 0
  for (const match of body.matchAll(link)) {
    const href = match[0].replace(/[).,!?]+$/u, '')
    if (match.index > from) pushText(body.slice(from, match.index))
    pieces.push({ kind: 'link', href })
    from = match.index + href.length
  }
  if (from < body.length) pushText(body.slice(from))
  return pieces
}

function isName([, hashed, , beon]: RegExpExecArray, before: string, after: string): boolean {
  if (hashed !== undefined) return true
  if (beon !== undefined) return isNamedByBeon(after)
  return !/^\p{L}/u.test(after) && !isCounted(before, after)
}
