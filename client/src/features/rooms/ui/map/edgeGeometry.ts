import type { Seat } from '#shared/rooms.ts'
import type { Box } from './frameClip.ts'

export type EdgeSide = 'left' | 'right' | 'top' | 'bottom'
/** Somebody outside what I see, in container pixels. */
export interface EdgeTarget {
  seat: Seat
  x: number
  y: number
}
export interface EdgeArrow {
  /** Nearest first; the first one's face is shown, the others are counted. */
  seats: Seat[]
  /** Where the arrow's tip is, on the edge of the free area. */
  x: number
  y: number
  side: EdgeSide
}

/** Kept from screen edges and chrome. */
export const EDGE_INSET_PX = 16
/** Two arrows nearer than this share one. */
export const EDGE_NEAR_PX = 52
/** Half of an arrow's target: so far it stays from the corners. */
const HALF_HEIGHT_PX = 22
/** Half of a usual arrow with a name: on the upper and lower edge it is this wide to either side. */
const HALF_WIDTH_PX = 62

/** A usual arrow with a name, lengthwise. */
const LENGTH_PX = HALF_WIDTH_PX * 2
/** Farther than this from its ray an arrow would point somewhere else. */
const SLIDE_MOST_PX = 150

const clamp = (value: number, low: number, high: number): number =>
  low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value))

/** Where the ray from the middle of `free` to the target leaves it, 16 px inside. */
export function edgePoint(target: EdgeTarget, free: Box): Omit<EdgeArrow, 'seats'> {
  const box = {
    left: free.left + EDGE_INSET_PX,
    top: free.top + EDGE_INSET_PX,
    right: free.right - EDGE_INSET_PX,
    bottom: free.bottom - EDGE_INSET_PX,
  }
  const cx = (box.left + box.right) / 2
  const cy = (box.top + box.bottom) / 2
  const dx = target.x - cx
  const dy = target.y - cy
  const byX =
    dx === 0 ? Number.POSITIVE_INFINITY : (dx > 0 ? box.right - cx : cx - box.left) / Math.abs(dx)
  const byY =
    dy === 0 ? Number.POSITIVE_INFINITY : (dy > 0 ? box.bottom - cy : cy - box.top) / Math.abs(dy)
  if (byX <= byY) {
    const side = dx > 0 ? 'right' : 'left'
    const y = clamp(cy + dy * byX, box.top + HALF_HEIGHT_PX, box.bottom - HALF_HEIGHT_PX)
    return { side, x: side === 'right' ? box.right : box.left, y }
  }
  const side = dy > 0 ? 'bottom' : 'top'
  const x = clamp(cx + dx * byY, box.left + HALF_WIDTH_PX, box.right - HALF_WIDTH_PX)
  return { side, x, y: side === 'bottom' ? box.bottom : box.top }
}

function isNear(a: Omit<EdgeArrow, 'seats'>, b: Omit<EdgeArrow, 'seats'>): boolean {
  // Side by side on the upper or lower edge, two pills need their whole width.
  const lying = a.side === b.side && (a.side === 'top' || a.side === 'bottom')
  if (lying) return Math.abs(a.x - b.x) < HALF_WIDTH_PX * 2
  return Math.hypot(a.x - b.x, a.y - b.y) < EDGE_NEAR_PX
}

type EdgePlace = Omit<EdgeArrow, 'seats'>

function arrowBox({ side, x, y }: EdgePlace): Box {
  const lying = side === 'top' || side === 'bottom'
  const left = lying ? x - HALF_WIDTH_PX : side === 'left' ? x : x - LENGTH_PX
  const top = side === 'top' ? y : side === 'bottom' ? y - HALF_HEIGHT_PX * 2 : y - HALF_HEIGHT_PX
  return {
    left,
    top,
    right: left + LENGTH_PX,
    bottom: top + HALF_HEIGHT_PX * 2,
  }
}

const meets = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Moves an arrow along its edge to the nearest spot that covers none of `taken`; where all is taken it stays. */
function slideClear(place: EdgePlace, free: Box, taken: readonly Box[]): EdgePlace {
  const isClear = (one: EdgePlace): boolean => !taken.some((box) => meets(arrowBox(one), box))
  if (isClear(place)) return place
  const lying = place.side === 'top' || place.side === 'bottom'
  const half = lying ? HALF_WIDTH_PX : HALF_HEIGHT_PX
  const at = lying ? place.x : place.y
  const low = (lying ? free.left : free.top) + EDGE_INSET_PX + half
  const high = (lying ? free.right : free.bottom) - EDGE_INSET_PX - half
  const spots = taken
    .flatMap((box) =>
      lying ? [box.left - half, box.right + half] : [box.top - half, box.bottom + half],
    )
    .filter((spot) => spot >= low && spot <= high && Math.abs(spot - at) <= SLIDE_MOST_PX)
    .toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at))
    .map((spot) => (lying ? { ...place, x: spot } : { ...place, y: spot }))
  return spots.find(isClear) ?? place
}

/**
 * One arrow for each person outside, those who would cover each other stacked into one. Arrows give way to what is `taken`
 * (candidates) as far as their edge has room.
 */
export function edgeArrows(
  targets: readonly EdgeTarget[],
  free: Box,
  taken: readonly Box[] = [],
): EdgeArrow[] {
  const cx = (free.left + free.right) / 2
  const cy = (free.top + free.bottom) / 2
  const far = (t: EdgeTarget): number => Math.hypot(t.x - cx, t.y - cy)
  const arrows: EdgeArrow[] = []
  for (const target of targets.toSorted((a, b) => far(a) - far(b) || a.seat - b.seat)) {
    const point = slideClear(edgePoint(target, free), free, taken)
    const near = arrows.find((arrow) => isNear(arrow, point))
    if (near) near.seats.push(target.seat)
    else arrows.push({ seats: [target.seat], ...point })
  }
  return arrows
}
