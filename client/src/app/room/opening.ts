import { openState } from '#shared/places.hours.ts'
import { formatOClock } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'

const MINUTE_MS = 60_000

/** Opening state, only when it matters: closing soon, or closed now. */
export function openingNote(
  place: { hours: string | null },
  at: number,
  zone: string,
): { text: string; tone: 'warn' | 'danger' } | null {
  // Once a minute is enough.
  const state = openState(place.hours, Math.floor(at / MINUTE_MS) * MINUTE_MS, zone)
  if (state?.state === 'closed') return { text: t('places.closed'), tone: 'danger' }
  return state?.state === 'closing'
    ? { text: t('places.closes', { time: formatOClock(state.closesAt) }), tone: 'warn' }
    : null
}
