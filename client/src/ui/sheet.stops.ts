/*
 * Where the phone's sheet rests, as pure functions. Positions are the distance of its top edge from the top of the
 * window in px: a smaller position is a taller sheet.
 */

export type SheetStop = 'peek' | 'half' | 'full'
export const SHEET_STOPS: readonly SheetStop[] = ['peek', 'half', 'full']

export type SheetTops = Record<SheetStop, number>

const PEEK_PX = 158
const PEEK_REM = 9.9
const FULL_TOP_PX = 64
const HALF_SHARE = 0.505
/** However much there is to show, the map above keeps this share of the window. */
const FIT_TOP_SHARE = 0.28
/** How far a flick carries: the finger's speed times this. */
const THROW_MS = 180

/**
 * The three tops in a window of `height` px. `rem` is the reader's text size in px: the peek grows with it. `halfShare`
 * is where the half stop lies (0.505; 0.435 in a run-off); it rises where that shows `contentPx` whole. Stops never cross,
 * however low the window.
 */
export function sheetTops(
  height: number,
  rem: number,
  halfShare: number = HALF_SHARE,
  contentPx = 0,
): SheetTops {
  const full = Math.min(FULL_TOP_PX, height / 4)
  const peek = Math.max(full, height - Math.max(PEEK_PX, PEEK_REM * rem))
  const fitting = Math.max(height * FIT_TOP_SHARE, height - contentPx)
  const half = Math.min(peek, Math.max(full, Math.min(height * halfShare, fitting)))
  return { peek, half, full }
}

/** The stop nearest to where the sheet would come to rest; `velocity` in px a ms, downwards positive. */
export function settleAt(top: number, velocity: number, tops: SheetTops): SheetStop {
  const landing = top + velocity * THROW_MS
  const distance = (stop: SheetStop) => Math.abs(tops[stop] - landing)
  return SHEET_STOPS.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best))
}

/** Enter on the grab: peek, half, full, half, peek … so that each press moves one step. `rising` is the way it goes. */
export function nextStop(stop: SheetStop, rising: boolean): { stop: SheetStop; rising: boolean } {
  if (stop === 'peek') return { stop: 'half', rising: true }
  if (stop === 'full') return { stop: 'half', rising: false }
  return rising ? { stop: 'full', rising: true } : { stop: 'peek', rising: false }
}

/** One step taller or lower, as arrows and the wheel ask for it. */
export function stepStop(stop: SheetStop, by: 1 | -1): SheetStop {
  const at = SHEET_STOPS.indexOf(stop) + by
  return SHEET_STOPS[Math.min(SHEET_STOPS.length - 1, Math.max(0, at))] ?? stop
}

/** Follows the finger; beyond the ends it gives way less and less. */
export function dragTo(top: number, tops: SheetTops): number {
  const soft = (over: number) => Math.sqrt(Math.max(0, over)) * 2
  if (top < tops.full) return tops.full - soft(tops.full - top)
  if (top > tops.peek) return tops.peek + soft(top - tops.peek)
  return top
}

interface Sample {
  at: number
  y: number
}
const VELOCITY_WINDOW_MS = 80

/** Speed of the finger from its last 80 ms, px a ms; older samples are dropped from `samples`. */
export function velocityOf(samples: Sample[], now: number): number {
  while (samples.length > 1 && (samples[0]?.at ?? now) < now - VELOCITY_WINDOW_MS) samples.shift()
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at === first.at) return 0
  return (last.y - first.y) / (last.at - first.at)
}
