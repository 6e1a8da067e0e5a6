import type { Bounds, LatLng } from '#shared/geo.ts'
import { distanceM } from '#shared/geo.measure.ts'

/** Where a friend's pointer is and goes. Times in ms of one monotonic clock. */
export interface Motion {
  at: LatLng
  /** Their own map: moved only when the pointer nears its edge, as people do. */
  view: Bounds
  going: { from: LatLng; to: LatLng; startMs: number; endMs: number; bend: number } | null
  panning: { from: Bounds; to: Bounds; startMs: number; endMs: number } | null
  /** Still until then. */
  restUntilMs: number
}

/** What a friend wants to see next, and how long to stay over it. */
export interface Wish {
  to: LatLng
  stayMs: number
  /** 1: as fast as most; more is slower. */
  pace: number
  /** The map comes along and has the place in its middle: for who is followed. */
  centre: boolean
}

/** Half of a friend's map, degrees: about 360 m high and 520 m wide on the island. */
const HALF_LAT = 0.0016
const HALF_LNG = 0.0027
const PAN_MS = 900
/** Share of the half map beyond which a place is too near the edge to look at. */
const EDGE = 0.75

export function boundsAround({ lat, lng }: LatLng): Bounds {
  return {
    south: lat - HALF_LAT,
    north: lat + HALF_LAT,
    west: lng - HALF_LNG,
    east: lng + HALF_LNG,
  }
}

export function startMotion(at: LatLng, nowMs: number): Motion {
  return { at, view: boundsAround(at), going: null, panning: null, restUntilMs: nowMs }
}

/** Free for a new wish: neither under way nor looking at something. */
export function isFree(motion: Motion, nowMs: number): boolean {
  return motion.going === null && nowMs >= motion.restUntilMs
}

/** Sets out at once, from wherever they are. `random`: 0 to 1, for the bend of the way and the time it takes. */
export function setOut(motion: Motion, wish: Wish, nowMs: number, random: () => number): Motion {
  const { at, view } = motion
  // Time grows with the root of the distance, as hands do it; never the same twice.
  const long = Math.sqrt(distanceM(at, wish.to) / 100)
  const takesMs = (350 + 650 * long) * wish.pace * (0.85 + 0.3 * random())
  const endMs = nowMs + takesMs
  const needsPan = wish.centre || isNearEdge(view, wish.to)
  return {
    ...motion,
    going: { from: at, to: wish.to, startMs: nowMs, endMs, bend: (random() - 0.5) * 0.3 },
    panning: needsPan
      ? { from: view, to: boundsAround(wish.to), startMs: nowMs, endMs: nowMs + PAN_MS * wish.pace }
      : motion.panning,
    restUntilMs: endMs + wish.stayMs,
  }
}

function isNearEdge({ south, north, west, east }: Bounds, { lat, lng }: LatLng): boolean {
  return (
    Math.abs(lat - (south + north) / 2) > ((north - south) / 2) * EDGE ||
    Math.abs(lng - (west + east) / 2) > ((east - west) / 2) * EDGE
  )
}

/** Slow at both ends. */
const ease = (t: number): number => (t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2)
const mix = (a: number, b: number, t: number): number => a + (b - a) * t
const part = ({ startMs, endMs }: { startMs: number; endMs: number }, nowMs: number): number =>
  endMs <= startMs ? 1 : Math.min(1, Math.max(0, (nowMs - startMs) / (endMs - startMs)))

/** Where they are now, and what of it is new since the last step. */
export function stepMotion(
  motion: Motion,
  nowMs: number,
): { motion: Motion; moved: boolean; panned: boolean } {
  const next = { ...motion }
  const { going, panning } = motion
  if (going) {
    const t = part(going, nowMs)
    const along = ease(t)
    // A bow to one side of the straight line, gone at both ends.
    const aside = Math.sin(Math.PI * t) * going.bend
    const [dLat, dLng] = [going.to.lat - going.from.lat, going.to.lng - going.from.lng]
    next.at = {
      lat: mix(going.from.lat, going.to.lat, along) - dLng * aside,
      lng: mix(going.from.lng, going.to.lng, along) + dLat * aside,
    }
    if (t === 1) next.going = null
  }
  if (panning) {
    const t = ease(part(panning, nowMs))
    next.view = {
      south: mix(panning.from.south, panning.to.south, t),
      north: mix(panning.from.north, panning.to.north, t),
      west: mix(panning.from.west, panning.to.west, t),
      east: mix(panning.from.east, panning.to.east, t),
    }
    if (t === 1) next.panning = null
  }
  return { motion: next, moved: going !== null, panned: panning !== null }
}
