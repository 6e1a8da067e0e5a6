import { createMemo, createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Bounds } from '#shared/geo.ts'
import type { MapPadding } from '../../lib/leaflet.ts'
import { createMedia, DESK, SIDEWAYS, TABLET } from '../../ui/media.ts'
import type { SheetStop } from '../../ui/sheet.stops.ts'
import type { Box } from '../../lib/boxes.ts'

/** phone: sheet from below; sideways: a phone held across; tablet and desk: a panel beside the map. */
export type Shape = 'phone' | 'sideways' | 'tablet' | 'desk'

export interface Layout {
  shape: Accessor<Shape>
  /** Sheet on the phone, panel elsewhere. */
  panelled: Accessor<boolean>
  padding: Accessor<MapPadding>
  /** The same while the sheet rests lowest: what a list is of, whose own height must not change it. */
  widest: Accessor<MapPadding>
  setCover(px: number, leastPx?: number): void
  setChatOpen(open: boolean): void
  /** A bar stands below the people: on the phone it takes of the map. */
  setAsks(on: boolean): void
  /** Zoom buttons stand beside the map. */
  zooms: Accessor<boolean>
  /** What floats on the free area of a map of this size, in its pixels. */
  controls(size: { x: number; y: number }): Box[]
  /** The chat lies over the list. */
  chatCovers: Accessor<boolean>
  /** `inset` of the place where toasts cover no control. */
  toasts(stop: SheetStop): string
  /** What stands just above the free area's lower edge and how high it is, px: toasts go above it; 0: gone. */
  setStanding(what: 'card' | 'tiles', px: number): void
}

const WIDE = '(min-width: 1440px)'
const UPRIGHT = '(orientation: portrait)'
const GAP_PX = 12
/** Below this the dish cards, above it sheet and map share the window. */
const PHONE_TOP_PX = 116
const SIDE_PX = 24
/** Names below the phone's portraits, where it has them. */
const PHONE_NAMES_PX = 16
/** Whom I follow, and what others ask of me: a bar below the phone's people. */
const PHONE_ASKS_PX = 54

/** The people strip with its names, and a gap: what is fitted stands below it. */
const DESK_TOP_PX = 112
/** The chat over a tablet's map: its top where it stands above the dock, its side where it stands beside the map. */
const TABLET_CHAT_PX = { upright: 92 + 576 + GAP_PX, wide: 16 + 348 + GAP_PX } as const

/** The attribution's height and a gap. */
const ATTRIBUTION_PX = 30
/** Zoom buttons: three of 44, above the chat's own. */
const ZOOM_COLUMN = { width: 44, height: 132, bottom: 112 } as const
/** Zoom buttons and a gap. */
export const BESIDE_ZOOM_PX = ZOOM_COLUMN.width + GAP_PX
/** The chat's own top and head on the phone. */
const CHAT_HEAD_PX = 192

/** Where the zoom buttons stand. */
export function zoomInset({ right, bottom }: MapPadding): { right: string; bottom: string } {
  return { right: `${right}px`, bottom: `${Math.max(ZOOM_COLUMN.bottom, bottom)}px` }
}

function zoomBox({ right, bottom }: MapPadding, size: { x: number; y: number }): Box {
  const foot = size.y - Math.max(ZOOM_COLUMN.bottom, bottom)
  return {
    left: size.x - right - ZOOM_COLUMN.width,
    top: foot - ZOOM_COLUMN.height,
    right: size.x - right,
    bottom: foot,
  }
}

export interface ToastSpot {
  shape: Shape
  stop: SheetStop
  padding: MapPadding
  chatOpen: boolean
  /** Height of a card or notice at the lower edge of the free area, with its distance from that edge, px. */
  standing: number
}

/**
 * Where toasts stand: over the ground, above attribution, cards and notices, beside the zoom buttons. On the phone a fully
 * raised sheet leaves its room at the top, and the chat below its own head.
 */
