import type * as L from 'leaflet'
import { countOf } from '../state.browse.items.ts'
import type { BrowseItem } from '../state.browse.items.ts'
import { type Box, meets } from '../../../lib/boxes.ts'
import { widthOf } from './dots.ts'
import { signOf } from './names.ts'

export interface BrowseLayout {
  /** Places without room for a dish: they stand as dots. */
  folded: Set<string>
  /** Places with room for their name. */
  named: Set<string>
}

const DISH_HALF_PX = 20
const PLATES_HALF_PX = { few: 24, many: 30 } as const
const BIG_FROM = 10
const NAME_TOP_PX = 26
const NAME_HEIGHT_PX = 17
/** Names of pins are set a little larger than those of dots. */
const NAME_SCALE = 1.18

/**
 * Dishes where they don't cover each other, names where there is room. By id and in the world's pixels, not by what is in the middle:
 * so panning changes nothing of it.
 */
export function layOut(map: L.Map, items: readonly BrowseItem[]): BrowseLayout {
  const zoom = map.getZoom()
  const placed = items.map((item) => ({ item, at: map.project(item.at, zoom) }))
  const taken = placed.flatMap(({ item, at }) =>
    item.kind === 'place'
      ? []
      : [around(at, countOf(item) < BIG_FROM ? PLATES_HALF_PX.few : PLATES_HALF_PX.many)],
  )
  const folded = new Set<string>()
  const pins = placed.filter(({ item }) => item.kind === 'place')
  for (const { item, at } of pins) {
    const box = around(at, DISH_HALF_PX)
    if (taken.some((other) => meets(box, other))) folded.add(item.id)
    else taken.push(box)
  }
  const named = new Set<string>()
  for (const { item, at } of pins) {
    if (item.kind !== 'place' || folded.has(item.id)) continue
    const half = (widthOf(signOf(item.place)) * NAME_SCALE) / 2
    const box = {
      left: at.x - half,
      right: at.x + half,
      top: at.y + NAME_TOP_PX,
      bottom: at.y + NAME_TOP_PX + NAME_HEIGHT_PX,
    }
    if (taken.some((other) => meets(box, other))) continue
    taken.push(box)
    named.add(item.id)
  }
  return { folded, named }
}

const around = ({ x, y }: L.Point, half: number): Box => ({
  left: x - half,
  right: x + half,
  top: y - half,
  bottom: y + half,
})
