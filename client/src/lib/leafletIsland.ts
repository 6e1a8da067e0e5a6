import { ISLAND_BOUNDS } from '#shared/demo.island.ts'
import { holds } from '#shared/geo.measure.ts'
import type { MapOptions } from './leaflet.ts'

/** Bap Island, drawn in the page. Nothing is owed for it, and farther away it would be lost in its sea. */
const island: Required<Pick<MapOptions, 'tiles' | 'attribution' | 'minZoom' | 'under'>> = {
  tiles: {
    kind: 'world',
    maxZoom: 18,
    source: async () => (await import('./map/island.ts')).makeIslandSource(),
  },
  attribution: '',
  minZoom: 12,
  under: 'var(--m-water)',
}

/** The same options; on the island for a map that begins there. */
export function withGround(options: MapOptions): MapOptions {
  return holds(ISLAND_BOUNDS, options.view) ? { ...options, ...island } : options
}
