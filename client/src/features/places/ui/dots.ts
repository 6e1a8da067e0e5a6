import './places.css'
import * as L from 'leaflet'
import type { Bounds, LatLng } from '#shared/geo.ts'
import type { InView, Place } from '#shared/places.ts'
import { type Box, meets } from '../../../lib/boxes.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { tellWords } from '../../../lib/leafletWords.ts'
import { placesInView } from '../api.ts'
import { signOf } from './names.ts'

export interface PlaceDotsOptions {
  map: L.Map
  onPick: (place: Place) => void
  /** Places that stand there as dishes already: no dot under those. */
  isCandidate: (place: Place) => boolean
  /** What stands on the map besides, in px of its container: names of dots keep clear of it. */
  taken?: () => readonly Box[]
  read?: (bounds: Bounds, limit: number, signal: AbortSignal) => Promise<InView>
}

export interface PlaceDots {
  /** The picked place stands out, whether or not it is among the dots; null: none. */
  pick(place: Place | null): void
  /** So does the one that is pointed at in a list. */
  point(place: Place | null): void
  /** Draws again, for instance when a place became a candidate. */
  refresh(): void
  remove(): void
}

/** Farther out a dot says nothing. */
const ZOOM_MIN = 13
const DOTS_MAX = 150
const PANE = 'dots'
/** Under the dishes (620), above people's frames. */
const PANE_Z = '610'
const NAME_HEIGHT_PX = 15
const NAME_TOP_PX = 5
const NAME_GAP_PX = 10
/** Longer names end in an ellipsis, as in places.css. */
const NAME_MOST_PX = 132
/** Half a dot and its rim. */
const DOT_PX = 5
const MOVED_REST_MS = 180
/** What the network adds to a view is looked for so often, so long after one another. */
const COMING_LOOKS = 5
const COMING_REST_MS = 2_500

/**
 * Known places as dots, evenly thinned by the server; names where they don't cover each other. Dots are for pointers: the
 * list and the search are the way of keyboards and readers.
 */
export function createPlaceDots(options: PlaceDotsOptions): PlaceDots {
  const { map } = options
  const pane = map.getPane(PANE) ?? map.createPane(PANE)
  pane.style.zIndex = PANE_Z
  const markers = new Map<string, L.Marker>()
  let places: readonly Place[] = []
  let picked: Place | null = null
  let pointed: Place | null = null
  let asking = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const draw = (): void => {
    const offered = [...(map.getZoom() < ZOOM_MIN ? [] : places), picked, pointed]
    const byId = new Map(offered.flatMap((place) => (place ? [[place.id, place] as const] : [])))
    const shown = [...byId.values()].filter((place) => !options.isCandidate(place))
    const { named, boxes } = chooseNamed(map, shown, picked?.id ?? null, options.taken?.() ?? [])
    tellWords(map, boxes)
    const wanted = new Set(shown.map((place) => place.id))
    for (const [id, marker] of markers) {
      if (wanted.has(id)) continue
      marker.remove()
      markers.delete(id)
    }
    for (const place of shown) {
      const marker = markers.get(place.id) ?? addMarker(place)
      const dot = marker.getElement()
      dot?.toggleAttribute('data-named', named.has(place.id))
      dot?.toggleAttribute('data-picked', place.id === picked?.id)
      dot?.toggleAttribute('data-pointed', place.id === pointed?.id)
    }
  }
  const addMarker = (place: Place): L.Marker => {
    const marker = L.marker([place.lat, place.lng], {
      icon: iconOf(place),
      pane: PANE,
      keyboard: false,
      riseOnHover: true,
    })
    marker.on('click', (event) => {
      L.DomEvent.stopPropagation(event)
      options.onPick(place)
    })
    markers.set(place.id, marker.addTo(map))
    return marker
  }
  const read = async (looks = COMING_LOOKS): Promise<void> => {
    clearTimeout(timer)
    asking.abort()
    const mine = new AbortController()
    asking = mine
    if (map.getZoom() < ZOOM_MIN) return draw()
    try {
      const answer = await (options.read ?? placesInView)(boundsOf(map), DOTS_MAX, mine.signal)
      if (mine.signal.aborted) return
      places = answer.places
      draw()
      if (answer.coming && looks > 0) timer = setTimeout(() => void read(looks - 1), COMING_REST_MS)
    } catch {
      // The dots of before stay: a map without news is no fault to tell of.
    }
  }
  const moved = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), MOVED_REST_MS)
  }
  map.on('moveend', moved)
  void read()
  return {
    pick: (place) => {
      picked = place
      draw()
    },
    point: (place) => {
      pointed = place
      draw()
    },
    refresh: draw,
    remove: () => {
      clearTimeout(timer)
      asking.abort()
      map.off('moveend', moved)
      for (const marker of markers.values()) marker.remove()
      markers.clear()
    },
  }
}

