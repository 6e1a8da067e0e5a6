import { createRenderEffect, createSignal, lazy, Show, Suspense, type JSX } from 'solid-js'
import { createBackCloses } from './backCloses.ts'
import { untilLoaded } from './untilLoaded.ts'

export interface ModalProps {
  open: boolean
  /** Escape, the scrim, the cross, and the browser's way back. */
  onClose: () => void
  /** Where the focus goes when what opened it is gone by then. */
  backTo?: () => HTMLElement | undefined
  title: string
  /** Keeps the title for readers only. */
  titleHidden?: boolean
  children: JSX.Element
  /** Buttons that stay in view below. */
  footer?: JSX.Element
  /** Begins with typing, on a phone too: all of the height, so that the field stands above the keyboard. */
  typing?: boolean
  /** Width in px from the tablet on. Default 440. */
  width?: number
  class?: string
}

/** The code of every dialog. */
export const loadDialog = () => import('./modal.dialog.tsx')
const ModalDialog = lazy(async () => ({ default: (await untilLoaded(loadDialog)).ModalDialog }))

/**
 * Asks for attention: a sheet from below on the phone, a dialog in the middle from the tablet on. Focus stays inside
 * and returns to where it was; Escape closes. Its code comes when one is opened first.
 */
export function Modal(props: ModalProps) {
  let opener: Element | null = null
  const [wanted, setWanted] = createSignal(false)
  // noted before the dialog takes the focus: opened by a signal, it has no trigger of its own to return it to
  createRenderEffect(() => {
    if (!props.open) return
    opener = document.activeElement
    if (props.typing) raiseKeyboard()
    setWanted(true)
  })
  createBackCloses(
    () => props.open,
    () => props.onClose(),
  )
  return (
    <Show when={wanted()}>
      <Suspense>
        <ModalDialog {...props} opener={() => opener} />
      </Suspense>
    </Show>
  )
}

const DIALOG_COMES_WITHIN_MS = 3_000

/** iOS raises the keyboard only within the tap, before the dialog is there: for a field that passes the focus on to the dialog's. */
function raiseKeyboard(): void {
  if (typeof matchMedia !== 'function' || matchMedia('(hover: hover)').matches) return
  const stand = document.createElement('input')
  stand.className = 'sr'
  stand.setAttribute('aria-hidden', 'true')
  stand.tabIndex = -1
  // Smaller letters make iOS zoom in.
  stand.style.fontSize = '16px'
  document.body.append(stand)
  stand.focus({ preventScroll: true })
  const remove = (): void => stand.remove()
  stand.addEventListener('blur', remove, { once: true })
  window.setTimeout(remove, DIALOG_COMES_WITHIN_MS)
}
