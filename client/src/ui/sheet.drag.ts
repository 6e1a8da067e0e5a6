import { createSignal, onCleanup } from 'solid-js'
import { dragTo, settleAt, velocityOf, type SheetStop, type SheetTops } from './sheet.stops.ts'

/** Less than this is a tap, not a drag. */
const DRAG_FROM_PX = 6

export interface SheetDragOptions {
  root: () => HTMLElement | undefined
  /** The list that scrolls at the full stop. */
  body: () => HTMLElement | undefined
  stop: () => SheetStop
  tops: () => SheetTops
  onSettle: (stop: SheetStop) => void
}

interface Grip {
  id: number
  x: number
  y: number
  top: number
  inBody: boolean
  samples: { at: number; y: number }[]
}

/** These take the drag themselves. */
const OWN_DRAG = 'input, textarea, select, [data-own-drag]'

/**
 * Lets a finger or mouse move the sheet from anywhere on it. Below full every vertical drag is the sheet's; at full only
 * a drag down while the list is at its top (else the list scrolls), or any drag that starts outside the list.
 * Returns the top while dragging, null at rest.
 */
export function createSheetDrag(options: SheetDragOptions) {
  const [dragged, setDragged] = createSignal<number | null>(null)
  let grip: Grip | null = null

  const listAtTop = () => (options.body()?.scrollTop ?? 0) <= 0

  function press(event: PointerEvent) {
    const target = event.target as Element
    if (!event.isPrimary || event.button !== 0 || target.closest(OWN_DRAG)) return
    const inBody = options.body()?.contains(target) ?? false
    const top = options.tops()[options.stop()]
    grip = { id: event.pointerId, x: event.clientX, y: event.clientY, top, inBody, samples: [] }
  }

  function wants(held: Grip, dx: number, dy: number): boolean {
    if (Math.abs(dy) < DRAG_FROM_PX || Math.abs(dy) < Math.abs(dx)) return false
    if (options.stop() !== 'full' || !held.inBody) return true
    return dy > 0 && listAtTop()
  }

  function move(event: PointerEvent) {
    if (grip?.id !== event.pointerId) return
    const dy = event.clientY - grip.y
    if (dragged() === null) {
      if (!wants(grip, event.clientX - grip.x, dy)) return
      options.root()?.setPointerCapture(event.pointerId)
    }
    grip.samples.push({ at: event.timeStamp, y: event.clientY })
    setDragged(dragTo(grip.top + dy, options.tops()))
  }

  function release(event: PointerEvent) {
    if (grip?.id !== event.pointerId) return
    const top = dragged()
    const velocity = velocityOf(grip.samples, event.timeStamp)
    grip = null
    if (top === null) return
    setDragged(null)
    const root = options.root()
    root?.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => root?.removeEventListener('click', swallow, { capture: true }), 0)
    options.onSettle(settleAt(top, velocity, options.tops()))
  }

  /** A drag that ends on a button isn't a tap on it. */
  function swallow(event: Event) {
    event.stopPropagation()
    event.preventDefault()
  }

  /** The browser may not scroll with a finger that moves the sheet; only a touchmove that isn't passive can say so. */
  function holdScroll(event: TouchEvent) {
    const touch = event.touches[0]
    if (!grip || !touch || !event.cancelable) return
    const ours = dragged() !== null || wants(grip, touch.clientX - grip.x, touch.clientY - grip.y)
    const atTop = options.stop() === 'full' && grip.inBody && listAtTop() && touch.clientY > grip.y
    if (ours || atTop) event.preventDefault()
  }

  function listen(root: HTMLElement) {
    root.addEventListener('pointerdown', press)
    root.addEventListener('pointermove', move)
    root.addEventListener('pointerup', release)
    root.addEventListener('pointercancel', release)
    root.addEventListener('touchmove', holdScroll, { passive: false })
    onCleanup(() => {
      root.removeEventListener('pointerdown', press)
      root.removeEventListener('pointermove', move)
      root.removeEventListener('pointerup', release)
      root.removeEventListener('pointercancel', release)
      root.removeEventListener('touchmove', holdScroll)
    })
  }

  return { dragged, listen }
}
