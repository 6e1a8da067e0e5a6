import { expect, test } from 'vitest'
import { cardText } from './service.card.text.ts'

const decision: Parameters<typeof cardText>[0] = {
  roomName: null,
  roomCreatedAt: Date.parse('2026-11-20T18:00:00+09:00'),
  zone: 'Asia/Seoul',
  at: Date.parse('2026-11-20T23:40:00+09:00'),
  when: Date.parse('2026-11-21T19:00:00+09:00'),
  by: 'choices',
  voters: 3,
  candidates: [
    { number: 1, name: '빈대떡마을', category: 'pancake', choices: 2, hard: false },
    { number: 2, name: '동일루', category: 'chinese', choices: 1, hard: false },
  ],
  winner: {
    number: 1,
    placeId: null,
    name: '빈대떡마을',
    category: 'pancake',
    address: '망원로 97',
    lat: 37.55,
    lng: 126.9,
    price: null,
    menu: null,
  },
}

test('the time on a card is the meal’s; without one it says what its day is of', () => {
  expect(cardText(decision, 'ko').whenWhere).toBe('11월 21일 오후 7:00 · 망원로 97')
  expect(cardText(decision, 'en').whenWhere).toMatch(/^November 21, 7:00\sPM · 망원로 97$/u)
  const open = { ...decision, when: null }
  expect(cardText(open, 'ko').whenWhere).toBe('11월 20일에 정했어요 · 망원로 97')
  expect(cardText(open, 'en').whenWhere).toBe('Decided on November 20 · 망원로 97')
  const elsewhere = { ...open, winner: { ...open.winner, address: null } }
  expect(cardText(elsewhere, 'ko').whenWhere).toBe('11월 20일에 정했어요')
  expect(cardText(decision, 'ko').who).toBe('세 명 중 두 명이 골랐어요')
  expect(cardText({ ...decision, voters: 2 }, 'ko').who).toBe('두 명 모두 골랐어요')
})
