import { expect, test } from 'vitest'
import { splitMessage } from './chat.split.ts'

const read = (body: string, ...names: number[]): string =>
  splitMessage(body, new Set(names))
    .map((piece) =>
      piece.kind === 'text'
        ? piece.text
        : piece.kind === 'link'
          ? `<${piece.href}>`
          : `[${piece.number}]`,
    )
    .join('')

test('numbers that name a candidate, as words or after #', () => {
  expect(read('2 가자', 1, 2)).toBe('[2] 가자')
  expect(read('#2로 가자, #12는 멀어', 2)).toBe('[2]로 가자, #12는 멀어')
  expect(read('1 2 3', 1, 3)).toBe('[1] 2 [3]')
  expect(read('2, 1!', 1, 2)).toBe('[2], [1]!')
})

test('times, prices, counts and parts of words are no candidates', () => {
  for (const text of ['2시 12:30', '2명', '12,000원', '1.2km', 'v2', '02', '2번길', 'a#2b']) {
    expect(read(text, 1, 2, 12).replace('#2', '[2]'), text).toBe(text.replace('#2', '[2]'))
  }
})

test('links stand alone, without the sentence’s own marks, and numbers within them stay', () => {
  expect(read('여기 https://map.kakao.com/2?q=1, 2 어때', 1, 2)).toBe(
    '여기 <https://map.kakao.com/2?q=1>, [2] 어때',
  )
  expect(read('(https://a.kr/b).', 1)).toBe('(<https://a.kr/b>).')
  expect(read('javascript:alert(9) ftp://a.kr', 1)).toBe('javascript:alert(9) ftp://a.kr')
})

test('nothing of a text is lost', () => {
  for (const text of ['', '#', '2', '#2#3', 'https://', '안녕 2 https://a.kr 3 끝']) {
    const whole = splitMessage(text, new Set([2, 3])).map((piece) =>
      piece.kind === 'link' ? piece.href : piece.text,
    )
    expect(whole.join('')).toBe(text)
  }
})
