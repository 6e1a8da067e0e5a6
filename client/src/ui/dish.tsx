import './dish.css'
import { Match, Show, Switch, type JSX } from 'solid-js'
import type { DishName } from '#shared/dishes.ts'
import { cx } from './class.ts'
import dishesUrl from './dishes.svg?url'

export interface DishProps {
  /** The drawn dish (dishOf); null is an empty plate, of what is not a place. */
  name: DishName | null
  /** Address of a photo, which goes before the drawing. */
  photo?: string | null
  /** Diameter in px. */
  size: number
  lead?: boolean
  /** Lies on a row instead of standing on the map. */
  flat?: boolean
  /** I passed on it. */
  passed?: boolean
  class?: string
  children?: JSX.Element
}

/** A plate with its dish: porcelain in both themes. Decorative: the name stands beside it. */
export function Dish(props: DishProps) {
  return (
    <span
      class={cx('dish', props.class)}
      style={{ '--z': `${props.size}px` }}
      data-lead={props.lead ? '' : undefined}
      data-flat={props.flat ? '' : undefined}
      data-passed={props.passed ? '' : undefined}
      data-empty={props.photo || props.name ? undefined : ''}
      aria-hidden="true"
    >
      <span class="dish-well">
        <Switch>
          <Match when={props.photo}>
            {(photo) => <img class="food" src={photo()} alt="" loading="lazy" decoding="async" />}
          </Match>
          <Match when={props.name}>
            {(name) => (
              <svg class="food" viewBox="0 0 48 48">
                <use href={`${dishesUrl}#dish-${name()}`} />
              </svg>
            )}
          </Match>
        </Switch>
      </span>
      {props.children}
    </span>
  )
}

export interface NumberMarkProps {
  number: number
  /** sm 18, map 20, md 22, lg 34 px. */
  size?: 'sm' | 'map' | 'md' | 'lg'
  lead?: boolean
  class?: string
}

/** The number of a candidate: always the same square, so that it is never read as a count of votes. */
export function NumberMark(props: NumberMarkProps) {
  return (
    <span
      class={cx('num', props.class)}
      data-size={props.size ?? 'md'}
      data-lead={props.lead ? '' : undefined}
    >
      {props.number}
    </span>
  )
}

/** A dish with its number: at the corner in rows, below the middle on plates of a run-off. */
export function NumberedDish(props: DishProps & { number: number; at?: 'corner' | 'bottom' }) {
  return (
    <span class="dnum" data-at={props.at ?? 'corner'}>
      <Dish {...props} />
      <NumberMark number={props.number} lead={props.lead} />
    </span>
  )
}

/** "2 동일루" in running text: points at the candidate. A button when it can be followed. */
export function ChatToken(props: {
  number: number
  name: string
  lead?: boolean
  onClick?: () => void
}) {
  const inside = () => (
    <>
      <NumberMark number={props.number} size="map" lead={props.lead} />
      <span class="min-w-0">{props.name}</span>
    </>
  )
  return (
    <Show when={props.onClick} fallback={<span class="tok">{inside()}</span>}>
      {(follow) => (
        <button type="button" class="tok" onClick={() => follow()()}>
          {inside()}
        </button>
      )}
    </Show>
  )
}

/** The word on the row that leads. */
export function LeadChip(props: { children: JSX.Element }) {
  return <span class="crown">{props.children}</span>
}
