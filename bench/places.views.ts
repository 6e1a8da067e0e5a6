import { sql } from 'kysely'
import type { App } from '#server/app.ts'
import type { Bounds } from '#shared/geo.ts'
import { quantile, tenths, timeEach } from './places.measure.ts'
import { makeRandom, pick, type SourceRow } from './places.names.ts'

const ZOOMS = Array.from({ length: 16 }, (_, n) => n + 3)
const VIEWS = 60
/** Grouping on the fly takes a hundred times as long. */
const NAIVE_VIEWS = 4
const [WIDTH, HEIGHT] = [1_440, 900]

/** The map's answer for random views around places, p95 of the zoom that takes longest; beside it the same counts made at each look. */
export async function measureViews(
  app: App,
  samples: readonly SourceRow[],
  note: (line: string) => void,
): Promise<{ viewportP95Ms: number; viewportNaiveP95Ms: number }> {
  const random = makeRandom(11)
  const asker = { personId: null, address: 'bench' }
  const viewOf = (zoom: number): Bounds => boundsOf(zoom, pick(random, samples), random)
  const worst = { ours: 0, naive: 0 }
  for (const zoom of ZOOMS) {
    const views = Array.from({ length: VIEWS }, () => viewOf(zoom))
    const look = (bounds: Bounds) => app.services.places.onMap(asker, { bounds, zoom })
    await timeEach(views.slice(0, 5), look)
    const ours = quantile(await timeEach(views, look), 0.95)
    const naive = quantile(
      await timeEach(views.slice(0, NAIVE_VIEWS), (bounds) => groupNow(app, bounds, zoom), {
        forMs: 2_000,
      }),
      0.95,
    )
    note(`view at zoom ${zoom}: p95 ${tenths(ours)} ms, grouping at each look ${tenths(naive)} ms`)
    worst.ours = Math.max(worst.ours, ours)
    worst.naive = Math.max(worst.naive, naive)
  }
  return { viewportP95Ms: tenths(worst.ours), viewportNaiveP95Ms: tenths(worst.naive) }
}

/** A window of 1440 × 900 with the place somewhere in it. */
function boundsOf(zoom: number, { lat, lon }: SourceRow, random: () => number): Bounds {
  const degrees = 360 / (256 * 2 ** zoom)
  const narrowing = Math.cos((lat * Math.PI) / 180)
  const [width, height] = [WIDTH * degrees, HEIGHT * degrees * narrowing]
  const [west, south] = [lon - random() * width, lat - random() * height]
  const clamp = (value: number, max: number): number => Math.min(max, Math.max(-max, value))
  return {
    south: clamp(south, 85),
    west: clamp(west, 180),
    north: clamp(south + height, 85),
    east: clamp(west + width, 180),
  }
}

/** One grid cell of 128 px, as ours. */
async function groupNow(app: App, bounds: Bounds, zoom: number): Promise<void> {
  const { south, west, north, east } = bounds
  await sql`
    select spot >> ${sql.lit(2 * (26 - zoom - 1))} as cell, count(*), avg(lat), avg(lng), mode() within group (order by category)
    from places where lat between ${south} and ${north} and lng between ${west} and ${east} group by 1`.execute(
    app.platform.db,
  )
}
