import type * as L from 'leaflet'
import { createContext, createEffect, createMemo, createSignal, on, useContext } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import { boundsCentre, distanceM, holds } from '#shared/geo.measure.ts'
import { parseHours } from '#shared/places.hours.ts'
import type { Place } from '#shared/places.ts'
import { createBrowse, placesApi } from '../../features/places/index.ts'
import type { Browse, BrowseItem, BrowseLayer } from '../../features/places/index.ts'
import type { Camera } from '../../features/rooms/index.ts'
import { createServerClock } from '../../lib/clock.ts'
import { ownZone } from '../../lib/zones.ts'
import { aboveCard, createLayout } from '../room/layout.ts'
import type { Layout } from '../room/layout.ts'

export interface ExploreMap {
  map: L.Map
  camera: Camera
  layer: BrowseLayer
}

/** Where an addition stands: its spot is still to be shown, or is known. */
export interface Adding {
  name: string
  at: LatLng | null
}

/** History state of a place's page that the map led to. */
export interface PlaceWay {
  back: true
  /** Metres, straight. */
  far: number
  /** From my position; else from the middle of the map. */
  fromMe: boolean
}

/** The map page as its parts see it. */
export interface Explore {
  layout: Layout
  browse: Browse
  handle: Accessor<ExploreMap | undefined>
  begin(handle: ExploreMap): void
  now: Accessor<number>
  zone: Accessor<string>
  /** The nearest first: from my position where I showed it, else from the middle of what is seen. Where open ones are wanted, those of unknown hours last. */
  listed: Accessor<readonly Place[]>
  /** Places that are known to be open come before others. */
  openFirst: Accessor<boolean>
  /** Metres from my position; null while that is not known. */
  distanceOf(place: LatLng): number | null
  /** What a place's page is told: how far the place is, not from where. */
  wayTo(place: LatLng): PlaceWay
  /** Middle of what is seen. */
  middle(): LatLng
  picked: Accessor<Place | null>
  pick(place: Place | null): void
  /** Opens a place's card where it is seen. */
  look(place: Place): void
  pointed: Accessor<string | null>
  point(id: string | null): void
  /** Places on one point that are told apart now; null: none. */
  gathered: Accessor<Extract<BrowseItem, { kind: 'spot' }> | null>
  openMany(item: Exclude<BrowseItem, { kind: 'place' }>): void
  gather(): void
  self: Accessor<LatLng | null>
  setSelf(at: LatLng | null): void
  /** A spot that was pressed; null: none. */
  spot: Accessor<LatLng | null>
  press(at: LatLng | null): void
  /** No ground came: the map is plain. */
  plain: Accessor<boolean>
  setPlain(plain: boolean): void
  adding: Accessor<Adding | null>
  setAdding(adding: Adding | null): void
}

const ExploreContext = createContext<Explore>()
export const ExploreProvider = ExploreContext.Provider
export function useExplore(): Explore {
  const explore = useContext(ExploreContext)
  if (!explore) throw new Error('no map around')
  return explore
}

export const isFiltered = ({ browse }: Explore): boolean => {
  const { category, openNow, cheap } = browse.filters()
  return category !== null || openNow || cheap
}

/** Nobody knows a place here; not that the filters leave none. */
export const isEmpty = (explore: Explore): boolean =>
  explore.browse.phase() === 'shown' &&
  !explore.browse.stale() &&
  explore.browse.total() === 0 &&
  !isFiltered(explore)

const CLOSE_ZOOM = 17
/** Half of the fan's disc, and a gap. */
const FAN_HALF_PX = 116
export const FAN_MOST = 6
/** Nearer than this the clock is the same. */
const ZONE_DEGREES = 2

