import { lang } from './lang.ts'

/*
 * Numbers as people read them, in the present language. All functions are reactive to the language.
 */

const METERS_PER_KM = 1000
const SECONDS_PER_MINUTE = 60
const MINUTES_PER_HOUR = 60
const HOURS_PER_DAY = 24

/** Won without decimals: 12,000원, ₩12,000. */
export function formatPrice(won: number): string {
  const amount = Math.round(won).toLocaleString(lang())
  return lang() === 'ko' ? `${amount}원` : `₩${amount}`
}

/** Meters below a kilometer in tens (900m), above it with one decimal (1.2km). */
export function formatDistance(meters: number): string {
  const space = lang() === 'ko' ? '' : ' '
  const tens = Math.round(meters / 10) * 10
  if (tens < METERS_PER_KM) return `${Math.max(10, tens)}${space}m`
  const km = (meters / METERS_PER_KM)
    .toFixed(meters < 100 * METERS_PER_KM ? 1 : 0)
    .replace(/\.0$/, '')
  return `${Number(km).toLocaleString(lang())}${space}km`
}

/** Walking minutes, at least one: 도보 6분, 6 min walk. */
export function formatWalk(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes))
  return lang() === 'ko' ? `도보 ${whole}분` : `${whole} min walk`
}

/** Walking minutes without the word for walking, where room is short: 6분, 6 min. */
export function formatMinutes(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes))
  return lang() === 'ko' ? `${whole}분` : `${whole} min`
}

interface Units {
  hour: string
  minute: string
  second: string
}
const UNITS: Record<'ko' | 'en', Units> = {
  ko: { hour: '시간', minute: '분', second: '초' },
  en: { hour: ' h', minute: ' min', second: ' s' },
}

/** Seconds as a length of time, in at most two units: 2분 14초, 48초, 1시간 5분; 2 min 14 s. */
export function formatDuration(seconds: number): string {
  const all = Math.max(0, Math.ceil(seconds))
  const units = UNITS[lang()]
  const minutes = Math.floor(all / SECONDS_PER_MINUTE)
  if (minutes < MINUTES_PER_HOUR) {
    const rest = all % SECONDS_PER_MINUTE
    if (minutes === 0) return `${rest}${units.second}`
    return rest === 0
      ? `${minutes}${units.minute}`
      : `${minutes}${units.minute} ${rest}${units.second}`
  }
  const hours = Math.floor(minutes / MINUTES_PER_HOUR)
  const rest = minutes % MINUTES_PER_HOUR
  return rest === 0 ? `${hours}${units.hour}` : `${hours}${units.hour} ${rest}${units.minute}`
}

/** Time of day in 24 hours, on this device's clock or in `zone`: 18:43. */
export function formatTime(at: number | Date, zone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)
}

/** A time on the clock, "21:00", as it is said: 21시, 9 pm; with minutes it stays as it is. */
export function formatOClock(time: string): string {
  const [hour = 0, minute] = time.split(':').map(Number)
  if (minute !== 0) return time
  if (lang() === 'ko') return `${hour}시`
  return `${hour % 12 || 12} ${hour < 12 ? 'am' : 'pm'}`
}

/** Day of the year with its weekday: 11월 20일 (금), Fri, Nov 20. */
export function formatDay(at: number | Date, zone?: string): string {
  return new Intl.DateTimeFormat(lang(), {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: zone,
  }).format(at)
}

/** A day with its year, for what may be old: 2026년 11월 20일, Nov 20, 2026. */
export function formatDate(at: number | Date): string {
  return new Intl.DateTimeFormat(lang(), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  }).format(at)
}

/** Weekday of 0 (Monday) to 6: 월요일, Monday. */
export function formatWeekday(day: number): string {
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(lang(), { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + day),
  )
}

/** How long ago, in words: 방금, 3분 전, 어제. */
export function formatAgo(at: number | Date, now: number): string {
  const minutes = Math.round((now - Number(at)) / 1000 / SECONDS_PER_MINUTE)
  if (minutes < 1) return lang() === 'ko' ? '방금' : 'just now'
  const relative = new Intl.RelativeTimeFormat(lang(), { numeric: 'auto' })
  if (minutes < MINUTES_PER_HOUR) return relative.format(-minutes, 'minute')
  const hours = Math.round(minutes / MINUTES_PER_HOUR)
  if (hours < HOURS_PER_DAY) return relative.format(-hours, 'hour')
  return relative.format(-Math.round(hours / HOURS_PER_DAY), 'day')
}

/** Names in a row: 하린, 민수; Harin and Minsu. */
export function formatNames(names: readonly string[]): string {
  if (lang() === 'ko') return names.join(', ')
  return new Intl.ListFormat('en', { style: 'long', type: 'conjunction' }).format(names)
}
