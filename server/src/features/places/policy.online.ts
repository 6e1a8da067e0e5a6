import type { Bounds, LatLng } from '#shared/geo.ts'
import { ISLAND_CENTRE } from '#shared/demo.island.ts'
import { degreesOf, distanceM } from '#shared/geo.measure.ts'
import { cellBounds, cellsOf, countCells, REGION_ZOOM, spotsOf } from './policy.cells.ts'
import { type SpotRange, tileRanges } from './policy.spots.ts'

/**
 * What is read at once is a region: about 4 km at Seoul, a few hundred to two thousand places where they stand closest, some seconds of
 * a public server.
 */
const TILE_ZOOM = REGION_ZOOM + 1

export const countTiles = (bounds: Bounds): number => countCells(bounds, REGION_ZOOM)

/** Numbers of the tiles that a box touches; count them first. */
export const tilesOf = (bounds: Bounds): number[] =>
  tileRanges(bounds, TILE_ZOOM).map((range) => cellsOf(REGION_ZOOM, range).from)

export const tileRange = (tile: number): SpotRange => spotsOf(REGION_ZOOM, tile)
export const tileBounds = (tile: number): Bounds => cellBounds(REGION_ZOOM, tile)

/** A box that reaches so far from its middle. */
export function boundsAround({ lat, lng }: LatLng, metres: number): Bounds {
  const reach = degreesOf(metres, lat)
  return {
    south: Math.max(-85, lat - reach.lat),
    north: Math.min(85, lat + reach.lat),
    west: Math.max(-180, lng - reach.lng),
    east: Math.min(180, lng + reach.lng),
  }
}

/** Farther than anybody pans from Bap Island, far less than the way to a coast. */
const INVENTED_M = 100_000

/** Whether that is on Bap Island or the sea around it, which no service knows: nobody is asked, and nothing is missing. */
export const isInvented = (at: LatLng): boolean => distanceM(at, ISLAND_CENTRE) < INVENTED_M
