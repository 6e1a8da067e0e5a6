import type { Bounds, LatLng } from './geo.ts'

const EARTH_RADIUS_M = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in metres (haversine; mean earth radius, IUGG). */
export function distanceM(a: LatLng, b: LatLng): number {
  const dLat = radians(b.lat - a.lat)
  const dLng = radians(b.lng - a.lng)
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Walking minutes for a straight-line distance: × 1.3 for the way, 67 m a minute; at least one. */
export function walkMinutes(metres: number): number {
  return Math.max(1, Math.round((metres * 1.3) / 67))
}

/** Whether a point lies in a box, its edges included. */
export function holds(b: Bounds, { lat, lng }: LatLng): boolean {
  return lat >= b.south && lat <= b.north && lng >= b.west && lng <= b.east
}

const METRES_PER_DEGREE = 111_320

/** Degrees that are so many metres at a latitude. */
export function degreesOf(metres: number, lat: number): LatLng {
  const north = metres / METRES_PER_DEGREE
  return { lat: north, lng: north / Math.cos(radians(lat)) }
}

export function boundsCentre(b: Bounds): LatLng {
  return { lat: (b.south + b.north) / 2, lng: (b.west + b.east) / 2 }
}
