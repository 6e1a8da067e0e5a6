/** Where somebody sits: offset of the middle from the dish's middle, and diameter, px. */
export interface Spot {
  x: number
  y: number
  size: number
}

/** The drawn table of the design: a dish of 148 with portraits of 48 on a circle of 96. */
const DISH_PX = 148
const RADIUS_PX = 96
const UPPER_STEP_DEG = 46
const UPPER_ARC_DEG = 156
const UPPER_SIZES_PX = [48, 48, 48, 48, 48, 44, 38, 36]
const LOWER_SIZE_PX = 40
/** Left and right in turn, leaving the middle to the number. */
const LOWER_DEG = [152, 28, 122, 58]

export const UPPER_MOST = UPPER_SIZES_PX.length
export const LOWER_MOST = LOWER_DEG.length

function spotAt(degrees: number, size: number, scale: number): Spot {
  const radians = (degrees * Math.PI) / 180
  return {
    x: RADIUS_PX * scale * Math.cos(radians),
    y: RADIUS_PX * scale * Math.sin(radians),
    size: size * scale,
  }
}

/** Who chose it: on the upper arc, from left to right. At most `UPPER_MOST`. */
export function upperSpots(count: number, dish: number): Spot[] {
  const shown = Math.min(count, UPPER_MOST)
  const step = shown < 2 ? 0 : Math.min(UPPER_STEP_DEG, UPPER_ARC_DEG / (shown - 1))
  const size = UPPER_SIZES_PX[shown - 1] ?? 0
  return Array.from({ length: shown }, (_, index) =>
    spotAt(-90 + (index - (shown - 1) / 2) * step, size, dish / DISH_PX),
  )
}

/** Everybody else, beside the number. At most `LOWER_MOST`. */
export function lowerSpots(count: number, dish: number): Spot[] {
  return LOWER_DEG.slice(0, count).map((degrees) => spotAt(degrees, LOWER_SIZE_PX, dish / DISH_PX))
}
