import './browse.css'
import * as L from 'leaflet'
import { dishOf } from '#shared/dishes.ts'
import type { Place } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import dishesUrl from '../../../ui/dishes.svg?url'
import { countOf } from '../state.browse.items.ts'
import type { BrowseItem } from '../state.browse.items.ts'
import { layOut } from './browse.layout.ts'
import { signOf } from './names.ts'

export interface BrowseLayerOptions {
  map: L.Map
  onPlace: (place: Place) => void
  /** Several places: to come nearer, or to be told apart. */
  onMany: (item: Exclude<BrowseItem, { kind: 'place' }>) => void
  /** The pointer is over a place, or over none. */
  onPoint: (place: Place | null) => void
}

export interface BrowseLayer {
  draw(items: readonly BrowseItem[]): void
  pick(id: string | null): void
  point(id: string | null): void
  remove(): void
}

/** As elements; whatever is more than that are dots of one canvas, which costs a frame nothing while the map is dragged. */
const ELEMENTS_MAX = 600
const PANE = 'places'
const PANE_Z = '620'
const DISH_PX = 44
const BIG_FROM = 10
const WIDE_FROM = 1_000
const DOT_PX = 4

interface Drawn {
  marker: L.Marker
  key: string
}

interface Dot {
  marker: L.CircleMarker
  key: string
}

interface DotInks {
  rim: string
  fill: string
}

function readInks(map: L.Map): DotInks {
  const style = getComputedStyle(map.getContainer())
  return { rim: style.getPropertyValue('--m-halo'), fill: style.getPropertyValue('--m-poi') }
}

/**
 * Clusters, dishes and dots by their ids: what stands goes on standing while the map moves and answers come. For pointers; the list
 * beside the map is the way of keyboards and readers.
 */
export function createBrowseLayer(options: BrowseLayerOptions): BrowseLayer {
  const { map } = options
  const pane = map.getPane(PANE) ?? map.createPane(PANE)
  pane.style.zIndex = PANE_Z
  const canvas = L.canvas({ padding: 0.5, pane: PANE })
  const drawn = new Map<string, Drawn>()
  const dots = new Map<string, Dot>()
  let picked: string | null = null
  let pointed: string | null = null

  const mark = (id: string, { marker }: Drawn): void => {
    const element = marker.getElement()
    element?.toggleAttribute('data-picked', id === picked)
    element?.toggleAttribute('data-pointed', id === pointed)
  }
  const markAll = (): void => {
    for (const [id, one] of drawn) mark(id, one)
  }
  const add = (item: BrowseItem): Drawn => {
    const marker = L.marker(item.at, {
      icon: L.divIcon({ className: 'browse', html: elementOf(item), iconSize: [0, 0] }),
      pane: PANE,
      keyboard: false,
      riseOnHover: true,
    })
    listen(marker, item)
    const one = { marker: marker.addTo(map), key: keyOf(item) }
    drawn.set(item.id, one)
    mark(item.id, one)
    return one
  }
  const listen = (layer: L.Layer, item: BrowseItem): void => {
    layer.on('click', (event) => {
      L.DomEvent.stopPropagation(event)
      if (item.kind === 'place') options.onPlace(item.place)
      else options.onMany(item)
    })
    if (item.kind !== 'place') return
    layer.on('mouseover', () => options.onPoint(item.place))
    layer.on('mouseout', () => options.onPoint(null))
  }
  const addDot = (item: BrowseItem, inks: DotInks): void => {
    const dot = L.circleMarker(item.at, {
      renderer: canvas,
      pane: PANE,
      radius: countOf(item) > 1 ? DOT_PX * 2 : DOT_PX,
      stroke: true,
      color: inks.rim,
      weight: 1.5,
      fillColor: inks.fill,
      fillOpacity: 1,
    })
    listen(dot, item)
    dots.set(item.id, { marker: dot.addTo(map), key: keyOf(item) })
  }
  /** Those that stay are not touched: a canvas of thousands is drawn anew for what came and went alone. */
  const drawDots = (items: readonly BrowseItem[]): void => {
    const wanted = new Map(items.map((item) => [item.id, item]))
    for (const [id, { marker, key }] of dots) {
      const now = wanted.get(id)
      if (now && keyOf(now) === key) continue
      marker.remove()
      dots.delete(id)
    }
    const fresh = items.filter(({ id }) => !dots.has(id))
    if (fresh.length === 0) return
    const inks = readInks(map)
    for (const item of fresh) addDot(item, inks)
  }
  return {
    draw: (items) => {
      const shown = [...items].toSorted((a, b) => countOf(b) - countOf(a) || (a.id < b.id ? -1 : 1))
      const elements = shown.slice(0, ELEMENTS_MAX)
      const wanted = new Map(elements.map((item) => [item.id, item]))
      for (const [id, { marker, key }] of drawn) {
        const now = wanted.get(id)
        if (now && keyOf(now) === key) continue
        marker.remove()
        drawn.delete(id)
      }
      const layout = layOut(map, elements)
      for (const item of elements) {
        const { marker } = drawn.get(item.id) ?? add(item)
        const element = marker.getElement()
        element?.toggleAttribute('data-folded', layout.folded.has(item.id))
        element?.toggleAttribute('data-named', layout.named.has(item.id))
      }
      drawDots(shown.slice(ELEMENTS_MAX))
    },
    pick: (id) => {
      picked = id
      markAll()
    },
    point: (id) => {
      pointed = id
      markAll()
    },
    remove: () => {
      for (const { marker } of drawn.values()) marker.remove()
      for (const { marker } of dots.values()) marker.remove()
      canvas.remove()
      drawn.clear()
    },
  }
}

/** Whatever is drawn of it: a cluster that grew is drawn anew. */
const keyOf = ({ at, ...item }: BrowseItem): string =>
  `${item.kind} ${countOf({ at, ...item })} ${at.lat} ${at.lng}`

/** Names come from people: they go in as text, never as markup. */
function elementOf(item: BrowseItem): HTMLElement {
  if (item.kind === 'place') return pinOf(item.place)
  const count = countOf(item)
  const plates = document.createElement('span')
  plates.className = 'plates'
  plates.title = t('explore.together', { count })
  plates.textContent = count >= WIDE_FROM ? shortCount(count) : String(count)
  plates.toggleAttribute('data-big', count >= BIG_FROM)
  plates.toggleAttribute('data-wide', count >= WIDE_FROM)
  return plates
}

/** 1.2k: a plate has room for four letters. */
function shortCount(count: number): string {
  return count < 10_000
    ? `${(Math.floor(count / 100) / 10).toFixed(1)}k`
    : `${Math.floor(count / 1_000)}k`
}

function pinOf(place: Place): HTMLElement {
  const pin = document.createElement('span')
  pin.className = 'mealpin'
  pin.title = t('places.dot', { name: signOf(place) })
  const dish = document.createElement('span')
  dish.className = 'dish'
  dish.style.setProperty('--z', `${DISH_PX}px`)
  // Our own words and numbers alone: nothing of the place's.
  dish.innerHTML = `<span class="dish-well"><svg class="food" viewBox="0 0 48 48"><use href="${dishesUrl}#dish-${dishOf(place)}"/></svg></span>`
  const dot = document.createElement('i')
  dot.className = 'dot'
  const name = document.createElement('span')
  name.className = 'name'
  name.textContent = signOf(place)
  pin.append(dish, dot, name)
  return pin
}
