import proj4 from 'proj4'
import type { LatLng } from '#shared/geo.ts'

/** Coordinates of a file: degrees, or metres of Korea's two grids in which its public data comes. */
export const crsNames = ['EPSG:4326', 'EPSG:5174', 'EPSG:5179'] as const
export type Crs = (typeof crsNames)[number]

/**
 * 5174 stands on Bessel’s ellipsoid and the Korean datum of 1985, some 300 m from WGS 84; the seven parameters are those in use in
 * Korea (position vector) and agree with EPSG’s own transformation to 0.1 m.
 */
const definitions: Record<Exclude<Crs, 'EPSG:4326'>, string> = {
  'EPSG:5174':
    '+proj=tmerc +lat_0=38 +lon_0=127.0028902777778 +k=1 +x_0=200000 +y_0=500000 +ellps=bessel +towgs84=-115.80,474.99,674.11,1.16,-2.31,-1.63,6.43 +units=m +no_defs',
  'EPSG:5179':
    '+proj=tmerc +lat_0=38 +lon_0=127.5 +k=0.9996 +x_0=1000000 +y_0=2000000 +ellps=GRS80 +towgs84=0,0,0 +units=m +no_defs',
}

const projections = new Map(
  Object.entries(definitions).map(([name, text]) => [name, proj4(text, 'WGS84')]),
)

/** Where a grid's point lies; NaN where the grid has no meaning. */
export function unproject(crs: Exclude<Crs, 'EPSG:4326'>, x: number, y: number): LatLng {
  const [lng = Number.NaN, lat = Number.NaN] = projections.get(crs)?.forward([x, y]) ?? []
  return { lat, lng }
}

/** Korea with its islands, as far as the two grids are meant for. */
export const inKorea = ({ lat, lng }: LatLng): boolean =>
  lat > 32 && lat < 39.6 && lng > 123.5 && lng < 132.5

/** By a column's name such as 좌표정보X(EPSG5174), else by how large most of the numbers are. */
export function guessCrs(
  columns: readonly string[],
  points: readonly (readonly [number, number])[],
): Crs {
  const code = columns.map((name) => /epsg\D?(\d{4})/iu.exec(name)?.[1]).find(Boolean)
  const named = crsNames.find((name) => name === `EPSG:${code}`)
  if (named) return named
  const grids = points.map(([x, y]) => gridOf(x, y))
  const most = (crs: Crs): boolean =>
    grids.filter((each) => each === crs).length > points.length / 2
  return crsNames.find(most) ?? 'EPSG:4326'
}

function gridOf(x: number, y: number): Crs | null {
  const within = (value: number, from: number, to: number): boolean => value > from && value < to
  if (within(x, 700_000, 1_500_000) && within(y, 1_300_000, 2_200_000)) return 'EPSG:5179'
  if (within(x, 1_000, 700_000) && within(y, -200_000, 800_000)) return 'EPSG:5174'
  return null
}
