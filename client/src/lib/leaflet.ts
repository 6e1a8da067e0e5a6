import 'leaflet/dist/leaflet.css'
import './leaflet.css'
import * as L from 'leaflet'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { withGround } from './leafletIsland.ts'
import { layGround } from './leafletTiles.ts'
import type { MapGround } from './leafletTiles.ts'
import { layNightFilter } from './night.ts'

/** Pixels of the map that chrome covers (docs/design.md, "Map padding"). */
export interface MapPadding {
  top: number
  right: number
  bottom: number
  left: number
}

export interface MapOptions {
  tiles: MapGround
  /** Always seen; empty where nothing is owed (an invented world). */
  attribution: string
  view: { lat: number; lng: number; zoom: number }
  minZoom?: number
  /** Colour in CSS of what no tile covers yet; else that of the page. */
  under?: string
  /** Tiles don't arrive (true), or do again (false): the map works on plain ground, and a notice says so. */
  onTilesMissing?: (missing: boolean) => void
}

export const ZOOM_MIN = 2
export const ZOOM_MAX = 20

/**
 * One Leaflet map in `el`, with tiles and an attribution that is always seen; on Bap Island, if it begins there. `remove()` of the
 * answer ends it.
 */
export function makeMap(el: HTMLElement, wanted: MapOptions): L.Map {
  const options = withGround(wanted)
  const map = L.map(el, {
    center: [options.view.lat, options.view.lng],
    zoom: options.view.zoom,
    minZoom: options.minZoom ?? ZOOM_MIN,
    maxZoom: ZOOM_MAX,
    zoomControl: false,
    attributionControl: false,
    maxBounds: [
      [-85.05, -180],
      [85.05, 180],
    ],
    maxBoundsViscosity: 0.8,
    // The list is the keyboard's way; Leaflet's own handler would swallow arrows that move a person's cursor of focus.
    keyboard: true,
    // Our long press pings; Leaflet's would fire `contextmenu` a second time.
    tapHold: false,
  })
  el.classList.add('bm-map')
  if (options.under) el.style.setProperty('--m-land', options.under)
  layNightFilter()
  if (options.attribution)
    L.control
      .attribution({ position: 'bottomleft', prefix: false })
      .addAttribution(options.attribution)
      .addTo(map)
  layGround(map, options.tiles, options.onTilesMissing)
  syncZoomTransitions(map)
  return map
}

/**
 * Gives all transitions of one zoom the same start. Leaflet creates tile levels during the zoom and flushes styles
 * between them, so that each would start a frame or two after the other, up to 200 px apart in the middle.
 */
function syncZoomTransitions(map: L.Map): void {
  map.on('zoomanim', () => {
    queueMicrotask(() => {
      const now = document.timeline.currentTime
      if (now === null) return
      for (const animation of map.getPane('mapPane')?.getAnimations({ subtree: true }) ?? [])
        if (ridesZoom(animation)) animation.startTime = now
    })
  })
}

/** Animations with this id belong to a zoom, beside Leaflet's own transitions. */
export const ZOOM_ANIMATION_ID = 'bm-zoom'

function ridesZoom(animation: Animation): boolean {
  if (animation.id === ZOOM_ANIMATION_ID) return true
  if (!(animation instanceof CSSTransition) || animation.transitionProperty !== 'transform')
    return false
  const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null
  return target?.classList.contains('leaflet-zoom-animated') ?? false
}

/** Tells the map's own corners (attribution) where the free area begins. */
export function showPadding(map: L.Map, padding: MapPadding): void {
  const { style } = map.getContainer()
  style.setProperty('--map-left', `${padding.left}px`)
  style.setProperty('--map-bottom', `${padding.bottom}px`)
}

export function toLeafletBounds(b: Bounds): L.LatLngBounds {
  return L.latLngBounds([b.south, b.west], [b.north, b.east])
}

const clampLat = (lat: number): number => Math.min(85.05, Math.max(-85.05, lat))
const clampLng = (lng: number): number => Math.min(180, Math.max(-180, lng))

/** Where a point of the container lies, cut to the world. */
export function latLngAt(map: L.Map, x: number, y: number): LatLng {
  const at = map.containerPointToLatLng([x, y])
  return { lat: clampLat(at.lat), lng: clampLng(at.lng) }
}

/** The part of the world in the free area of the map. */
export function freeBounds(map: L.Map, padding: MapPadding): Bounds {
  const size = map.getSize()
  const northWest = latLngAt(map, padding.left, padding.top)
  const southEast = latLngAt(
    map,
    Math.max(padding.left + 1, size.x - padding.right),
    Math.max(padding.top + 1, size.y - padding.bottom),
  )
  return { south: southEast.lat, west: northWest.lng, north: northWest.lat, east: southEast.lng }
}
