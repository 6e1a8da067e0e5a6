import { expect, test } from 'vitest'
import { parseHours } from './places.hours.ts'
import { openingAt, weekRows } from './places.week.ts'

/** 2026-11-21 is a Saturday; 12:00 at Seoul. */
const noon = Date.parse('2026-11-21T03:00:00Z')
const seoul = 'Asia/Seoul'

test('open until when, or closed until when, by the clock of the place', () => {
  expect(openingAt('Mo-Su 11:30-21:30', noon, seoul)).toEqual({
    open: true,
    today: 5,
    changes: { time: '21:30', day: 5, inMinutes: 570 },
  })
  expect(openingAt('Mo-Fr 11:30-21:30', noon, seoul)).toMatchObject({
    open: false,
    changes: { time: '11:30', day: 0 },
  })
  expect(openingAt('Mo-Su 17:00-02:00', noon, seoul)).toMatchObject({
    open: false,
    changes: { time: '17:00', day: 5, inMinutes: 300 },
  })
  expect(openingAt('Mo-Su 17:00-02:00', noon, 'America/New_York')).toMatchObject({
    open: true,
    today: 4,
    changes: { time: '02:00', day: 5 },
  })
  expect(openingAt('24/7', noon, seoul)).toEqual({ open: true, today: 5, changes: null })
  expect(openingAt('Mo-Su off', noon, seoul)).toEqual({ open: false, today: 5, changes: null })
  expect(openingAt('기분에 따라', noon, seoul)).toBeNull()
  expect(openingAt(null, noon, seoul)).toBeNull()
})

test('equal neighbours share a row, today has its own', () => {
  const week = parseHours('Mo off; Tu-Sa 11:30-15:00,17:00-21:30; Su 00:00-24:00')
  const spans = [
    ['11:30', '15:00'],
    ['17:00', '21:30'],
  ]
  expect(week && weekRows(week, 5)).toEqual([
    { from: 0, to: 0, today: false, spans: [] },
    { from: 1, to: 4, today: false, spans },
    { from: 5, to: 5, today: true, spans },
    { from: 6, to: 6, today: false, spans: [null] },
  ])
})
