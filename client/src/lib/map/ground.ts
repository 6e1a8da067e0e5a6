import type * as L from 'leaflet'
import type { MapGround } from '../leafletTiles.ts'
import { TileType } from 'pmtiles'
import { ImageGround } from './images.ts'
import { makePmtilesSource, openArchive } from './pmtiles.ts'
import { makeVectorGround } from './vector.ts'

/** The layer of a ground that is more than raster tiles; not yet on the map. */
export async function makeGroundLayer(map: L.Map, ground: MapGround): Promise<L.GridLayer> {
  if (ground.kind === 'world') return makeVectorGround(map, await ground.source(), ground.maxZoom)
  const file = openArchive(ground.address)
  const { tileType, maxZoom } = await file.header()
  if (tileType === TileType.Mvt) return makeVectorGround(map, makePmtilesSource(file), maxZoom)
  return new ImageGround(file, {
    maxNativeZoom: maxZoom,
    maxZoom: map.getMaxZoom(),
    noWrap: true,
  })
}
