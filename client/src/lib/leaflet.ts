import 'leaflet/dist/leaflet.css'
import './leaflet.css'
import L from 'leaflet'
import { createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { reducedMotion } from './motion.ts'

/** What the chrome covers of the map, px: the camera fits into what is left. */
export interface MapPadding {
  top: number
  right: number
  bottom: number
  left: number
}
export interface Camera {
  lat: number
  lng: number
  zoom: number
}

export interface BaseMap {
  map: L.Map
  /** No tile came: the ground is plain, and everything else goes on. Reactive. */
  tilesMissing: Accessor<boolean>
  retryTiles(): void
  setDark(dark: boolean): void
  setPadding(padding: MapPadding): void
  padding(): MapPadding
  /** Puts a point into the middle of what the chrome leaves. */
  centreOn(at: LatLng, zoom?: number): void
  /** Puts all of it into what the chrome leaves, never closer than `maxZoom`. */
  fit(bounds: Bounds, maxZoom?: number): void
  /** What is seen of the map, without what the chrome covers. */
  freeBounds(): Bounds
  freeCentre(): LatLng
}

const MAX_ZOOM = 20
/** Tiles of most servers end here; closer in they are enlarged. */
const TILES_UNTIL_ZOOM = 19
export const CAMERA_MS = 700
/** Farther than this many screens the camera cuts instead of flying. */
const FLY_SCREENS = 1.2
const CUT_FADE_MS = 180
const TILES_PATIENCE_MS = 6_000

/** A Leaflet map on the configured tiles. Ends with `remove()` of its map. */
export function makeBaseMap(element: HTMLElement, tiles: string, first: Camera): BaseMap {
  const map = L.map(element, {
    center: [first.lat, first.lng],
    zoom: first.zoom,
    zoomControl: false,
    attributionControl: false,
    keyboard: false,
    maxZoom: MAX_ZOOM,
    minZoom: 2,
    zoomSnap: 0.25,
    wheelPxPerZoomLevel: 90,
    worldCopyJump: true,
    maxBoundsViscosity: 1,
    zoomAnimation: !reducedMotion(),
    fadeAnimation: !reducedMotion(),
    inertia: !reducedMotion(),
    bounceAtZoomLimits: false,
  })
  const { tilesMissing, retryTiles } = addTiles(map, element, tiles)
  let padding: MapPadding = { top: 0, right: 0, bottom: 0, left: 0 }
  const corners = (): { topLeft: L.Point; bottomRight: L.Point } => {
    const size = map.getSize()
    return { topLeft: L.point(padding.left, padding.top), bottomRight: L.point(Math.max(padding.left + 40, size.x - padding.right), Math.max(padding.top + 40, size.y - padding.bottom)) }
  }
  /** Centre of the whole map when `at` is to be in the middle of the free part. */
  const wholeCentre = (at: LatLng, zoom: number): L.LatLng => {
    const { topLeft, bottomRight } = corners()
    const shift = map.getSize().divideBy(2).subtract(topLeft.add(bottomRight).divideBy(2))
    return map.unproject(map.project([at.lat, at.lng], zoom).add(shift), zoom)
  }
  return {
    map,
    tilesMissing,
    retryTiles,
    setDark: (dark) => element.toggleAttribute('data-dark', dark),
    setPadding: (next) => void (padding = next),
    padding: () => padding,
    centreOn: (at, zoom = Math.max(map.getZoom(), 15)) => moveCamera(map, wholeCentre(at, zoom), zoom),
    fit: (bounds, maxZoom = 17) => {
      const box = L.latLngBounds([bounds.south, bounds.west], [bounds.north, bounds.east])
      const room = L.point(padding.left + padding.right, padding.top + padding.bottom)
      const zoom = Math.min(maxZoom, map.getBoundsZoom(box, false, room))
      const middle = map.unproject(map.project(box.getNorthWest(), zoom).add(map.project(box.getSouthEast(), zoom)).divideBy(2), zoom)
      moveCamera(map, wholeCentre(middle, zoom), zoom)
    },
    freeBounds: () => {
      const { topLeft, bottomRight } = corners()
      const [northWest, southEast] = [map.containerPointToLatLng(topLeft), map.containerPointToLatLng(bottomRight)]
      return { south: southEast.lat, west: northWest.lng, north: northWest.lat, east: southEast.lng }
    },
    freeCentre: () => {
      const { topLeft, bottomRight } = corners()
      const { lat, lng } = map.containerPointToLatLng(topLeft.add(bottomRight).divideBy(2))
      return { lat, lng }
    },
  }
}

/** Moves the camera: a flight when it is near, a cut with a short fade when far, at once with reduced motion. */
export function moveCamera(map: L.Map, centre: L.LatLngExpression, zoom: number): void {
  const size = map.getSize()
  const way = map.latLngToContainerPoint(centre).distanceTo(size.divideBy(2))
  const near = way <= FLY_SCREENS * Math.max(size.x, size.y) && Math.abs(zoom - map.getZoom()) <= 3
  if (reducedMotion() || size.x === 0) map.setView(centre, zoom, { animate: false })
  else if (near) map.flyTo(centre, zoom, { duration: CAMERA_MS / 1_000, easeLinearity: 0.4 })
  else {
    map.setView(centre, zoom, { animate: false })
    map.getContainer().animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: CUT_FADE_MS, easing: 'ease-out' })
  }
}

function addTiles(map: L.Map, element: HTMLElement, url: string): { tilesMissing: Accessor<boolean>; retryTiles(): void } {
  const [tilesMissing, setMissing] = createSignal(false)
  const tell = (missing: boolean): void => {
    element.toggleAttribute('data-plain', missing)
    setMissing(missing)
  }
  const layer = L.tileLayer(url, { maxZoom: MAX_ZOOM, maxNativeZoom: TILES_UNTIL_ZOOM, updateWhenIdle: false, keepBuffer: 3 })
  let loaded = 0
  let patience = 0
  const wait = (): void => {
    loaded = 0
    window.clearTimeout(patience)
    patience = window.setTimeout(() => tell(loaded === 0), TILES_PATIENCE_MS)
  }
  layer.on('tileload', () => {
    loaded += 1
    if (tilesMissing()) tell(false)
  })
  // All of a view failed: no need to wait any longer.
  layer.on('load', () => tell(loaded === 0))
  layer.on('loading', wait)
  map.on('unload', () => window.clearTimeout(patience))
  layer.addTo(map)
  return { tilesMissing, retryTiles: () => layer.redraw() }
}
