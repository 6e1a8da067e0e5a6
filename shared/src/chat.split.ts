export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'candidate'; number: number; text: string }
  | { kind: 'link'; href: string }
const link = /https?:\/\/[^\s<>"']{1,500}/giu

/**
 * Splits a message into text, links and candidate tokens. `names` holds the numbers that name a candidate in this room;
 * other numbers stay text. Korean particles may follow a #number ("#2로 가자"), not a bare one.
 */
export function splitMessage(body: string, names: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = []
  const pushText = (text: string): void => {
    let from = 0
    for (const match of text.matchAll(
      /#([1-9]\d{0,2})(?!\d)|(?<![\p{L}\p{N}#.,:])([1-9]\d{0,2})(?![\p{L}\p{N}]|[.,:]\d)/gu,
    )) {
      const number = Number(match[1] ?? match[2])
      if (!names.has(number)) continue
      if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) })
      pieces.push({ kind: 'candidate', number, text: match[0] })
      from = match.index + match[0].length
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
