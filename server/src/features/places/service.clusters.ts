import type { Db } from '#server/platform/db.ts'
import { cellShift, CLUSTER_ZOOMS, REGION_ZOOM } from './policy.cells.ts'
import {
  countRegions,
  findMarkedRegions,
  lockCounting,
  readTimeBefore,
  rollUp,
  takeMarkedRegions,
} from './repo.clusters.ts'
import { mayHoldAnyTwins } from './repo.twins.ts'
import { linkRegion } from './service.twins.ts'

const gridZoom = (zoom: number) => ({ zoom, bits: cellShift(zoom) })
const GRID = { region: gridZoom(REGION_ZOOM), last: gridZoom(CLUSTER_ZOOMS.last) }

/** Regions a transaction: who writes places in one of them waits for its end. */
const BATCH_REGIONS = 50

/**
 * Links the twins and counts the clusters of all regions that nobody has written in for `quietMs`, and answers how many those were.
 * Any number of processes may; one that dies in between leaves the marks of what it had not finished.
 */
export async function countClusters(db: Db, quietMs = 0): Promise<number> {
  const before = await readTimeBefore(db, quietMs)
  for (let counted = 0; ;) {
    const regions = await findMarkedRegions(db, before, BATCH_REGIONS)
    // Before the marks are taken, and not with them: who writes a place holds its row and then marks, this would do it the other way round.
    let linked = 0
    if (regions.length > 0 && (await mayHoldAnyTwins(db)))
      for (const region of regions) linked += await linkRegion(db, region)
    // A link is a change of its own, and marks its region just now.
    counted += await countBatch(db, linked > 0 ? await readTimeBefore(db, 0) : before, regions)
    if (regions.length < BATCH_REGIONS) return counted
  }
}

function countBatch(db: Db, before: string, marked: readonly number[]): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await lockCounting(tx)
    const regions = await takeMarkedRegions(tx, before, marked)
    if (regions.length === 0) return 0
    await countRegions(tx, regions, GRID)
    for (let zoom = REGION_ZOOM - 1; zoom >= CLUSTER_ZOOMS.first; zoom--)
      await rollUp(tx, regions, { from: REGION_ZOOM, to: zoom })
    return regions.length
  })
}
