import zoneOf from '@photostructure/tz-lookup'
import { ISLAND_BOUNDS } from '#shared/demo.island.ts'
import { distanceM, holds } from '#shared/geo.measure.ts'
import type { LatLng } from '#shared/geo.ts'
import { openState } from '#shared/places.hours.ts'
import type { SearchFilters } from '#shared/places.ts'
import { rankPlace } from '#shared/places.rank.ts'
import { anyPlace, otherReadings, readQuery, type SearchQuery } from '#shared/places.search.ts'
import type { Db, Tx } from '#server/platform/db.ts'
import { tilesAround } from './policy.spots.ts'
import type { PlaceRow } from './repo.ts'
import {
  findOriginals,
  type FoundRow,
  isFrequent,
  type Match,
  searchNames,
  type SearchPart,
  searchPart,
  type SearchScope,
  type Stage,
  withinSearch,
} from './repo.search.ts'

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

export interface Ranked {
  row: PlaceRow
  distanceM: number | null
}

/** Zooms of tiles around the reader, nine of each: about 0.7, 3 and 11 km to each side at Seoul's latitude. */
const NEAR_RINGS = [16, 14, 12]
/** 45, 180 and 700 km: for what is too much to be read at once. */
const FAR_RINGS = [10, 8, 6]
const SMALL_RING = 16
const TOWN_RING = 12
const ENOUGH = 3
/** What is farther was hardly meant, if anything nearer may have been. */
const REACH_M = 60_000
/** In one of 64 parts: some 30,000 in the table. */
const FREQUENT = 500
const TRIGRAM = 3
/** Shorter words are similar to half of the table. */
const SLIP_MIN = 4
/** Folded, about 25 syllables: no name is longer, and a single letter may fold to 18. */
const SLIP_MAX = 60
const WEIGHT_OF_CALLER = 0.3
/** Below those that are known to be open, above none. */
const UNKNOWN_HOURS = 0.2

interface Found {
  row: FoundRow
  query: SearchQuery
  /** What its reading costs. */
  cost: number
  slips: boolean
}

/** All matches that were looked at, best first; more than `limit` of them when there are more. */
export async function searchPlaces(db: Db, ask: SearchAsk, now: number): Promise<Ranked[]> {
  const query = readQuery(ask.q) ?? (ask.q.trim() === '' && ask.filters ? anyPlace : null)
  if (!query) return []
  const scope = scopeOf(ask)
  const found = new Map<string, Found>()
  await withinSearch(db, async (tx) => {
    const search = makeStages(tx, scope, ask.limit, found)
    await search.find(query, 0, NEAR_RINGS)
    await search.wholeName(query)
    for (const { query: reading, cost, last } of otherReadings(ask.q))
      if (last ? found.size === 0 : search.few()) await search.find(reading, cost, [TOWN_RING])
    if (search.few()) await search.similar(query)
  })
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

const everywhere: SearchPart = { tiles: null, sampled: false }
const isShort = ({ terms }: SearchQuery): boolean =>
  terms.every(({ text }) => text.length < TRIGRAM)

function makeStages(tx: Tx, scope: SearchScope, wanted: number, found: Map<string, Found>) {
  const { near } = scope
  let reached = 0
  const add = ({ rows }: Stage, query: SearchQuery, cost: number, slips = false): boolean => {
    for (const row of rows) {
      if (found.has(row.id)) continue
      found.set(row.id, { row, query, cost, slips })
      if (!near || distanceM(near, row) < REACH_M) reached++
    }
    return rows.length > wanted
  }
  const around = (zoom: number, sampled = false): SearchPart => ({
    tiles: near ? { zoom, numbers: tilesAround(near, zoom) } : null,
    sampled,
  })
  /** From near to far, until more than wanted are found: one more tells that there are more. */
  const find = async (
    query: SearchQuery,
    cost: number,
    rings: readonly number[],
  ): Promise<void> => {
    for (const zoom of near ? rings : []) {
      const match: Match = zoom === SMALL_RING ? 'anywhere' : 'indexed'
      if (add(await searchPart(tx, query, match, around(zoom), scope), query, cost)) return
    }
    if (query.terms.length === 0) return
    if (isShort(query)) {
      add(await searchNames(tx, query.whole, false, scope), query, cost)
      return
    }
    // A frequent word is looked for in a part of what is far: nobody means the 9,000th 식당.
    const sampled = !scope.island && (await isFrequent(tx, query, FREQUENT))
    if (!sampled || !near) {
      const all = await searchPart(tx, query, 'indexed', { tiles: null, sampled }, scope)
      add(all, query, cost)
      if (all.complete || !near) return
    }
    for (const zoom of FAR_RINGS)
      if (add(await searchPart(tx, query, 'indexed', around(zoom, sampled), scope), query, cost))
        return
  }
  return {
    few: () => reached < ENOUGH,
    find,
    /** The very name, farther than where enough others were found. */
    wholeName: async (query: SearchQuery): Promise<void> => {
      if (query.whole !== '') add(await searchNames(tx, query.whole, true, scope), query, 0)
    },
    similar: async (query: SearchQuery): Promise<void> => {
      const fits = query.whole.length >= SLIP_MIN && query.whole.length <= SLIP_MAX
      if (!fits || query.terms.some(({ initials }) => initials)) return
      const oneWord = { ...query, terms: [{ text: query.whole, initials: false }] }
      const readings = query.terms.length > 1 ? [query, oneWord] : [query]
      for (const part of near ? [around(TOWN_RING), everywhere] : [everywhere])
        for (const reading of readings) {
          if (found.size > wanted) return
          add(await searchPart(tx, reading, 'similar', part, scope), reading, 0, true)
        }
    },
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
  for (const { row: match, query, cost, slips } of found) {
    const row: PlaceRow = originals.get(match.same_as ?? '') ?? match
    const away = near ? distanceM(near, row) : null
    const unknown = lacksHours(row, filters, now)
    if (unknown === null || (away !== null && away > (filters?.withinM ?? Infinity))) continue
    const text = rankPlace(query, { ...match, distanceM: away }, { slips, popularityWeight })
    if (text === 0) continue
    const score =
      text - cost + WEIGHT_OF_CALLER * (weights?.get(row.id) ?? 0) - (unknown ? UNKNOWN_HOURS : 0)
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
