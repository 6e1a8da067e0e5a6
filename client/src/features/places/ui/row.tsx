import { Show } from 'solid-js'
import type { JSX } from 'solid-js'
import type { DishName } from '#shared/dishes.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Dish, NumberMark } from '../../../ui/dish.tsx'

/** A place in a line: dish, name and what is known of it, then the one act or the number that it already has. */
export function PlaceLine(props: {
  dish: DishName | null
  size: 48 | 56
  name: JSX.Element
  /** Number of the candidate that it already is. */
  number: number | null
  children: JSX.Element
  act: JSX.Element
}) {
  return (
    <>
      <Dish name={props.dish} size={props.size} flat />
      <span class="place-words">
        <b>{props.name}</b>
        {props.children}
      </span>
      <Show when={props.number} fallback={props.act}>
        {(number) => (
          <span class="place-known">
            <NumberMark number={number()} />
            {t('places.isCandidate')}
          </span>
        )}
      </Show>
    </>
  )
}
