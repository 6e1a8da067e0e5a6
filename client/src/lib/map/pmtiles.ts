import { VectorTile } from '@mapbox/vector-tile'
import type { VectorTileFeature } from '@mapbox/vector-tile'
import Pbf from 'pbf'
import { PMTiles } from 'pmtiles'
import type { Header } from 'pmtiles'
import type { Feature, TileSource } from 'protomaps-leaflet'
import { isLayerShown, isShown } from './strata.ts'

/** A PMTiles file, read by range requests. */
export interface Archive {
  header(): Promise<Header>
  /** Null: the file has no such tile. Rejects while the server is away. */
  tile(z: number, x: number, y: number): Promise<ArrayBuffer | null>
}

/** PMTiles remembers a directory that did not come as missing for ever: after a failure the file is opened anew. */
export function openArchive(address: string): Archive {
  const open = (): PMTiles => new PMTiles(new URL(address, location.href).href)
  let file = open()
  return {
    header: () => file.getHeader(),
    tile: async (z, x, y) => {
      const used = file
      try {
        return (await used.getZxy(z, x, y))?.data ?? null
      } catch (error) {
        if (file === used) file = open()
        throw error
      }
    },
  }
}

/** Its vector tiles; what is not in the file is an empty tile. */
export function makePmtilesSource(file: Archive): TileSource {
  return {
    get: async ({ z, x, y }, tileSize) => {
      const found = await file.tile(z, x, y)
      return found ? readTile(found, tileSize) : new Map<string, Feature[]>()
    },
  }
}

function readTile(data: ArrayBuffer, tileSize: number): Map<string, Feature[]> {
  const { layers } = new VectorTile(new Pbf(data))
  const read = new Map<string, Feature[]>()
  for (const [name, layer] of Object.entries(layers)) {
    if (!isLayerShown(name)) continue
    const scale = tileSize / layer.extent
    const features = Array.from({ length: layer.length }, (_, index) => layer.feature(index))
    read.set(
      name,
      features.flatMap((feature) =>
        isShown(name, feature.properties, feature.type) ? readFeature(feature, scale) : [],
      ),
    )
  }
  return read
}

function readFeature(feature: VectorTileFeature, scale: number): Feature[] {
  const { type } = feature
  if (type === 0) return []
  const geom = feature.loadGeometry()
  const bbox = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  let numVertices = 0
  for (const ring of geom) {
    numVertices += ring.length
    for (const point of ring) {
      point.x *= scale
      point.y *= scale
      bbox.minX = Math.min(bbox.minX, point.x)
      bbox.maxX = Math.max(bbox.maxX, point.x)
      bbox.minY = Math.min(bbox.minY, point.y)
      bbox.maxY = Math.max(bbox.maxY, point.y)
    }
  }
  return [{ props: feature.properties, geomType: type, geom, bbox, numVertices }]
}
