import type * as L from 'leaflet'
import type { LatLng } from '#shared/geo.ts'
import { latLngAt } from '#client/lib/leaflet.ts'

export interface GestureDeps {
  map: L.Map
  moveCursor(at: LatLng | null): void
  setTouch(touch: boolean): void
  stir(): void
  ping(at: LatLng): void
}
export interface Gestures {
  /** Where the mouse stands on the map; null on touch, or when it is elsewhere. */
  cursor(): LatLng | null
  remove(): void
}

const LONG_PRESS_MS = 450
const LONG_PRESS_SLACK_PX = 8
/** After a long press the browser's own menu and click come too. */
const SWALLOW_MS = 700

/** My pointer as others see it, and long press or right click to ping. */
export function listenToGestures(deps: GestureDeps): Gestures {
  const { map } = deps
  const el = map.getContainer()
  const fingers = new Set<number>()
  let press: { timer: number; x: number; y: number } | null = null
  let swallowUntil = 0
  let mouse: { x: number; y: number } | null = null

  const groundAt = (event: { clientX: number; clientY: number }): LatLng => {
    const box = el.getBoundingClientRect()
    return latLngAt(map, event.clientX - box.left, event.clientY - box.top)
  }
  const cancelPress = (): void => {
    if (press) window.clearTimeout(press.timer)
    press = null
  }
  const isControl = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest('a, input, button:not(.place)') !== null
  const onDown = (event: PointerEvent): void => {
    deps.stir()
    if (event.pointerType === 'mouse') return deps.setTouch(false)
    deps.setTouch(true)
    mouse = null
    deps.moveCursor(null)
    fingers.add(event.pointerId)
    cancelPress()
    if (fingers.size > 1 || isControl(event)) return
    const { clientX, clientY } = event
    const at = { clientX, clientY }
    const mine = { x: clientX, y: clientY, timer: 0 }
    // Moves that a busy page hasn't seen yet come with the next frame, before this: a late drag is no long press.
    mine.timer = window.setTimeout(
      () => requestAnimationFrame(() => press === mine && longPress(at)),
      LONG_PRESS_MS,
    )
    press = mine
  }
  const longPress = (at: { clientX: number; clientY: number }): void => {
    press = null
    swallowUntil = performance.now() + SWALLOW_MS
    deps.ping(groundAt(at))
  }
  const onMove = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') {
      if (
        press &&
        Math.hypot(event.clientX - press.x, event.clientY - press.y) >= LONG_PRESS_SLACK_PX
      )
        cancelPress()
      return
    }
    deps.stir()
    // Two fingers on the glass: the mouse events beside them are the browser's guess.
    if (fingers.size > 0) return
    mouse = { x: event.clientX, y: event.clientY }
    deps.moveCursor(groundAt(event))
  }
  const onUp = (event: PointerEvent): void => {
    fingers.delete(event.pointerId)
    cancelPress()
  }
  const onLeave = (event: PointerEvent): void => {
    onUp(event)
    if (event.pointerType !== 'mouse') return
    mouse = null
    deps.moveCursor(null)
  }
  const onMenu = (event: MouseEvent): void => {
    if (isControl(event)) return
    event.preventDefault()
    if (performance.now() < swallowUntil || fingers.size > 0) return
    if (event instanceof PointerEvent && event.pointerType === 'touch') return
    deps.ping(groundAt(event))
  }
  const onClick = (event: MouseEvent): void => {
    if (performance.now() >= swallowUntil) return
    event.preventDefault()
    event.stopPropagation()
  }
  /** The ground moved under a mouse that stands still. */
  const onMapMove = (): void => {
    if (mouse && fingers.size === 0)
      deps.moveCursor(groundAt({ clientX: mouse.x, clientY: mouse.y }))
  }
  const stop = new AbortController()
  const { signal } = stop
  el.addEventListener('pointerdown', onDown, { signal })
  el.addEventListener('pointermove', onMove, { signal })
  el.addEventListener('pointerup', onUp, { signal })
  el.addEventListener('pointercancel', onUp, { signal })
  el.addEventListener('pointerleave', onLeave, { signal })
  el.addEventListener('contextmenu', onMenu, { signal })
  el.addEventListener('click', onClick, { signal, capture: true })
  map.on('moveend', onMapMove)
  return {
    cursor: () => (mouse ? groundAt({ clientX: mouse.x, clientY: mouse.y }) : null),
    remove: () => {
      cancelPress()
      stop.abort()
      map.off('moveend', onMapMove)
    },
  }
}
