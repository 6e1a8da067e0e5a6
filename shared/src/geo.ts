import { z } from 'zod'

/** Degrees, WGS 84. Latitude is cut at Web Mercator's edge. */
export const latSchema = z.number().min(-85.06).max(85.06)
export const lngSchema = z.number().min(-180).max(180)
export const latLngSchema = z.object({ lat: latSchema, lng: lngSchema })
export type LatLng = z.infer<typeof latLngSchema>

export const boundsSchema = z
  .object({ south: latSchema, west: lngSchema, north: latSchema, east: lngSchema })
  .refine((b) => b.south <= b.north && b.west <= b.east, 'south ≤ north and west ≤ east')
export type Bounds = z.infer<typeof boundsSchema>
