import { isCounted } from '#shared/chat.numbers.ts'

/**
 * The draft of a message: what stands before the caret may be frozen into pieces, the rest is the input's text. Pure, so
 * that composition and Backspace can be tested without a page.
 */
export type DraftPiece =
  | { kind: 'text'; text: string }
  | { kind: 'token'; number: number; text: string }

export interface Draft {
  pieces: readonly DraftPiece[]
  tail: string
}

export const emptyDraft: Draft = { pieces: [], tail: '' }

/**
 * A number that names a candidate becomes a token once a space follows it ("2 ", "2번 ", "가자 #2 "). Not while composing:
 * Hangul is then not yet what it will be. A bare one turns back when what follows shows that it counts ("2 minutes").
 */
export function typeInto(draft: Draft, tail: string, names: ReadonlySet<number>): Draft {
  const counts = thaw({ ...draft, tail })
  if (counts) return counts
  const match = /(^|\s)(#?([1-9]\d{0,2})번?)\s$/u.exec(tail)
  const number = Number(match?.[3])
  // Only where a space was just added: a token turned back by Backspace stays text until it is written anew.
  if (!match || !names.has(number) || tail.length <= draft.tail.length) return { ...draft, tail }
  const before = tail.slice(0, match.index) + (match[1] ?? '')
  if (isBare(match[2]) && isCounted(before, '')) return { ...draft, tail }
  const pieces: DraftPiece[] = before === '' ? [] : [{ kind: 'text', text: before }]
  return {
    pieces: [...draft.pieces, ...pieces, { kind: 'token', number, text: match[2] ?? '' }],
    tail: '',
  }
}

const isBare = (text = ''): boolean => /^\d+$/.test(text)

/** The draft with its last token as text again, if what follows it is a unit; null: it isn't. */
function thaw(draft: Draft): Draft | null {
  const last = draft.pieces.at(-1)
  if (last?.kind !== 'token' || !isBare(last.text) || !isCounted('', ` ${draft.tail}`)) return null
  return { pieces: draft.pieces.slice(0, -1), tail: `${last.text} ${draft.tail}` }
}

/** Backspace at the very beginning of the input: the token before it becomes its number again. */
export function takeBack(draft: Draft): Draft {
  const last = draft.pieces.at(-1)
  if (!last) return draft
  const pieces = draft.pieces.slice(0, -1)
  if (last.kind === 'text') return { pieces, tail: last.text + draft.tail }
  const before = pieces.at(-1)
  if (before?.kind === 'text')
    return { pieces: pieces.slice(0, -1), tail: before.text + last.text + draft.tail }
  return { pieces, tail: last.text + draft.tail }
}

/** What is sent: tokens as #n, since a Korean particle may follow those. */
export function draftBody(written: Draft): string {
  // The last letters of a composition come without a word from the keyboard.
  const draft = thaw(written) ?? written
  const parts = draft.pieces.map((piece) =>
    piece.kind === 'text' ? piece.text : `#${piece.number} `,
  )
  return (parts.join('') + draft.tail).trim()
}

/** Enter sends, but never the Enter that ends a composition (229: Safari's, after `compositionend`). */
export function isSendKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>,
): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229
}
