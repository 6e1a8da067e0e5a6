import type { WorldPoint } from '#client/lib/leafletGround.ts'

/** A cursor on its way between two samples: a straight line at even speed, no overshoot. */
export interface Glide {
  from: WorldPoint
  to: WorldPoint
  /** ms of the animation clock. */
  startAt: number
  lastsMs: number
}

/** One tick plus a little, so that the next sample comes before this one ends; 60 to 90 ms for the usual ticks. */
export function glideMs(tickMs: number): number {
  return Math.max(60, tickMs > 60 ? tickMs + 30 : Math.min(90, tickMs + 30))
}

export function glideAt(glide: Glide, now: number): WorldPoint & { done: boolean } {
  const part =
    glide.lastsMs <= 0 ? 1 : Math.min(1, Math.max(0, (now - glide.startAt) / glide.lastsMs))
  return {
    x: glide.from.x + (glide.to.x - glide.from.x) * part,
    y: glide.from.y + (glide.to.y - glide.from.y) * part,
    done: part >= 1,
  }
}
