import type * as L from 'leaflet'
import type { RoundView } from '#shared/votes.ts'
import type { Scene } from './scene.ts'
import { coveredBy, spreadSpots } from './spread.ts'
import type { Box } from '../../lib/boxes.ts'
import type { Shift, Standing } from './spread.ts'

/** Diameter by number of choices: 0, 1, 2, 3, 4 and more. */
const SIZES = { phone: [38, 44, 48, 54, 62], desk: [44, 50, 56, 64, 84] } as const
/** Before a vote, and while the tally is hidden, all are alike. */
const ALIKE = { phone: 48, desk: 56 } as const
/** A dish that stepped back to its number. */
export const FOLDED_PX = 20
/** Middles of two dishes are at least so far apart, as far as the places allow. */
const APART = { phone: 50, desk: 58 } as const
const ASIDE_MOST = 24
/** Widest line of a name, as in markers.css. */
const NAME_MOST = { phone: 132, desk: 220 } as const
export const FOLD_BELOW_ZOOM = 13

/** Diameter of a dish, px. */
export function dishSize(round: RoundView | null, number: number, desk: boolean): number {
  const kind = desk ? 'desk' : 'phone'
  if (!round?.chosen) return ALIKE[kind]
  const seats = round.chosen.find(([n]) => n === number)?.[1].length ?? 0
  return SIZES[kind][Math.min(seats, 4)] ?? ALIKE[kind]
}

/** In a run-off only the tied stand as dishes; the others step back. */
export function stepsBack(scene: Scene, number: number): boolean {
  const open = scene.open()
  return open?.kind === 'runoff' && !(open.tied ?? []).includes(number)
}

/** How far each dish stands aside at this zoom. */
export function shiftsAt(
  map: L.Map,
  scene: Scene,
  zoom: number,
  desk: boolean,
): Map<number, Shift> {
  const spots = scene.standing().map(({ number, lat, lng }) => {
    const { x, y } = map.project([lat, lng], zoom)
    return { number, x, y }
  })
  return spreadSpots(spots, desk ? APART.desk : APART.phone, ASIDE_MOST)
}

/** Dishes as they stand now, in px from any one point. */
export function standingOn(
  scene: Scene,
  desk: boolean,
  pointOf: (at: { lat: number; lng: number }) => { x: number; y: number },
  shifts: ReadonlyMap<number, Shift>,
  picked: number | null,
): Standing[] {
  return scene
    .standing()
    .filter(({ number }) => !stepsBack(scene, number))
    .map(({ number, lat, lng, name }) => {
      const { x, y } = pointOf({ lat, lng })
      const aside = shifts.get(number) ?? { x: 0, y: 0 }
      return {
        number,
        name,
        x: x + aside.x,
        y: y + aside.y,
        dish: dishSize(scene.votes.round(), number, desk),
        first: number === picked || scene.leaders().has(number),
      }
    })
}

export const nameMost = (desk: boolean): number => (desk ? NAME_MOST.desk : NAME_MOST.phone)

/** What dishes and their names cover of the map, in px of its container. */
export function dishBoxes(map: L.Map, scene: Scene, desk: boolean): Box[] {
  if (map.getZoom() < FOLD_BELOW_ZOOM) return []
  const shifts = shiftsAt(map, scene, map.getZoom(), desk)
  const pointOf = (at: { lat: number; lng: number }) => map.latLngToContainerPoint(at)
  return coveredBy(standingOn(scene, desk, pointOf, shifts, null), nameMost(desk))
}
