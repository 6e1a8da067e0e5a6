import './overlay.css'
import * as Kobalte from '@kobalte/core/popover'
import * as KobalteTip from '@kobalte/core/tooltip'
import type { JSX } from 'solid-js'
import { cx } from './class.ts'

export interface PopoverProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What it is about, for readers. */
  label: string
  /** The element that it hangs on, when it isn't a trigger of its own. */
  anchor?: () => HTMLElement | undefined
  /** A button that opens it: <Popover trigger={<IconButton …/>}> can't be, so give its class and children. */
  trigger?: { label: string; class?: string; children: JSX.Element }
  placement?:
    | 'top'
    | 'bottom'
    | 'left'
    | 'right'
    | 'bottom-start'
    | 'bottom-end'
    | 'top-start'
    | 'top-end'
  class?: string
  children: JSX.Element
}

const GAP_PX = 8

/** A small panel tied to what opened it. Escape and a tap elsewhere close it; focus returns. */
export function Popover(props: PopoverProps) {
  return (
    <Kobalte.Root
      open={props.open}
      onOpenChange={props.onOpenChange}
      placement={props.placement ?? 'bottom'}
      gutter={GAP_PX}
      anchorRef={props.anchor}
    >
      {props.trigger && (
        <Kobalte.Trigger class={props.trigger.class} aria-label={props.trigger.label}>
          {props.trigger.children}
        </Kobalte.Trigger>
      )}
      <Kobalte.Portal>
        <Kobalte.Content class={cx('pop', props.class)} aria-label={props.label}>
          {props.children}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte.Root>
  )
}

/** A few words about a control whose name isn't enough; on hover and focus, never the only way to learn it. */
export function Tooltip(props: { text: JSX.Element; class?: string; children: JSX.Element }) {
  return (
    <KobalteTip.Root openDelay={500} gutter={GAP_PX}>
      <KobalteTip.Trigger as="span" class={cx('inline-flex', props.class)}>
        {props.children}
      </KobalteTip.Trigger>
      <KobalteTip.Portal>
        <KobalteTip.Content class="tip">{props.text}</KobalteTip.Content>
      </KobalteTip.Portal>
    </KobalteTip.Root>
  )
}
