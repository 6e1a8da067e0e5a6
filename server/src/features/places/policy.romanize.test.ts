import { romanize } from 'es-hangul'
import { expect, test } from 'vitest'
import { romanizeName } from './policy.romanize.ts'

test.each([
  '독립문 국밥',
  '설렁탕집',
  '신라 삼계탕',
  '빈대떡마을',
  '해물칼국수',
  '닭한마리',
  'BBQ치킨 망원점',
  '맛있는 밥집 2호',
])('%s sounds as the whole of it does', (name) => expect(romanizeName(name)).toBe(romanize(name)))

test('sounds meet over a final consonant, and not over an open syllable', () => {
  expect(romanizeName('독립문')).toBe('dongnimmun')
  expect(romanizeName('고기 국수')).toBe('gogi guksu')
  expect(romanizeName('Café 12')).toBe('Café 12')
})
