import { type Box, meets } from '#client/lib/boxes.ts'

export type EdgeSide = 'left' | 'right' | 'top' | 'bottom'
/** A person by seat, a candidate by number. */
export interface EdgeKey {
  kind: 'person' | 'dish'
  id: number
}
/** What is outside what I see, in container pixels. */
export interface EdgeTarget {
  of: EdgeKey
  x: number
  y: number
}
export interface EdgeArrow {
  /** Nearest first; the first one is shown, the others are counted. */
  of: EdgeKey[]
  /** Where the arrow's tip is, on the edge of the free area. */
  x: number
  y: number
  side: EdgeSide
}

type EdgePlace = Omit<EdgeArrow, 'of'>

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
/** Between two arrows that don't share one. */
const APART_PX = EDGE_NEAR_PX - HALF_HEIGHT_PX * 2
/** Farther than this from its ray an arrow would point somewhere else. */
const SLIDE_MOST_PX = 150

const clamp = (value: number, low: number, high: number): number =>
  low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value))

/** Where the ray from the middle of `free` to the target leaves it, 16 px inside. */
export function edgePoint(target: { x: number; y: number }, free: Box): EdgePlace {
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

function isNear(a: EdgePlace, b: EdgePlace): boolean {
  // Side by side on the upper or lower edge, two pills need their whole width.
  const lying = a.side === b.side && (a.side === 'top' || a.side === 'bottom')
  if (lying) return Math.abs(a.x - b.x) < HALF_WIDTH_PX * 2
  return Math.hypot(a.x - b.x, a.y - b.y) < EDGE_NEAR_PX
}

/** What an arrow covers, and `around` it. */
function arrowBox({ side, x, y }: EdgePlace, around = 0): Box {
  const lying = side === 'top' || side === 'bottom'
  const left = lying ? x - HALF_WIDTH_PX : side === 'left' ? x : x - LENGTH_PX
  const top = side === 'top' ? y : side === 'bottom' ? y - HALF_HEIGHT_PX * 2 : y - HALF_HEIGHT_PX
  return {
    left: left - around,
    top: top - around,
    right: left + LENGTH_PX + around,
    bottom: top + HALF_HEIGHT_PX * 2 + around,
  }
}

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
 * One arrow for each target outside, those who would cover each other stacked into one, each kind with its own as far as
 * there is room. Arrows give way to what is `taken` (candidates in view, chrome), people to candidates, which stand still.
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
  const order = (t: EdgeTarget): number => (t.of.kind === 'dish' ? 0 : 1)
  const sorted = targets.toSorted(
    (a, b) => order(a) - order(b) || far(a) - far(b) || a.of.id - b.of.id,
  )
  for (const { of, ...target } of sorted) {
    const alike = (arrow: EdgeArrow): boolean => arrow.of[0]?.kind === of.kind
    const others = arrows.filter((arrow) => !alike(arrow)).map((arrow) => arrowBox(arrow, APART_PX))
    const point = slideClear(edgePoint(target, free), free, [...taken, ...others])
    const near = arrows.filter((arrow) => isNear(arrow, point))
    const stack = near.find(alike) ?? near[0]
    if (stack) stack.of.push(of)
    else arrows.push({ of: [of], ...point })
  }
  return arrows
}
