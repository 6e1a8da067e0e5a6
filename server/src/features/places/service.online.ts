import type { Bounds, LatLng } from '#shared/geo.ts'
import { boundsCentre } from '#shared/geo.measure.ts'
import type { OnlineState } from '#shared/places.ts'
import type { Db } from '#server/platform/db.ts'
import type { KakaoLocal, KakaoPlace } from '#server/platform/kakao.ts'
import type { Log } from '#server/platform/log.ts'
import type { Overpass } from '#server/platform/overpass.ts'
import { foodTags } from './policy.food.ts'
import {
  boundsAround,
  countTiles,
  isInvented,
  tileBounds,
  tileRange,
  tilesOf,
} from './policy.online.ts'
import { countWithin } from './repo.ts'
import { type NewPlace, placeLine, upsertPlaces } from './repo.import.ts'
import {
  claimTile,
  keepTile,
  readTiles,
  releaseTile,
  removeOlder,
  removeUnnamed,
  restTile,
  type TileState,
} from './repo.online.ts'
import { writePatiently } from './repo.searchIndex.ts'
import { readKey, readPlace, type RowRules } from './service.importRow.ts'
import { makeTileQueue, type Outcome } from './service.onlineQueue.ts'

/** Places of services on the network join the table: OpenStreetMap by map tile, Kakao by what is searched. */
export interface OnlinePlaces {
  /** Starts reading what isn't known of a view; answers whether anything of it is on its way. Never waits for the network. */
  want(bounds: Bounds): Promise<boolean>
  /** `coming` where asking the services could find more than the table has. */
  look(near: LatLng | undefined): Promise<OnlineState>
  /** Waits, at most about 8 s, until what the services know of a text and its surroundings is in the table. */
  join(q: string, near: LatLng | undefined, signal?: AbortSignal): Promise<OnlineState>
  /** Ends what may not be kept longer. */
  forgetOld(): Promise<void>
  close(): Promise<void>
}

/** As in files of OpenStreetMap, so that whichever is read later updates the other. */
const OSM_SOURCE = 'osm'
const KAKAO_SOURCE = 'kakao'

const TILE_TTL_MS = 30 * 24 * 3_600_000
/** Longer than the slowest answer: a killed server's tile is read by another after it. */
const LEASE_MS = 90_000
const REST_MS = 30_000
const REST_MOST_MS = 6 * 3_600_000
/** Views farther out are of too many tiles: people see clusters there. */
const TILES_MOST = 4
/** What a person who searches expects around. */
const AROUND_M = 1_000
/** A tile that is read stays so for a month: no need to ask the table at each look. */
const SETTLED_MS = 10 * 60_000
const SETTLED_MOST = 10_000
const JOIN_MS = 8_000
const JOIN_LOOK_MS = 250
/** An answer with less than half of so many known places is rather a fault than a quarter that closed. */
const SHRINK_FROM = 20
/** Kakao's terms let nobody keep results: they serve the people who look just now. */
const KAKAO_KEPT_MS = 24 * 3_600_000
const KAKAO_ASKED_MS = 10 * 60_000
const KAKAO_REST_MS = 60_000
const KAKAO_ASKED_MOST = 1_000

export interface OnlineDeps {
  db: Db
  log: Log
  overpass: Overpass | null
  kakao: KakaoLocal | null
}

