import type * as L from 'leaflet'
import { createEffect, createSignal, onCleanup, onMount, Show } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { holds } from '#shared/geo.measure.ts'
import type { Place } from '#shared/places.ts'
import type { Candidate } from '#shared/rooms.ts'
import {
  boundsOf,
  createComeHere,
  createPresenceLayer,
  EdgeArrows,
  PresenceBanners,
} from '../../features/rooms/index.ts'
import type { EdgeArrow, PresenceLayer } from '../../features/rooms/index.ts'
import { serverNow } from '../../lib/clock.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { makeMap } from '../../lib/leaflet.ts'
import { retryTiles } from '../../lib/leafletTiles.ts'
import { recentAreas } from '../../lib/areas.ts'
import { cameraOfZone, ownZone } from '../../lib/zones.ts'
import { IconButton } from '../../ui/button.tsx'
import { Maximize, Minus, Plus } from '../../ui/icons.ts'
import { FOLD_BELOW_ZOOM, stepsBack } from './boxes.ts'
import { createDark } from './dark.ts'
import { aboveCard, type Layout, zoomInset } from './layout.ts'
import { MapDots } from './dots.tsx'
import { DishMarkers } from './markers.tsx'
import { useScene } from './scene.ts'
import type { Box } from '../../lib/boxes.ts'
import { TilesBanner } from './tiles.tsx'

export interface RoomMapHandle {
  map: L.Map
  layer: PresenceLayer
  /** Shows one candidate in the middle of the free area. */
  show(at: LatLng): void
  /** Shows all candidates, and from then on by itself those that come, until somebody moves the map. */
  fitAll(): void
  /** All of them fit while they are still drawn as dishes. */
  canShowAll(): boolean
  /** Shown as a dish, whole, and not under chrome. */
  sees(at: LatLng): boolean
  /** The known place whose card is open. */
  place: Accessor<Place | null>
  pick(place: Place | null): void
  /** Opens a place's card where it is seen: the map moves only when it has to. */
  look(place: Place): void
  /** The place that is pointed at in a list. */
  pointed: Accessor<Place | null>
  point(place: Place | null): void
}
export interface RoomMapProps {
  layout: Layout
  /** First camera when the room has no candidates yet. */
  first: { lat: number; lng: number; zoom: number } | null
  picked: number | null
  onPick: (number: number) => void
  /** To be shown: its arrow at the edge was tapped. */
  onDish: (candidate: Candidate) => void
  onReady: (handle: RoomMapHandle) => void
  /** A tap on bare ground. */
  onGround: () => void
  onPutForward: (at: LatLng) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** Streets are told apart from here on. */
const CLOSE_ZOOM = 15
/** Half of a dish with its seats; its name reaches farther below. */
const DISH_HALF_PX = { phone: 48, desk: 60 } as const
const NAME_PX = 22
/** Half of a dish alone: so much of it is seen, or it is not seen well. */
const DISH_SEEN_PX = 28
/** What is free around all dishes when they are fitted: half of a name to the sides, half a dish above and below. */
const DISH_ROOM_PX = { phone: { x: 40, y: 30 }, desk: { x: 100, y: 64 } } as const

/** The table: ground, dishes, people. */
export function RoomMap(props: RoomMapProps) {
  const scene = useScene()
  const dark = createDark()
  const [tilesMissing, setTilesMissing] = createSignal(false)
  const [handle, setHandle] = createSignal<RoomMapHandle>()
  const [place, pick] = createSignal<Place | null>(null)
  const [pointed, point] = createSignal<Place | null>(null)
  let element!: HTMLElement
  const kind = () => (props.layout.shape() === 'desk' ? 'desk' : 'phone')
  const dishes = () => scene.standing().filter(({ number }) => !stepsBack(scene, number))
  onMount(() => {
    const first = props.first ?? recentAreas()[0] ?? cameraOfZone(ownZone())
    const map = makeMap(element, {
      tiles: scene.config.tiles,
      attribution: scene.config.attribution,
      view: first,
      onTilesMissing: setTilesMissing,
    })
    const layer = createPresenceLayer({
      map,
      presence: scene.presence,
      person: (seat) => sitterOf(seat),
      padding: () => props.layout.padding(),
      dishes,
      taken: () => [
        ...scene.standing().map((at) => boxAround(map, at, DISH_HALF_PX[kind()], NAME_PX)),
        ...props.layout.controls(map.getSize()),
      ],
      onPutForward: (at) => props.onPutForward(at),
    })
    const aroundAll = (): Bounds | null =>
      boundsOf(dishes()) ?? boundsOf([scene.state.view?.room.meeting ?? first])
    const fitAll = (): void => {
      const around = aroundAll()
      if (around) layer.camera.keep(around, DISH_ROOM_PX[kind()])
    }
    const canShowAll = (): boolean => {
      const around = aroundAll()
      return (
        around !== null && layer.camera.zoomFor(around, DISH_ROOM_PX[kind()]) >= FOLD_BELOW_ZOOM
      )
    }
    const sees = (at: LatLng): boolean => {
      const dish = boxAround(map, at, DISH_SEEN_PX, 0)
      const { left, top, right, bottom } = props.layout.padding()
      const { x, y } = map.getSize()
      const free = { left, top, right: x - right, bottom: y - bottom }
      return map.getZoom() >= FOLD_BELOW_ZOOM && isWithin(dish, free)
    }
    const made: RoomMapHandle = {
      map,
      layer,
      fitAll,
      canShowAll,
      sees,
      show: (at) => layer.camera.centre(at, CLOSE_ZOOM),
      place,
      pick,
      look: (wanted) => {
        pick(wanted)
        const seen =
          map.getZoom() >= CLOSE_ZOOM && holds(aboveCard(layer.camera.freeBounds()), wanted)
        if (!seen) layer.camera.centre(wanted, CLOSE_ZOOM)
      },
      pointed,
      point,
    }
    layer.camera.begin(first)
    createEffect(() => element.toggleAttribute('data-dark', dark()))
    createEffect(() => element.toggleAttribute('data-plain', tilesMissing()))
    setHandle(made)
    props.onReady(made)
    onCleanup(() => map.remove())
  })
  const sitterOf = (seat: number) => {
    const { name, portrait, simulated } = scene.person(seat)
    const known = scene.state.view?.members[seat] !== undefined
    return known ? { name, portrait: portrait ?? '', simulated } : undefined
  }
  const dishAt = (number: number) => dishes().find((one) => one.number === number)
  /** To the person or the dish; where several dishes share an arrow, all candidates are shown. */
  const jumpTo = ({ layer, fitAll }: RoomMapHandle, { of }: EdgeArrow): void => {
    const [first, ...more] = of
    if (!first) return
    if (first.kind === 'person') return layer.jumpTo(first.id)
    const dish = dishAt(first.id)
    if (dish && more.length === 0) props.onDish(dish)
    else fitAll()
  }
  return (
    <>
      <section
        ref={element}
        class="fixed inset-0 z-0"
        aria-label={t('map.label')}
        aria-keyshortcuts={scene.letterKeys() ? 'P V N' : undefined}
        on:keydown={(event: KeyboardEvent) => props.onKeyDown(event)}
      />
      <Show when={handle()}>
        {(ready) => (
          <>
            <MapDots
              handle={ready()}
              layout={props.layout}
              picked={props.picked !== null}
              onGround={() => props.onGround()}
              onPutForward={(at) => props.onPutForward(at)}
            />
            <DishMarkers
              map={ready().map}
              picked={props.picked}
              onPick={(number) => props.onPick(number)}
            />
            <EdgeArrows
              arrows={ready().layer.arrows()}
              person={sitterOf}
              dish={dishAt}
              distance={(of) => ready().layer.distanceTo(of)}
              onJump={(arrow) => jumpTo(ready(), arrow)}
            />
            <MapBanners layer={ready().layer} layout={props.layout} />
            <MapControls handle={ready()} layout={props.layout} />
          </>
        )}
      </Show>
      <TilesBanner
        missing={tilesMissing()}
        layout={props.layout}
        onRetry={() => {
          const map = handle()?.map
          if (map) retryTiles(map)
        }}
      />
    </>
  )
}

/** What a dish takes up of the container, with what is `below` it. */
function boxAround(map: L.Map, { lat, lng }: LatLng, half: number, below: number): Box {
  const { x, y } = map.latLngToContainerPoint([lat, lng])
  return { left: x - half, top: y - half, right: x + half, bottom: y + half + below }
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  )
}