export function toastInset({ shape, stop, padding, chatOpen, standing }: ToastSpot): string {
  const px = (top: number | 'auto', right: number, bottom: number | 'auto', left: number): string =>
    [
      top === 'auto' ? top : `calc(${top}px + var(--safe-t))`,
      `max(${right}px, var(--safe-r))`,
      bottom === 'auto' ? bottom : `${bottom}px`,
      `max(${left}px, var(--safe-l))`,
    ].join(' ')
  if (shape === 'phone' && chatOpen) return px(CHAT_HEAD_PX, GAP_PX, 'auto', GAP_PX)
  if (shape === 'phone' && stop === 'full') return px(GAP_PX / 2, GAP_PX, 'auto', GAP_PX)
  const above = padding.bottom + Math.max(ATTRIBUTION_PX, standing === 0 ? 0 : standing + GAP_PX)
  if (shape === 'phone') return px('auto', GAP_PX, above, GAP_PX)
  return px(
    'auto',
    padding.right + BESIDE_ZOOM_PX + GAP_PX,
    above,
    padding.left + (shape === 'desk' ? BESIDE_ZOOM_PX + GAP_PX : 8),
  )
}

/**
 * What the chrome leaves of the map (docs/design.md, "Map padding"). `named`: people's names stand below their portraits on the phone
 * too. Must be created under an owner.
 */
export function createLayout(named = false): Layout {
  const [tablet, desk, wide, sideways, upright] = [
    createMedia(TABLET),
    createMedia(DESK),
    createMedia(WIDE),
    createMedia(SIDEWAYS),
    createMedia(UPRIGHT),
  ]
  const [cover, setCover] = createSignal(0)
  const [leastCover, setLeastCover] = createSignal(0)
  const [chatOpen, setChatOpen] = createSignal(false)
  const [asks, setAsks] = createSignal(false)
  const [standing, setStanding] = createSignal<Readonly<Record<'card' | 'tiles', number>>>({
    card: 0,
    tiles: 0,
  })
  const shape = createMemo((): Shape =>
    sideways() ? 'sideways' : desk() ? 'desk' : tablet() ? 'tablet' : 'phone',
  )
  const leaving = (sheet: Accessor<number>): MapPadding => {
    switch (shape()) {
      case 'phone':
        return {
          top: PHONE_TOP_PX + (named ? PHONE_NAMES_PX : 0) + (asks() ? PHONE_ASKS_PX : 0),
          right: SIDE_PX,
          bottom: sheet(),
          left: SIDE_PX,
        }
      case 'sideways':
        return { top: 16, right: 16, bottom: 72, left: 344 }
      case 'tablet':
        return {
          top: 76,
          right: chatOpen() && !upright() ? TABLET_CHAT_PX.wide : 16,
          bottom: chatOpen() && upright() ? TABLET_CHAT_PX.upright : 100,
          left: 388,
        }
      default:
        return {
          top: DESK_TOP_PX,
          right: chatOpen() ? 404 : 16,
          bottom: 112,
          left: wide() ? 464 : 432,
        }
    }
  }
  const padding = createMemo(() => leaving(cover))
  const zooms = (): boolean => shape() === 'tablet' || shape() === 'desk'
  return {
    shape,
    panelled: () => shape() !== 'phone',
    padding,
    widest: createMemo(() => leaving(leastCover)),
    zooms,
    controls: (size) => (zooms() ? [zoomBox(padding(), size)] : []),
    chatCovers: () => chatOpen() && !zooms(),
    setCover: (px, leastPx = px) => {
      setCover(px)
      setLeastCover(leastPx)
    },
    setAsks: (on) => void setAsks(on),
    setChatOpen: (open) => void setChatOpen(open),
    toasts: (stop) =>
      toastInset({
        shape: shape(),
        stop,
        padding: padding(),
        chatOpen: chatOpen(),
        standing: Math.max(standing().card, standing().tiles),
      }),
    setStanding: (what, px) => void setStanding((all) => ({ ...all, [what]: px })),
  }
}

/** A card and its gap at most, of the free area's height. */
const CARD_SHARE = 0.3

/** What the card of a place leaves of the free area: a dot below it would be picked and not seen. */
export function aboveCard(free: Bounds): Bounds {
  return { ...free, south: free.south + (free.north - free.south) * CARD_SHARE }
}
