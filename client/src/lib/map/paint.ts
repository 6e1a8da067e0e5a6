import { exp, LineSymbolizer, PolygonSymbolizer } from 'protomaps-leaflet'
import type { Feature, PaintRule, PaintSymbolizer } from 'protomaps-leaflet'
import type { Inks } from './inks.ts'
import { Boats, LoneTrees, Trees, Waves } from './paint.symbols.ts'
import { ROAD_CLASSES, roadClassOf } from './strata.ts'
import type { RoadClass, Stratum } from './strata.ts'

type Width = (zoom: number) => number

/** Width of a road's surface in CSS px by zoom: about its real width from 17 on, more below, where it must be seen at all. */
const WIDTHS: Record<RoadClass, Width> = {
  motorway: exp(1.6, [
    [5, 0.6],
    [9, 1.3],
    [12, 2.8],
    [14, 4.6],
    [16, 9],
    [18, 18],
    [20, 44],
  ]),
  major: exp(1.6, [
    [7, 0.5],
    [10, 1],
    [12, 2],
    [14, 3.8],
    [16, 8],
    [18, 16],
    [20, 40],
  ]),
  medium: exp(1.6, [
    [10, 0.5],
    [12, 1.2],
    [14, 2.8],
    [16, 6.6],
    [18, 14],
    [20, 36],
  ]),
  minor: exp(1.6, [
    [11, 0.3],
    [13, 0.9],
    [14, 1.5],
    [15, 2.6],
    [16, 4.4],
    [18, 10],
    [20, 28],
  ]),
  service: exp(1.6, [
    [14, 0.7],
    [15, 1.2],
    [16, 2.2],
    [18, 6],
    [20, 18],
  ]),
  path: exp(1.6, [
    [15, 0.9],
    [16, 1.3],
    [18, 2],
    [20, 4],
  ]),
}
const FIRST_ZOOM: Record<RoadClass, number> = {
  motorway: 5,
  major: 7,
  medium: 10,
  minor: 12,
  service: 14,
  path: 16,
}
/** What is seen of the casing on each side, in CSS px. */
const CASING: Width = exp(1.2, [
  [8, 0.4],
  [12, 0.6],
  [15, 0.8],
  [18, 1.2],
  [20, 1.6],
])
const HOUSES_FROM = 15
const HOUSES_ALONE_FROM = 17

const cased =
  (width: Width): Width =>
  (zoom) =>
    width(zoom) + 2 * CASING(zoom)

const rule = (
  dataLayer: Stratum,
  symbolizer: PaintSymbolizer,
  minzoom?: number,
  maxzoom?: number,
): PaintRule => ({ dataLayer, symbolizer, minzoom, maxzoom })

const area = (fill: () => string): PolygonSymbolizer => new PolygonSymbolizer({ fill })

const line = (color: () => string, width: Width, opacity = 1, dash?: number[]): LineSymbolizer =>
  new LineSymbolizer({
    color,
    width: (zoom: number) => width(zoom),
    opacity,
    ...(dash ? { dash } : {}),
    lineCap: 'round',
    lineJoin: 'round',
  })

/** The ground from below: later rules paint over earlier ones. `inks` is read anew for every tile, so that a theme needs no new rules. */
export function paintRules(inks: () => Inks): PaintRule[] {
  return [
    ...shoreRules(inks),
    ...coverRules(inks),
    ...houseRules(inks),
    ...roadRules(inks),
    rule(
      'market',
      line(
        () => inks().market,
        exp(1.6, [
          [14, 2],
          [16, 8],
          [18, 16],
          [20, 36],
        ]),
      ),
      14,
    ),
    rule('tree', new LoneTrees(inks), 15),
    rule('boat', new Boats(inks), 14),
    rule(
      'boundary',
      line(
        () => inks().poi,
        () => 1,
        0.6,
        [4, 3],
      ),
    ),
  ]
}

/** Shallow water around an invented coast, in steps. */
const SHOAL: readonly { px: number; opacity: number }[] = [
  { px: 70, opacity: 0.18 },
  { px: 44, opacity: 0.3 },
  { px: 22, opacity: 0.5 },
]
const SHOAL_ZOOM = 16

function shoreRules(inks: () => Inks): PaintRule[] {
  const shoals = SHOAL.map(({ px, opacity }) => {
    const width = (zoom: number): number => Math.min(140, px * 2 ** (zoom - SHOAL_ZOOM))
    return rule(
      'shoal',
      line(() => inks().bank, width, opacity),
    )
  })
  const sand = new PolygonSymbolizer({
    fill: () => inks().sand,
    stroke: () => inks().coast,
    width: 2,
  })
  return [
    ...shoals,
    rule('shore', sand),
    rule(
      'earth',
      area(() => inks().block),
    ),
  ]
}

