import type { Bounds, LatLng } from '#shared/geo.ts'
import type { PlaceDetails, ReportKind } from '#shared/places.details.ts'
import type { InView, OnlineState, SearchFilters, SearchResult } from '#shared/places.ts'
import { takeEarly } from '../../lib/early.ts'
import { ensureSession } from '../../lib/session.ts'
import { trpc } from '../../lib/trpc.ts'

const HITS = 20

export function searchPlaces(
  q: string,
  near: LatLng | undefined,
  signal: AbortSignal,
  filters?: SearchFilters,
): Promise<SearchResult> {
  return trpc.places.search.query({ q, near, limit: HITS, filters }, { signal })
}

/** Answers when what services on the network know is in the table as well, at most after about 8 s. */
export function joinPlaces(
  q: string,
  near: LatLng | undefined,
  signal: AbortSignal,
): Promise<OnlineState> {
  return trpc.places.join.query({ q, near }, { signal })
}

export function placesInView(bounds: Bounds, limit: number, signal: AbortSignal): Promise<InView> {
  return trpc.places.inView.query({ bounds, limit }, { signal })
}

/** A place with all that is known of it, by the id of any of its records. */
export async function readPlace(id: string, signal: AbortSignal): Promise<PlaceDetails> {
  const { data } = await takeEarly('places.details', { id }, () =>
    trpc.places.details.query({ id }, { signal }),
  )
  return data
}

/** Says what is wrong with a place. May be a stranger's first act, so it makes the session. */
export async function reportPlace(id: string, kind: ReportKind, note: string): Promise<void> {
  await ensureSession()
  await trpc.places.report.mutate({ id, kind, ...(note.trim() !== '' && { note }) })
}

/** Takes an own addition away. */
export const removePlace = (id: string): Promise<void> => trpc.places.remove.mutate({ id })
