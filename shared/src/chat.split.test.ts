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

test('with 번 a number is a name, whatever particle follows; streets, exits and times are not', () => {
  expect(read('2번 가자', 2)).toBe('[2] 가자')
  expect(read('나는 2번!', 2)).toBe('나는 [2]!')
  expect(read('2번으로 하고 1번은 다음에, 2번이랑', 1, 2)).toBe(
    '[2]으로 하고 [1]은 다음에, [2]이랑',
  )
  for (const text of ['2번길', '2번째야', '2번지', '2번 출구 앞', '2번 버스', '2번 더 먹자'])
    expect(read(text, 2), text).toBe(text)
})

test('a bare number that counts, costs or tells the time is no name; the same number with # is', () => {
  const counted = [
    'in 2 minutes',
    'be there in 2 min',
    '2 of us are here',
    'party of 2 people',
    '1 or 2 hours',
    '2-3 stops',
    'a 2-minute walk',
    "let's meet at 2",
    'by 2 pm',
    '$2 off',
    '+1',
    '2 km away',
    '2% tip',
    '2 분 뒤에 도착',
    '2 명이서 갈게',
    '오후 2 어때',
    '1~2명',
    '2 인분 시키자',
    '2 시에 봐',
  ]
  for (const text of counted) expect(read(text, 1, 2, 3), text).toBe(text)
  expect(read('in #2 minutes', 2)).toBe('in [2] minutes')
})

test('what follows a name is no unit by chance', () => {
  const named = [
    'I vote for 2',
    'what about 2?',
    '2 is good, 3 too',
    '2 sounds nice',
    '2 시켜 먹자',
    '2 분위기 좋아',
    '2 주세요',
    '2 대박',
    'maybe 2 then 1',
  ]
  for (const text of named)
    expect(read(text, 1, 2, 3), text).toBe(text.replace(/\d/g, (digit) => `[${digit}]`))
})

test('links stand alone, without the sentence’s own marks, and numbers within them stay', () => {
  expect(read('여기 https://map.kakao.com/2?q=1, 2 어때', 1, 2)).toBe(
    '여기 <https://map.kakao.com/2?q=1>, [2] 어때',
  )
  expect(read('(https://a.kr/b).', 1)).toBe('(<https://a.kr/b>).')
  expect(read('javascript:alert(9) ftp://a.kr', 1)).toBe('javascript:alert(9) ftp://a.kr')
})

test('nothing of a text is lost', () => {
  for (const text of [
    '',
    '#',
    '2',
    '#2#3',
    'https://',
    '안녕 2 https://a.kr 3 끝',
    '2번으로 3 분',
  ]) {
    const whole = splitMessage(text, new Set([2, 3])).map((piece) =>
      piece.kind === 'link' ? piece.href : piece.text,
    )
    expect(whole.join('')).toBe(text)
  }
})
