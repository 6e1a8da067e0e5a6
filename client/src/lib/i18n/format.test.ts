import { afterEach, describe, expect, test } from 'vitest'
import {
  formatAgo,
  formatDistance,
  formatDuration,
  formatNames,
  formatOClock,
  formatPrice,
  formatTime,
  formatWalk,
} from './format.ts'
import { setLang } from './lang.ts'

afterEach(() => setLang('ko'))

describe.each(['ko', 'en'] as const)('numbers in %s', (language) => {
  const of = (ko: string, en: string) => (language === 'ko' ? ko : en)
  test('prices, distances, lengths of time', () => {
    setLang(language)
    expect(formatPrice(12_000)).toBe(of('12,000원', '₩12,000'))
    expect(formatDistance(894)).toBe(of('890m', '890 m'))
    expect(formatDistance(996)).toBe(of('1km', '1 km'))
    expect(formatDistance(1_240)).toBe(of('1.2km', '1.2 km'))
    expect(formatDistance(3)).toBe(of('10m', '10 m'))
    expect(formatWalk(5.6)).toBe(of('도보 6분', '6 min walk'))
    expect(formatDuration(134)).toBe(of('2분 14초', '2 min 14 s'))
    expect(formatDuration(47.2)).toBe(of('48초', '48 s'))
    expect(formatDuration(180)).toBe(of('3분', '3 min'))
    expect(formatDuration(3_900)).toBe(of('1시간 5분', '1 h 5 min'))
    expect(formatDuration(-3)).toBe(of('0초', '0 s'))
  })
  test('times and names', () => {
    setLang(language)
    expect(formatTime(Date.UTC(2026, 10, 20, 9, 43), 'Asia/Seoul')).toBe('18:43')
    expect(formatOClock('21:00')).toBe(of('21시', '9 pm'))
    expect(formatOClock('00:00')).toBe(of('0시', '12 am'))
    expect(formatOClock('21:30')).toBe('21:30')
    expect(formatAgo(0, 20_000)).toBe(of('방금', 'just now'))
    expect(formatAgo(0, 24 * 3600_000)).toBe(of('어제', 'yesterday'))
    expect(formatNames(['하린', '민수'])).toBe(of('하린, 민수', '하린 and 민수'))
  })
})
