import './overlay.css'
import * as Kobalte from '@kobalte/core/dropdown-menu'
import { For, Show } from 'solid-js'
import { Check } from './icons.ts'
import type { MenuProps } from './menu.tsx'

/** The menu itself, with its button: comes open, since it is loaded by the press that opens it. */
export function MenuList(props: MenuProps) {
  return (
    <Kobalte.Root defaultOpen placement={props.placement ?? 'bottom-end'} gutter={6} modal={false}>
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
