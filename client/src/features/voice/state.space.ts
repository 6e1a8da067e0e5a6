import { onCleanup, onMount } from 'solid-js'
import type { Voice } from './state.ts'

/** What Space does something to already: there it never talks. */
const OWN_SPACE =
  'input, textarea, select, button, a[href], summary, [contenteditable], [role="button"], [role="option"], [role="menuitem"], [role="slider"], [role="switch"], [role="radio"], [role="tab"], [role="dialog"]'

/** Holding Space talks while push to talk is on and nothing that Space activates has focus. Must be called under an owner. */
export function createSpaceToTalk(voice: () => Voice): void {
  let held = false
  const down = (event: KeyboardEvent): void => {
    if (
      event.code !== 'Space' ||
      event.isComposing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return
    const { target } = event
    if (
      voice().settings().mode !== 'push' ||
      (target instanceof Element && target.closest(OWN_SPACE))
    )
      return
    if (voice().phase() !== 'in') return
    // The page would scroll.
    event.preventDefault()
    if (event.repeat || held) return
    held = true
    void voice().push(true)
  }
  const release = (): void => {
    if (!held) return
    held = false
    void voice().push(false)
  }
  const up = (event: KeyboardEvent): void => {
    if (event.code === 'Space') release()
  }
  onMount(() => {
    document.addEventListener('keydown', down)
    document.addEventListener('keyup', up)
    // The key comes up unseen in another window.
    window.addEventListener('blur', release)
    onCleanup(() => {
      document.removeEventListener('keydown', down)
      document.removeEventListener('keyup', up)
      window.removeEventListener('blur', release)
    })
  })
}
