import type * as L from 'leaflet'
import type { Bounds } from '#shared/geo.ts'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { Seat } from '#shared/rooms.ts'
import type { MapPadding } from '#client/lib/leaflet.ts'
import type { Ground, GroundItem, WorldPoint } from '#client/lib/leafletGround.ts'
import { clipFrame } from './frameClip.ts'
import type { Box } from '#client/lib/boxes.ts'
import { paintPerson, writeName } from './paint.ts'
import type { Called } from './paint.ts'

/** Everybody's views as faint named frames. */
export interface Frames {
  show(seat: Seat, view: Bounds | null): void
  name(seat: Seat, called: Called): void
  speak(seat: Seat, speaking: boolean): void
  /** After the map or the views moved: cut to what is visible. */
  layOut(): void
  /** Whether anything of a person's frame is seen. */
  isSeen(seat: Seat): boolean
  remove(): void
}
interface Shown {
  item: GroundItem
  el: HTMLElement
  tag: HTMLElement
  northWest: WorldPoint
  southEast: WorldPoint
  seen: boolean
}
/** From the ninth person on colours alone are not told apart: dashed. */
const DASH_FROM_SEAT = 9

export function makeFrames(map: L.Map, ground: Ground, padding: () => MapPadding): Frames {
  const shown = new Map<Seat, Shown>()
  const names = new Map<Seat, Called>()
  /** The visible map in ground pixels. */
  const visible = (): Box => {
    const size = map.getSize()
    const pad = padding()
    const a = map.containerPointToLayerPoint([pad.left, pad.top])
    const b = map.containerPointToLayerPoint([size.x - pad.right, size.y - pad.bottom])
    return { left: a.x, top: a.y, right: b.x, bottom: b.y }
  }
  const lay = (one: Shown, window: Box): void => {
    const { scale, origin } = ground.base()
    const box = {
      left: one.northWest.x * scale - origin.x,
      top: one.northWest.y * scale - origin.y,
      right: one.southEast.x * scale - origin.x,
      bottom: one.southEast.y * scale - origin.y,
    }
    const clipped = clipFrame(box, window)
    one.seen = clipped !== null
    one.el.hidden = !clipped
    if (!clipped) return
    const { cut, tagOnly, tag } = clipped
    const { style, classList } = one.el
    one.item.moveTo({
      x: (clipped.box.left + origin.x) / scale,
      y: (clipped.box.top + origin.y) / scale,
    })
    style.width = `${clipped.box.right - clipped.box.left}px`
    style.height = `${clipped.box.bottom - clipped.box.top}px`
    style.borderWidth = [cut.top, cut.right, cut.bottom, cut.left]
      .map((is) => (is ? '0' : '1.5px'))
      .join(' ')
    classList.toggle('tag-only', tagOnly)
    classList.toggle('r', tag === 'right')
    classList.toggle('b', tag === 'bottom')
    // The name stands on the seen part of its edge.
    style.setProperty('--tag-in', `${Math.max(0, window.left - clipped.box.left)}px`)
  }
  const add = (seat: Seat): Shown => {
    const el = document.createElement('div')
    el.className = 'bm-frame'
    el.dataset.seat = String(seat)
    el.classList.toggle('dash', seat >= DASH_FROM_SEAT)
    paintPerson(el, colourOfSeat(seat))
    const tag = document.createElement('span')
    tag.className = 'bm-frame-tag'
    writeName(tag, names.get(seat) ?? { name: '', mark: '' })
    el.append(tag)
    const zero = { x: 0, y: 0 }
    const one: Shown = {
      item: ground.add(el),
      el,
      tag,
      northWest: zero,
      southEast: zero,
      seen: false,
    }
    shown.set(seat, one)
    return one
  }
  const drop = (seat: Seat): void => {
    shown.get(seat)?.item.remove()
    shown.delete(seat)
  }
  const layOut = (): void => {
    if (shown.size === 0 || !ground.isSettled()) return
    const window = visible()
    for (const one of shown.values()) lay(one, window)
  }
  ground.onBase(layOut)
  return {
    show: (seat, view) => {
      if (!view) return drop(seat)
      const one = shown.get(seat) ?? add(seat)
      one.northWest = ground.worldOf({ lat: view.north, lng: view.west })
      one.southEast = ground.worldOf({ lat: view.south, lng: view.east })
    },
    name: (seat, called) => {
      names.set(seat, called)
      const one = shown.get(seat)
      if (one) writeName(one.tag, called)
    },
    speak: (seat, speaking) => void shown.get(seat)?.el.classList.toggle('talk', speaking),
    layOut,
    isSeen: (seat) => shown.get(seat)?.seen ?? false,
    remove: () => {
      for (const seat of shown.keys()) drop(seat)
    },
  }
}
