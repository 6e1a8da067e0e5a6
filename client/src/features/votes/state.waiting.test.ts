import { expect, test } from 'vitest'
import { setLang, t } from '#client/lib/i18n/i18n.ts'
import { sayChose, sayRunoff, sayWho } from './state.waiting.ts'

const waiting = (others: string[], me: boolean): string =>
  t('rooms.waitingFor', { name: sayWho(others, me) })

test('whoever reads comes first, and others are named while they are few', () => {
  setLang('ko')
  expect(waiting([], true)).toBe('나를 기다리고 있어요')
  expect(waiting(['하린'], true)).toBe('나와 하린을 기다리고 있어요')
  expect(waiting(['하린', '민수'], true)).toBe('나와 두 명을 기다리고 있어요')
  expect(waiting(['하린'], false)).toBe('하린을 기다리고 있어요')
  expect(waiting(['하린', '민수'], false)).toBe('하린, 민수를 기다리고 있어요')
  expect(waiting(['하린', '민수', '지우'], false)).toBe('하린 외 두 명을 기다리고 있어요')
  setLang('en')
  expect(waiting([], true)).toBe('Waiting for you')
  expect(waiting(['Harin'], true)).toBe('Waiting for you and Harin')
  expect(waiting(['Harin', 'Minsu'], true)).toBe('Waiting for you and 2 others')
  expect(waiting(['Harin', 'Minsu', 'Jiu'], false)).toBe('Waiting for Harin and 2 more')
})

test('a run-off that waits for the reader alone says so', () => {
  setLang('ko')
  expect(sayRunoff([], true)).toBe('이번에는 하나만 골라요 · 나만 남았어요')
  expect(sayRunoff(['하린'], true)).toBe('이번에는 하나만 골라요 · 나와 하린 고르는 중')
  expect(sayRunoff([], false)).toBe('이번에는 하나만 골라요')
  setLang('en')
  expect(sayRunoff([], true)).toBe('Choose just one this time · Only you are left')
})

test('what the reader chose is not told of somebody by their name', () => {
  const harin = { name: '하린', mine: false }
  const me = { name: '용감한 도토리', mine: true }
  setLang('ko')
  expect(sayChose([me])).toBe('내가 골랐어요')
  expect(sayChose([harin, me])).toBe('나, 하린이 골랐어요')
  expect(sayChose([harin])).toBe('하린이 골랐어요')
  setLang('en')
  expect([sayChose([me]), sayChose([harin, me])]).toEqual([
    'Chosen by you',
    'Chosen by you and 하린',
  ])
})
