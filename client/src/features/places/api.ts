import type { Bounds, LatLng } from '#shared/geo.ts'
import type { PlaceDetails, ReportKind } from '#shared/places.details.ts'
import type {
  Category,
  InView,
  OnlineState,
  PlacesOnMap,
  SearchFilters,
  SearchResult,
} from '#shared/places.ts'
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

/** All of a part of the map, what stands too close as clusters. `zoom` is whole. */
export const placesOnMap = (
  bounds: Bounds,
  zoom: number,
  signal: AbortSignal,
): Promise<PlacesOnMap> => trpc.places.onMap.query({ bounds, zoom }, { signal })

/** Places of a part of the map by their kind; no categories: all. */
export const placesOfKind = (
  bounds: Bounds,
  categories: readonly Category[],
  limit: number,
  signal: AbortSignal,
): Promise<InView> =>
  trpc.places.ofKind.query({ bounds, categories: [...categories], limit }, { signal })

/** IANA zone of a spot. */
export const zoneAt = (at: LatLng): Promise<string> => trpc.places.zone.query({ at })

export interface NewPlace {
  /** One an intent, so that a second try adds nothing. */
  key: string
  name: string
  category: Category
  at: LatLng
  address?: string
  hours?: string
}
/** Adds a missing place. May be a stranger's first act, so it makes the session. The answer is its id. */
export async function addPlace(place: NewPlace): Promise<string> {
  await ensureSession()
  return (await trpc.places.add.mutate(place)).id
}
