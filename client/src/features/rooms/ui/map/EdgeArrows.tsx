import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { dishOf } from '#shared/dishes.ts'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { Candidate, Seat } from '#shared/rooms.ts'
import { formatDistance } from '#client/lib/i18n/format.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { Dish, NumberMark } from '#client/ui/dish.tsx'
import { personVars } from '#client/ui/person.ts'
import { Portrait } from '#client/ui/portrait.tsx'
import type { EdgeArrow, EdgeKey } from './edgeGeometry.ts'
import { shortName } from './shortName.ts'

export interface EdgePerson {
  name: string
  portrait: string
}
export interface EdgeArrowsProps {
  arrows: readonly EdgeArrow[]
  person(seat: Seat): EdgePerson | undefined
  dish(number: number): Candidate | undefined
  /** Metres from the middle of what I see to where a person looks, or to a dish. */
  distance(of: EdgeKey): number | null
  onJump(arrow: EdgeArrow): void
}

const keyOf = ({ of: [first] }: EdgeArrow): string => (first ? `${first.kind} ${first.id}` : '')
const NOWHERE: EdgeArrow = { of: [], x: 0, y: 0, side: 'left' }

/** People and dishes outside what I see, at the edge toward them. */
export function EdgeArrows(props: EdgeArrowsProps) {
  // By whom they show: an arrow that moves stays the same button under the finger.
  const keys = createMemo(() => props.arrows.map(keyOf))
  return (
    <div class="bm-edges">
      <For each={keys()}>
        {(key) => (
          <Edge arrow={props.arrows.find((arrow) => keyOf(arrow) === key) ?? NOWHERE} of={props} />
        )}
      </For>
    </div>
  )
}

function Edge(props: { arrow: EdgeArrow; of: EdgeArrowsProps }) {
  const first = (): EdgeKey => props.arrow.of[0] ?? { kind: 'person', id: 0 }
  const dish = () => (first().kind === 'dish' ? props.of.dish(first().id) : undefined)
  const name = (): string => dish()?.name ?? props.of.person(first().id)?.name ?? ''
  const far = (): string => {
    const metres = props.of.distance(first())
    return metres === null ? '' : formatDistance(metres)
  }
  const more = (): number => props.arrow.of.length - 1
  const moreOf = (kind: EdgeKey['kind']): number =>
    props.arrow.of.slice(1).filter((one) => one.kind === kind).length
  const says = (): string =>
    [
      dish()
        ? t('map.dishOffscreen', { number: first().id, name: name(), distance: far() })
        : t('map.offscreen', { name: name(), distance: far() }),
      moreOf('dish') > 0 ? t('map.moreDishes', { count: moreOf('dish') }) : '',
      moreOf('person') > 0 ? t('map.morePeople', { count: moreOf('person') }) : '',
    ]
      .filter(Boolean)
      .join(', ')
  const colours = () => (dish() ? {} : personVars(colourOfSeat(first().id)))
  return (
    <button
      type="button"
      class="bm-edge"
      data-side={props.arrow.side}
      data-seat={dish() ? undefined : first().id}
      data-number={dish() ? first().id : undefined}
      style={{ ...colours(), left: `${props.arrow.x}px`, top: `${props.arrow.y}px` }}
      aria-label={says()}
      onClick={() => props.of.onJump(props.arrow)}
    >
      <Switch>
        <Match when={dish()}>
          {(known) => (
            <>
              <Dish name={dishOf(known())} size={28} flat />
              <NumberMark number={first().id} size="sm" />
            </>
          )}
        </Match>
        <Match when={true}>
          <Portrait
            of={{
              name: name(),
              portrait: props.of.person(first().id)?.portrait ?? null,
              colour: colourOfSeat(first().id),
            }}
            size={28}
          />
        </Match>
      </Switch>
      <span>
        <Show when={!dish()}>
          <b>{shortName(name())}</b>{' '}
        </Show>
        <small class="tn">{far()}</small>
        <Show when={more() > 0}> +{more()}</Show>
      </span>
      <i class="bm-tip" />
    </button>
  )
}
