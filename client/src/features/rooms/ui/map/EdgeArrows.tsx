import { For, Show } from 'solid-js'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { Seat } from '#shared/rooms.ts'
import { formatDistance } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { personVars } from '#client/ui/person.ts'
import { Portrait } from '#client/ui/portrait.tsx'
import type { EdgeArrow } from './edgeGeometry.ts'
import { shortName } from './shortName.ts'

export interface EdgePerson {
  name: string
  portrait: string
}
export interface EdgeArrowsProps {
  arrows: readonly EdgeArrow[]
  person(seat: Seat): EdgePerson | undefined
  /** Metres from the middle of what I see to where they look. */
  distance(seat: Seat): number | null
  onJump(seat: Seat): void
}

/** People outside what I see, at the edge toward them. */
export function EdgeArrows(props: EdgeArrowsProps) {
  return (
    <div class="bm-edges">
      <For each={props.arrows}>
        {(arrow) => {
          const seat = () => arrow.seats[0] ?? 0
          const name = () => props.person(seat())?.name ?? ''
          const far = () => {
            const metres = props.distance(seat())
            return metres === null ? '' : formatDistance(metres)
          }
          const more = () => arrow.seats.length - 1
          return (
            <button
              type="button"
              class="bm-edge"
              data-side={arrow.side}
              data-seat={seat()}
              style={{
                ...personVars(colourOfSeat(seat())),
                left: `${arrow.x}px`,
                top: `${arrow.y}px`,
              }}
              aria-label={[
                t('map.offscreen', { name: name(), distance: far() }),
                more() > 0 ? t('map.morePeople', { count: more() }) : '',
              ]
                .filter(Boolean)
                .join(', ')}
              onClick={() => props.onJump(seat())}
            >
              <Portrait
                of={{
                  name: name(),
                  portrait: props.person(seat())?.portrait ?? null,
                  colour: colourOfSeat(seat()),
                }}
                size={28}
              />
              <span>
                <b>{shortName(name())}</b> <small class="tn">{far()}</small>
                <Show when={more() > 0}> +{more()}</Show>
              </span>
              <i class="bm-tip" />
            </button>
          )
        }}
      </For>
    </div>
  )
}
