import type * as L from 'leaflet'
import type { LatLng } from '#shared/geo.ts'
import { latLngAt } from '../../lib/leaflet.ts'

/** docs/design.md, "Ping": a long press is as long everywhere. */
const PRESS_MS = 450
const STILL_PX = 8

/** A long press of one finger, or a right click. The answer stops it. */
export function listenPress(map: L.Map, onPress: (at: LatLng) => void): () => void {
  const container = map.getContainer()
  let timer: number | undefined
  let from: { x: number; y: number } | null = null
  const end = (): void => {
    window.clearTimeout(timer)
    from = null
  }
  const pressed = ({ clientX, clientY }: MouseEvent): void => {
    const { left, top } = container.getBoundingClientRect()
    onPress(latLngAt(map, clientX - left, clientY - top))
  }
  const down = (event: PointerEvent): void => {
    end()
    if (event.pointerType !== 'touch' || !event.isPrimary) return
    from = { x: event.clientX, y: event.clientY }
    timer = window.setTimeout(() => pressed(event), PRESS_MS)
  }
  const move = (event: PointerEvent): void => {
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) end()
  }
  const menu = (event: MouseEvent): void => {
    event.preventDefault()
    // Some browsers tell of a long press so, beside the pointer's own events.
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch') pressed(event)
  }
  container.addEventListener('pointerdown', down)
  container.addEventListener('pointermove', move)
  container.addEventListener('pointerup', end)
  container.addEventListener('pointercancel', end)
  container.addEventListener('contextmenu', menu)
  return () => {
    end()
    container.removeEventListener('pointerdown', down)
    container.removeEventListener('pointermove', move)
    container.removeEventListener('pointerup', end)
    container.removeEventListener('pointercancel', end)
    container.removeEventListener('contextmenu', menu)
  }
}
