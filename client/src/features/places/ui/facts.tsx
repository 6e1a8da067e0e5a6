import { createMemo, For, Show } from 'solid-js'
import { walkMinutes } from '#shared/geo.measure.ts'
import { openState } from '#shared/places.hours.ts'
import type { Place } from '#shared/places.ts'
import { formatDistance, formatOClock, formatPrice, formatWalk } from '../../../lib/i18n/format.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { MapPin } from '../../../ui/icons.ts'
import { addressOf, dishNameOf } from './names.ts'

export interface FactsProps {
  place: Pick<Place, 'category' | 'price' | 'menu' | 'menuEn' | 'hours'>
  /** Metres from the meeting point; null: not known. */
  distanceM: number | null
  /** ms, the server's clock; and the room's IANA zone. */
  now: number
  zone: string
  /** Says so, too, when nobody knows whether it is open. */
  tellHours?: boolean
}

/** What kind, price, opening state where it matters, walk, dish: as much of it as is known. */
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
    ...(props.place.category === 'other'
      ? []
      : [{ text: t(`categories.${props.place.category}`), tone: null }]),
    ...(props.place.price === null ? [] : [{ text: formatPrice(props.place.price), tone: null }]),
    ...(closing() === null ? [] : [{ text: closing() ?? '', tone: 'warn' as const }]),
    ...(opening()?.state === 'closed'
      ? [{ text: t('places.closed'), tone: 'danger' as const }]
      : []),
    ...(props.tellHours && opening() === null
      ? [{ text: t('places.hoursUnknown'), tone: null }]
      : []),
    ...(props.distanceM === null
      ? []
      : [{ text: formatWalk(walkMinutes(props.distanceM)), tone: null }]),
    ...[dishNameOf(props.place)].flatMap((text) => (text === null ? [] : [{ text, tone: null }])),
  ]
  return (
    <Show when={facts().length > 0}>
      <small class="place-facts tn">
        <For each={facts()}>
          {(fact) => <span data-tone={fact.tone ?? undefined}>{fact.text}</span>}
        </For>
      </small>
    </Show>
  )
}

/** How far from the middle of the map, and the address: what tells two of one name apart, and the way onto the map. */
export function PlaceWhere(props: {
  place: Pick<Place, 'address' | 'addressEn'>
  /** Metres; null: not from anywhere. */
  distanceM: number | null
}) {
  const parts = (): string[] => [
    ...(props.distanceM === null ? [] : [formatDistance(props.distanceM)]),
    ...[addressOf(props.place)].flatMap((address) => address ?? []),
  ]
  return (
    <Show when={parts().length > 0}>
      <small class="place-where tn">
        <MapPin size={14} />
        <span>{parts().join(' · ')}</span>
      </small>
    </Show>
  )
}
