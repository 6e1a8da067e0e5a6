import type * as L from 'leaflet'
import type { MapGround } from '../leafletTiles.ts'
import { PMTiles, TileType } from 'pmtiles'
import { ImageGround } from './images.ts'
import { makePmtilesSource } from './pmtiles.ts'
import { makeVectorGround } from './vector.ts'

/** The layer of a ground that is more than raster tiles; not yet on the map. */
export async function makeGroundLayer(map: L.Map, ground: MapGround): Promise<L.GridLayer> {
  if (ground.kind === 'world') return makeVectorGround(map, await ground.source(), ground.maxZoom)
  const file = new PMTiles(new URL(ground.address, location.href).href)
  const { tileType, maxZoom } = await file.getHeader()
  if (tileType === TileType.Mvt) return makeVectorGround(map, makePmtilesSource(file), maxZoom)
  return new ImageGround(file, {
    maxNativeZoom: maxZoom,
    maxZoom: map.getMaxZoom(),
    noWrap: true,
  })
}
