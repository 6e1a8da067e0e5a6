import type { Locale } from './users.ts'

/** Meals by the hour (local, with fractions) before which a room was opened. */
const MEALS = [
  { until: 5, ko: '밤', en: 'night' },
  { until: 10.5, ko: '아침', en: 'breakfast' },
  { until: 15.5, ko: '점심', en: 'lunch' },
  { until: 21.5, ko: '저녁', en: 'dinner' },
  { until: 24, ko: '밤', en: 'night' },
] as const

/** Name of a room that was given none: weekday and meal of its opening in its zone. "금요일 저녁", "Friday dinner". */
export function defaultRoomName(room: { createdAt: number; zone: string }, locale: Locale): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: room.zone,
  })
  const parts = clock.formatToParts(room.createdAt)
  const part = (type: 'hour' | 'minute'): number =>
    Number(parts.find((one) => one.type === type)?.value ?? 0)
  const hour = part('hour') + part('minute') / 60
  const meal = (MEALS.find(({ until }) => hour < until) ?? MEALS[4])[locale]
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: room.zone }).format(
    room.createdAt,
  )
  return `${day} ${meal}`
}