/** Must be created under an owner. */
export function createExplore(): Explore {
  const layout = createLayout()
  const now = createServerClock(1_000)
  const [handle, setHandle] = createSignal<ExploreMap>()
  const [middle, setMiddle] = createSignal<LatLng>({ lat: 0, lng: 0 })
  const [picked, setPicked] = createSignal<Place | null>(null)
  const [pointed, point] = createSignal<string | null>(null)
  const [gathered, setGathered] = createSignal<ReturnType<Explore['gathered']>>(null)
  const [self, setSelf] = createSignal<LatLng | null>(null)
  const [spot, setSpot] = createSignal<LatLng | null>(null)
  const [plain, setPlain] = createSignal(false)
  const [adding, setAdding] = createSignal<Adding | null>(null)
  const zone = createZone(middle, () => handle() !== undefined)
  const browse = createBrowse({
    onMap: placesApi.placesOnMap,
    inView: placesApi.placesInView,
    ofKind: placesApi.placesOfKind,
    now,
    zone,
  })
  const pick = (place: Place | null): void => {
    setPicked(place)
    if (place) {
      setSpot(null)
      setGathered(null)
    }
  }
  const openMany = (item: Exclude<BrowseItem, { kind: 'place' }>): void => {
    const shown = handle()
    if (!shown) return
    pick(null)
    if (item.kind === 'cluster') return shown.camera.show(item.bounds)
    setGathered(item)
    if (item.places.length > FAN_MOST) return
    const { x, y } = shown.map.latLngToContainerPoint(item.at)
    const { left, top, right, bottom } = layout.padding()
    const size = shown.map.getSize()
    const clear =
      x - FAN_HALF_PX >= left - 24 &&
      x + FAN_HALF_PX <= size.x - right + 24 &&
      y - FAN_HALF_PX >= top &&
      y + FAN_HALF_PX <= size.y - bottom
    if (!clear) shown.camera.centre(item.at)
  }
  const look = (place: Place): void => {
    pick(place)
    const shown = handle()
    if (!shown) return
    const seen =
      shown.map.getZoom() >= CLOSE_ZOOM && holds(aboveCard(shown.camera.freeBounds()), place)
    if (!seen) shown.camera.centre(place, CLOSE_ZOOM)
  }
  const from = (): LatLng => self() ?? middle()
  /** Open ones are wanted, and nobody knows whether it is. */
  const isUnsure = ({ hours }: Place): boolean =>
    browse.filters().openNow && (hours === null || !parseHours(hours))
  const listed = createMemo(() =>
    browse
      .listed()
      .map((place) => ({ place, unsure: isUnsure(place), far: distanceM(from(), place) }))
      .toSorted((a, b) => Number(a.unsure) - Number(b.unsure) || a.far - b.far)
      .map(({ place }) => place),
  )
  return {
    layout,
    browse,
    handle,
    begin: (made) => {
      const moved = (): void => {
        setMiddle(boundsCentre(made.camera.freeBounds()))
      }
      made.map.on('moveend', moved)
      moved()
      setHandle(made)
    },
    now,
    zone,
    listed,
    openFirst: () => listed().some((place) => !isUnsure(place)) && browse.filters().openNow,
    distanceOf: (place) => {
      const me = self()
      return me ? distanceM(me, place) : null
    },
    wayTo: (place) => ({ back: true, far: distanceM(from(), place), fromMe: self() !== null }),
    middle,
    picked,
    pick,
    look,
    pointed,
    point: (id) => void point(id),
    gathered,
    openMany,
    gather: () => void setGathered(null),
    self,
    setSelf: (at) => void setSelf(at),
    spot,
    press: (at) => {
      if (at) pick(null)
      setGathered(null)
      setSpot(at)
    },
    plain,
    setPlain: (now) => void setPlain(now),
    adding,
    setAdding: (next) => {
      if (next) {
        pick(null)
        setSpot(null)
        setGathered(null)
      }
      setAdding(next)
    },
  }
}

/** The clock of what is seen: asked anew when the map is elsewhere in the world. */
function createZone(middle: Accessor<LatLng>, ready: Accessor<boolean>): Accessor<string> {
  const [zone, setZone] = createSignal(ownZone())
  let asked: LatLng | null = null
  const ask = async (at: LatLng): Promise<void> => {
    const before = asked
    asked = at
    try {
      const found = await placesApi.zoneAt(at)
      if (asked === at) setZone(found)
    } catch {
      // Asked again when the map has moved on; until then it is the clock of this device.
      if (asked === at) asked = before
    }
  }
  createEffect(
    on([middle, ready], ([at, isReady]) => {
      if (!isReady) return
      const far =
        !asked ||
        Math.abs(asked.lat - at.lat) > ZONE_DEGREES ||
        Math.abs(asked.lng - at.lng) > ZONE_DEGREES
      if (far) void ask(at)
    }),
  )
  return zone
}
