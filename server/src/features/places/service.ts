import { type Bounds, type LatLng } from '#shared/geo.ts'
import { distanceM } from '#shared/geo.measure.ts'
import type { Limits } from '#shared/limits.ts'
import { rankPlace, readQuery, type SearchQuery } from '#shared/places.search.ts'
import {
  categorySchema,
  type InView,
  type Place,
  type PlaceHit,
  type PlacesOnMap,
  type SearchResult,
} from '#shared/places.ts'
import type { PersonId } from '#shared/users.ts'
import type { Db } from '#server/platform/db.ts'
import type { LimitRule, RateLimit } from '#server/platform/rateLimit.ts'
import { mergeRanges, rangesAround, tileRanges, zoomFor } from './policy.spots.ts'
import { seedPlaces, type SeedPlace } from './service.seed.ts'
import { type DetailsService, makeDetails } from './service.details.ts'
import { makePlacePeople, type PeopleDeps, type PlacePeople } from './service.people.ts'
import {
  anyWithin,
  findInBox,
  findOnePerRange,
  type FoundRow,
  type PlaceRow,
  searchNear,
  searchParts,
  searchSimilar,
  searchWide,
} from './repo.ts'
import { countClusters } from './service.clusters.ts'
import { readMap } from './service.map.ts'

/** Who asks: places are open to everyone, so that people without a session are told apart by their address alone. */
export interface Asker {
  personId: PersonId | null
  address: string
}

export interface Places extends DetailsService, PlacePeople {
  /** Best first, by text and nearness; works for Korean, English, initials and small slips. Throws AppError slow_down. */
  search(
    asker: Asker,
    input: { q: string; near?: LatLng | undefined; limit: number },
  ): Promise<SearchResult>
  /** Places of a view, at most `limit`; where there are more, the ones that cover it most evenly. Throws AppError slow_down. */
  inView(asker: Asker, input: { bounds: Bounds; limit: number }): Promise<InView>
  /** All places of a view, those too close to each other as clusters. Throws AppError slow_down. */
  onMap(asker: Asker, input: { bounds: Bounds; zoom: number }): Promise<PlacesOnMap>
  /** Counts the clusters of regions that nobody has written in for `quietMs`; answers how many those were. */
  countClusters(quietMs: number): Promise<number>
  /** What a room keeps of a place, by the id of any of its records. Throws AppError not_found. */
  place(id: string): Promise<Place>
  /**
   * Makes the places of a source be these: any number of servers may do it at once, and again. The answer: the ids by the source's own.
   */
  seed(source: string, places: readonly SeedPlace[]): Promise<Map<string, string>>
}

/** Of each kind: who types or moves the map rests in between. An address is a carrier's or an office's, of many people. */
const ASK_SECONDS = 60

/** About 2 to 4 km around at Seoul's latitude: what people can walk or take one bus to. */
const NEAR_ZOOM = 14
/** About 30 to 60 km around: the city and its neighbours. */
const CITY_ZOOM = 10
const ENOUGH_WITHOUT_SLIPS = 3
const STAGE_MAX = 300
/** Shorter terms have no trigram: over the whole table they would read every row. */
const TRIGRAM = 3
/** Shorter words are similar to half of the table. */
const SLIP_MIN = 4
/** Folded, about 25 syllables: no name is longer, and a single letter may fold to 18. */
const SLIP_MAX = 60
/** More tiles than places wanted, because many are empty; each costs one probe of an index. */
const TILES_PER_PLACE = 4

export interface PlacesDeps {
  db: Db
  rateLimit: RateLimit
  limits: Pick<Limits, 'PLACE_ASKS_PER_PERSON' | 'PLACE_ASKS_PER_ADDRESS'> & PeopleDeps['limits']
}

