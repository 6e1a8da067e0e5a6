import { keep, readKept } from './storage.ts'
import type { Camera } from './zones.ts'

/** An area this device has looked at in a room, named by a place there. */
export interface Area extends Camera {
  label: string
}

const KEY = 'bapmap.areas'
const AREAS_MAX = 4
/** Nearer than this (about 700 m) is the same area. */
const SAME_DEGREES = 0.006

function isArea(value: unknown): value is Area {
  if (typeof value !== 'object' || value === null) return false
  const { label, lat, lng, zoom } = value as Partial<Record<keyof Area, unknown>>
  return (
    typeof label === 'string' &&
    [lat, lng, zoom].every((part) => typeof part === 'number' && Number.isFinite(part))
  )
}
const areAreas = (value: unknown): value is Area[] => Array.isArray(value) && value.every(isArea)

/** Own recent areas, the latest first. */
export function recentAreas(): Area[] {
  return readKept(KEY, areAreas) ?? []
}

/** Puts an area first; one near it gives way. */
export function rememberArea(area: Area): void {
  const others = recentAreas().filter(
    ({ lat, lng, label }) =>
      label !== area.label &&
      (Math.abs(lat - area.lat) > SAME_DEGREES || Math.abs(lng - area.lng) > SAME_DEGREES),
  )
  keep(KEY, [area, ...others].slice(0, AREAS_MAX))
}
