import './overlay.css'
import * as Dialog from '@kobalte/core/dialog'
import { createRenderEffect, Show, type JSX } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { IconButton } from './button.tsx'
import { cx } from './class.ts'
import { X } from './icons.ts'

export interface ModalProps {
  open: boolean
  /** Escape, the scrim, and the cross. */
  onClose: () => void
  title: string
  /** Keeps the title for readers only. */
  titleHidden?: boolean
  children: JSX.Element
  /** Buttons that stay in view below. */
  footer?: JSX.Element
  /** Width in px from the tablet on. Default 440. */
  width?: number
  class?: string
}

/**
 * Asks for attention: a sheet from below on the phone, a dialog in the middle from the tablet on. Focus stays inside
 * and returns to where it was; Escape closes.
 */
export function Modal(props: ModalProps) {
  let opener: Element | null = null
  // noted before the dialog takes the focus: opened by a signal, it has no trigger of its own to return it to
  createRenderEffect(() => props.open && (opener = document.activeElement))
  const giveFocusBack = (event: Event) => {
    event.preventDefault()
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
  }
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="scrim" />
        <div class="modal-at">
          <Dialog.Content
            class={cx('modal', props.class)}
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
