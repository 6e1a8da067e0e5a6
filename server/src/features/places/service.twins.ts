import type { Bounds, LatLng } from '#shared/geo.ts'
import { degreesOf, holds } from '#shared/geo.measure.ts'
import type { Db } from '#server/platform/db.ts'
import { cellBounds, REGION_ZOOM } from './policy.cells.ts'
import { rangesOver } from './policy.spots.ts'
import { linkTwins, TWIN_REACH_M } from './policy.twins.ts'
import { findTwinPairs, findTwinRecords, mayHoldTwins, setTwinLinks } from './repo.twins.ts'
import { writePatiently } from './repo.searchIndex.ts'

/** Tiles that cover a region and its rim. */
const TILES = 64

/**
 * Links the records of a region that tell of one shop, and takes links away that no longer hold (docs/adr/0008). Answers how many
 * changed. What others write just now is passed over: their mark brings the region back.
 */
export async function linkRegion(db: Db, region: number): Promise<number> {
  const inner = cellBounds(REGION_ZOOM, region)
  const step = degreesOf(TWIN_REACH_M, Math.max(Math.abs(inner.south), Math.abs(inner.north)))
  const bounds = widen(inner, step)
  const area = { bounds, ranges: rangesOver(bounds, TILES) }
  if (!(await mayHoldTwins(db, area))) return 0
  const pairs = await findTwinPairs(db, area, step)
  const records = await findTwinRecords(db, area, [...new Set(pairs.flat())])
  const changes = linkTwins(records, pairs)
  const byId = new Map(records.map((record) => [record.id, record]))
  const isOurs = (id: string | null): boolean => {
    const record = id === null ? undefined : byId.get(id)
    return record !== undefined && holds(inner, record)
  }
  // Of the rim only what has to do with the region: what else it is linked to lies beyond what was read.
  const links = [...changes]
    .filter(([id, sameAs]) => isOurs(id) || isOurs(sameAs) || isOurs(byId.get(id)?.sameAs ?? null))
    .map(([id, sameAs]) => ({ id, sameAs }))
  return links.length === 0 ? 0 : writePatiently(db, (tx) => setTwinLinks(tx, links))
}

const widen = ({ south, west, north, east }: Bounds, by: LatLng): Bounds => ({
  south: south - by.lat,
  west: west - by.lng,
  north: north + by.lat,
  east: east + by.lng,
})
