import './presence.css'
import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js'
import type { Accessor } from 'solid-js'
import type * as L from 'leaflet'
import { boundsCentre, distanceM } from '#shared/geo.measure.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Seat } from '#shared/rooms.ts'
import type { MapPadding } from '#client/lib/leaflet.ts'
import { showPadding } from '#client/lib/leaflet.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import { makeGround } from '#client/lib/leafletGround.ts'
import type { Presence } from '../../state.presence.ts'
import { makeCamera } from './camera.ts'
import type { Camera } from './camera.ts'
import { makeCursors } from './cursors.ts'
import { EDGE_INSET_PX, edgeArrows } from './edgeGeometry.ts'
import type { EdgeArrow, EdgeKey, EdgeTarget } from './edgeGeometry.ts'
import { createFollowing } from './follow.ts'
import type { Box } from '#client/lib/boxes.ts'
import { makeFrames } from './frames.ts'
import { listenToGestures } from './gestures.ts'
import type { Called } from './paint.ts'
import { makePings } from './pings.ts'

export interface PresenceLayerOptions {
  map: L.Map
  presence: Presence
  /** Reactive: names and faces of the room's members. */
  person(seat: Seat): { name: string; portrait: string; simulated?: boolean } | undefined
  /** Reactive: what chrome covers of the map now. */
  padding(): MapPadding
  /** Reactive: the candidates; who is out of sight is an arrow at the edge. */
  dishes(): readonly Dish[]
  /** Boxes of the map's container that arrows leave free as far as they can: candidates and what floats on the map. */
  taken(): readonly Box[]
  /** "Put forward here" on the flag of my own ping. */
  onPutForward(at: LatLng): void
}

interface Dish extends LatLng {
  number: number
}

/** People on one map. Made under a Solid owner, ends with it. */
export interface PresenceLayer {
  camera: Camera
  /** For `EdgeArrows`, over the map. */
  arrows: Accessor<readonly EdgeArrow[]>
  /** Metres from the middle of what I see to where a person looks (null: they don't show it), or to a dish. */
  distanceTo(of: EdgeKey): number | null
  /** Pings where the mouse stands, else in the middle of what I see (key P). */
  pingHere(): void
  ping(at: LatLng): void
  /** Shows where a person is: their cursor, else their view. Ends following somebody else. */
  jumpTo(seat: Seat): void
}

/** Leaflet's own panes: tiles 200, markers 600. Frames lie under places, cursors above. */
const FRAMES_Z = 450
const CURSORS_Z = 650
/** Arrows and distances are words and buttons: ten times a second is enough, and spares the screen reader. */
const ARROWS_EVERY_MS = 100

/** Beside bare map the padding is the camera's margin alone, beside chrome it holds a gap: arrows need neither twice. */
const edgeOf = (padding: number): number =>
  padding <= CAMERA_MARGIN_PX ? 0 : padding - EDGE_INSET_PX
const CAMERA_MARGIN_PX = 24

