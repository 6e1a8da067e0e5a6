import type { Bounds, LatLng } from '#shared/geo.ts'
import type { InView, SearchResult } from '#shared/places.ts'
import { trpc } from '../../lib/trpc.ts'

const HITS = 20

export function searchPlaces(
  q: string,
  near: LatLng | undefined,
  signal: AbortSignal,
): Promise<SearchResult> {
  return trpc.places.search.query({ q, near, limit: HITS }, { signal })
}

export function placesInView(bounds: Bounds, limit: number, signal: AbortSignal): Promise<InView> {
  return trpc.places.inView.query({ bounds, limit }, { signal })
}
