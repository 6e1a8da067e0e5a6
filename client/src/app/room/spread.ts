import { type Box, meets } from '../../lib/boxes.ts'

export interface Spot {
  number: number
  x: number
  y: number
}
export interface Shift {
  x: number
  y: number
}

const ROUNDS = 12
/** Two on exactly the same ground part along this angle, so that it is the same on every screen. */
const SAME_GROUND_RAD = -Math.PI / 4

/**
 * How far, in px, each dish stands aside so that neighbours closer than `gap` are told apart. Nobody moves more than
 * `most`: a dish still stands at its place. Same spots, same answer.
 */
export function spreadSpots(spots: readonly Spot[], gap: number, most: number): Map<number, Shift> {
  const now = spots.map(({ number, x, y }) => ({ number, x, y, fromX: x, fromY: y }))
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, one] of now.entries())
      for (const other of now.slice(index + 1)) {
        const [x, y] = [other.x - one.x, other.y - one.y]
        const apart = Math.hypot(x, y)
        if (apart >= gap) continue
        const angle = apart < 0.5 ? SAME_GROUND_RAD + index : Math.atan2(y, x)
        const push = (gap - apart) / 2
        move(one, -push * Math.cos(angle), -push * Math.sin(angle), most)
        move(other, push * Math.cos(angle), push * Math.sin(angle), most)
      }
  return new Map(
    now.map(({ number, x, y, fromX, fromY }) => [number, { x: x - fromX, y: y - fromY }]),
  )
}

function move(
  spot: Spot & { fromX: number; fromY: number },
  byX: number,
  byY: number,
  most: number,
): void {
  const [x, y] = [spot.x + byX - spot.fromX, spot.y + byY - spot.fromY]
  const keep = Math.min(1, most / Math.max(Math.hypot(x, y), 1e-9))
  spot.x = spot.fromX + x * keep
  spot.y = spot.fromY + y * keep
}

/** A dish as it stands on the screen: its middle, its diameter, its name below. */
export interface Standing extends Spot {
  dish: number
  name: string
  /** Leads, or is picked: its name is always there. */
  first: boolean
}

const NAME_BELOW_PX = 11
const NAME_LINE_PX = 16
/** Widths of 13 px letters, a little more than less. */
const HANGUL_PX = 12.5
const LATIN_PX = 7.2
/** The number hangs out of the dish, people sit on it. */
const DISH_OUT_PX = 8
/** So much of a dish may lie under a name before one of them can't be read. */
const DISH_CORE = 0.7

const around = ({ x, y }: Spot, half: number): Box => ({
  left: x - half,
  top: y - half,
  right: x + half,
  bottom: y + half,
})

/** Where the name stands: below the dish, at most two lines of `mostPx`. */
export function labelBox({ x, y, dish, name }: Standing, mostPx: number): Box {
  let width = 0
  for (const letter of name) width += letter > '\u2e80' ? HANGUL_PX : LATIN_PX
  const lines = width > mostPx ? 2 : 1
  const half = Math.min(width, mostPx) / 2
  const top = y + dish / 2 + NAME_BELOW_PX
  return { left: x - half, top, right: x + half, bottom: top + lines * NAME_LINE_PX }
}

/** Everything that dishes and their names cover: what stands beside them keeps clear of it. */
export function coveredBy(all: readonly Standing[], mostPx: number): Box[] {
  return all.flatMap((one) => [around(one, one.dish / 2 + DISH_OUT_PX), labelBox(one, mostPx)])
}

/**
 * Numbers of those whose name is shown: who leads or is picked, then in their order, each if its name covers no other name
 * and no other dish. Who has none is known by its number, in list and map alike.
 */
export function namesThatFit(all: readonly Standing[], mostPx: number): Set<number> {
  const taken: Box[] = []
  const named = new Set<number>()
  for (const one of all.toSorted((a, b) => Number(b.first) - Number(a.first))) {
    const box = labelBox(one, mostPx)
    const crowded =
      taken.some((other) => meets(box, other)) ||
      all.some((other) => other !== one && meets(box, around(other, (other.dish / 2) * DISH_CORE)))
    if (crowded && !one.first) continue
    taken.push(box)
    named.add(one.number)
  }
  return named
}