function MapBanners(props: { layer: PresenceLayer; layout: Layout }) {
  const scene = useScene()
  const come = createComeHere({
    mySeat: () => scene.me().seat,
    now: serverNow,
    where: () => props.layer.camera.where(),
    show: (view) => props.layer.camera.show(view),
    goTo: (place) => props.layer.camera.goTo(place),
  })
  scene.hear((event) => {
    if (event.type === 'come') come.offer(event)
  })
  createEffect(() =>
    props.layout.setAsks(come.asked() !== null || scene.presence.following() !== 0),
  )
  return (
    <div class="room-asks">
      <PresenceBanners
        presence={scene.presence}
        come={come}
        person={(seat) => scene.person(seat)}
      />
    </div>
  )
}

function MapControls(props: { handle: RoomMapHandle; layout: Layout }) {
  return (
    <Show when={props.layout.zooms()}>
      <div class="room-zoom" style={zoomInset(props.layout.padding())}>
        <IconButton label={t('map.zoomIn')} onClick={() => props.handle.map.zoomIn()}>
          <Plus size={20} />
        </IconButton>
        <IconButton label={t('map.zoomOut')} onClick={() => props.handle.map.zoomOut()}>
          <Minus size={20} />
        </IconButton>
        <IconButton label={t('map.fitAll')} onClick={() => props.handle.fitAll()}>
          <Maximize size={20} />
        </IconButton>
      </div>
    </Show>
  )
}
