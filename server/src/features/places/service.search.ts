import zoneOf from '@photostructure/tz-lookup'
import { ISLAND_BOUNDS } from '#shared/demo.island.ts'
import { distanceM, holds } from '#shared/geo.measure.ts'
import type { LatLng } from '#shared/geo.ts'
import { openState } from '#shared/places.hours.ts'
import type { SearchFilters } from '#shared/places.ts'
import { rankMatch } from '#shared/places.rank.ts'
import { anyPlace, readQuery } from '#shared/places.search.ts'
import type { Db } from '#server/platform/db.ts'
import type { PlaceRow } from './repo.ts'
import { findOriginals, type SearchScope, withinSearch } from './repo.search.ts'
import { type Found, runStages, SearchStages } from './service.searchStages.ts'

export interface SearchAsk {
  q: string
  near?: LatLng | undefined
  limit: number
  filters?: SearchFilters | undefined
  /** Added to the score of single places, 0 to 1: what a caller knows of them. */
  weights?: ReadonlyMap<string, number> | undefined
  /** How much popularity counts; 1 is usual. */
  popularityWeight?: number | undefined
}

export interface SearchDbs {
  db: Db
  /** Opened with `searchLink` (repo.search.ts). */
  searchDb: Db
}

export interface Ranked {
  row: PlaceRow
  distanceM: number | null
}

const WEIGHT_OF_CALLER = 0.3
/** Below those that are known to be open, above none. */
const UNKNOWN_HOURS = 0.2

/** All matches that were looked at, best first; more than `limit` of them when there are more. */
export async function searchPlaces(
  { db, searchDb }: SearchDbs,
  ask: SearchAsk,
  now: number,
): Promise<Ranked[]> {
  const query = readQuery(ask.q) ?? (ask.q.trim() === '' && ask.filters ? anyPlace : null)
  if (!query) return []
  const scope = scopeOf(ask)
  const found = new Map<string, Found>()
  await withinSearch(searchDb, (one) =>
    runStages(new SearchStages(one, scope, ask.limit, found), ask.q, query),
  )
  return rank(db, [...found.values()], ask, now)
}

function scopeOf({ near, filters }: SearchAsk): SearchScope {
  return {
    near,
    island: near !== undefined && holds(ISLAND_BOUNDS, near),
    categories: filters?.categories ?? [],
    priceFrom: filters?.priceFrom,
    priceTo: filters?.priceTo,
    diet: filters?.diet ?? [],
  }
}

/** Rows of twins become the place that they tell of; a place once, with the best of its scores. */
async function rank(
  db: Db,
  found: readonly Found[],
  { near, filters, weights, popularityWeight = 1 }: SearchAsk,
  now: number,
): Promise<Ranked[]> {
  const twins = found.flatMap(({ row }) => (row.same_as === null ? [] : [row.same_as]))
  const originals = new Map((await findOriginals(db, twins)).map((row) => [row.id, row]))
  const best = new Map<string, Ranked & { score: number }>()
  for (const { row: match, text, cost } of found) {
    const row: PlaceRow = originals.get(match.same_as ?? '') ?? match
    const away = near ? distanceM(near, row) : null
    const unknown = lacksHours(row, filters, now)
    if (unknown === null || (away !== null && away > (filters?.withinM ?? Infinity))) continue
    const popularity = match.popularity
    const fit = rankMatch(text, { distanceM: away, popularity }, { popularityWeight })
    const score =
      fit - cost + WEIGHT_OF_CALLER * (weights?.get(row.id) ?? 0) - (unknown ? UNKNOWN_HOURS : 0)
    if (score > (best.get(row.id)?.score ?? -Infinity))
      best.set(row.id, { row, distanceM: away === null ? null : Math.round(away), score })
  }
  return [...best.values()].sort((a, b) => b.score - a.score)
}

/** Null: known to be closed while only open ones are wanted; true: nobody knows. */
function lacksHours(
  { hours, lat, lng }: PlaceRow,
  filters: SearchFilters | undefined,
  now: number,
): boolean | null {
  if (!filters?.openNow) return false
  const state = openState(hours, now, zoneOf(lat, lng))
  if (state === null) return true
  return state.state === 'closed' ? null : false
}
