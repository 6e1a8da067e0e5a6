import { Show } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import type { PlaceHit } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Plus } from '../../../ui/icons.ts'
import { PlaceFacts, PlaceWhere } from './facts.tsx'
import { Marked } from './marked.tsx'
import { signOf } from './names.ts'
import { PlaceLine } from './row.tsx'

export interface HitProps {
  id: string
  hit: PlaceHit
  active: boolean
  query: string
  /** Open ones are wanted: unknown hours are told. */
  tellHours: boolean
  number: number | null
  now: number
  zone: string
  /** Without it there is no act on it. */
  onPut: (() => void) | undefined
  onShow: () => void
  /** The pointer is over it, or has left. */
  onPoint: (on: boolean) => void
}

/**
 * A result: what it is, and on a line of its own where, which is the way onto the map. No walk from the meeting point, which is
 * not where that distance is from.
 */
export function Hit(props: HitProps) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- its keys are the combobox's, which keeps the focus
    <div
      id={props.id}
      role="option"
      class="place-hit"
      aria-selected={props.active}
      aria-disabled={props.number !== null}
      onClick={(event) => {
        // An option holds no buttons of its own: where the tap fell decides.
        if (event.target.closest('[data-put]')) props.onPut?.()
        else props.onShow()
      }}
      onPointerEnter={(event) => event.pointerType === 'mouse' && props.onPoint(true)}
      onPointerLeave={() => props.onPoint(false)}
      tabindex={-1}
    >
      <PlaceLine
        dish={dishOf(props.hit)}
        size={48}
        name={<Marked text={signOf(props.hit)} query={props.query} />}
        number={props.number}
        act={
          <Show when={props.onPut}>
            <span class="btn" data-look="sec" data-size="44" data-icon="" data-put="">
              <Plus size={18} />
              <span>{t('places.putForward')}</span>
            </span>
          </Show>
        }
      >
        <PlaceFacts
          place={props.hit}
          distanceM={null}
          now={props.now}
          zone={props.zone}
          tellHours={props.tellHours}
        />
        <PlaceWhere place={props.hit} distanceM={props.hit.distanceM} />
      </PlaceLine>
    </div>
  )
}
