import * as L from 'leaflet'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { freeBounds, toLeafletBounds } from '#client/lib/leaflet.ts'
import type { MapPadding } from '#client/lib/leaflet.ts'

export interface CameraPlace {
  center: LatLng
  zoom: number
}

/** Moves the map by script, into the area that chrome leaves free, and tells a person's own moves apart. */
export interface Camera {
  /** Fits the bounds whole, whatever the aspect ratio. `quick`: one of many small steps, as when following. */
  show(bounds: Bounds, options?: { quick?: boolean }): void
  /** Fits what the map shows by itself. `room`: pixels that stay free around it, for what is drawn about points. */
  keep(bounds: Bounds, room: { x: number; y: number }): void
  /** At which zoom `keep` would show them. */
  zoomFor(bounds: Bounds, room: { x: number; y: number }): number
  /** Nobody has chosen what is seen: the map stands as it began, or as `keep` left it. */
  isKept(): boolean
  isMoving(): boolean
  /** The first view: a point in the middle of the free area, at once. */
  begin(at: LatLng): void
  /** Brings a point to the middle of the free area, at least at `zoom`. */
  centre(at: LatLng, zoom?: number): void
  goTo(place: CameraPlace): void
  where(): CameraPlace
  freeBounds(): Bounds
  /** The person moved the map: drag, wheel, pinch, keys. */
  onOwnMove(listener: () => void): () => void
  remove(): void
}

/** docs/design.md, Motion: `--d-camera`, and `--d-fade` for a cut. */
const CAMERA_S = 0.7
const QUICK_S = 0.28
const FADE_MS = 180
/** A longer way than this many screens is a cut: flying over a city tells nothing. */
const FAR_SCREENS = 1.2
/** Zoom levels apart beyond which it is a cut too. */
const FAR_ZOOMS = 3

export function makeCamera(map: L.Map, padding: () => MapPadding): Camera {
  const listeners = new Set<() => void>()
  let byScript = false
  let kept = true
  let moving = false
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  const script = (move: () => void): void => {
    byScript = true
    try {
      move()
    } finally {
      byScript = false
    }
  }
  const moveByHand = (): void => {
    kept = false
    for (const listener of listeners) listener()
  }
  const onMoveStart = (): void => {
    moving = true
    if (!byScript) moveByHand()
  }
  const onMoveEnd = (): void => void (moving = false)
  map.on('movestart dragstart', onMoveStart)
  map.on('moveend', onMoveEnd)
  map.getContainer().addEventListener('wheel', moveByHand, { passive: true })

  /** The container's middle for a point that shall stand in the middle of the free area. */
  const containerCentre = (at: LatLng, zoom: number): L.LatLng => {
    const pad = padding()
    const shift = L.point((pad.left - pad.right) / 2, (pad.top - pad.bottom) / 2)
    return map.unproject(map.project([at.lat, at.lng], zoom).subtract(shift), zoom)
  }
  const cutTo = (center: L.LatLng, zoom: number): void =>
    script(() => map.setView(center, zoom, { animate: false }))
  const cut = (center: L.LatLng, zoom: number): void => {
    cutTo(center, zoom)
    if (calm.matches) return
    map
      .getContainer()
      .animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: FADE_MS, easing: 'ease-out' })
  }
  const move = (center: L.LatLng, zoom: number, seconds: number): void => {
    const size = map.getSize()
    const way = map
      .project(center, map.getZoom())
      .subtract(map.project(map.getCenter(), map.getZoom()))
    const same = zoom === map.getZoom()
    if (same && Math.hypot(way.x, way.y) < 1) return
    const far = Math.hypot(way.x, way.y) > FAR_SCREENS * Math.max(size.x, size.y)
    if (calm.matches || far || Math.abs(zoom - map.getZoom()) > FAR_ZOOMS) return cut(center, zoom)
    script(() => {
      if (same) map.panTo(center, { animate: true, duration: seconds, easeLinearity: 0.4 })
      else map.flyTo(center, zoom, { duration: seconds })
    })
  }
  const fit = (bounds: Bounds, room = { x: 0, y: 0 }): { center: L.LatLng; zoom: number } => {
    const pad = padding()
    const around = L.point(pad.left + pad.right + room.x * 2, pad.top + pad.bottom + room.y * 2)
    const zoom = map.getBoundsZoom(toLeafletBounds(bounds), false, around)
    const box = [
      map.project([bounds.south, bounds.west], zoom),
      map.project([bounds.north, bounds.east], zoom),
    ] as const
    const middle = map.unproject(box[0].add(box[1]).divideBy(2), zoom)
    return { center: containerCentre(middle, zoom), zoom }
  }
  return {
    show: (bounds, { quick = false } = {}) => {
      kept = false
      const { center, zoom } = fit(bounds)
      move(center, zoom, quick ? QUICK_S : CAMERA_S)
    },
    keep: (bounds, room) => {
      kept = true
      const { center, zoom } = fit(bounds, room)
      move(center, zoom, CAMERA_S)
    },
    zoomFor: (bounds, room) => fit(bounds, room).zoom,
    isKept: () => kept,
    isMoving: () => moving,
    begin: (at) => cutTo(containerCentre(at, map.getZoom()), map.getZoom()),
    centre: (at, zoom) => {
      kept = false
      const to = Math.max(zoom ?? 0, map.getZoom())
      move(containerCentre(at, to), to, CAMERA_S)
    },
    goTo: ({ center, zoom }) => {
      kept = false
      move(L.latLng(center.lat, center.lng), zoom, CAMERA_S)
    },
    where: () => {
      const { lat, lng } = map.getCenter()
      return { center: { lat, lng }, zoom: map.getZoom() }
    },
    freeBounds: () => freeBounds(map, padding()),
    onOwnMove: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    remove: () => {
      map.off('movestart dragstart', onMoveStart)
      map.off('moveend', onMoveEnd)
      map.getContainer().removeEventListener('wheel', moveByHand)
    },
  }
}
