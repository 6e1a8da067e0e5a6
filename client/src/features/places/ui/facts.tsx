import { createMemo, For, Show } from 'solid-js'
import { walkMinutes } from '#shared/geo.measure.ts'
import { openState } from '#shared/places.hours.ts'
import type { Place } from '#shared/places.ts'
import { formatOClock, formatPrice, formatWalk } from '../../../lib/i18n/format.ts'
import { t } from '../../../lib/i18n/i18n.ts'

export interface FactsProps {
  place: Pick<Place, 'price' | 'menu' | 'hours' | 'address'>
  /** Metres from the meeting point; null: not known. */
  distanceM: number | null
  /** ms, the server's clock; and the room's IANA zone. */
  now: number
  zone: string
}

/** Price, opening state where it matters, walk, dish: as much of it as is known. */
export function PlaceFacts(props: FactsProps) {
  const minute = createMemo(() => Math.floor(props.now / 60_000) * 60_000)
  const opening = createMemo(() => openState(props.place.hours, minute(), props.zone))
  const closing = () => {
    const state = opening()
    return state?.state === 'closing'
      ? t('places.closes', { time: formatOClock(state.closesAt) })
      : null
  }
  const facts = (): { text: string; tone: 'warn' | 'danger' | null }[] => [
    ...(props.place.price === null ? [] : [{ text: formatPrice(props.place.price), tone: null }]),
    ...(closing() === null ? [] : [{ text: closing() ?? '', tone: 'warn' as const }]),
    ...(opening()?.state === 'closed'
      ? [{ text: t('places.closed'), tone: 'danger' as const }]
      : []),
    ...(props.distanceM === null
      ? []
      : [{ text: formatWalk(walkMinutes(props.distanceM)), tone: null }]),
    ...[props.place.menu ?? props.place.address].flatMap((text) =>
      text === null ? [] : [{ text, tone: null }],
    ),
  ]
  return (
    <small class="place-facts tn">
      <For each={facts()}>
        {(fact, index) => (
          <>
            <Show when={index() > 0}>{'\u00a0· '}</Show>
            <span data-tone={fact.tone ?? undefined}>{fact.text}</span>
          </>
        )}
      </For>
    </small>
  )
}
