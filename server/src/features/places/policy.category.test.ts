import { expect, test } from 'vitest'
import { categories } from '#shared/places.ts'
import { categoryOf, searchWords } from './policy.category.ts'
import { rules } from './policy.categoryWords.ts'

const named = (name: string) => categoryOf([], null, name)

test.each([
  ['모아분식', 'tteokbokki'],
  ['천호등심', 'bbq'],
  ['소문난쭈꾸미', 'seafood'],
  ['할매국밥 천호점', 'soup'],
  ['고향집 칼국수', 'noodles'],
  ['장충동 족발', 'pork'],
  ['태양 곱창', 'bbq'],
  ['서울본가순대', 'soup'],
  ['으뜸횟집', 'seafood'],
  ['은행골 초밥', 'sushi'],
  ['101번지 남산돈까스', 'tonkatsu'],
  ['해안반점', 'chinese'],
  ['그랑카페', 'cafe'],
  ['김진환 제과', 'bakery'],
  ['맛나치킨', 'chicken'],
  ['역전호프', 'pub'],
  ['전주식당', 'korean'],
  ['마포집', 'korean'],
  ['용천각', 'chinese'],
  ['투다리 길동점', 'pub'],
  ['본죽(둔촌동점)', 'korean'],
  ["Domino's Pizza", 'pizza'],
  ["Papa John's", 'pizza'],
  ["McDonald's", 'burger'],
  ["Wendy'S", 'burger'],
  ['Bagels & Co', 'sandwich'],
  ['Baskin Robbins', 'dessert'],
  ['Morris Park Bake Shop', 'bakery'],
  ['Trattoria Mario', 'italian'],
  ['Caffè Gilli', 'cafe'],
  ['林東芳牛肉麵', 'chinese'],
  ['阿宗麵線', 'noodles'],
  ['三味壽司', 'sushi'],
])('%s is %s', (name, category) => {
  expect(named(name)).toBe(category)
})

test('the longest word holds, of equally long ones the last; words are not found inside Latin ones', () => {
  expect(named('베트남 쌀국수')).toBe('vietnamese')
  expect(named('닭한마리 칼국수')).toBe('chicken')
  expect(named('치킨 앤 피자')).toBe('pizza')
  expect(named('피자 치킨')).toBe('chicken')
  expect(named('Barbara')).toBe('other')
  expect(named('Cafeteria Publica')).toBe('other')
  expect(named('아마렐로')).toBe('other')
})

test('what a register or a map says goes before the name, unless it only says Korean or western; the house comes after both', () => {
  expect(categoryOf(['sushi'], 'restaurant', '김치찌개 하우스')).toBe('sushi')
  expect(categoryOf(['한식'], null, '김치찌개 하우스')).toBe('stew')
  expect(categoryOf(['한식'], null, '동일루')).toBe('korean')
  expect(categoryOf(['regional', 'ice cream'], 'cafe', 'x')).toBe('dessert')
  expect(categoryOf(['호프/통닭'], null, '우리집')).toBe('chicken')
  expect(categoryOf(['제과점영업'], null, '우리집')).toBe('bakery')
  expect(categoryOf([], 'bar', 'Vino e Pizza')).toBe('pizza')
  expect(categoryOf([], 'bar', '우리집')).toBe('pub')
  expect(categoryOf([], 'fast_food', 'Da Nino')).toBe('fastfood')
})

test('a word of the table tells one category', () => {
  const owners = new Map<string, string[]>()
  for (const category of categories) {
    const { kinds = '', names, brands = '', faint = '' } = rules[category]
    for (const word of new Set(`${kinds} ${names} ${brands} ${faint}`.split(/\s+/u)))
      if (word !== '') owners.set(word, [...(owners.get(word) ?? []), category])
  }
  expect([...owners].filter(([, of]) => of.length > 1)).toEqual([])
})

test('each category but "other" is found by its name', () => {
  for (const category of categories)
    expect(searchWords(category).length > 0, category).toBe(category !== 'other')
})
