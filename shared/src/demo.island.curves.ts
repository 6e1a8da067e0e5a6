import { ISLAND_CENTRE } from './demo.island.ts'
import type { LatLng } from './geo.ts'

/** Metres east and north of the island's centre. */
export type Point = readonly [east: number, north: number]

const ORIGIN: Point = [0, 0]
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
    points[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] ?? ORIGIN
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
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
}

/** A point of a line, and the line's direction there (radians from east, anticlockwise). */
export interface Foot {
  at: Point
  heading: number
}

/** A line by the metres from its start: its length, and any point of it. */
export function measure(line: readonly Point[]): { length: number; at(metres: number): Foot } {
  const starts = [0]
  eachSegment(line, (from, to) => starts.push((starts.at(-1) ?? 0) + distance(from, to)))
  const at = (metres: number): Foot => {
    let [low, high] = [0, line.length - 2]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= metres) low = middle
      else high = middle - 1
    }
    const [from, to] = [line[low] ?? ORIGIN, line[low + 1] ?? ORIGIN]
    const share = (metres - (starts[low] ?? 0)) / distance(from, to)
    return {
      at: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share],
      heading: Math.atan2(to[1] - from[1], to[0] - from[0]),
    }
  }
  return { length: starts.at(-1) ?? 0, at }
}

/** The point `aside` metres to the left of one that faces `heading`. */
export function beside({ at, heading }: Foot, aside: number): Point {
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
  return distance(point, [from[0] + dx * t, from[1] + dy * t])
}

export function eachSegment(line: readonly Point[], visit: (from: Point, to: Point) => void): void {
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1], line[index]]
    if (from && to) visit(from, to)
  }
}

/** Whether a point lies in a ring that ends where it began (even-odd rule). */
export function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false
  eachSegment(ring, (from, to) => {
    if (from[1] > y === to[1] > y) return
    if (x < ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1]) + from[0]) inside = !inside
  })
  return inside
}

/** A stream of numbers from 0 to 1 that is the same each time (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
