import { createMemo, For, Show } from 'solid-js'
import { Portrait, type Sitter } from './portrait.tsx'

export interface Seated extends Sitter {
  id: string
}

export interface SeatsProps {
  /** Who chose this place, in order of arrival. */
  of: readonly Seated[]
  /** How many could: all present. Empty seats fill up to it. */
  places: number
  /** Whose seat is mine. */
  me?: string
  /** What a reader says: the seats are the chart, so say names. */
  label: string
  /** Diameter in px. Default 22. */
  size?: number
}

const ROW_MOST = 8
const SHOWN_WHEN_MORE = 7

/** Who chose a place, as people; the length of the row is the chart. Over eight people the rest is a number. */
export function Seats(props: SeatsProps) {
  const size = () => props.size ?? 22
  const shown = createMemo(() =>
    props.of.length > ROW_MOST ? props.of.slice(0, SHOWN_WHEN_MORE) : props.of,
  )
  const hidden = () => props.of.length - shown().length
  const empty = () => (props.places > ROW_MOST ? 0 : Math.max(0, props.places - props.of.length))
  return (
    <span class="seats" role="img" aria-label={props.label} style={{ '--z': `${size()}px` }}>
      <For each={shown()}>
        {(sitter) => <Portrait of={sitter} size={size()} me={sitter.id === props.me} class="sit" />}
      </For>
      <Show when={hidden() > 0}>
        <span class="more-n">+{hidden()}</span>
      </Show>
      <For each={Array.from({ length: empty() })}>{() => <i class="empty" />}</For>
    </span>
  )
}
