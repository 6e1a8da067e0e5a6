import * as L from 'leaflet'
import type { TileSource } from 'protomaps-leaflet'
import type { MapTiles } from '#shared/map.ts'

/** Tiles as the server names them, or an invented world, whose tiles are made in the page: nothing is asked of any server. */
export type MapGround =
  | MapTiles
  | { kind: 'world'; maxZoom: number; source: () => Promise<TileSource> }

/** OpenStreetMap's raster ends here; closer zooms show these tiles larger. */
const RASTER_ZOOM_MAX = 19
/** So many tiles in a row fail before we say so: one missing tile is no news. */
const FAILED_TILES = 4

/** Said to the map: the ground, if it could not be laid, is tried again. */
const RETRY = 'bm-retry'

/** Lays the ground. Only where vector tiles are painted does their painter come, and the map works meanwhile. */
export function layGround(
  map: L.Map,
  ground: MapGround,
  tell: (missing: boolean) => void = () => undefined,
): void {
  const lay = (layer: L.GridLayer): void => {
    tell(false)
    watchTiles(layer, tell)
    layer.addTo(map)
  }
  if (ground.kind === 'raster')
    return lay(
      L.tileLayer(ground.address, {
        maxNativeZoom: RASTER_ZOOM_MAX,
        maxZoom: map.getMaxZoom(),
        noWrap: true,
      }),
    )
  let wanted = true
  const ask = (): void => {
    import('./map/ground.ts')
      .then(({ makeGroundLayer }) => makeGroundLayer(map, ground))
      .then((layer) => {
        if (!wanted) return
        wanted = false
        lay(layer)
      })
      .catch(() => wanted && tell(true))
  }
  ask()
  map.on('unload', () => (wanted = false))
  map.on(RETRY, () => wanted && ask())
}

function watchTiles(tiles: L.GridLayer, tell: (missing: boolean) => void): void {
  let failed = 0
  let missing = false
  const settle = (now: boolean): void => {
    if (now === missing) return
    missing = now
    tell(now)
  }
  tiles.on('tileerror', () => {
    failed += 1
    if (failed >= FAILED_TILES) settle(true)
  })
  tiles.on('tileload', () => {
    failed = 0
    settle(false)
  })
}

/** Asks once more for all tiles. */
export function retryTiles(map: L.Map): void {
  map.fire(RETRY)
  map.eachLayer((layer) => {
    if (layer instanceof L.GridLayer) layer.redraw()
  })
}
