import { expect, test } from 'vitest'
import { draftBody, emptyDraft, takeBack, typeInto } from './state.draft.ts'
import type { Draft } from './state.draft.ts'

const names = new Set([1, 2])

/** Letter by letter, as it is written; what became a token has left the field. */
function write(text: string, draft: Draft = emptyDraft): Draft {
  let now = draft
  for (const letter of text) now = typeInto(now, now.tail + letter, names)
  return now
}
const tokens = ({ pieces }: Draft): number[] =>
  pieces.flatMap((piece) => (piece.kind === 'token' ? [piece.number] : []))

test('2, #2 and 2번 become the place as they are written', () => {
  for (const text of ['가자 2 ', '가자 #2 ', '가자 2번 ']) {
    const draft = write(text)
    expect(tokens(draft), text).toEqual([2])
    expect(draftBody(draft)).toBe('가자 #2')
  }
  expect(tokens(write('가자 7 '))).toEqual([])
})

test('a number turns back into text once its unit is written, and goes out as text', () => {
  expect(tokens(write('in 2 '))).toEqual([2])
  const draft = write('in 2 minutes')
  expect(tokens(draft)).toEqual([])
  expect(draftBody(draft)).toBe('in 2 minutes')
  expect(draftBody(write('#2 minutes'))).toBe('#2 minutes')
  expect(draftBody(write('at 2 ok'))).toBe('at 2 ok')
  // Korean is composed: the field tells of its last letter only when it is sent.
  expect(draftBody({ ...write('2 '), tail: '명이야' })).toBe('2 명이야')
})

test('Backspace gives the number back as it was written', () => {
  expect(takeBack(write('가자 2번 '))).toEqual({ pieces: [], tail: '가자 2번' })
})
