import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js'
import { loadAhead, untilLoaded } from './untilLoaded.ts'

export interface MenuItem {
  label: string
  icon?: JSX.Element
  onSelect: () => void
  danger?: boolean
  disabled?: boolean
  /** Shows a check: the one that holds now. */
  checked?: boolean
  /** A hairline above. */
  line?: boolean
}

export interface MenuProps {
  /** Name of the button that opens it. */
  label: string
  /** What stands on the button. */
  trigger: JSX.Element
  /** Classes of the button; default a round quiet one. */
  triggerClass?: string
  items: readonly MenuItem[]
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end'
}

/** The code of every menu. */
export const loadList = () => import('./menu.list.tsx')
const MenuList = lazy(async () => ({ default: (await untilLoaded(loadList)).MenuList }))

/**
 * A button that opens a list of acts. Arrows, letters and Escape work; focus returns. The list's code comes with the first touch of any
 * such button: no first picture needs it.
 */
export function Menu(props: MenuProps) {
  const [pressed, setPressed] = createSignal(false)
  const button = (busy: boolean): JSX.Element => (
    <button
      type="button"
      class={props.triggerClass ?? 'rb'}
      data-look={props.triggerClass ? undefined : 'quiet'}
      aria-label={props.label}
      aria-haspopup="true"
      aria-expanded={false}
      aria-busy={busy}
      onPointerEnter={() => loadAhead(loadList)}
      onFocus={() => loadAhead(loadList)}
      onClick={() => setPressed(true)}
    >
      {props.trigger}
    </button>
  )
  return (
    <Show when={pressed()} fallback={button(false)}>
      <Suspense fallback={button(true)}>
        <MenuList {...props} />
      </Suspense>
    </Show>
  )
}
