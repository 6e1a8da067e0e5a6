import { expect, test } from 'vitest'
import { openState, parseHours } from './places.hours.ts'

/** 20 November 2026 is a Friday. */
const at = (day: number, time: string): number => Date.parse(`2026-11-${day}T${time}:00+09:00`)
const seoul = (hours: string | null, when: number) => openState(hours, when, 'Asia/Seoul')

test('open, closing within 90 minutes, closed', () => {
  const hours = 'Mo-Su 11:00-22:00'
  expect(seoul(hours, at(20, '12:00'))).toEqual({ state: 'open' })
  expect(seoul(hours, at(20, '20:30'))).toEqual({ state: 'open' })
  expect(seoul(hours, at(20, '20:31'))).toEqual({
    state: 'closing',
    closesAt: '22:00',
    minutesLeft: 89,
  })
  expect(seoul(hours, at(20, '22:00'))).toEqual({ state: 'closed' })
  expect(seoul(hours, at(20, '10:59'))).toEqual({ state: 'closed' })
  expect(openState(hours, at(20, '12:00'), 'Europe/Rome')).toEqual({ state: 'closed' })
})

test('past midnight belongs to the evening before, over the end of the week too', () => {
  expect(seoul('Su 18:00-02:00', at(23, '01:00'))).toEqual({
    state: 'closing',
    closesAt: '02:00',
    minutesLeft: 60,
  })
  expect(seoul('Su 18:00-26:00', at(23, '01:00'))).toEqual({
    state: 'closing',
    closesAt: '02:00',
    minutesLeft: 60,
  })
  expect(seoul('Su 18:00-02:00', at(23, '03:00'))).toEqual({ state: 'closed' })
})

test('hours that touch are one stretch; always open never closes', () => {
  expect(seoul('Mo-Su 00:00-24:00', at(20, '23:30'))).toEqual({ state: 'open' })
  expect(seoul('24/7', at(22, '23:59'))).toEqual({ state: 'open' })
  expect(seoul('Fr 18:00-24:00; Sa 00:00-04:00', at(20, '23:00'))).toEqual({ state: 'open' })
})

test('breaks, days off, later rules over earlier ones, holidays passed over', () => {
  const hours = 'Mo-Fr 11:30-15:00,17:00-21:30; Sa 12:00-21:00; Su off; PH off'
  expect(seoul(hours, at(20, '16:00'))).toEqual({ state: 'closed' })
  expect(seoul(hours, at(20, '18:00'))).toEqual({ state: 'open' })
  expect(seoul(hours, at(22, '12:30'))).toEqual({ state: 'closed' })
  expect(seoul('Mo-Su 11:00-22:00; We off', at(18, '12:00'))).toEqual({ state: 'closed' })
  expect(parseHours('Mo-Fr 11:00-14:00, Mo-Fr 17:00-21:00')?.[0]).toEqual([
    [660, 840],
    [1020, 1260],
  ])
  expect(parseHours('Fr-Mo 10:00-12:00')?.map((day) => day.length)).toEqual([1, 0, 0, 0, 1, 1, 1])
})

test('Korean forms', () => {
  for (const text of [
    '11:00~22:00',
    '매일 11:00 ~ 22:00',
    '연중무휴 11:00-22:00',
    '월-일 11:00–22:00',
    '11시~22시',
  ]) {
    expect(seoul(text, at(20, '12:00')), text).toEqual({ state: 'open' })
  }
  for (const text of ['월-토 11:00-22:00; 일 휴무', '월~토 11:00~22:00, 일 쉬어요'])
    expect(seoul(text, at(22, '12:00')), text).toEqual({ state: 'closed' })
  expect(seoul('24시간', at(22, '03:00'))).toEqual({ state: 'open' })
})

test('days after a comma share its hours; a comma after hours begins another rule', () => {
  const day = (hours: string) => parseHours(hours)?.map((spans) => spans.flat().join('-'))
  expect(day('Mo,We 11:00-21:00')).toEqual(['660-1260', '', '660-1260', '', '', '', ''])
  expect(day('Mo-Fr 11:00-14:00,17:00-21:00,Sa,Su 10:00-12:00')).toEqual([
    ...Array.from({ length: 5 }, () => '660-840-1020-1260'),
    '600-720',
    '600-720',
  ])
  expect(day('Mon–Fri 11:00–21:00, Sun closed')?.slice(4)).toEqual(['660-1260', '', ''])
})

test('what is not understood is unknown, never closed', () => {
  for (const text of [
    null,
    '',
    'by appointment',
    'Mo-Fr 11:00+',
    'sunrise-sunset',
    'Jan-Mar 10:00-12:00',
    'week 1-20 10:00-12:00',
    'Mo-Xx 10:00-12:00',
    '25:00-26:00',
    'Mo 10:99-12:00',
    'PH 10:00-12:00',
    '11:00-22:00 "ask"',
    'x'.repeat(9_999),
  ]) {
    expect(seoul(text, at(20, '12:00')), String(text)).toBeNull()
  }
  expect(openState('24/7', at(20, '12:00'), 'Nowhere/Land')).toBeNull()
})
