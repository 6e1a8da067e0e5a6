import type { Every } from '#server/platform/every.ts'

const COUNT_EVERY_MS = 2_000
/** An import writes in the same regions again and again, and counts them itself when it is done. */
const QUIET_MS = 3_000

export interface PlaceWork {
  countClusters(quietMs: number): Promise<number>
}

/** Counts the clusters of places that were added one by one, or whose import was killed. The answer stops it; any number of workers may run it. */
export function startPlaceJobs(places: PlaceWork, every: Every): () => void {
  return every(COUNT_EVERY_MS, 'counting the clusters of the map', () =>
    places.countClusters(QUIET_MS),
  )
}
