import type { Box } from '#client/lib/boxes.ts'

export interface ClippedFrame {
  box: Box
  /** Sides that lie outside what is visible, so that no line is drawn there. */
  cut: { left: boolean; top: boolean; right: boolean; bottom: boolean }
  /** Too small for a frame: only the name. */
  tagOnly: boolean
  /** Which edge carries the name: top left, top right, or bottom. */
  tag: 'left' | 'right' | 'bottom'
}

/** Smaller than this in either direction a frame is only its name. */
const FRAME_MIN_PX = 48
/** Frames cut by the visible map end this far outside it, so that their cut corners stay unseen. */
const OVERHANG_PX = 24

/**
 * Somebody's view as it is drawn on mine: cut to the visible map, the name on an edge that is seen. Null when nothing
 * of it is visible, and when it holds all that I see: there is no edge to draw then.
 */
export function clipFrame(frame: Box, visible: Box): ClippedFrame | null {
  if (frame.right <= visible.left || frame.left >= visible.right) return null
  if (frame.bottom <= visible.top || frame.top >= visible.bottom) return null
  const cut = {
    left: frame.left < visible.left,
    top: frame.top < visible.top,
    right: frame.right > visible.right,
    bottom: frame.bottom > visible.bottom,
  }
  if (cut.left && cut.top && cut.right && cut.bottom) return null
  const box = {
    left: cut.left ? visible.left - OVERHANG_PX : frame.left,
    top: cut.top ? visible.top - OVERHANG_PX : frame.top,
    right: cut.right ? visible.right + OVERHANG_PX : frame.right,
    bottom: cut.bottom ? visible.bottom + OVERHANG_PX : frame.bottom,
  }
  const tagOnly = frame.right - frame.left < FRAME_MIN_PX || frame.bottom - frame.top < FRAME_MIN_PX
  const tag = cut.top ? 'bottom' : cut.left && !cut.right ? 'right' : 'left'
  return { box, cut, tagOnly, tag }
}