/** A mark on a spot that is no known place: looks like a picked dot. The answer takes it away. */
export function markSpot(map: L.Map, at: LatLng): () => void {
  const dot = document.createElement('span')
  dot.className = 'poi-dot'
  const pane = map.getPane(PANE) ?? map.createPane(PANE)
  pane.style.zIndex = PANE_Z
  const marker = L.marker([at.lat, at.lng], {
    icon: L.divIcon({ className: 'poi', html: dot, iconSize: [0, 0] }),
    pane: PANE,
    keyboard: false,
    interactive: false,
  }).addTo(map)
  marker.getElement()?.toggleAttribute('data-picked', true)
  return () => marker.remove()
}

/** Names come from people: they go in as text, never as markup. */
function iconOf(place: Place): L.DivIcon {
  const label = document.createElement('span')
  label.textContent = signOf(place)
  const dot = document.createElement('span')
  dot.className = 'poi-dot'
  dot.title = t('places.dot', { name: signOf(place) })
  dot.append(label)
  return L.divIcon({ className: 'poi', html: dot, iconSize: [0, 0] })
}

function boundsOf(map: L.Map): Bounds {
  const bounds = map.getBounds()
  const lat = (value: number): number => Math.min(85.05, Math.max(-85.05, value))
  const lng = (value: number): number => Math.min(180, Math.max(-180, value))
  return {
    south: lat(bounds.getSouth()),
    west: lng(bounds.getWest()),
    north: lat(bounds.getNorth()),
    east: lng(bounds.getEast()),
  }
}

/**
 * Names that fit: the picked one first, then from the middle of the map outwards, each if its box is still free of other
 * names, of every dot and of dishes with theirs. `boxes`: all that is covered so.
 */
function chooseNamed(
  map: L.Map,
  places: readonly Place[],
  picked: string | null,
  held: readonly Box[],
): { named: Set<string>; boxes: readonly Box[] } {
  const middle = map.getSize().divideBy(2)
  const points = places.map((place) => {
    const at = map.latLngToContainerPoint([place.lat, place.lng])
    return { place, at, far: place.id === picked ? -1 : at.distanceTo(middle) }
  })
  const taken: Box[] = [...held]
  const named = new Set<string>()
  for (const { place, at } of points.toSorted((a, b) => a.far - b.far)) {
    const box = boxOf(signOf(place), at)
    if (taken.some((other) => meets(box, other))) continue
    if (points.some((other) => other.place !== place && meets(box, dotBox(other.at)))) continue
    taken.push(box)
    named.add(place.id)
  }
  return { named, boxes: taken }
}

/** Of a name, as wide as 11 px letters run, with a gap around. */
export function widthOf(name: string): number {
  let width = NAME_GAP_PX
  for (const character of name) width += character > '\u2e80' ? 11 : 6.5
  return Math.min(width, NAME_MOST_PX + NAME_GAP_PX)
}

/** Name below its dot. */
function boxOf(name: string, at: L.Point): Box {
  const width = widthOf(name)
  return {
    left: at.x - width / 2,
    right: at.x + width / 2,
    top: at.y + NAME_TOP_PX,
    bottom: at.y + NAME_TOP_PX + NAME_HEIGHT_PX,
  }
}

const dotBox = ({ x, y }: L.Point): Box => ({
  left: x - DOT_PX,
  right: x + DOT_PX,
  top: y - DOT_PX,
  bottom: y + DOT_PX,
})
