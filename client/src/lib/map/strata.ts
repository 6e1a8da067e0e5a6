import type { Feature, TileSource } from 'protomaps-leaflet'

/**
 * What the painter knows: every feature of a basemap lies in one or more of these, whatever schema its file has. A rule then takes a
 * whole stratum, instead of asking each feature of a layer for each rule.
 */
export type Stratum =
  | 'shoal'
  | 'shore'
  | 'earth'
  | 'green'
  | 'wood'
  | 'tree'
  | 'school'
  | 'sand'
  | 'plaza'
  | 'contour'
  | 'water'
  | 'stream'
  | 'wave'
  | 'pier'
  | 'building'
  | 'bigBuilding'
  | 'market'
  | 'rail'
  | 'tunnel'
  | 'bridge'
  | 'boat'
  | 'boundary'
  | RoadClass
  | LabelStratum

export type RoadClass = 'motorway' | 'major' | 'medium' | 'minor' | 'service' | 'path'
type LabelStratum =
  | 'country'
  | 'region'
  | 'city'
  | 'town'
  | 'village'
  | 'quarter'
  | 'parkName'
  | 'waterName'
  | 'peak'
  | 'station'
  | 'stop'
  | 'lighthouse'
  | 'landmark'

export const ROAD_CLASSES = ['path', 'service', 'minor', 'medium', 'major', 'motorway'] as const

export type Tags = Readonly<Record<string, unknown>>
export type Shape = 'point' | 'line' | 'area'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `kind` of the current Protomaps schema; `pmap:kind` of the older one, whose finer kinds are OpenStreetMap's own tags. */
const kindOf = (tags: Tags): string => text(tags.kind) || text(tags['pmap:kind'])
const has = (words: ReadonlySet<string>, ...kinds: string[]): boolean =>
  kinds.some((kind) => words.has(kind))
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const GREEN = words(
  'park garden grass grassland meadow village_green recreation_ground golf_course playground dog_park pitch cemetery grave_yard allotments orchard vineyard heath scrub common zoo stadium track plant_nursery',
)
const WOOD = words('wood forest')
const SCHOOL = words('school university college kindergarten hospital')
const SAND = words('beach sand')
const PLAZA = words('pedestrian runway taxiway')
const SEA_NAMES = words('ocean sea bay lake water reservoir basin strait fjord river')
const LANDMARKS = words(
  'museum attraction university hospital castle stadium zoo theme_park aquarium marketplace',
)

/** Kinds of an invented world (Bap Island), in any layer, beside those of the current schema. */
const OWN = new Map<string, Stratum>(
  Object.entries({
    coast: 'shoal',
    contour: 'contour',
    pier: 'pier',
    market: 'market',
    boat: 'boat',
    lighthouse: 'lighthouse',
    wave: 'wave',
    tree: 'tree',
    hall: 'bigBuilding',
  } satisfies Record<string, Stratum>),
)

/** Which strata a feature lies in; none: it is not shown. */
export function strataOf(layer: string, tags: Tags, shape: Shape): readonly Stratum[] {
  const own = OWN.get(kindOf(tags))
  if (own && layer !== 'pois' && (own !== 'pier' || shape !== 'point')) return [own]
  return READERS.get(layer)?.(tags, shape) ?? []
}

/** Layers of which nothing is shown need not be read. */
export const isLayerShown = (layer: string): boolean => READERS.has(layer)

type Reader = (tags: Tags, shape: Shape) => readonly Stratum[]

const READERS = new Map<string, Reader>(
  Object.entries({
    earth: (tags, shape) => (shape === 'area' ? [SAND.has(kindOf(tags)) ? 'shore' : 'earth'] : []),
    landuse: readCover,
    landcover: readCover,
    natural: readCover,
    land: readCover,
    water: readWater,
    physical_line: (tags) => (tags.waterway ? ['stream'] : []),
    physical_point: (tags) => (tags.natural === 'peak' ? ['peak'] : []),
    buildings: (tags, shape) =>
      shape === 'area' && kindOf(tags) !== 'building_part' && !tags['building:part']
        ? ['building']
        : [],
    roads: (tags, shape) => (shape === 'line' ? readRoad(tags) : []),
    transit: (tags, shape) => (shape === 'line' ? readRail(tags) : []),
    places: (tags, shape) => (shape === 'point' ? readPlace(tags) : []),
    pois: (tags, shape) => (shape === 'point' ? readPoi(tags) : []),
    boundaries: (tags) => (isBorder(tags) ? ['boundary'] : []),
  } satisfies Record<string, Reader>),
)

function readCover(tags: Tags, shape: Shape): readonly Stratum[] {
  if (shape !== 'area') return []
  const kinds = [kindOf(tags), text(tags.natural), text(tags.landuse), text(tags.leisure)]
  if (has(PLAZA, ...kinds, text(tags.highway))) return ['plaza']
  if (has(WOOD, ...kinds)) return ['wood']
  if (has(SAND, ...kinds)) return ['sand']
  if (has(SCHOOL, ...kinds)) return ['school']
  if (has(GREEN, ...kinds)) return tags.name ? ['green', 'parkName'] : ['green']
  return []
}

function readWater(tags: Tags, shape: Shape): readonly Stratum[] {
  const kind = kindOf(tags)
  if (shape === 'line') return tags.intermittent === true ? [] : ['stream']
  if (shape === 'point') return SEA_NAMES.has(kind) ? ['waterName'] : []
  return tags.name && text(tags.leisure) === '' ? ['water', 'waterName'] : ['water']
}

