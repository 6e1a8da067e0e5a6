import { type Point, smooth, toLatLng } from './demo.island.curves.ts'
import {
  boats,
  type NamedSpot,
  piers,
  quarters,
  scatterTrees,
  scatterWaves,
  spots,
  waters,
} from './demo.island.details.ts'
import {
  coast,
  contours,
  orchard,
  park,
  playground,
  pond,
  saltPans,
  schoolyard,
  soil,
  wood,
} from './demo.island.ground.ts'
import { buildTown } from './demo.island.houses.ts'
import { islandStreets, streetOf } from './demo.island.streets.ts'

export type Layer = 'earth' | 'landuse' | 'water' | 'roads' | 'buildings' | 'places' | 'pois'

/**
 * One feature as a Protomaps basemap has it (current schema: `kind`, `kind_detail`, `name`, `name:en`), with kinds of its own beside:
 * `coast`, `contour`, `pier`, `market`, `boat`, `tree`, `wave`, `hall` (a house that stands out); `rotation` is in degrees, clockwise;
 * nothing is shown farther away than at its `min_zoom`.
 */
export interface IslandFeature {
  layer: Layer
  shape: 'point' | 'line' | 'area'
  tags: Readonly<Record<string, string | number>>
  /** Longitude and latitude. Of a point the only one of the only line; an area's rings end where they began. */
  lines: readonly (readonly (readonly [lng: number, lat: number])[])[]
}

/** The whole of Bap Island, the same each time. */
export function makeIsland(): IslandFeature[] {
  const { houses, free } = buildTown()
  return [
    ...land(),
    ...streets(),
    ...houses.map(({ kind, outline }) =>
      feature('buildings', 'area', { kind, min_zoom: 15 }, outline),
    ),
    ...scatterTrees(free).map((at) =>
      feature('landuse', 'point', { kind: 'tree', min_zoom: 15 }, [at]),
    ),
    ...sea(),
    ...spots.map((one) => named('pois', one)),
    ...quarters.map((one) => named('places', one)),
    ...waters.map((one) => named('water', one)),
  ]
}

function land(): IslandFeature[] {
  return [
    feature('earth', 'line', { kind: 'coast' }, coast),
    feature('earth', 'area', { kind: 'sand' }, coast),
    feature('earth', 'area', { kind: 'earth' }, soil),
    feature('landuse', 'area', { kind: 'forest' }, wood),
    feature('landuse', 'area', { kind: 'park', name: '숟가락공원', 'name:en': 'Spoon Park' }, park),
    feature('landuse', 'area', { kind: 'school' }, schoolyard),
    feature('water', 'area', { kind: 'lake' }, pond),
    feature('landuse', 'area', { kind: 'playground' }, playground),
    feature(
      'landuse',
      'area',
      { kind: 'orchard', name: '귤밭', 'name:en': 'Tangerine Grove' },
      orchard,
    ),
    ...saltPans.map((pan) => feature('water', 'area', { kind: 'basin' }, pan)),
    ...contours.map(({ line }) => feature('landuse', 'line', { kind: 'contour' }, line)),
  ]
}

/** The part of the market street where the market is. */
const MARKET_M = { from: 10, to: 292 }

function streets(): IslandFeature[] {
  const roads = islandStreets.map(({ name, nameEn, kind, detail, line }) =>
    feature('roads', 'line', { kind, kind_detail: detail, name, 'name:en': nameEn }, line),
  )
  const market = streetOf('market').line.filter(
    ([, north]) => north > -266 + MARKET_M.from && north < -266 + MARKET_M.to,
  )
  return [...roads, feature('roads', 'line', { kind: 'market' }, market)]
}

function sea(): IslandFeature[] {
  return [
    ...piers.map((line) => feature('landuse', 'line', { kind: 'pier' }, smooth(line, false))),
    ...boats.map(({ at, rotation }) =>
      feature('water', 'point', { kind: 'boat', rotation, min_zoom: 15 }, [at]),
    ),
    ...scatterWaves().map((at) => feature('water', 'point', { kind: 'wave', min_zoom: 15 }, [at])),
  ]
}

function named(layer: Layer, { tags, at }: NamedSpot): IslandFeature {
  return feature(layer, 'point', tags, [at])
}

function feature(
  layer: Layer,
  shape: IslandFeature['shape'],
  tags: IslandFeature['tags'],
  line: readonly Point[],
): IslandFeature {
  const lngLats = line.map((point) => {
    const { lat, lng } = toLatLng(point)
    return [lng, lat] as const
  })
  return { layer, shape, tags, lines: [lngLats] }
}