function coverRules(inks: () => Inks): PaintRule[] {
  const bank = new PolygonSymbolizer({
    fill: () => inks().water,
    stroke: () => inks().bank,
    width: (zoom: number) => (zoom < 12 ? 0.5 : 1.5),
  })
  const stream: Width = exp(1.6, [
    [11, 0.5],
    [14, 1.4],
    [16, 3],
    [18, 7],
    [20, 16],
  ])
  return [
    rule(
      'school',
      area(() => inks().school),
      12,
    ),
    rule(
      'green',
      area(() => inks().park),
    ),
    rule(
      'wood',
      area(() => inks().park),
    ),
    rule('wood', new Trees(inks), 14),
    rule(
      'sand',
      area(() => inks().sand),
    ),
    rule(
      'contour',
      line(
        () => inks().contour,
        () => 1.6,
      ),
    ),
    rule(
      'stream',
      line(() => inks().water, stream),
      11,
    ),
    rule('water', bank),
    rule('wave', new Waves(inks), 14),
    rule(
      'pier',
      line(
        () => inks().pier,
        exp(1.6, [
          [13, 1],
          [16, 6],
          [18, 12],
          [20, 26],
        ]),
      ),
      13,
    ),
    rule(
      'plaza',
      area(() => inks().road),
      14,
    ),
  ]
}

/** Where houses are seen one by one, a gap of ground is around each. */
function houses(
  stratum: 'building' | 'bigBuilding',
  fill: () => string,
  inks: () => Inks,
): PaintRule[] {
  const alone = new PolygonSymbolizer({ fill, stroke: () => inks().block, width: 0.9 })
  return [
    rule(stratum, area(fill), HOUSES_FROM, HOUSES_ALONE_FROM - 1),
    rule(stratum, alone, HOUSES_ALONE_FROM),
  ]
}

function houseRules(inks: () => Inks): PaintRule[] {
  return [
    rule('tunnel', tunnel(inks), 13),
    ...houses('building', () => inks().bld, inks),
    ...houses('bigBuilding', () => inks().bld2, inks),
    rule(
      'rail',
      line(
        () => inks().bld2,
        exp(1.6, [
          [9, 0.6],
          [12, 1],
          [16, 2.2],
          [20, 5],
        ]),
      ),
      9,
    ),
    rule(
      'rail',
      line(
        () => inks().case,
        exp(1.6, [
          [14, 0.8],
          [16, 1.4],
          [20, 3],
        ]),
        1,
        [1, 7],
      ),
      15,
    ),
  ]
}

/** Casings of all classes under the surfaces of all, so that junctions are open; then what lies higher, once more. */
function roadRules(inks: () => Inks): PaintRule[] {
  const road = (): string => inks().road
  const cases = ROAD_CLASSES.filter((one) => one !== 'path').map((one) =>
    rule(
      one,
      line(() => inks().case, cased(WIDTHS[one])),
      FIRST_ZOOM[one],
    ),
  )
  const surfaces = ROAD_CLASSES.filter((one) => one !== 'path').map((one) =>
    rule(one, line(road, WIDTHS[one]), FIRST_ZOOM[one]),
  )
  const path = rule('path', line(road, WIDTHS.path, 1, [2, 3.2]), FIRST_ZOOM.path)
  return [
    path,
    ...cases,
    ...surfaces,
    rule(
      'bridge',
      bridge(() => inks().case, cased),
      11,
    ),
    rule(
      'bridge',
      bridge(road, (width) => width),
      11,
    ),
  ]
}

const classOf = (feature: Feature | undefined): RoadClass =>
  roadClassOf(feature?.props ?? {}) ?? 'path'

const shownWidth = (feature: Feature | undefined, zoom: number, of: (width: Width) => Width) => {
  const road = classOf(feature)
  return zoom < FIRST_ZOOM[road] ? 0 : of(WIDTHS[road])(zoom)
}

/** A line without width would keep the width before it. */
class Shown extends LineSymbolizer {
  override draw(...[ctx, geom, zoom, feature]: Parameters<LineSymbolizer['draw']>): void {
    if (zoom >= FIRST_ZOOM[classOf(feature)]) super.draw(ctx, geom, zoom, feature)
  }
}

function bridge(color: () => string, of: (width: Width) => Width): LineSymbolizer {
  return new Shown({
    color,
    width: (zoom: number, feature?: Feature) => shownWidth(feature, zoom, of),
    lineCap: 'butt',
    lineJoin: 'round',
  })
}

function tunnel(inks: () => Inks): LineSymbolizer {
  return new Shown({
    color: () => inks().bld,
    width: (zoom: number, feature?: Feature) => shownWidth(feature, zoom, (width) => width),
    lineCap: 'butt',
    lineJoin: 'round',
  })
}
