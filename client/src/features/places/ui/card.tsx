import './places.css'
import { Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import type { Place } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dish, NumberMark } from '../../../ui/dish.tsx'
import { Plus, X } from '../../../ui/icons.ts'
import { PlaceFacts } from './facts.tsx'

export interface PlaceCardProps {
  place: Place
  /** Metres from the meeting point. */
  distanceM: number | null
  /** Number of the candidate that it already is. */
  number: number | null
  now: number
  zone: string
  busy?: boolean
  onPut: () => void
  onClose: () => void
}

/** What a tap on a dot opens: two lines and one act. The page places it (`.place-card`: above the sheet, or over the dot). */
export function PlaceCard(props: PlaceCardProps) {
  return (
    <article class="place-card" aria-label={t('places.picked')}>
      <Dish name={dishOf(props.place)} size={56} flat />
      <div class="place-words">
        <b>{props.place.name}</b>
        <PlaceFacts
          place={props.place}
          distanceM={props.distanceM}
          now={props.now}
          zone={props.zone}
        />
      </div>
      <Show
        when={props.number}
        fallback={
          <Button
            look="pri"
            icon={<Plus size={18} />}
            busy={props.busy}
            onClick={() => props.onPut()}
          >
            {t('places.putForward')}
          </Button>
        }
      >
        {(number) => (
          <span class="place-known">
            <NumberMark number={number()} />
            {t('places.isCandidate')}
          </span>
        )}
      </Show>
      <IconButton label={t('common.close')} onClick={() => props.onClose()}>
        <X size={20} />
      </IconButton>
    </article>
  )
}

/** What a tap on bare ground opens: the spot itself can be put forward, under a name. */
export function SpotCard(props: { onPut: () => void; onClose: () => void }) {
  return (
    <article class="place-card" aria-label={t('places.spot')}>
      <Dish name={null} size={56} flat />
      <div class="place-words">
        <b>{t('places.spot')}</b>
        <small class="place-facts">{t('places.spotHint')}</small>
      </div>
      <Button look="pri" icon={<Plus size={18} />} onClick={() => props.onPut()}>
        {t('places.putForward')}
      </Button>
      <IconButton label={t('common.close')} onClick={() => props.onClose()}>
        <X size={20} />
      </IconButton>
    </article>
  )
}
