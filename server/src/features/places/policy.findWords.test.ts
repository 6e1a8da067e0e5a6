import { expect, test } from 'vitest'
import { makeWordFinder } from './policy.findWords.ts'

test('words are found wherever they stand, also within each other and at the end', () => {
  const find = makeWordFinder(['국수', '칼국수', 'kfc', '60계', '수제비'])
  expect(find('할머니칼국수').toSorted()).toEqual(['국수', '칼국수'])
  expect(find('서울60계kfc')).toEqual(['60계', 'kfc'])
  expect(find('국')).toEqual([])
  expect(find('')).toEqual([])
})
