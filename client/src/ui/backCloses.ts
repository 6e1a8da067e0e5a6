import { createEffect, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'

/** What is open, the topmost last. */
const layers: (() => void)[] = []

interface Marks {
  /** A second entry of the same address: going back from it only closes what is open. */
  spare?: true
  /** The entry below a spare one. */
  under?: true
}
const marks = (): Marks => (history.state ?? {}) as Marks

/**
 * One spare entry serves all layers and stays when they close in another way: to take it away would be a step back, and what comes
 * after in the same moment may be a step forward to another page.
 */
function standOnSpare(): void {
  if (marks().spare) return
  const { state } = history
  history.replaceState({ ...state, under: true }, '')
  history.pushState({ ...state, spare: true }, '')
}

function onBack(): void {
  if (!marks().under) return
  const { under: _, ...state } = history.state as Marks
  history.replaceState(state, '')
  const close = layers.at(-1)
  if (!close) return history.back()
  close()
  if (layers.length > 0) standOnSpare()
}
window.addEventListener('popstate', onBack)

/** While it is open, the browser's way back closes it and leaves the page alone. Must be called under an owner. */
export function createBackCloses(isOpen: Accessor<boolean>, close: () => void): void {
  createEffect(() => {
    if (!isOpen()) return
    layers.push(close)
    standOnSpare()
    onCleanup(() => void layers.splice(layers.indexOf(close), 1))
  })
}
