import type { Bounds, LatLng } from '#shared/geo.ts'
import { SPOT_ZOOM, type SpotRange, type Tile, tileAt, tileOf } from './policy.spots.ts'

/**
 * The grid of a zoom's clusters: half tiles, 128 px wide, so that what is drawn 44 to 60 px wide in each hardly overlaps. A cell is
 * numbered as its tile on the Z-order curve: four cells of a zoom are one of the zoom before.
 */
export const CLUSTER_ZOOMS = { first: 3, last: 16 } as const
/** Clusters are counted anew by cells of this zoom: some 4 km at Seoul, thousands of places where they stand closest. */
export const REGION_ZOOM = 12

const gridZoom = (zoom: number): number => zoom + 1

/** Bits by which a spot is longer than its cell. */
export const cellShift = (zoom: number): number => 2 * (SPOT_ZOOM - gridZoom(zoom))

/** The spots of a cell. */
export function spotsOf(zoom: number, cell: number): SpotRange {
  const width = 2 ** cellShift(zoom)
  return { from: cell * width, to: (cell + 1) * width - 1 }
}

/** The cells that a range of spots touches. */
export function cellsOf(zoom: number, { from, to }: SpotRange): SpotRange {
  const width = 2 ** cellShift(zoom)
  return { from: Math.floor(from / width), to: Math.floor(to / width) }
}

/** How many cells a box touches. */
export function countCells(bounds: Bounds, zoom: number): number {
  const { first, last } = corners(bounds, zoom)
  return (last.x - first.x + 1) * (last.y - first.y + 1)
}

/** Whether a box touches a cell: the same cells while it moves within them. */
export function touches(bounds: Bounds, zoom: number): (cell: number) => boolean {
  const { first, last } = corners(bounds, zoom)
  return (cell) => {
    const { x, y } = tileOf(cell)
    return x >= first.x && x <= last.x && y >= first.y && y <= last.y
  }
}

function corners({ south, west, north, east }: Bounds, zoom: number): { first: Tile; last: Tile } {
  return {
    first: tileAt({ lat: north, lng: west }, gridZoom(zoom)),
    last: tileAt({ lat: south, lng: east }, gridZoom(zoom)),
  }
}

export function cellBounds(zoom: number, cell: number): Bounds {
  const { x, y } = tileOf(cell)
  const [west, east] = [lngOf(x, zoom), lngOf(x + 1, zoom)]
  return { south: latOf(y + 1, zoom), west, north: latOf(y, zoom), east }
}

/** Neighbours stay twice this apart: 56 px of a cell's 128. */
const INSET = 0.22

/** Where a cluster is drawn: the middle of its places, no nearer to the cell's edge than what is drawn is wide. */
export function drawnAt(zoom: number, cell: number, middle: LatLng): LatLng {
  const { x, y } = tileOf(cell)
  const within = (value: number, low: number, high: number): number =>
    Math.min(Math.max(value, Math.min(low, high)), Math.max(low, high))
  return {
    lat: within(middle.lat, latOf(y + INSET, zoom), latOf(y + 1 - INSET, zoom)),
    lng: within(middle.lng, lngOf(x + INSET, zoom), lngOf(x + 1 - INSET, zoom)),
  }
}

const lngOf = (x: number, zoom: number): number => (x / 2 ** gridZoom(zoom)) * 360 - 180
const latOf = (y: number, zoom: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** gridZoom(zoom)))) * 180) / Math.PI

/** Whether positions, drawn at a zoom, stand at least `px` from each other. */
export function standApart(places: readonly LatLng[], zoom: number, px: number): boolean {
  const world = 256 * 2 ** zoom
  return places.every((a, index) =>
    places.slice(index + 1).every((b) => {
      const narrowing = Math.cos((a.lat * Math.PI) / 180)
      const [dx, dy] = [a.lng - b.lng, (a.lat - b.lat) / narrowing]
      return (Math.hypot(dx, dy) / 360) * world >= px
    }),
  )
}
