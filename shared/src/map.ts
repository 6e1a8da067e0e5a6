/**
 * Where the map's ground comes from. `raster`: an address with {z}, {x}, {y}; optionally {s} and {r}. `pmtiles`: the address of one
 * file of vector tiles or of pictures, which is read by ranges.
 */
export interface MapTiles {
  kind: 'raster' | 'pmtiles'
  address: string
}
