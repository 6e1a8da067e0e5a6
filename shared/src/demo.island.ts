import type { Bounds, LatLng } from './geo.ts'

/** `source` of the places on Bap Island. */
export const ISLAND_SOURCE = 'island'

/** Middle of Bap Island: open sea on every real map, more than 1,500 km from any coast. */
export const ISLAND_CENTRE: LatLng = { lat: 31.5, lng: 152 }

/** The island with its lighthouse and the sea that is drawn around it. */
export const ISLAND_BOUNDS: Bounds = { south: 31.491, west: 151.988, north: 31.508, east: 152.012 }
