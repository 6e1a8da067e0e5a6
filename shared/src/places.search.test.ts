import { expect, test } from 'vitest'
import { foldInitials, foldText } from './places.fold.ts'
import { findMarks } from './places.marks.ts'
import { rankPlace } from './places.rank.ts'
import { buildDoc, otherReadings, readQuery } from './places.search.ts'

test('spellings that people mix up fold to one; different words stay apart', () => {
  expect(foldText('찌게')).toBe(foldText('찌개'))
  expect(foldText('육계장')).toBe(foldText('육개장'))
  expect(foldText('떡볶이')).toBe(foldText('떡뽁이'))
  expect(foldText('돼지')).toBe(foldText('되지'))
  expect(foldText('\u1112\u1161\u11ab식')).toBe(foldText('한식'))
  expect(foldText('Café Déjà-Vu')).toBe('cafedejavu')
  expect(foldText('칼 국수!')).toBe(foldText('칼국수'))
  expect(foldText('국수')).not.toBe(foldText('국시'))
  expect(foldText('鼎泰豐')).toContain(foldText('泰'))
  expect(foldText('鼎泰豐')).toMatch(/^(?:Z[A-Y0-9])+$/)
  expect(foldText('スシロー')).toBe(foldText('すしロー'))
})

test('a half-typed syllable is the beginning of the whole one', () => {
  for (const half of ['칼ㄱ', '칼구', '칼국', '칼국ㅅ'])
    expect(foldText('칼국수').startsWith(foldText(half)), half).toBe(true)
})

test('initials are typed jamo, never conjoining ones, and do not run over syllables', () => {
  expect(foldInitials('삼계탕')).toBe(foldText('ㅅㄱㅌ'))
  expect(foldInitials('BBQ 치킨')).toBe(`bbq${foldText('ㅊㅋ')}`)
  expect(foldInitials('맛탕 탕')).not.toContain(foldText('ㅌㅌㅌ'))
  expect(readQuery('ㅅㄱㅌ')?.terms).toEqual([{ text: foldText('ㅅㄱㅌ'), initials: true }])
  expect(readQuery('?! ·')).toBeNull()
})

test('what else may have been meant: without filling words, endings, in the other keyboard, in two words; at last without a word', () => {
  const plains = (q: string, last = false): string[] =>
    otherReadings(q)
      .filter((reading) => reading.last === last)
      .map(({ query }) => query.plain)
  expect(plains('근처 삼겹살 맛집')).toContain('삼겹살')
  expect(plains('고깃집')).toContain('고기')
  expect(plains('best burgers near me')).toEqual(['burgers', 'burger'])
  expect(plains('clzls')).toContain('치킨')
  expect(plains('ㅔㅑㅋㅋㅁ')).toEqual(['pizza'])
  expect(otherReadings('강남칼국수').map(({ query }) => query.terms.length)).toEqual([2, 2])
  expect(plains('홍대 파스타', true)).toEqual(['파스타', '홍대'])
  // Asks for whatever is near.
  expect(otherReadings('맛집').map(({ query }) => query.terms)).toEqual([[]])
  expect(otherReadings('?!')).toEqual([])
  for (const { cost } of otherReadings('홍대역 수제 버거집')) expect(cost).toBeGreaterThan(0)
})

test('a slip is a weaker match, too many are none; the popular one of two comes first', () => {
  const query = readQuery('빈대덕마울')
  if (!query) throw new Error('nothing to search')
  expect(rankPlace(query, place('빈대떡마을'))).toBe(0)
  const slipped = rankPlace(query, place('빈대떡마을'), { slips: true })
  expect(slipped).toBeGreaterThan(0)
  expect(slipped).toBeLessThan(rankPlace(query, place('빈대덕마울')))
  expect(rankPlace(query, place('김밥천국'), { slips: true })).toBe(0)
  const popular = { ...place('빈대덕마울'), popularity: 1 }
  expect(rankPlace(query, popular)).toBeGreaterThan(rankPlace(query, place('빈대덕마울')))
  expect(rankPlace(query, popular, { popularityWeight: 0 })).toBe(
    rankPlace(query, place('빈대덕마울')),
  )
})

const place = (name: string, distanceM: number | null = null, words: string[] = []) => ({
  name,
  doc: buildDoc({ name, nameEn: null, aliases: [], words, address: '서울 마포구 망원동' }),
  initials: foldInitials(name),
  popularity: 0,
  distanceM,
})
const best = (q: string, ...places: ReturnType<typeof place>[]): string => {
  const query = readQuery(q)
  if (!query) throw new Error('nothing to search')
  return places.toSorted((a, b) => rankPlace(query, b) - rankPlace(query, a))[0]?.name ?? ''
}

test('the whole name before its beginning before its inside before a word of the category', () => {
  expect(best('동일루', place('새동일루'), place('동일루 본점'), place('동일루'))).toBe('동일루')
  expect(best('국수', place('진국수집'), place('국수집'))).toBe('국수집')
  expect(best('칼국수', place('홍두깨', null, ['칼국수']), place('고향집 칼국수'))).toBe(
    '고향집 칼국수',
  )
  expect(best('ㄱㅎㅈ', place('가형제집'), place('고향집'))).toBe('고향집')
})

test('the exact spelling wins over a folded one, the nearer over the farther', () => {
  expect(best('김치찌개', place('김치찌게'), place('김치찌개'))).toBe('김치찌개')
  expect(best('김밥천국', place('김밥천국', 9_000), place('김밥천국', 90))).toBe('김밥천국')
  const query = readQuery('스타벅스')
  if (!query) throw new Error('nothing to search')
  expect(rankPlace(query, place('스타벅스', 90))).toBeGreaterThan(
    rankPlace(query, place('스타벅스', 9_000)),
  )
  expect(rankPlace(query, place('스타벅스', 1e9))).toBeGreaterThan(0)
})

const marked = (text: string, q: string): string[] =>
  findMarks(text, q).map(([from, to]) => text.slice(from, to))

test('marks', () => {
  expect(marked('고향집 칼국수', '칼국수')).toEqual(['칼국수'])
  expect(marked('고향집 칼국수', '칼구')).toEqual(['칼국'])
  expect(marked('신라삼계탕', 'ㅅㄱㅌ')).toEqual(['삼계탕'])
  expect(marked('고향 집 칼국수', '고향집')).toEqual(['고향 집'])
  expect(marked('Il Vicolo', 'vico')).toEqual(['Vico'])
  expect(marked('망원 동일루', '동일 망원')).toEqual(['망원', '동일'])
  expect(marked('🍜면집', '면')).toEqual(['면'])
  expect(marked('동일루', '없음')).toEqual([])
})
