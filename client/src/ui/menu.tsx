import './overlay.css'
import * as Kobalte from '@kobalte/core/dropdown-menu'
import { For, Show, type JSX } from 'solid-js'
import { Check } from './icons.ts'

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

/** A button that opens a list of acts. Arrows, letters and Escape work; focus returns. */
export function Menu(props: MenuProps) {
  return (
    <Kobalte.Root placement={props.placement ?? 'bottom-end'} gutter={6} modal={false}>
      <Kobalte.Trigger
        class={props.triggerClass ?? 'rb'}
        data-look={props.triggerClass ? undefined : 'quiet'}
        aria-label={props.label}
      >
        {props.trigger}
      </Kobalte.Trigger>
      <Kobalte.Portal>
        <Kobalte.Content class="menu">
          <For each={props.items}>
            {(item) => (
              <>
                <Show when={item.line}>
                  <Kobalte.Separator class="menu-line" />
                </Show>
                <Kobalte.Item
                  class="menu-item"
                  data-danger={item.danger ? '' : undefined}
                  disabled={item.disabled}
                  onSelect={item.onSelect}
                >
                  {item.icon}
                  <span>{item.label}</span>
                  <Show when={item.checked}>
                    <Check size={18} />
                  </Show>
                </Kobalte.Item>
              </>
            )}
          </For>
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte.Root>
  )
}
