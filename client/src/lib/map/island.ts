import Point from '@mapbox/point-geometry'
import { GeomType } from 'protomaps-leaflet'
import type { Feature, TileSource } from 'protomaps-leaflet'
import { type IslandFeature, makeIsland } from '#shared/demo.island.world.ts'

/** A feature in parts of the world's width, from its upper left corner. */
interface Projected {
  layer: string
  type: GeomType
  props: Feature['props']
  lines: Point[][]
  box: Feature['bbox']
}

const TYPES = { point: GeomType.Point, line: GeomType.Line, area: GeomType.Polygon } as const
/** What lies so close beyond a tile's edge still reaches into it: symbols, wide lines. */
const REACH_PX = 72
/** A tile is shown one zoom closer than its own, at the farthest. */
const LEVEL_DIFF = 1

/** Bap Island as vector tiles, made in the page. Around it is sea, everywhere. */
export function makeIslandSource(): TileSource {
  const island = makeIsland().map(project)
  return {
    get: ({ z, x, y }, tileSize) => {
      const layers = new Map<string, Feature[]>()
      const scale = tileSize * 2 ** z
      const origin = new Point(x * tileSize, y * tileSize)
      for (const feature of island) {
        if (Number(feature.props.min_zoom ?? 0) > z + LEVEL_DIFF) continue
        const cut = cutOut(feature, scale, origin, tileSize)
        if (!cut) continue
        const list = layers.get(feature.layer)
        if (list) list.push(cut)
        else layers.set(feature.layer, [cut])
      }
      return Promise.resolve(layers)
    },
  }
}

function project({ layer, shape, tags, lines }: IslandFeature): Projected {
  const projected = lines.map((line) => line.map(([lng, lat]) => mercator(lng, lat)))
  return { layer, type: TYPES[shape], props: { ...tags }, lines: projected, box: boxOf(projected) }
}

function mercator(lng: number, lat: number): Point {
  const sin = Math.sin((lat * Math.PI) / 180)
  return new Point(lng / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI))
}

function boxOf(lines: readonly (readonly Point[])[]): Feature['bbox'] {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const line of lines)
    for (const { x, y } of line) {
      box.minX = Math.min(box.minX, x)
      box.maxX = Math.max(box.maxX, x)
      box.minY = Math.min(box.minY, y)
      box.maxY = Math.max(box.maxY, y)
    }
  return box
}

/** A feature in px of one tile, or null where nothing of it is seen. Areas stay whole: their outline is not the tile's edge. */
function cutOut(
  { props, type, lines, box }: Projected,
  scale: number,
  origin: Point,
  tileSize: number,
): Feature | null {
  const bbox = {
    minX: box.minX * scale - origin.x,
    maxX: box.maxX * scale - origin.x,
    minY: box.minY * scale - origin.y,
    maxY: box.maxY * scale - origin.y,
  }
  // The coast is in every tile: one without any feature would be the end of the world, not sea.
  if (props.kind !== 'coast' && !isNear(bbox, tileSize)) return null
  const moved = lines.map((line) => line.map((point) => point.mult(scale).sub(origin)))
  const geom = type === GeomType.Line ? moved.flatMap((line) => partsNear(line, tileSize)) : moved
  const numVertices = geom.reduce((sum, line) => sum + line.length, 0)
  if (type !== GeomType.Line || props.kind === 'coast')
    return { props, geomType: type, geom, bbox, numVertices }
  return numVertices > 0 ? { props, geomType: type, geom, bbox: boxOf(geom), numVertices } : null
}

const isNear = ({ minX, maxX, minY, maxY }: Feature['bbox'], tileSize: number): boolean =>
  maxX > -REACH_PX && minX < tileSize + REACH_PX && maxY > -REACH_PX && minY < tileSize + REACH_PX

/** The stretches of a line that are seen in a tile, so that its name stands where they are. Their points lie close together. */
function partsNear(line: readonly Point[], tileSize: number): Point[][] {
  const parts: Point[][] = []
  let part: Point[] = []
  for (const [index, to] of line.entries()) {
    const from = line[index - 1]
    if (!from) continue
    if (isNear(boxOf([[from, to]]), tileSize)) {
      if (part.length === 0) parts.push((part = [from]))
      part.push(to)
    } else part = []
  }
  return parts
}
