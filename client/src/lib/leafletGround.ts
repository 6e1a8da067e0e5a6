import * as L from 'leaflet'
import type { LatLng } from '#shared/geo.ts'
import { ZOOM_ANIMATION_ID } from './leaflet.ts'

/** A point of the world in pixels of zoom 0 (256 wide): moves on a straight line on the map, whatever the zoom. */
export interface WorldPoint {
  x: number
  y: number
}

export interface GroundItem {
  /** Puts the item's upper left corner (its anchor) there. */
  moveTo(at: WorldPoint): void
  remove(): void
}

/**
 * A layer whose children are glued to the ground: one element that rides Leaflet's zoom with exactly the transform of
 * the tiles, so that the compositor moves both alike. Children stand in its pixel space, which is that of the zoom it
 * was last based on. `L.marker` per child would be placed by script and lag by up to 81 px in the middle of a zoom.
 */
export interface Ground {
  /** `sized`: the element that keeps its size while the ground is scaled (usually the item's only child). */
  add(el: HTMLElement, sized?: HTMLElement): GroundItem
  /** Ground pixels for one pixel of zoom 0, and where the ground begins. */
  base(): { scale: number; origin: WorldPoint }
  worldOf(at: LatLng): WorldPoint
  /** False while the map zooms: container pixels and ground pixels then have different scales. */
  isSettled(): boolean
  /** After the ground was based anew: children that place themselves must do so again. */
  onBase(listener: () => void): void
  remove(): void
}

interface Held {
  el: HTMLElement
  sized: HTMLElement | undefined
  at: WorldPoint
}

/** As in Leaflet's stylesheet (`.leaflet-zoom-anim .leaflet-zoom-animated`): the inverse must run alike. */
const ZOOM_MS = 250
const ZOOM_EASING = 'cubic-bezier(0, 0, 0.25, 1)'
const STEPS = 16

/**
 * Keyframes that undo a scale from `from` to `to` at every moment. The inverse of a linear path is not linear, so it is
 * given in steps of the same progress.
 */
export function inverseScales(from: number, to: number, steps: number = STEPS): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => 1 / (from + ((to - from) * i) / steps))
}

export function makeGround(map: L.Map, paneName: string, zIndex: number): Ground {
  const pane = map.getPane(paneName) ?? map.createPane(paneName)
  pane.style.zIndex = String(zIndex)
  pane.style.pointerEvents = 'none'
  const root = L.DomUtil.create('div', 'bm-ground leaflet-zoom-animated', pane)
  const items = new Set<Held>()
  const listeners = new Set<() => void>()
  let zoom = map.getZoom()
  let origin = map.getPixelOrigin()
  let shown = 1
  let running: Animation[] = []

  const place = (item: Held): void => {
    const k = 2 ** zoom
    // Whole pixels would wander by half a pixel against the tiles: let the compositor place fractions.
    item.el.style.transform = `translate(${(item.at.x * k - origin.x).toFixed(2)}px,${(item.at.y * k - origin.y).toFixed(2)}px)`
  }
  const unscale = (item: Held): void => {
    if (item.sized) item.sized.style.transform = shown === 1 ? '' : `scale(${1 / shown})`
  }
  const stopAnimations = (): void => {
    for (const animation of running) animation.cancel()
    running = []
  }
  const setBase = (): void => {
    stopAnimations()
    zoom = map.getZoom()
    origin = map.getPixelOrigin()
    shown = 1
    L.DomUtil.setTransform(root, L.point(0, 0), 1)
    for (const item of items) {
      place(item)
      unscale(item)
    }
    for (const listener of listeners) listener()
  }
  const ride = (center: L.LatLng, toZoom: number): number => {
    const scale = map.getZoomScale(toZoom, zoom)
    const panePosition = L.DomUtil.getPosition(map.getPane('mapPane') ?? root) ?? L.point(0, 0)
    const target = map
      .project(center, toZoom)
      .subtract(map.getSize().divideBy(2))
      .add(panePosition)
      .round()
    L.DomUtil.setTransform(root, origin.multiplyBy(scale).subtract(target).round(), scale)
    return scale
  }
  const onZoomAnim = (event: L.ZoomAnimEvent): void => {
    const from = shown
    shown = ride(event.center, event.zoom)
    const keyframes = inverseScales(from, shown).map((scale) => ({ transform: `scale(${scale})` }))
    stopAnimations()
    for (const item of items) {
      unscale(item)
      if (!item.sized) continue
      const animation = item.sized.animate(keyframes, {
        duration: ZOOM_MS,
        easing: ZOOM_EASING,
        fill: 'both',
      })
      animation.id = ZOOM_ANIMATION_ID
      running.push(animation)
    }
  }
  /** Pinching and flying: no transition, a new transform for each frame. */
  const onZoom = (): void => {
    const next = ride(map.getCenter(), map.getZoom())
    if (next === shown) return
    stopAnimations()
    shown = next
    for (const item of items) unscale(item)
  }
  map.on('zoomanim', onZoomAnim)
  map.on('zoom', onZoom)
  map.on('viewreset moveend', setBase)
  return {
    add: (el, sized) => {
      const item: Held = { el, sized, at: { x: 0, y: 0 } }
      items.add(item)
      root.append(el)
      unscale(item)
      return {
        moveTo: (at) => {
          item.at = at
          place(item)
        },
        remove: () => {
          items.delete(item)
          el.remove()
        },
      }
    },
    base: () => ({ scale: 2 ** zoom, origin: { x: origin.x, y: origin.y } }),
    worldOf: (at) => {
      const point = map.project([at.lat, at.lng], 0)
      return { x: point.x, y: point.y }
    },
    isSettled: () => map.getZoom() === zoom && running.length === 0,
    onBase: (listener) => void listeners.add(listener),
    remove: () => {
      map.off('zoomanim', onZoomAnim)
      map.off('zoom', onZoom)
      map.off('viewreset moveend', setBase)
      stopAnimations()
      root.remove()
    },
  }
}
