import { expect, test } from 'vitest'
import { setLang } from '../../lib/i18n/i18n.ts'
import { markerName } from './markerName.ts'

test('a dish says what it stands for: leading while it is open, decided afterwards', () => {
  setLang('ko')
  const dish = { number: 1, name: '동일루' }
  expect(markerName(dish, { chosenBy: 2, leading: true, decided: false })).toBe(
    '1번 동일루, 2명이 골랐어요, 선두',
  )
  expect(markerName(dish, { chosenBy: 1, leading: false, decided: true })).toBe(
    '1번 동일루, 1명이 골랐어요, 정한 곳',
  )
  expect(markerName(dish, { chosenBy: null, leading: false, decided: true })).toBe(
    '1번 동일루, 정한 곳',
  )
})
