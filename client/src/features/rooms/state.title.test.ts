import { beforeEach, expect, test } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { cardTitle, sayInside } from './state.title.ts'

beforeEach(() => setLang('ko'))

test('rooms of one name are told apart by their day, where no card says when they were used', () => {
  const card = (roomId: string, name: string | null, present: number[]) => ({
    roomId,
    name,
    createdAt: Date.parse('2026-11-20T18:00:00+09:00'),
    zone: 'Asia/Seoul',
    state: { kind: 'choosing', candidates: 0 } as const,
    present,
  })
  const all = [card('a', '우리 저녁', [1]), card('b', '우리 저녁', []), card('c', '점심', [1])]
  expect(all.map((each) => cardTitle(each, all))).toEqual([
    '우리 저녁 · 11월 20일 (금)',
    '우리 저녁',
    '점심',
  ])
})

test('an invitation counts no places where there are none', () => {
  expect(sayInside(0, 0)).toBe('지금은 아무도 없어요')
  expect(sayInside(2, 0)).toBe('2명이 보고 있어요')
  expect(sayInside(0, 3)).toBe('지금은 아무도 없어요 · 후보 3곳')
  setLang('en')
  expect(sayInside(0, 0)).toBe('Nobody inside right now')
  expect(sayInside(1, 1)).toBe('1 person inside · 1 place')
})
