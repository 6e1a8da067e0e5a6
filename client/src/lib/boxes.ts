/** In px; right and bottom lie outside. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const meets = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
