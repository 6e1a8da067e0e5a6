import { describe, expect, test } from 'vitest'
import { numberToHangul } from 'es-hangul'
import { JOSA, josa, withJosa } from './josa.ts'

describe('particles after Hangul', () => {
  test.each([
    ['민수', '이/가', '민수가'],
    ['도윤', '이/가', '도윤이'],
    ['동일루', '을/를', '동일루를'],
    ['고향집', '을/를', '고향집을'],
    ['비아 서울', '로/으로', '비아 서울로'],
    ['빈대떡마을', '로/으로', '빈대떡마을로'],
    ['고향집', '로/으로', '고향집으로'],
    ['하린', '과/와', '하린과'],
    ['지우', '과/와', '지우와'],
    ['서연', '은/는', '서연은'],
    ['추첨', '이에요/예요', '추첨이에요'],
    ['결과', '이에요/예요', '결과예요'],
  ] as const)('%s + %s', (word, pair, whole) => {
    expect(withJosa(word, pair)).toBe(whole)
  })
})

describe('particles after digits', () => {
  test.each([
    ['1번', '이/가', '이'],
    ['2', '이/가', '가'],
    ['3', '을/를', '을'],
    ['10', '이/가', '이'],
    ['7', '로/으로', '로'],
    ['8', '로/으로', '로'],
    ['6', '로/으로', '으로'],
    ['1,000', '은/는', '은'],
  ] as const)('%s + %s', (word, pair, particle) => {
    expect(josa(word, pair)).toBe(particle)
  })
})

describe('every number that a place can have', () => {
  const numbers = Array.from({ length: 1_000 }, (_, number) => number)
  test('takes the particles of its Korean reading', () => {
    for (const number of numbers)
      for (const pair of JOSA)
        expect(`${number} ${josa(String(number), pair)}`).toBe(
          `${number} ${josa(numberToHangul(number), pair)}`,
        )
  })
  test('with its counter takes those of the counter', () => {
    for (const number of numbers) expect(withJosa(`${number}번`, '로/으로')).toBe(`${number}번으로`)
  })
})

describe('particles after Latin names', () => {
  test.each([
    ['Alex', '이/가', '가'],
    ['Minsu', '이/가', '가'],
    ['Harin', '이/가', '이'],
    ['Jane', '을/를', '을'],
    ['Mike', '을/를', '를'],
    ['Kate', '은/는', '는'],
    ['Scott', '이/가', '이'],
    ['Jack', '이/가', '이'],
    ['Mark', '이/가', '가'],
    ['Bob', '과/와', '과'],
    ['Daniel', '로/으로', '로'],
    ['Tom', '로/으로', '으로'],
    ['Kyle', '로/으로', '로'],
    ['BBQ', '로/으로', '로'],
    ['GS', '을/를', '를'],
    ['KFM', '을/를', '을'],
    ['André', '이/가', '가'],
  ] as const)('%s + %s', (word, pair, particle) => {
    expect(josa(word, pair)).toBe(particle)
  })
})

describe('what has no known sound', () => {
  test('shows both forms', () => {
    expect(withJosa('🍜', '이/가')).toBe('🍜이(가)')
    expect(withJosa('田中', '로/으로')).toBe('田中(으)로')
    expect(withJosa('', '을/를')).toBe('을(를)')
  })
  test('looks through brackets and marks at the end', () => {
    expect(withJosa('동일루 (망원)', '을/를')).toBe('동일루 (망원)을')
    expect(withJosa('밥집!!', '이/가')).toBe('밥집!!이')
  })
})