export function makeOnlinePlaces({ db, log, overpass, kakao }: OnlineDeps): OnlinePlaces {
  const ending = new AbortController()
  const queue = makeTileQueue({ log, read: (tile) => readTile(tile) })
  /** Tiles that need no look into the table before then: ms of `performance.now()`. */
  const settled = new Map<number, number>()
  const asked = new Map<string, number>()
  let kakaoRestsUntil = 0

  const readTile = async (tile: number): Promise<Outcome> => {
    if (!overpass || !(await claimTile(db, tile, LEASE_MS))) return { done: true }
    try {
      const told = await overpass.find(tileBounds(tile), foodTags, ending.signal)
      if ('value' in told) {
        await keepElements(db, tile, told.value)
        return { done: true }
      }
      await restTile(db, tile, Math.max(REST_MS, told.retryAfterMs ?? 0), REST_MOST_MS)
      return { done: false, ...told }
    } catch (error) {
      await releaseTile(db, tile)
      throw error
    }
  }
  /** Tiles of a box that are still to be read or being read; none when the box is too large. `rest`: some failed a moment ago. */
  const look = async (bounds: Bounds): Promise<{ missing: number[]; rest: boolean }> => {
    // Counted before they are named: a view of the world has 67 million.
    if (!overpass || countTiles(bounds) > TILES_MOST || isInvented(boundsCentre(bounds)))
      return { missing: [], rest: false }
    const tiles = tilesOf(bounds)
    const now = performance.now()
    const unsure = tiles.filter((tile) => (settled.get(tile) ?? 0) <= now)
    if (unsure.length === 0) return { missing: [], rest: false }
    const states = await readTiles(db, unsure)
    const among = (is: (state: TileState) => boolean): Set<number> =>
      new Set(states.filter(is).map(({ tile }) => tile))
    const [fresh, resting] = [among((state) => state.fresh), among((state) => state.resting)]
    if (settled.size > SETTLED_MOST) settled.clear()
    for (const tile of fresh) settled.set(tile, now + SETTLED_MS)
    return {
      missing: unsure.filter((tile) => !fresh.has(tile) && !resting.has(tile)),
      rest: resting.size > 0,
    }
  }
  const fill = async (near: LatLng, signal: AbortSignal): Promise<OnlineState> => {
    const box = boundsAround(near, AROUND_M)
    for (;;) {
      const { missing, rest } = await look(box)
      if (missing.length === 0) return rest ? (queue.fault() ?? 'late') : 'joined'
      if (signal.aborted || queue.rests()) return queue.fault() ?? 'late'
      queue.push(missing)
      await new Promise((resolve) => setTimeout(resolve, JOIN_LOOK_MS))
    }
  }
  const askKakao = async (
    q: string,
    near: LatLng | undefined,
    signal: AbortSignal,
  ): Promise<OnlineState> => {
    const key = `${q.toLowerCase()}|${near?.lat.toFixed(2)}|${near?.lng.toFixed(2)}`
    const now = performance.now()
    if (!kakao || (asked.get(key) ?? 0) > now) return 'joined'
    if (kakaoRestsUntil > now) return 'late'
    const told = await kakao.search(q, near, signal)
    if (!('value' in told)) {
      kakaoRestsUntil = performance.now() + Math.max(KAKAO_REST_MS, told.retryAfterMs ?? 0)
      log.warn({ fault: told.fault, told: told.message }, 'Kakao Local gave no answer')
      return told.fault === 'unreachable' ? 'unreachable' : 'late'
    }
    await keepPlaces(db, KAKAO_SOURCE, told.value)
    if (asked.size > KAKAO_ASKED_MOST) asked.clear()
    asked.set(key, now + KAKAO_ASKED_MS)
    return 'joined'
  }
  return {
    want: async (bounds) => {
      const { missing } = await look(bounds)
      queue.push(missing)
      return missing.length > 0 && !queue.rests()
    },
    look: async (near) => {
      if (near && isInvented(near)) return 'joined'
      if (kakao && kakaoRestsUntil <= performance.now()) return 'coming'
      if (!near) return 'joined'
      const { missing, rest } = await look(boundsAround(near, AROUND_M))
      if (missing.length > 0 && !queue.rests()) return 'coming'
      return missing.length > 0 || rest ? (queue.fault() ?? 'late') : 'joined'
    },
    join: async (q, near, signal) => {
      if (near && isInvented(near)) return 'joined'
      const limit = AbortSignal.any([
        AbortSignal.timeout(JOIN_MS),
        ending.signal,
        ...(signal ? [signal] : []),
      ])
      const states: OnlineState[] = await Promise.all([
        near ? fill(near, limit) : 'joined',
        askKakao(q, near, limit).catch((error: unknown) => {
          if (limit.aborted) return 'late' as const
          throw error
        }),
      ])
      return states.find((state) => state !== 'joined') ?? 'joined'
    },
    forgetOld: () => removeOlder(db, KAKAO_SOURCE, KAKAO_KEPT_MS),
    close: async () => {
      ending.abort()
      await queue.close()
    },
  }
}

/** The whole of a tile in one transaction: new and changed places, those that are gone, and that it was read. */
async function keepElements(db: Db, tile: number, elements: readonly unknown[]): Promise<void> {
  const places = placesOf(OSM_SOURCE, elements)
  const range = tileRange(tile)
  await writePatiently(db, async (tx) => {
    if (places.length > 0) await upsertPlaces(tx, places.map(placeLine))
    const before = await countWithin(tx, OSM_SOURCE, range)
    if (places.length * 2 >= before || before < SHRINK_FROM) {
      const named = places.map(({ sourceId }) => sourceId)
      await removeUnnamed(tx, OSM_SOURCE, range, named)
    }
    await keepTile(tx, tile, TILE_TTL_MS)
  })
}

async function keepPlaces(db: Db, source: string, documents: readonly KakaoPlace[]): Promise<void> {
  const places = placesOf(source, documents)
  if (places.length > 0) await writePatiently(db, (tx) => upsertPlaces(tx, places.map(placeLine)))
}

/** In order of their ids, so that two who write the same wait for one another and never each for the other. */
function placesOf(source: string, values: readonly unknown[]): NewPlace[] {
  const rules: RowRules = { source, names: {}, crs: 'EPSG:4326', area: null }
  const byId = new Map<string, NewPlace>()
  for (const value of values) {
    const key = readKey(value, rules)
    if (typeof key !== 'string') byId.set(key.sourceId, readPlace(key, rules))
  }
  return [...byId.values()].toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1))
}
