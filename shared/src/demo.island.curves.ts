import { ISLAND_CENTRE } from './demo.island.ts'
import type { LatLng } from './geo.ts'

/** Metres east and north of the island's centre. */
export type Point = readonly [east: number, north: number]

const METRES_PER_DEGREE = 111_320
const NARROWING = Math.cos((ISLAND_CENTRE.lat * Math.PI) / 180)

export function toLatLng([east, north]: Point): LatLng {
  return {
    lat: ISLAND_CENTRE.lat + north / METRES_PER_DEGREE,
    lng: ISLAND_CENTRE.lng + east / (METRES_PER_DEGREE * NARROWING),
  }
}

export function fromLatLng({ lat, lng }: LatLng): Point {
  return [
    (lng - ISLAND_CENTRE.lng) * METRES_PER_DEGREE * NARROWING,
    (lat - ISLAND_CENTRE.lat) * METRES_PER_DEGREE,
  ]
}

/** Points written as "east,north east,north …". */
export function readPoints(text: string): Point[] {
  return text.split(' ').map((pair) => {
    const [east = 0, north = 0] = pair.split(',').map(Number)
    return [east, north]
  })
}

/** A smooth line through all points (Catmull-Rom), with a point about every `step` metres. A closed one ends where it began. */
export function smooth(points: readonly Point[], closed: boolean, step = 7): Point[] {
  const count = points.length
  const at = (index: number): Point =>
    points[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] ?? [0, 0]
  const line: Point[] = []
  for (let index = 0; index < count - (closed ? 0 : 1); index++) {
    const around = [at(index - 1), at(index), at(index + 1), at(index + 2)] as const
    const parts = Math.max(2, Math.round(distance(around[1], around[2]) / step))
    for (let part = 0; part < parts; part++) line.push(between(around, part / parts))
  }
  line.push(at(closed ? 0 : count - 1))
  return line
}

function between([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const axis = (k: 0 | 1): number =>
    0.5 *
    (2 * b[k] +
      (c[k] - a[k]) * t +
      (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t ** 2 +
      (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t ** 3)
  return [axis(0), axis(1)]
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}

/** The point `metres` along a line, and the line's direction there (radians from east, anticlockwise). */
export function along(line: readonly Point[], metres: number): { at: Point; heading: number } {
  let left = metres
  let found: { at: Point; heading: number } | undefined
  eachSegment(line, (from, to) => {
    const long = distance(from, to)
    if (found && left < 0) return
    const share = long === 0 ? 0 : left / long
    const heading = Math.atan2(to[1] - from[1], to[0] - from[0])
    found = {
      at: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share],
      heading,
    }
    left -= long
  })
  return found ?? { at: line[0] ?? [0, 0], heading: 0 }
}

/** The point `aside` metres to the left of one that faces `heading`. */
export function beside({ at, heading }: { at: Point; heading: number }, aside: number): Point {
  return [at[0] - Math.sin(heading) * aside, at[1] + Math.cos(heading) * aside]
}

export function distanceToLine(point: Point, line: readonly Point[]): number {
  let nearest = Infinity
  eachSegment(line, (from, to) => {
    nearest = Math.min(nearest, distanceToSegment(point, from, to))
  })
  return nearest
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / square
  const t = Math.min(1, Math.max(0, share))
  return Math.hypot(point[0] - from[0] - dx * t, point[1] - from[1] - dy * t)
}

function eachSegment(line: readonly Point[], visit: (from: Point, to: Point) => void): void {
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1], line[index]]
    if (from && to) visit(from, to)
  }
}

/** Whether a point lies in a ring (even-odd rule). */
export function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false
  eachSegment([...ring, ring[0] ?? [0, 0]], ([x1, y1], [x2, y2]) => {
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  })
  return inside
}
