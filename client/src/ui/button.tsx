import './button.css'
import { Show, splitProps, type JSX } from 'solid-js'
import { cx } from './class.ts'

export type ButtonLook = 'pri' | 'sec' | 'out' | 'line' | 'chosen' | 'txt' | 'danger'
export type ButtonSize = 36 | 44 | 56

interface Looks {
  /** pri: the one red act of a view. Default sec. */
  look?: ButtonLook
  /** Height in px; 36 keeps a 44 px target. Default 44. */
  size?: ButtonSize
  icon?: JSX.Element
  /** Takes the width that is left. */
  grow?: boolean
}

export interface ButtonProps extends Looks, JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Keeps place and focus, shows a ring, ignores taps. */
  busy?: boolean
}

const looks = ['look', 'size', 'icon', 'grow', 'class', 'children'] as const

/** A button with words. Words never truncate: they wrap to two lines where there is no room. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, [...looks, 'busy', 'onClick', 'type'])
  const click: JSX.EventHandler<HTMLButtonElement, MouseEvent> = (event) => {
    if (own.busy) event.preventDefault()
    else if (typeof own.onClick === 'function') own.onClick(event)
  }
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={cx('btn', own.grow && 'grow', own.class)}
      data-look={own.look ?? 'sec'}
      data-size={own.size ?? 44}
      data-icon={'icon' in props ? '' : undefined}
      aria-busy={own.busy || undefined}
      aria-disabled={own.busy || rest['aria-disabled']}
      onClick={click}
    >
      {own.icon}
      <span>{own.children}</span>
      <Show when={own.busy}>
        <i class="spin" aria-hidden="true" />
      </Show>
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink(props: Looks & JSX.AnchorHTMLAttributes<HTMLAnchorElement>) {
  const [own, rest] = splitProps(props, looks)
  return (
    <a
      {...rest}
      class={cx('btn', own.grow && 'grow', own.class)}
      data-look={own.look ?? 'sec'}
      data-size={own.size ?? 44}
      data-icon={'icon' in props ? '' : undefined}
    >
      {own.icon}
      <span>{own.children}</span>
    </a>
  )
}

export interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does: the only name that it has. */
  label: string
  /** float: over the map. quiet: no ground. line: outlined, as the muted microphone. Default quiet. */
  look?: 'float' | 'quiet' | 'well' | 'line' | 'ink' | 'pri'
  size?: 44 | 52
  /** A number at the corner, such as unread messages; 0 shows nothing. Drawn only: say it in `label`. */
  badge?: number
}

const BADGE_MOST = 99

/** How many wait; 0 shows nothing. Drawn only: the button's label says it. */
export function Badge(props: { count: number | undefined }) {
  return (
    <Show when={props.count}>
      {(count) => (
        <i
          class="badge"
          aria-hidden="true"
          data-count={count() > BADGE_MOST ? `${BADGE_MOST}+` : String(count())}
        />
      )}
    </Show>
  )
}

/** A round button with an icon alone. */
export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, [
    'label',
    'look',
    'size',
    'badge',
    'class',
    'children',
    'type',
  ])
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={cx('rb', own.class)}
      data-look={own.look ?? 'quiet'}
      data-size={own.size ?? 44}
      aria-label={own.label}
    >
      {own.children}
      <Badge count={own.badge} />
    </button>
  )
}
