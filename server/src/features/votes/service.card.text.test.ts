import { expect, test } from 'vitest'
import { cardText } from './service.card.text.ts'

/** So many who chose the winner, and so many who did not. */
function atTable(chose: number, others: number): Parameters<typeof cardText>[0]['people'] {
  return Array.from({ length: chose + others }, (_, index) => ({
    portrait: '',
    seat: index + 1,
    ticked: true,
    choseWinner: index < chose,
    simulated: false,
    name: null,
    chose: null,
    settled: null,
  }))
}

const decision: Parameters<typeof cardText>[0] = {
  roomName: null,
  roomCreatedAt: Date.parse('2026-11-20T18:00:00+09:00'),
  zone: 'Asia/Seoul',
  at: Date.parse('2026-11-20T23:40:00+09:00'),
  when: Date.parse('2026-11-21T19:00:00+09:00'),
  by: 'choices',
  runoff: false,
  people: atTable(2, 1),
  fine: 0,
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
})

test('how it was found, with the numbers of the people beside it', () => {
  const who = (change: Partial<typeof decision>, locale: 'ko' | 'en' = 'ko') =>
    cardText({ ...decision, ...change }, locale).who
  expect(who({})).toBe('세 명 중 두 명이 골랐어요')
  expect(who({ people: atTable(2, 0) })).toBe('두 명 모두 골랐어요')
  expect(who({ fine: 1 })).toBe('두 명이 고르고 한 명은 아무거나 좋대요')
  expect(who({ fine: 1 }, 'en')).toBe('2 chose it, 1 was fine with anything')
  expect(who({ runoff: true, fine: 1 })).toBe('세 명 중 두 명이 결선에서 골랐어요')
  expect(who({ runoff: true })).toBe('세 명 중 두 명이 결선에서 골랐어요')
  expect(who({ runoff: true }, 'en')).toBe('2 of 3 chose it in the run-off')
  expect(who({ runoff: true, by: 'draw' })).toBe('결선도 같아 추첨으로 정했어요')
  expect(who({ by: 'draw', people: atTable(0, 3) })).toBe('추첨으로 정했어요')
})
