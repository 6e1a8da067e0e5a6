import './overlay.css'
import * as Dialog from '@kobalte/core/dialog'
import { Show } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { IconButton } from './button.tsx'
import { cx } from './class.ts'
import { focusMain } from './focus.ts'
import { X } from './icons.ts'
import type { ModalProps } from './modal.tsx'

const FIRST =
  '[autofocus], .modal-body input:not([type=radio]):not([type=checkbox]), .modal-body textarea'

/**
 * A sheet that asks for words starts at its field; on a phone the keyboard would cover it, so there a sheet that isn't for typing
 * starts as it is.
 */
function startAtField(event: Event, typing: boolean) {
  // Without matchMedia nobody can say whether there is a mouse.
  const mouse = typeof matchMedia === 'function' && matchMedia('(hover: hover)').matches
  if (!mouse && !typing) return
  const field = (event.currentTarget as Element | null)?.querySelector<HTMLElement>(FIRST)
  if (!field) return
  event.preventDefault()
  field.focus({ preventScroll: true })
}

/** The dialog itself; `opener` says where the focus goes back to. */
export function ModalDialog(props: ModalProps & { opener: () => Element | null }) {
  const giveFocusBack = (event: Event) => {
    event.preventDefault()
    const opener = props.opener()
    // Safari gives a tapped button no focus: then it was the page that had it.
    const kept = opener?.isConnected && opener !== document.body
    const back = kept ? opener : props.backTo?.()
    if (back instanceof HTMLElement) back.focus({ preventScroll: true })
    else if (!kept) focusMain()
  }
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="scrim" />
        <div class="modal-at">
          <Dialog.Content
            class={cx('modal', props.class)}
            data-typing={props.typing ? '' : undefined}
            onOpenAutoFocus={(event) => startAtField(event, props.typing ?? false)}
            onCloseAutoFocus={giveFocusBack}
            style={{ '--modal-w': props.width ? `${props.width}px` : undefined }}
          >
            <header>
              <Dialog.Title class={cx(props.titleHidden && 'sr')}>{props.title}</Dialog.Title>
              <IconButton label={t('common.close')} class="ml-auto" onClick={() => props.onClose()}>
                <X size={22} />
              </IconButton>
            </header>
            <div class="modal-body">{props.children}</div>
            <Show when={props.footer}>{(footer) => <footer>{footer()}</footer>}</Show>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
