import './states.css'
import { children, createEffect, createSignal, For, onCleanup, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { cx } from './class.ts'

/** The disc that an icon of a state lies on; without one it is an empty plate. */
export function PlateDisc(props: { children?: JSX.Element }) {
  const icon = children(() => props.children)
  return (
    <Show when={icon()} fallback={<span class="plate-e" aria-hidden="true" />}>
      <span class="plate-e" aria-hidden="true">
        {icon()}
      </span>
    </Show>
  )
}

export interface StatePageProps {
  /** An icon of 26 px; none is an empty plate; `art` takes its place. */
  icon?: JSX.Element
  art?: JSX.Element
  title: string
  /** What happened, what was kept. */
  text?: JSX.Element
  /** Buttons: one way on, at most one of them red. */
  actions?: JSX.Element
  /** Number of an error, selectable. */
  code?: string
  /** Is the page: its `main`, with its h1; else it is a part of one. */
  page?: boolean
  class?: string
}

/** Empty, expired, full, error: what happened, what was kept, one way on. */
export function StatePage(props: StatePageProps) {
  return (
    <Dynamic
      component={props.page ? 'main' : 'section'}
      class={cx('state', props.page && 'min-h-dvh', props.class)}
    >
      <Show when={props.art} fallback={<PlateDisc>{props.icon}</PlateDisc>}>
        {(art) => art()}
      </Show>
      <Show when={props.page} fallback={<h2>{props.title}</h2>}>
        <h1>{props.title}</h1>
      </Show>
      <Show when={props.text}>{(text) => <p>{text()}</p>}</Show>
      <Show when={props.actions}>{(actions) => <div class="row">{actions()}</div>}</Show>
      <Show when={props.code}>
        <code>{props.code}</code>
      </Show>
    </Dynamic>
  )
}

interface NoteProps {
  icon?: JSX.Element
  title: string
  text?: string
  action?: JSX.Element
  class?: string
}

/** Floats over the map: what holds for now. Polite, or `alert` when it can't wait. */
export function Banner(props: NoteProps & { tone?: 'warn' | 'calm'; role?: 'status' | 'alert' }) {
  return (
    <div
      class={cx('banner', props.class)}
      data-tone={props.tone ?? 'warn'}
      role={props.role ?? 'status'}
    >
      {props.icon}
      <div>
        {props.title}
        <Show when={props.text}>
          <small>{props.text}</small>
        </Show>
      </div>
      {props.action}
    </div>
  )
}

/** Stands in the page: bold first line, then what was kept or what to do. */
export function Notice(props: NoteProps & { tone?: 'warn' | 'calm' | 'danger' }) {
  return (
    <div class={cx('notice', props.class)} data-tone={props.tone ?? 'warn'}>
      {props.icon}
      <div>
        <b>{props.title}</b>
        {props.text}
      </div>
      {props.action}
    </div>
  )
}

const SHOW_AFTER_MS = 150
const SHOW_AT_LEAST_MS = 400

/**
 * Whether a skeleton should show while `loading()`: after 150 ms, so that quick answers don't flash, and then for
 * 400 ms at least, so that it doesn't flicker.
 */
export function createPatience(loading: () => boolean): () => boolean {
  const [shown, setShown] = createSignal(false)
  let since = 0
  createEffect(() => {
    const wanted = loading()
    if (wanted === shown()) return
    const wait = wanted ? SHOW_AFTER_MS : Math.max(0, since + SHOW_AT_LEAST_MS - Date.now())
    const timer = setTimeout(() => {
      since = Date.now()
      setShown(wanted)
    }, wait)
    onCleanup(() => clearTimeout(timer))
  })
  return shown
}

/** A grey box of what will come. */
export function Skeleton(props: {
  width?: string
  height?: string
  round?: boolean
  class?: string
}) {
  return (
    <i
      class={cx('sk', props.class)}
      data-round={props.round ? '' : undefined}
      style={{ width: props.width ?? '100%', height: props.height ?? '14px' }}
      aria-hidden="true"
    />
  )
}

const ROW_WIDTHS = ['42%', '58%', '34%', '50%'] as const

/** Rows of the same boxes as candidate rows. */
export function SkeletonRows(props: { rows?: number; label: string }) {
  return (
    <output aria-label={props.label} class="block px-2">
      <For each={Array.from({ length: props.rows ?? 3 }, (_, row) => row)}>
        {(row) => (
          <div class="flex items-center gap-3 px-3 py-2.5">
            <Skeleton round width="60px" height="60px" class="flex-none" />
            <div class="grid flex-1 gap-2">
              <Skeleton width={ROW_WIDTHS[row % ROW_WIDTHS.length]} />
              <Skeleton width={ROW_WIDTHS[(row + 1) % ROW_WIDTHS.length]} height="11px" />
              <Skeleton width={ROW_WIDTHS[(row + 2) % ROW_WIDTHS.length]} height="18px" />
            </div>
            <Skeleton round width="52px" height="52px" class="flex-none" />
          </div>
        )}
      </For>
    </output>
  )
}

/** A key of the keyboard. */
export function Kbd(props: { children: JSX.Element }) {
  return <kbd class="kbd">{props.children}</kbd>
}