const ROADS: Record<RoadClass, ReadonlySet<string>> = {
  motorway: words('motorway runway'),
  major: words('trunk primary'),
  medium: words('secondary tertiary motorway_link trunk_link primary_link'),
  minor: words(
    'residential unclassified living_street pedestrian road secondary_link tertiary_link taxiway',
  ),
  service: words('service'),
  path: words('footway path steps cycleway track bridleway corridor'),
}
const BY_KIND = new Map<string, RoadClass>(
  Object.entries({
    highway: 'motorway',
    major_road: 'major',
    medium_road: 'medium',
    minor_road: 'minor',
    path: 'path',
    other: 'path',
  } satisfies Record<string, RoadClass>),
)

/** The class of a road; null for what is none (rails, ferries). */
export function roadClassOf(tags: Tags): RoadClass | null {
  const detail = text(tags.kind_detail) || text(tags['pmap:kind_detail']) || text(tags.highway)
  const exact = ROAD_CLASSES.find((one) => ROADS[one].has(detail))
  return exact ?? BY_KIND.get(kindOf(tags)) ?? null
}

function readRoad(tags: Tags): readonly Stratum[] {
  if (kindOf(tags) === 'rail') return readRail(tags)
  const road = roadClassOf(tags)
  if (!road) return []
  const level = Number(tags['pmap:level'] ?? 0)
  if (tags.is_tunnel === true || level < 0 || text(tags.tunnel) === 'yes') return ['tunnel']
  // Ways on foot have no casing that could hide what they cross.
  if (road !== 'path' && (tags.is_bridge === true || level > 0)) return ['bridge']
  return [road]
}

const UNDERGROUND = words('subway disused abandoned construction proposed')

function readRail(tags: Tags): readonly Stratum[] {
  const detail = text(tags.kind_detail) || text(tags.railway)
  const hidden = tags.is_tunnel === true || Number(tags['pmap:level'] ?? tags.layer ?? 0) < 0
  if (hidden || UNDERGROUND.has(detail) || tags.service || tags.aerialway) return []
  return ['rail']
}

const PLACES = new Map<string, Stratum>(
  Object.entries({
    country: 'country',
    region: 'region',
    state: 'region',
    city: 'city',
    town: 'town',
    village: 'village',
    hamlet: 'village',
    neighbourhood: 'quarter',
    macrohood: 'quarter',
    suburb: 'quarter',
    quarter: 'quarter',
  } satisfies Record<string, Stratum>),
)

function readPlace(tags: Tags): readonly Stratum[] {
  const exact = PLACES.get(text(tags.kind_detail)) ?? PLACES.get(text(tags.place))
  const found = exact ?? PLACES.get(kindOf(tags))
  return found && tags.name ? [found] : []
}

function readPoi(tags: Tags): readonly Stratum[] {
  if (!tags.name) return []
  const kinds = [kindOf(tags), text(tags.railway), text(tags.tourism), text(tags.amenity)]
  if (has(words('lighthouse'), ...kinds)) return ['lighthouse']
  if (has(words('station'), ...kinds)) return ['station']
  if (has(words('bus_stop'), ...kinds)) return ['stop']
  if (has(words('peak'), ...kinds)) return ['peak']
  if (has(LANDMARKS, ...kinds)) return ['landmark']
  if (has(WOOD, ...kinds) || has(GREEN, ...kinds)) return ['parkName']
  return []
}

function isBorder(tags: Tags): boolean {
  const level = Number(tags['pmap:min_admin_level'] ?? NaN)
  return kindOf(tags) === 'country' || level === 2
}

/** Square metres at the equator: from here on a house is one that people steer by. */
const BIG_M2 = 2_600
const EQUATOR_M = 40_075_017
const SHAPES = [undefined, 'point', 'line', 'area'] as const

/** Whether anything of a feature is shown; `type` as in vector tiles. What is not need not be unpacked. */
export function isShown(layer: string, tags: Tags, type: 0 | 1 | 2 | 3): boolean {
  const shape = SHAPES[type]
  return shape !== undefined && strataOf(layer, tags, shape).length > 0
}

export type Strata = Map<Stratum, Feature[]>

/** Puts a feature where it belongs; `worldPx`: what a pixel of it is of the whole world's width. */
export function addFeature(strata: Strata, layer: string, feature: Feature, worldPx: number): void {
  const shape = SHAPES[feature.geomType]
  if (!shape) return
  for (const stratum of strataOf(layer, feature.props, shape)) {
    const put = stratum === 'building' && isBig(feature, worldPx) ? 'bigBuilding' : stratum
    const list = strata.get(put)
    if (list) list.push(feature)
    else strata.set(put, [feature])
  }
}

function isBig({ bbox }: Feature, worldPx: number): boolean {
  const m = EQUATOR_M * worldPx
  return (bbox.maxX - bbox.minX) * (bbox.maxY - bbox.minY) * m * m > BIG_M2
}

/** The same tiles, their features by stratum instead of by the schema's layer. */
export function toStrata(source: TileSource): TileSource {
  return {
    get: async (tile, size) => {
      const strata: Strata = new Map()
      for (const [layer, features] of await source.get(tile, size))
        for (const feature of features) addFeature(strata, layer, feature, 1 / (size * 2 ** tile.z))
      return strata
    },
  }
}
