import { onCleanup } from 'solid-js'
import type { Layout } from './layout.ts'

/** Tells the layout how high something at the free area's lower edge reaches, while it stands: toasts go above it. */
export function measureStanding(
  element: HTMLElement,
  what: 'card' | 'tiles',
  layout: Layout,
  abovePx: number,
): void {
  const observer = new ResizeObserver(() =>
    layout.setStanding(what, element.offsetHeight + abovePx),
  )
  observer.observe(element)
  onCleanup(() => {
    observer.disconnect()
    layout.setStanding(what, 0)
  })
}
