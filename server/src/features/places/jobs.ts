import type { Every } from '#server/platform/every.ts'

const COUNT_EVERY_MS = 2_000
/** An import writes in the same regions again and again, and counts them itself when it is done. */
const QUIET_MS = 3_000

/** One look at the catalogue, unless a first import was killed. */
const INDEX_EVERY_MS = 10_000
/** No chunk of an import takes as long. */
const IMPORT_QUIET_MS = 30_000

const FORGET_EVERY_MS = 3_600_000

export interface PlaceWork {
  countClusters(quietMs: number): Promise<number>
  buildSearchIndex(quietMs: number): Promise<boolean>
}
export interface OnlineWork {
  forgetOld(): Promise<void>
}

/**
 * Counts the clusters of places that were added one by one, or whose import was killed, and ends what may not be kept. The answer stops
 * it; any number of workers may run it.
 */
export function startPlaceJobs(places: PlaceWork, online: OnlineWork, every: Every): () => void {
  const stops = [
    every(COUNT_EVERY_MS, 'counting the clusters of the map', () => places.countClusters(QUIET_MS)),
    every(INDEX_EVERY_MS, 'making the search index', () =>
      places.buildSearchIndex(IMPORT_QUIET_MS),
    ),
    every(FORGET_EVERY_MS, 'forgetting places that may not be kept', () => online.forgetOld()),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
