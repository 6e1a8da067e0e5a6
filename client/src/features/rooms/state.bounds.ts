import type { Bounds, LatLng } from '#shared/geo.ts'

/** Half the side of what is shown around a single point, in degrees: a few streets. */
const AROUND_POINT_DEGREES = 0.001
/** Half of the narrow side where points lie in a row: a wide box needs no streets above and below. */
const BESIDE_ROW_DEGREES = 0.0002
/** A dish is larger than its point: the box grows by this, so that those at its edge are seen whole. */
const ROOM_FOR_DISHES = 1.15

/** The smallest box around all points, never smaller than a few streets; null without points. */
export function boundsOf(points: readonly LatLng[]): Bounds | null {
  if (points.length === 0) return null
  const lats = points.map(({ lat }) => lat)
  const lngs = points.map(({ lng }) => lng)
  const widest = Math.max(...lats) - Math.min(...lats) + Math.max(...lngs) - Math.min(...lngs)
  const least = widest < AROUND_POINT_DEGREES / 2 ? AROUND_POINT_DEGREES : BESIDE_ROW_DEGREES
  const grow = (low: number, high: number): [number, number] => {
    const missing = Math.max(least - (high - low) / 2, ((high - low) / 2) * (ROOM_FOR_DISHES - 1))
    return [low - missing, high + missing]
  }
  const [south, north] = grow(Math.min(...lats), Math.max(...lats))
  const [west, east] = grow(Math.min(...lngs), Math.max(...lngs))
  return { south, west, north, east }
}
