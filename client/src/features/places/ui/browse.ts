import './browse.css'
import * as L from 'leaflet'
import { dishOf } from '#shared/dishes.ts'
import type { Place } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import dishesUrl from '../../../ui/dishes.svg?url'
import { countOf } from '../state.browse.items.ts'
import type { BrowseItem } from '../state.browse.items.ts'
import { createDotCanvas } from './browse.canvas.ts'
import type { Dot } from './browse.canvas.ts'
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

/** An item with what is reckoned of it once. */
interface Known extends Dot {
  /** Larger counts first; those of one count in an order that stays. */
  rank: number
}

/**
 * Clusters, dishes and dots by their ids: what stands goes on standing while the map moves and answers come. For pointers; the list
 * beside the map is the way of keyboards and readers.
 */
export function createBrowseLayer(options: BrowseLayerOptions): BrowseLayer {
  const { map } = options
  const pane = map.getPane(PANE) ?? map.createPane(PANE)
  pane.style.zIndex = PANE_Z
  const choose = (item: BrowseItem): void => {
    if (item.kind === 'place') options.onPlace(item.place)
    else options.onMany(item)
  }
  const canvas = createDotCanvas({
    map,
    pane,
    onPick: choose,
    onPoint: (item) => options.onPoint(item?.kind === 'place' ? item.place : null),
  })
  let known = new Map<string, Known>()
  const drawn = new Map<string, { marker: L.Marker; item: BrowseItem }>()
  let picked: string | null = null
  let pointed: string | null = null

  const mark = (id: string): void => {
    const element = drawn.get(id)?.marker.getElement()
    element?.toggleAttribute('data-picked', id === picked)
    element?.toggleAttribute('data-pointed', id === pointed)
  }
  const add = (item: BrowseItem): L.Marker => {
    const marker = L.marker(item.at, {
      icon: L.divIcon({ className: 'browse', html: elementOf(item), iconSize: [0, 0] }),
      pane: PANE,
      keyboard: false,
    })
    marker.on('click', (event) => {
      L.DomEvent.stopPropagation(event)
      choose(item)
    })
    if (item.kind === 'place') {
      // A map that is dragged slides under the pointer, which means none of it.
      marker.on('mouseover', ({ originalEvent }) => {
        if (originalEvent.buttons === 0) options.onPoint(item.place)
      })
      marker.on('mouseout', () => options.onPoint(null))
    }
    drawn.set(item.id, { marker: marker.addTo(map), item })
    mark(item.id)
    return marker
  }
  const drop = (id: string): void => {
    drawn.get(id)?.marker.remove()
    drawn.delete(id)
  }
  const know = (items: readonly BrowseItem[]): void => {
    const before = known
    known = new Map()
    for (const item of items) {
      const old = before.get(item.id)
      known.set(item.id, old && isSame(old.item, item) ? old : reckon(item))
    }
  }
  /** Picked and pointed ones stand out, wherever in the order they are. */
  const rises = (id: string): boolean => id === picked || id === pointed
  const draw = (): void => {
    const all = [...known.values()]
    const least = leastRank(all, ELEMENTS_MAX)
    const elements = all.filter(({ rank, item }) => rank >= least || rises(item.id))
    const wanted = new Map(elements.map(({ item }) => [item.id, item]))
    for (const [id, { item }] of drawn) if (wanted.get(id) !== item) drop(id)
    const layout = layOut(
      map,
      elements.toSorted((a, b) => b.rank - a.rank).map(({ item }) => item),
    )
    for (const { item } of elements) {
      const marker = drawn.get(item.id)?.marker ?? add(item)
      const element = marker.getElement()
      element?.toggleAttribute('data-folded', layout.folded.has(item.id))
      element?.toggleAttribute('data-named', layout.named.has(item.id))
    }
    canvas.draw(elements.length === all.length ? [] : all.filter(({ rank }) => rank < least))
  }
  /** One more or one less is an element beside the dots: nothing else of the map changes. */
  const raise = (before: string | null, now: string | null): void => {
    for (const id of [before, now]) {
      if (id === null) continue
      const dot = known.get(id)
      if (dot && !drawn.has(id) && rises(id)) add(dot.item)
      mark(id)
    }
  }
  return {
    draw: (items) => {
      know(items)
      draw()
    },
    pick: (id) => {
      const before = picked
      picked = id
      raise(before, id)
    },
    point: (id) => {
      const before = pointed
      pointed = id
      raise(before, id)
    },
    remove: () => {
      for (const id of drawn.keys()) drop(id)
      canvas.remove()
    },
  }
}

/** Whatever is drawn of it: a cluster that grew is drawn anew. */
const isSame = (a: BrowseItem, b: BrowseItem): boolean =>
  a.kind === b.kind && a.at.lat === b.at.lat && a.at.lng === b.at.lng && countOf(a) === countOf(b)

function reckon(item: BrowseItem): Known {
  const sin = Math.sin((item.at.lat * Math.PI) / 180)
  let hash = 0
  for (let i = 0; i < item.id.length; i++)
    hash = (Math.imul(hash, 31) + item.id.charCodeAt(i)) >>> 0
  return {
    item,
    x: (item.at.lng + 180) / 360,
    y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI),
    rank: countOf(item) + hash / 2 ** 32,
  }
}

/** The rank from which on there are `most`. */
function leastRank(all: readonly Known[], most: number): number {
  if (all.length <= most) return 0
  const ranks = Float64Array.from(all, ({ rank }) => rank).sort()
  return ranks[ranks.length - most] ?? 0
}

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
