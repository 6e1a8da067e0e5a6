import type { Bounds } from '#shared/geo.ts'
import { distanceM } from '#shared/geo.measure.ts'
import { placesApi } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { showRefusal } from '../../ui/toast.tsx'
import { say } from '../home/say.ts'
import type { Explore } from './explore.ts'

/** The search looks as far as the city and its neighbours. */
const CITY_M = 60_000
const WORLD: Bounds = { south: -85, west: -180, north: 85, east: 180 }
/** Its clusters are as large as a province. */
const WORLD_ZOOM = 5

/** The way out of a map that knows nothing here: to the nearest place of the city, else to where the next ones are known. */
export async function showNearest(explore: Explore): Promise<void> {
  const from = explore.middle()
  const { signal } = new AbortController()
  try {
    const { hits } = await placesApi.searchPlaces('', from, signal, { withinM: CITY_M })
    const [hit] = hits
    if (hit) return explore.look(hit)
    const { clusters, places } = await placesApi.placesOnMap(WORLD, WORLD_ZOOM, signal)
    const ways = [
      ...clusters.map((cluster) => ({
        far: distanceM(from, cluster),
        go: () => explore.handle()?.camera.show(cluster.bounds),
      })),
      ...places.map((place) => ({ far: distanceM(from, place), go: () => explore.look(place) })),
    ]
    const [way] = ways.toSorted((a, b) => a.far - b.far)
    if (way) way.go()
    else showRefusal(t('explore.nothingKnown'))
  } catch (error) {
    say(error)
  }
}
