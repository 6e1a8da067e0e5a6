import type { Bounds, LatLng } from './geo.ts'

/** `source` of the places on Bap Island. */
export const ISLAND_SOURCE = 'island'

/** Middle of Bap Island: open sea on every real map, more than 1,500 km from any coast. */
export const ISLAND_CENTRE: LatLng = { lat: 31.5, lng: 152 }

/** What makes the island out, from beach to beach. */
export const ISLAND_SHORES: Bounds = { south: 31.494, west: 151.991, north: 31.506, east: 152.009 }

/** The island with its lighthouse and the sea that is drawn around it. */
export const ISLAND_BOUNDS: Bounds = { south: 31.491, west: 151.988, north: 31.508, east: 152.012 }
