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