export function createPresenceLayer(options: PresenceLayerOptions): PresenceLayer {
  const { map, presence } = options
  const padding = (): MapPadding => untrack(() => options.padding())
  const camera = makeCamera(map, padding)
  const frameGround = makeGround(map, 'frames', FRAMES_Z)
  const cursorGround = makeGround(map, 'cursors', CURSORS_Z)
  const frames = makeFrames(map, frameGround, padding)
  const cursors = makeCursors({
    map,
    ground: cursorGround,
    padding,
    tickMs: () => presence.tickMs(),
  })
  const pings = makePings(cursorGround)
  const [arrows, setArrows] = createSignal<readonly EdgeArrow[]>([])
  const calledOf = (seat: Seat): Called => {
    const { name = '', simulated } = options.person(seat) ?? {}
    if (seat === presence.mySeat()) return { name: t('common.you'), mark: '' }
    return { name, mark: simulated ? t('common.practice') : '' }
  }
  let layoutFrame = 0
  let arrowsAt = 0

  const placeOf = (seat: Seat): LatLng | null => {
    const live = presence.live.get(seat)
    return live?.cursor ?? (live?.view ? boundsCentre(live.view) : null)
  }
  const layOut = (): void => {
    layoutFrame = 0
    frames.layOut()
    cursors.layOut()
    if (performance.now() - arrowsAt < ARROWS_EVERY_MS) return
    arrowsAt = performance.now()
    layArrows()
  }
  const layArrows = (): void => {
    const size = map.getSize()
    const pad = padding()
    const free = {
      left: pad.left,
      top: pad.top,
      right: size.x - pad.right,
      bottom: size.y - pad.bottom,
    }
    const beside = { ...free, left: edgeOf(pad.left), right: size.x - edgeOf(pad.right) }
    const beyond = (within: Box, of: EdgeKey, at: LatLng | null): EdgeTarget[] => {
      if (!at) return []
      const { x, y } = map.latLngToContainerPoint([at.lat, at.lng])
      const seen = x >= within.left && x <= within.right && y >= within.top && y <= within.bottom
      return seen ? [] : [{ of, x, y }]
    }
    const people = [...presence.live.keys()]
      .filter((seat) => seat !== presence.mySeat() && !frames.isSeen(seat))
      .flatMap((seat) => beyond(free, { kind: 'person', id: seat }, placeOf(seat)))
    const dishes = untrack(() => options.dishes()).flatMap((dish) =>
      beyond(beside, { kind: 'dish', id: dish.number }, dish),
    )
    const targets = [...dishes, ...people]
    if (targets.length === 0 && untrack(arrows).length === 0) return
    const taken = untrack(() => options.taken())
    setArrows(edgeArrows(targets, beside, taken))
  }
  const layOutSoon = (): void => {
    if (layoutFrame === 0) layoutFrame = requestAnimationFrame(layOut)
  }
  const showView = (): void => presence.showView(camera.freeBounds())
  const onMapMove = (): void => {
    layOutSoon()
    showView()
  }
  const onMapEnd = (): void => {
    arrowsAt = 0
    onMapMove()
  }
  map.on('move', onMapMove)
  map.on('moveend resize', onMapEnd)

  const showPing = (seat: Seat, at: LatLng, words: string): void => {
    const mine = seat === presence.mySeat()
    const addWords = (where: LatLng, said: string): void => {
      presence.sendPing(where, said)
      showPing(seat, where, said)
    }
    const offers = { addWords, putForward: (where: LatLng) => options.onPutForward(where) }
    const called = untrack(() => calledOf(seat))
    pings.show({ seat, at, words, ...called }, mine && words === '' ? offers : undefined)
  }
  const ping = (at: LatLng): void => {
    // Who points at something looks at it: a map that goes on would carry the flag and its offers away.
    presence.follow(0)
    presence.sendPing(at)
    showPing(presence.mySeat(), at, '')
  }
  const gestures = listenToGestures({
    map,
    moveCursor: (at) => presence.moveCursor(at),
    setTouch: (touch) => presence.setTouch(touch),
    stir: () => presence.stir(),
    ping,
  })
  const offPing = presence.onPing(({ seat, at, words }) => showPing(seat, at, words))
  const showLive = (seat: Seat): void => {
    if (seat === untrack(presence.mySeat)) return
    const live = presence.live.get(seat)
    cursors.move(seat, live)
    frames.show(seat, live?.view ?? null)
    layOutSoon()
  }
  const offLive = presence.onLive(showLive)

  createEffect(() => {
    for (const seat of Object.keys(presence.people).map(Number)) {
      const called = calledOf(seat)
      const person = presence.people[seat]
      if (seat === presence.mySeat()) continue
      cursors.describe(seat, person && { ...person }, called)
      frames.name(seat, called)
      frames.speak(seat, person?.speaking ?? false)
    }
  })
  createEffect(() => {
    // What was shown before my own seat was known.
    const mine = presence.mySeat()
    cursors.move(mine, undefined)
    frames.show(mine, null)
  })
  createEffect(() => {
    showPadding(map, options.padding())
    onMapEnd()
  })
  createEffect(on(options.dishes, onMapEnd, { defer: true }))
  createFollowing(presence, camera)
  for (const seat of presence.live.keys()) showLive(seat)
  onCleanup(() => {
    cancelAnimationFrame(layoutFrame)
    offLive()
    offPing()
    map.off('move', onMapMove)
    map.off('moveend resize', onMapEnd)
    for (const part of [gestures, pings, cursors, frames, frameGround, cursorGround, camera])
      part.remove()
  })
  return {
    camera,
    arrows,
    distanceTo: ({ kind, id }) => {
      const view = presence.live.get(id)?.view
      const dish = options.dishes().find(({ number }) => number === id)
      const at = kind === 'dish' ? dish : view && boundsCentre(view)
      return at ? distanceM(boundsCentre(camera.freeBounds()), at) : null
    },
    pingHere: () => ping(gestures.cursor() ?? boundsCentre(camera.freeBounds())),
    ping,
    jumpTo: (seat) => {
      const live = presence.live.get(seat)
      if (!live || presence.following() !== seat) presence.follow(0)
      if (live?.cursor) camera.centre(live.cursor)
      else if (live?.view) camera.show(live.view)
    },
  }
}
