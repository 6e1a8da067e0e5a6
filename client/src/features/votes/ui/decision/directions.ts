import type { LatLng } from '#shared/geo.ts'

/** Maps that can be asked for the way, in the order in which they are offered. */
export const wayMaps = ['kakao', 'naver', 'google', 'osm'] as const
export type WayMap = (typeof wayMaps)[number]

export interface Destination extends LatLng {
  name: string
}

const EARTH_RADIUS_M = 6_378_137
const METRE_DIGITS = 1

/** Web Mercator metres (EPSG:3857), which Naver's own addresses are written in. */
function mercatorOf({ lat, lng }: LatLng): { x: string; y: string } {
  const x = (EARTH_RADIUS_M * lng * Math.PI) / 180
  const y = EARTH_RADIUS_M * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
  return { x: x.toFixed(METRE_DIGITS), y: y.toFixed(METRE_DIGITS) }
}

/** Kakao and Naver part their addresses at commas and slashes, also at encoded ones. */
function plainName(name: string): string {
  return encodeURIComponent(
    name
      .replace(/[,/\\]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

/**
 * The address that opens the way to a place in another map; where one starts is left to that map. Kakao's and Google's
 * forms are documented by them; Naver documents none for the web, this is the one its own site writes. Google gets no
 * travel mode: it knows no way on foot within Korea, and then shows what it has.
 */
export function wayAddress(map: WayMap, to: Destination): string {
  const name = plainName(to.name)
  const at = `${to.lat},${to.lng}`
  switch (map) {
    case 'kakao':
      return `https://map.kakao.com/link/to/${name},${at}`
    case 'naver': {
      const { x, y } = mercatorOf(to)
      return `https://map.naver.com/p/directions/-/${x},${y},${name},,ADDRESS_POI/-/walk`
    }
    case 'google':
      return `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(at)}`
    case 'osm':
      return `https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&to=${encodeURIComponent(at)}`
  }
}
