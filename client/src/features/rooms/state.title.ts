import { lang, t } from '../../lib/i18n/i18n.ts'

/** Meals by the hour at which they end, in the room's zone. */
const MEALS = [
  { until: 5, key: 'rooms.mealNight' },
  { until: 10.5, key: 'rooms.mealBreakfast' },
  { until: 15.5, key: 'rooms.mealLunch' },
  { until: 21.5, key: 'rooms.mealDinner' },
  { until: 24, key: 'rooms.mealNight' },
] as const

/** A room's name; without one, weekday and meal of when it was opened, in the reader's language: 금요일 저녁, Friday dinner. */
export function roomTitle(room: { name: string | null; createdAt: number; zone: string }): string {
  if (room.name) return room.name
  const parts = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: room.zone }).formatToParts(room.createdAt)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const hour = part('hour') + part('minute') / 60
  const meal = MEALS.find(({ until }) => hour < until) ?? MEALS[3]
  const day = new Intl.DateTimeFormat(lang(), { weekday: 'long', timeZone: room.zone }).format(room.createdAt)
  return t('rooms.defaultTitle', { day, meal: t(meal.key) })
}
