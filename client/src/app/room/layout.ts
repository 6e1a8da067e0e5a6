import { createMemo, createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { MapPadding } from '../../lib/leaflet.ts'
import { createMedia, DESK, SIDEWAYS, TABLET } from '../../ui/media.ts'

/** phone: sheet from below; sideways: a phone held across; tablet and desk: a panel beside the map. */
export type Shape = 'phone' | 'sideways' | 'tablet' | 'desk'

export interface Layout {
  shape: Accessor<Shape>
  /** Sheet on the phone, panel elsewhere. */
  panelled: Accessor<boolean>
  padding: Accessor<MapPadding>
  setCover(px: number): void
  setChatOpen(open: boolean): void
}

const WIDE = '(min-width: 1440px)'
/** Below this the dish cards, above it sheet and map share the window. */
const PHONE_TOP_PX = 116
const SIDE_PX = 24

/** What the chrome leaves of the map (docs/design.md, "Map padding"). Must be created under an owner. */
export function createLayout(): Layout {
  const [tablet, desk, wide, sideways] = [
    createMedia(TABLET),
    createMedia(DESK),
    createMedia(WIDE),
    createMedia(SIDEWAYS),
  ]
  const [cover, setCover] = createSignal(0)
  const [chatOpen, setChatOpen] = createSignal(false)
  const shape = createMemo((): Shape =>
    sideways() ? 'sideways' : desk() ? 'desk' : tablet() ? 'tablet' : 'phone',
  )
  const padding = createMemo((): MapPadding => {
    switch (shape()) {
      case 'phone':
        return { top: PHONE_TOP_PX, right: SIDE_PX, bottom: cover(), left: SIDE_PX }
      case 'sideways':
        return { top: 16, right: 16, bottom: 72, left: 344 }
      case 'tablet':
        return { top: 76, right: 16, bottom: 100, left: 388 }
      default:
        return { top: 16, right: chatOpen() ? 404 : 16, bottom: 112, left: wide() ? 464 : 432 }
    }
  })
  return {
    shape,
    panelled: () => shape() !== 'phone',
    padding,
    setCover: (px) => void setCover(px),
    setChatOpen: (open) => void setChatOpen(open),
  }
}