export function makePlaces({ db, rateLimit, limits }: PlacesDeps): Places {
  const ruleOf = (name: string, points: number): LimitRule => ({
    name: `places.${name}`,
    points,
    perSeconds: ASK_SECONDS,
  })
  /** A person first, so that one who asks without end doesn't use up what is left for the others of that address. */
  const limitAsker = async ({ personId, address }: Asker, kind: string): Promise<void> => {
    if (personId !== null)
      await rateLimit.limit(personId, ruleOf(kind, limits.PLACE_ASKS_PER_PERSON))
    await rateLimit.limit(address, ruleOf(`${kind}.address`, limits.PLACE_ASKS_PER_ADDRESS))
  }
  const details = makeDetails({ db })
  return {
    ...details,
    ...makePlacePeople({ db, rateLimit, limits }),
    search: async (asker, { q, near, limit }) => {
      await limitAsker(asker, 'search')
      const query = readQuery(q)
      const found = query ? await searchInStages(db, query, near, limit) : []
      const hits = found.map((row) => hitOf(row, near))
      const ranked = query ? rank(query, found, hits).slice(0, limit) : []
      const around = near ? rangesAround(near, CITY_ZOOM) : null
      const known = ranked.length > 0 || (await anyWithin(db, around))
      return { hits: ranked, more: found.length > ranked.length, known }
    },
    inView: async (asker, { bounds, limit }) => {
      await limitAsker(asker, 'view')
      const covering = mergeRanges(tileRanges(bounds, zoomFor(bounds, 4)))
      const rows = await findInBox(db, bounds, covering, limit + 1)
      if (rows.length <= limit) return { places: rows.map(placeOf), more: false }
      const tiles = tileRanges(bounds, zoomFor(bounds, limit * TILES_PER_PLACE))
      const thinned = thin(await findOnePerRange(db, bounds, tiles), limit)
      return { places: thinned.map(placeOf), more: true }
    },
    onMap: async (asker, { bounds, zoom }) => {
      await limitAsker(asker, 'view')
      const { clusters, rows } = await readMap(db, bounds, zoom)
      return { clusters, places: rows.map(placeOf) }
    },
    countClusters: (quietMs) => countClusters(db, quietMs),
    seed: (source, places) => seedPlaces(db, source, places),
    place: (id) => details.details(null, id),
  }
}

/** Every n-th of a list in order of the curve is again spread over the view. */
function thin<T>(rows: readonly T[], limit: number): readonly T[] {
  if (rows.length <= limit) return rows
  return rows.filter(
    (_, i) => Math.floor((i * limit) / rows.length) !== Math.floor(((i - 1) * limit) / rows.length),
  )
}

/** The wider stage runs only while the nearer ones found no more than are wanted: one more tells that there are more. */
async function searchInStages(
  db: Db,
  query: SearchQuery,
  near: LatLng | undefined,
  wanted: number,
): Promise<FoundRow[]> {
  const found = new Map<string, FoundRow>()
  const add = (rows: readonly FoundRow[]): number => {
    for (const row of rows) found.set(row.id, row)
    return found.size
  }
  if (near) {
    if (add(await searchNear(db, query, near, rangesAround(near, NEAR_ZOOM), STAGE_MAX)) > wanted)
      return [...found.values()]
    if (add(await searchWide(db, query, rangesAround(near, CITY_ZOOM), STAGE_MAX)) > wanted)
      return [...found.values()]
  }
  const selective = query.terms.some((term) => term.text.length >= TRIGRAM)
  if (selective || !near) add(await searchWide(db, query, null, STAGE_MAX))
  const misspelled =
    found.size < ENOUGH_WITHOUT_SLIPS &&
    query.whole.length >= SLIP_MIN &&
    query.whole.length <= SLIP_MAX &&
    query.terms.every((t) => !t.initials)
  if (misspelled) {
    add(await searchParts(db, query, STAGE_MAX))
    add(await searchSimilar(db, query, STAGE_MAX))
  }
  return [...found.values()]
}

function rank(
  query: SearchQuery,
  rows: readonly FoundRow[],
  hits: readonly PlaceHit[],
): PlaceHit[] {
  const scored = rows.map((row, index) => ({
    hit: hits[index],
    score: rankPlace(query, { ...row, distanceM: hits[index]?.distanceM ?? null }),
  }))
  scored.sort((a, b) => b.score - a.score)
  return scored.flatMap(({ hit }) => (hit ? [hit] : []))
}

function hitOf(row: FoundRow, near: LatLng | undefined): PlaceHit {
  return { ...placeOf(row), distanceM: near ? Math.round(distanceM(near, row)) : null }
}

function placeOf(row: PlaceRow): Place {
  return {
    id: row.id,
    name: row.name,
    nameEn: row.name_en,
    category: categorySchema.catch('other').parse(row.category),
    address: row.address,
    lat: row.lat,
    lng: row.lng,
    price: row.price,
    menu: row.menu,
    hours: row.hours,
    source: row.source,
  }
}
