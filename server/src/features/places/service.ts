import type { Bounds, LatLng } from '#shared/geo.ts'
import type { Limits } from '#shared/limits.ts'
import {
  type Category,
  categorySchema,
  type InView,
  type OnlineState,
  type Place,
  type PlaceHit,
  type PlacesOnMap,
  type SearchResult,
} from '#shared/places.ts'
import type { PersonId } from '#shared/users.ts'
import type { Db } from '#server/platform/db.ts'
import type { Platform } from '#server/platform/index.ts'
import type { LimitRule, RateLimit } from '#server/platform/rateLimit.ts'
import { addressInEnglish } from './policy.english.ts'
import { rangesAround, rangesOver, tileRanges, WORLD, zoomFor } from './policy.spots.ts'
import { anyWithin, findInBox, findKindsInBox, findOnePerRange, type PlaceRow } from './repo.ts'
import { searchLink } from './repo.search.ts'
import { buildSearchIndex } from './repo.searchIndex.ts'
import { countClusters } from './service.clusters.ts'
import type { OnlinePlaces } from './service.online.ts'
import { readMap } from './service.map.ts'
import { type DetailsService, makeDetails } from './service.details.ts'
import { makePlacePeople, type PeopleDeps, type PlacePeople } from './service.people.ts'
import { type Ranked, type SearchAsk, searchPlaces } from './service.search.ts'
import { seedPlaces, type SeedPlace } from './service.seed.ts'

/** Who asks: places are open to everyone, so that people without a session are told apart by their address alone. */
export interface Asker {
  personId: PersonId | null
  address: string
}

export interface Places extends DetailsService, PlacePeople {
  /** Best first, by text and nearness; works for Korean, English, initials and small slips. Throws AppError slow_down. */
  search(asker: Asker, ask: SearchAsk): Promise<SearchResult>
  /** Places of a view, at most `limit`; where there are more, the ones that cover it most evenly. Throws AppError slow_down. */
  inView(asker: Asker, input: { bounds: Bounds; limit: number }): Promise<InView>
  /** All places of a view, those too close to each other as clusters. Throws AppError slow_down. */
  onMap(asker: Asker, input: { bounds: Bounds; zoom: number }): Promise<PlacesOnMap>
  /** Places of a view by their kind, at most `limit`: what is filtered, the page clusters itself. Throws AppError slow_down. */
  ofKind(
    asker: Asker,
    input: { bounds: Bounds; categories: readonly Category[]; limit: number },
  ): Promise<InView>
  /** Counts the clusters of regions that nobody has written in for `quietMs`; answers how many those were. */
  countClusters(quietMs: number): Promise<number>
  /** Makes the search index that a killed import left missing, when nobody has written for `quietMs`; whether it was. */
  buildSearchIndex(quietMs: number): Promise<boolean>
  /** Waits, at most about 8 s, until what services on the network know of a text and its surroundings is found too. Throws AppError slow_down. */
  join(
    asker: Asker,
    input: { q: string; near?: LatLng | undefined },
    signal?: AbortSignal,
  ): Promise<OnlineState>
  /** What a room keeps of a place, by the id of any of its records. Throws AppError not_found. */
  place(id: string): Promise<Place>
  /**
   * Makes the places of a source be these: any number of servers may do it at once, and again. The answer: the ids by the source's own.
   */
  seed(source: string, places: readonly SeedPlace[]): Promise<Map<string, string>>
}

/** Of each kind: who types or moves the map rests in between. An address is a carrier's or an office's, of many people. */
const ASK_SECONDS = 60

/** About 30 to 60 km around: the city and its neighbours. */
const CITY_ZOOM = 10
/** More tiles than places wanted, because many are empty; each costs one probe of an index. */
const TILES_PER_PLACE = 4
/** That cover a box closely. */
const COVERING_TILES = 16

export interface PlacesDeps {
  db: Db
  openDb: Platform['openDb']
  rateLimit: RateLimit
  online: OnlinePlaces
  limits: Pick<Limits, 'PLACE_ASKS_PER_PERSON' | 'PLACE_ASKS_PER_ADDRESS'> & PeopleDeps['limits']
}

export function makePlaces({ db, openDb, rateLimit, online, limits }: PlacesDeps): Places {
  const dbs = { db, searchDb: openDb(searchLink) }
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
  const isKnown = (near: LatLng | undefined): Promise<boolean> =>
    anyWithin(db, near ? rangesAround(near, CITY_ZOOM) : [WORLD])
  return {
    ...details,
    ...makePlacePeople({ db, rateLimit, limits }),
    search: async (asker, ask) => {
      await limitAsker(asker, 'search')
      const [found, joined] = await Promise.all([
        searchPlaces(dbs, ask, Date.now()),
        online.look(ask.near),
      ])
      const hits = found.slice(0, ask.limit).map(hitOf)
      const unfiltered =
        hits.length > 0 || !ask.filters || ask.q === ''
          ? []
          : await searchPlaces(dbs, { ...ask, filters: undefined }, Date.now())
      const known = found.length + unfiltered.length > 0 || (await isKnown(ask.near))
      const filteredOut = Math.min(unfiltered.length, ask.limit)
      return {
        hits,
        more: found.length > hits.length,
        filteredOut,
        known,
        online: joined,
      }
    },
    inView: async (asker, { bounds, limit }) => {
      await limitAsker(asker, 'view')
      const [coming, rows] = await Promise.all([
        online.want(bounds),
        findInBox(db, bounds, rangesOver(bounds, 4), limit + 1),
      ])
      if (rows.length <= limit) return { places: rows.map(placeOf), more: false, coming }
      const tiles = tileRanges(bounds, zoomFor(bounds, limit * TILES_PER_PLACE))
      const thinned = thin(await findOnePerRange(db, bounds, tiles), limit)
      return { places: thinned.map(placeOf), more: true, coming }
    },
    onMap: async (asker, { bounds, zoom }) => {
      await limitAsker(asker, 'view')
      const [coming, { clusters, rows }] = await Promise.all([
        online.want(bounds),
        readMap(db, bounds, zoom),
      ])
      return { clusters, places: rows.map(placeOf), coming }
    },
    join: async (asker, { q, near }, signal) => {
      await limitAsker(asker, 'join')
      return online.join(q, near, signal)
    },
    ofKind: async (asker, { bounds, categories, limit }) => {
      await limitAsker(asker, 'view')
      const [coming, rows] = await Promise.all([
        online.want(bounds),
        findKindsInBox(db, bounds, rangesOver(bounds, COVERING_TILES), categories, limit + 1),
      ])
      return { places: rows.slice(0, limit).map(placeOf), more: rows.length > limit, coming }
    },
    countClusters: (quietMs) => countClusters(db, quietMs),
    buildSearchIndex: (quietMs) => buildSearchIndex(db, quietMs),
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

const hitOf = ({ row, distanceM }: Ranked): PlaceHit => ({ ...placeOf(row), distanceM })

function placeOf(row: PlaceRow): Place {
  return {
    id: row.id,
    name: row.name,
    nameEn: row.name_en,
    addressEn: addressInEnglish(row.source, row.address),
    menuEn: row.menu_en,
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
