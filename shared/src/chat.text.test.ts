import { expect, test } from 'vitest'
import { cleanMessage, messageLength } from './chat.text.ts'
import { AppError } from './errors.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'accepted'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

test('text that people mean stays as it is', () => {
  for (const text of [
    '안녕하세요',
    '2번 가자 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    'ㅋㅋㅋ ㅠㅠ ㅅㅅ',
    '한 줄\n두 줄\n\n넷째 줄',
    'مرحبا',
    "'; drop table messages; --",
    '<b>굵게</b>',
    '\u0915\u094d\u200d\u0937',
  ]) {
    expect(cleanMessage(text)).toBe(text.normalize('NFC'))
  }
})

test('a decomposed syllable is composed', () => {
  expect(cleanMessage('\u1112\u1161\u11ab')).toBe('한')
})

test('controls, bidi overrides, lone surrogates and towers of marks go', () => {
  expect(cleanMessage('가\u0000\u0007\u001b[31m나\u202e다\u2066라\ufeff\ud800')).toBe(
    '가[31m나다라',
  )
  expect(cleanMessage('a\r\nb\u2028c\td')).toBe('a\nb\nc d')
  expect(cleanMessage('줄\n\n\n\n\n줄')).toBe('줄\n\n줄')
  expect(messageLength(cleanMessage(`가${'\u0334'.repeat(500)}`))).toBe(7)
})

test('nothing to see is nothing to send', () => {
  for (const text of [
    '',
    '   ',
    '\n\n',
    '\u200b\u200d',
    '\u3164',
    '\u0000',
    '\u202e\u202c',
    '\u2800',
  ]) {
    expect(codeOf(() => cleanMessage(text))).toBe('message_empty')
  }
})

test('the limit counts code points after cleaning', () => {
  expect(codeOf(() => cleanMessage('🍜'.repeat(2_000)))).toBe('accepted')
  expect(codeOf(() => cleanMessage('🍜'.repeat(2_001)))).toBe('message_too_long')
  expect(codeOf(() => cleanMessage(`${' '.repeat(5_000)}가`))).toBe('accepted')
  expect(codeOf(() => cleanMessage('가나다', 2))).toBe('message_too_long')
})
