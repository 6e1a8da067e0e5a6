import type * as L from 'leaflet'
import { colourOfSeat } from '#shared/rooms.code.ts'
import type { Seat } from '#shared/rooms.ts'
import type { MapPadding } from '#client/lib/leaflet.ts'
import type { Ground, GroundItem } from '#client/lib/leafletGround.ts'
import { glideAt, glideMs } from './glide.ts'
import type { Glide } from './glide.ts'
import { paintPerson, writeName } from './paint.ts'
import type { Called } from './paint.ts'
import type { PersonLive, PersonNow } from '../../state.presencePeople.ts'

export interface CursorDeps {
  map: L.Map
  ground: Ground
  padding(): MapPadding
  tickMs(): number
}
/** Everybody's cursors: plain elements, moved by one animation frame for all, only while one is on its way. */
export interface Cursors {
  move(seat: Seat, live: PersonLive | undefined): void
  describe(seat: Seat, person: PersonNow | undefined, called: Called): void
  /** Flags turn to the left near the right edge. */
  layOut(): void
  remove(): void
}
interface Shown {
  item: GroundItem
  el: HTMLElement
  name: HTMLElement
  glide: Glide
  left: boolean
}

/** A flag within this of the right edge of the free area stands on the left of its cursor. */
const FLIP_PX = 96
const SHAPE =
  'M3.2 2.3l13.6 7.9a1.1 1.1 0 0 1-.3 2l-5.4 1.3-2.8 4.9a1.1 1.1 0 0 1-2-.3L1.700 3.5a1.1 1.1 0 0 1 1.5-1.2z'

function drawCursor(seat: Seat): Pick<Shown, 'el' | 'name'> & { body: HTMLElement } {
  const el = document.createElement('div')
  el.className = 'bm-cursor'
  el.dataset.seat = String(seat)
  const body = document.createElement('div')
  body.className = 'bm-cursor-body'
  body.innerHTML =
    `<svg width="20" height="22" viewBox="0 0 20 22" aria-hidden="true"><path d="${SHAPE}"/></svg>` +
    '<span class="bm-flag"><span class="bm-name"></span><span class="bm-wave" aria-hidden="true"><i></i><i></i><i></i><i></i></span></span>'
  paintPerson(body, colourOfSeat(seat))
  const name = body.querySelector<HTMLElement>('.bm-name') ?? body
  el.append(body)
  return { el, body, name }
}

export function makeCursors({ map, ground, padding, tickMs }: CursorDeps): Cursors {
  const shown = new Map<Seat, Shown>()
  const described = new Map<Seat, Called & { person: PersonNow }>()
  const gliding = new Set<Shown>()
  let frame = 0

  const flip = (one: Shown, at: { x: number; y: number }): void => {
    if (!ground.isSettled()) return
    const { scale, origin } = ground.base()
    const pane = map.layerPointToContainerPoint([at.x * scale - origin.x, at.y * scale - origin.y])
    const left = pane.x > map.getSize().x - padding().right - FLIP_PX
    if (left === one.left) return
    one.left = left
    one.el.classList.toggle('left', left)
  }
  const step = (now: number): void => {
    frame = 0
    for (const one of gliding) {
      const at = glideAt(one.glide, now)
      one.item.moveTo(at)
      flip(one, at)
      if (at.done) gliding.delete(one)
    }
    if (gliding.size > 0) frame = requestAnimationFrame(step)
  }
  const wake = (): void => {
    if (frame === 0) frame = requestAnimationFrame(step)
  }
  const hide = (seat: Seat): void => {
    const one = shown.get(seat)
    if (!one) return
    one.item.remove()
    gliding.delete(one)
    shown.delete(seat)
  }
  const paint = (one: Shown, seat: Seat): void => {
    const known = described.get(seat)
    if (!known) return
    writeName(one.name, known)
    one.el.classList.toggle('talk', known.person.speaking)
    one.el.classList.toggle('idle', known.person.idle)
  }
  const show = (seat: Seat): Shown => {
    const { el, body, name } = drawCursor(seat)
    const still = { from: { x: 0, y: 0 }, to: { x: 0, y: 0 }, startAt: 0, lastsMs: 0 }
    const one: Shown = { item: ground.add(el, body), el, name, glide: still, left: false }
    shown.set(seat, one)
    paint(one, seat)
    return one
  }
  return {
    move: (seat, live) => {
      if (!live?.cursor) return hide(seat)
      const known = shown.get(seat)
      const one = known ?? show(seat)
      const to = ground.worldOf(live.cursor)
      const now = performance.now()
      const from = known && !live.fresh ? glideAt(known.glide, now) : to
      one.glide = { from, to, startAt: now, lastsMs: known && !live.fresh ? glideMs(tickMs()) : 0 }
      if (!known) one.item.moveTo(to)
      gliding.add(one)
      wake()
    },
    describe: (seat, person, called) => {
      if (!person) {
        described.delete(seat)
        return hide(seat)
      }
      described.set(seat, { person, ...called })
      const one = shown.get(seat)
      if (one) paint(one, seat)
    },
    layOut: () => {
      const now = performance.now()
      for (const one of shown.values()) flip(one, glideAt(one.glide, now))
    },
    remove: () => {
      cancelAnimationFrame(frame)
      for (const seat of shown.keys()) hide(seat)
    },
  }
}
