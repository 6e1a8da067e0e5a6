import Supercluster from 'supercluster'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { holds } from '#shared/geo.measure.ts'
import type { Place, PlacesOnMap } from '#shared/places.ts'

/** What stands on the map, under an id that stays while it stands. */
export type BrowseItem =
  | { kind: 'place'; id: string; at: LatLng; place: Place }
  /** Several on one point. */
  | { kind: 'spot'; id: string; at: LatLng; places: Place[] }
  | { kind: 'cluster'; id: string; at: LatLng; count: number; bounds: Bounds }

export const countOf = (item: BrowseItem): number =>
  item.kind === 'cluster' ? item.count : item.kind === 'spot' ? item.places.length : 1

/** Five decimals are a metre: nearer than that no zoom parts them. */
const pointOf = ({ lat, lng }: LatLng): string => `${lat.toFixed(5)},${lng.toFixed(5)}`

/** The same as a number: a text for each of thousands takes ten times as long. */
const pointNumber = ({ lat, lng }: LatLng): number =>
  Math.round(lat * 1e5) * 1e8 + Math.round(lng * 1e5)

/** Places as they stand, those on one point together. */
export function placeItems(places: readonly Place[]): BrowseItem[] {
  const points = new Map<number, [Place, ...Place[]]>()
  for (const place of places) {
    const point = pointNumber(place)
    const here = points.get(point)
    if (here) here.push(place)
    else points.set(point, [place])
  }
  return Array.from(points.values(), (here): BrowseItem => {
    const [first] = here
    const at = { lat: first.lat, lng: first.lng }
    if (here.length === 1) return { kind: 'place', id: first.id, at, place: first }
    return { kind: 'spot', id: `spot ${pointOf(first)}`, at, places: here }
  })
}

/** What the server answered. */
export function itemsOf({ clusters, places }: PlacesOnMap): BrowseItem[] {
  return [
    ...clusters.map(({ id, lat, lng, places: count, bounds }): BrowseItem => ({
      kind: 'cluster',
      id,
      at: { lat, lng },
      count,
      bounds,
    })),
    ...placeItems(places),
  ]
}

/** As the server's grid: what is nearer than this at a zoom is one. */
const RADIUS_PX = 64
/** From here on all stand for themselves. */
const CLUSTER_ZOOM_MAX = 16

/** Filtered places: nobody counted those beforehand, so the page clusters them. Within `bounds`, for a whole zoom. */
export function clusterItems(places: readonly Place[], bounds: Bounds, zoom: number): BrowseItem[] {
  const index = new Supercluster<{ place: Place }>({
    radius: RADIUS_PX,
    extent: 256,
    maxZoom: CLUSTER_ZOOM_MAX,
  })
  // In an order of their own: which become one depends on it.
  index.load(
    places
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((place) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
        properties: { place },
      })),
  )
  const { west, south, east, north } = bounds
  const found = index.getClusters([west, south, east, north], zoom)
  const alone: Place[] = []
  const clusters = found.flatMap((feature): BrowseItem[] => {
    const [lng = 0, lat = 0] = feature.geometry.coordinates
    const { properties } = feature
    if (!('cluster_id' in properties)) {
      alone.push(properties.place)
      return []
    }
    const inside = index
      .getLeaves(properties.cluster_id, Infinity)
      .map((leaf) => leaf.properties.place)
    const around = boundsAround(inside)
    // By what is in it: numbers of an index hold for that index alone.
    const id = `${zoom} ${inside.map((place) => place.id).toSorted()[0]} ${inside.length}`
    return [{ kind: 'cluster', id, at: { lat, lng }, count: inside.length, bounds: around }]
  })
  return [...clusters, ...placeItems(alone)]
}

function boundsAround(places: readonly LatLng[]): Bounds {
  const [lats, lngs] = [places.map(({ lat }) => lat), places.map(({ lng }) => lng)]
  return {
    south: Math.min(...lats),
    north: Math.max(...lats),
    west: Math.min(...lngs),
    east: Math.max(...lngs),
  }
}

/** How many places stand in a box, as far as items tell. */
export function countIn(items: readonly BrowseItem[], bounds: Bounds): number {
  return items.filter(({ at }) => holds(bounds, at)).reduce((sum, item) => sum + countOf(item), 0)
}
