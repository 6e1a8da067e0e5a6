import './places.css'
import type { JSX } from 'solid-js'
import { dishOf, type DishName } from '#shared/dishes.ts'
import type { Place } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Plus, X } from '../../../ui/icons.ts'
import { PlaceFacts, PlaceWhere } from './facts.tsx'
import { signOf } from './names.ts'
import { PlaceLine } from './row.tsx'

interface CardProps {
  busy?: boolean
  onPut: () => void
  onClose: () => void
}

export interface PlaceCardProps extends CardProps {
  place: Place
  /** Metres from the meeting point. */
  distanceM: number | null
  /** Number of the candidate that it already is. */
  number: number | null
  now: number
  zone: string
}

/** What a tap on a dot opens: two lines and one act. The page places it (`.place-card`: above the sheet, or over the dot). */
export function PlaceCard(props: PlaceCardProps) {
  return (
    <Card
      {...props}
      label={t('places.picked')}
      dish={dishOf(props.place)}
      name={signOf(props.place)}
    >
      <PlaceFacts
        place={props.place}
        distanceM={props.distanceM}
        now={props.now}
        zone={props.zone}
      />
      <PlaceWhere place={props.place} distanceM={null} />
    </Card>
  )
}

/** What a tap on bare ground opens: the spot itself can be put forward, under a name. */
export function SpotCard(props: CardProps) {
  return (
    <Card {...props} label={t('places.spot')} dish="table" name={t('places.spot')} number={null}>
      <small class="place-facts">
        <span>{t('places.spotHint')}</span>
      </small>
    </Card>
  )
}

function Card(
  props: CardProps & {
    label: string
    dish: DishName
    name: string
    number: number | null
    children: JSX.Element
  },
) {
  return (
    <article class="place-card" aria-label={props.label}>
      <PlaceLine
        dish={props.dish}
        size={56}
        name={props.name}
        number={props.number}
        act={
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
        {props.children}
      </PlaceLine>
      <IconButton label={t('common.close')} onClick={() => props.onClose()}>
        <X size={20} />
      </IconButton>
    </article>
  )
}
