import { chromium } from '@playwright/test'
import type { Browser, BrowserContext, Page, Route } from '@playwright/test'
import type { App } from '#server/app.ts'
import type { Bounds } from '#shared/geo.ts'
import type { Place, PlaceCluster, PlacesOnMap } from '#shared/places.ts'
import { serveGround } from '../e2e/pages/ground.ts'
import { type Frames, measurePanning, pan } from './places.frames.ts'
import { tenths } from './places.measure.ts'
import { measureNaive } from './places.naive.ts'
import type { SourceRow } from './places.names.ts'

/** So many clusters and places are seen at once, at least; people see some hundred. */
const SHOWN = 5_000
/** The map is dragged to where they stand less closely. */
const ENOUGH = SHOWN * 1.2
const VIEW = { width: 1_440, height: 900 }
/** The list beside the map covers this much of it; the map's middle is that of the rest. */
const LIST_PX = 448
/** Counts of a closer zoom stand on the map: the server's own, which are never so many at the zoom that is shown. */
const ZOOMS = [11, 12, 13, 14]
const CLOSER = [3, 4, 5]
/** The server groups a wider box more coarsely; so the box is asked for in parts. */
const PART_PX = 3_072
const WORLD_PX = 256
const PAN_MS = 6_000
/** Strokes before the measured ones: what they ask for is known then, as it is to who looks around. */
const WARM_MS = 3_000
const LOADED_MS = 90_000
const REST_MS = 1_000
const asker = { personId: null, address: 'bench' }

export interface MapFrames {
  /** Script, style and layout a frame while panning, mean; beside it every place and cluster as an element of its own. */
  mapFrameMs: number
  mapFrameMedianMs: number
  mapFrameNaiveMs: number
  mapShown: number
  mapFps: number
  longFrames: number
}

interface Scene {
  lat: number
  lng: number
  zoom: number
  /** The zoom whose clusters are shown. */
  counted: number
}

/** The map page of the built client in a real browser, dragged over thousands of clusters and places of the table. */
export async function measureMap(
  app: App,
  samples: readonly SourceRow[],
  note: (line: string) => void,
): Promise<MapFrames> {
  await app.listen()
  const scene = await findScene(app, samples)
  note(`map: zoom ${scene.zoom}, with what is counted at ${scene.counted}`)
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const { frames, items, shown } = await measureOurs(browser, app, scene)
    tell(note, `panning over ${shown} of ${items.length} at zoom ${scene.zoom}`, frames)
    const naive = await measureNaive(browser, await newContext(browser), items, scene, {
      warmMs: WARM_MS,
      panMs: PAN_MS,
    })
    tell(note, 'with an element for each', naive)
    return {
      mapFrameMs: tenths(frames.meanMs),
      mapFrameMedianMs: tenths(frames.medianMs),
      mapFrameNaiveMs: tenths(naive.meanMs),
      mapShown: shown,
      mapFps: tenths(frames.fps),
      longFrames: frames.long,
    }
  } finally {
    await browser.close()
  }
}

const tell = (note: (line: string) => void, what: string, of: Frames): void =>
  note(
    `${what}: ${tenths(of.meanMs)} ms a frame, median ${tenths(of.medianMs)}, ${of.count} frames, ${tenths(of.fps)} a second, ${of.long} long`,
  )

/** Where the places stand closest, the view that shows enough of them and the fewest more; of a small table the fullest. */
async function findScene(app: App, samples: readonly SourceRow[]): Promise<Scene> {
  const middles = samples.map(({ lat, lon }) => ({ lat, lng: lon }))
  const near = (a: { lat: number; lng: number }): number =>
    middles.filter((b) => Math.abs(a.lat - b.lat) < 0.03 && Math.abs(a.lng - b.lng) < 0.04).length
  const [first] = middles
    .slice(0, 300)
    .map((at) => ({ at, count: near(at) }))
    .toSorted((a, b) => b.count - a.count)
  if (!first) throw new Error('no places to look at')
  const views: { scene: Scene; count: number }[] = []
  for (const zoom of ZOOMS)
    for (const closer of CLOSER) {
      const scene = { ...first.at, zoom, counted: zoom + closer }
      const count = itemsOf(await readParts(app, boundsOf(scene), scene.counted)).length
      views.push({ scene, count })
      if (count >= ENOUGH) break
    }
  views.sort((a, b) => a.count - b.count)
  const best = views.find(({ count }) => count >= ENOUGH) ?? views.at(-1)
  if (!best) throw new Error('no view was tried')
  return best.scene
}

/** All that a box holds at a zoom. */
async function readParts(app: App, box: Bounds, zoom: number): Promise<PlacesOnMap> {
  const clusters = new Map<string, PlaceCluster>()
  const places = new Map<string, Place>()
  const [from, to] = [pixelOf(box.north, box.west, zoom), pixelOf(box.south, box.east, zoom)]
  for (let x = from.x; x < to.x; x += PART_PX)
    for (let y = from.y; y < to.y; y += PART_PX) {
      const northWest = latLngOf(x, y, zoom)
      const southEast = latLngOf(Math.min(x + PART_PX, to.x), Math.min(y + PART_PX, to.y), zoom)
      const bounds = {
        south: southEast.lat,
        west: northWest.lng,
        north: northWest.lat,
        east: southEast.lng,
      }
      const part = await app.services.places.onMap(asker, { bounds, zoom })
      for (const cluster of part.clusters) clusters.set(cluster.id, cluster)
      for (const place of part.places) places.set(place.id, place)
    }
  const inside = ({ lat, lng }: { lat: number; lng: number }): boolean =>
    lat > box.south && lat < box.north && lng > box.west && lng < box.east
  return {
    clusters: [...clusters.values()].filter(inside),
    places: [...places.values()].filter(inside),
    coming: false,
  }
}

type Item = PlaceCluster | Place
const itemsOf = ({ clusters, places }: PlacesOnMap): Item[] => [...clusters, ...places]

function pixelOf(lat: number, lng: number, zoom: number): { x: number; y: number } {
  const world = WORLD_PX * 2 ** zoom
  const sin = Math.sin((lat * Math.PI) / 180)
  return {
    x: ((lng + 180) / 360) * world,
    y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world,
  }
}

function latLngOf(x: number, y: number, zoom: number): { lat: number; lng: number } {
  const world = WORLD_PX * 2 ** zoom
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI
  return { lat, lng: (x / world) * 360 - 180 }
}

function boundsOf({ lat, lng, zoom }: Scene): Bounds {
  const { x, y } = pixelOf(lat, lng, zoom)
  const half = { x: (VIEW.width - LIST_PX) / 2, y: VIEW.height / 2 }
  const northWest = latLngOf(x - half.x, y - half.y, zoom)
  const southEast = latLngOf(x + half.x, y + half.y, zoom)
  return { south: southEast.lat, west: northWest.lng, north: northWest.lat, east: southEast.lng }
}

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEW, locale: 'ko-KR' })
  await serveGround(context)
  return context
}

async function measureOurs(
  browser: Browser,
  app: App,
  scene: Scene,
): Promise<{ frames: Frames; items: Item[]; shown: number }> {
  const context = await newContext(browser)
  await context.addInitScript(
    (area) => localStorage.setItem('bapmap.areas', JSON.stringify([area])),
    { label: '여기', lat: scene.lat, lng: scene.lng, zoom: scene.zoom },
  )
  const page = await context.newPage()
  page.on('pageerror', (error) => process.stderr.write(`  ${error.stack ?? error.message}\n`))
  const known = new Map<string, Item>()
  await page.route(/\/trpc\/[^?]*places\.onMap/, (route) =>
    answer(route, app, scene.counted, known),
  )
  await page.goto(`${app.url()}/map`)
  await page.locator('.browse').first().waitFor({ state: 'attached', timeout: LOADED_MS })
  await pan(page, WARM_MS)
  const frames = await measurePanning(browser, page, PAN_MS)
  const shown = await countShown(page)
  await context.close()
  return { frames, items: [...known.values()], shown }
}

/** `places.onMap` in one stream of lines, as tRPC's client reads it; what is asked for along with it is the server's own answer. */
async function answer(
  route: Route,
  app: App,
  zoom: number,
  known: Map<string, Item>,
): Promise<void> {
  const url = new URL(route.request().url())
  const inputs = JSON.parse(url.searchParams.get('input') ?? '{}') as Record<string, unknown>
  const paths = (url.pathname.split('/trpc/')[1] ?? '').split(',')
  const answers = paths.map(async (path, index) => {
    const input = inputs[index]
    if (path !== 'places.onMap') return askServer(app, path, input)
    const data = await readParts(app, (input as { bounds: Bounds }).bounds, zoom)
    for (const item of itemsOf(data)) known.set(item.id, item)
    return { result: { data } }
  })
  const lines = (await Promise.all(answers)).map((line, index) =>
    JSON.stringify([index, 0, [[line]]]),
  )
  const head = JSON.stringify(
    Object.fromEntries(paths.map((_, index) => [index, [[0], [null, 0, index]]])),
  )
  await route.fulfill({
    contentType: 'application/json',
    headers: { vary: 'trpc-accept' },
    body: `${[head, ...lines].join('\n')}\n`,
  })
}

async function askServer(app: App, path: string, input: unknown): Promise<unknown> {
  const asked = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return (await fetch(`${app.url()}/trpc/${path}${asked}`)).json()
}

/** What is seen: elements in the window, and what the canvas drew of the rest when it was last drawn. */
async function countShown(page: Page): Promise<number> {
  await page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D
    const { arc, drawImage, clearRect } = prototype
    const drawn = new Map<HTMLCanvasElement, DOMPoint[]>()
    Object.assign(globalThis, { drawn })
    const keep = (pen: CanvasRenderingContext2D, x: number, y: number): void => {
      const points = drawn.get(pen.canvas) ?? []
      points.push(pen.getTransform().transformPoint({ x, y }))
      drawn.set(pen.canvas, points)
    }
    prototype.clearRect = function (...box) {
      drawn.delete(this.canvas)
      clearRect.apply(this, box)
    }
    prototype.arc = function (...of) {
      keep(this, of[0], of[1])
      arc.apply(this, of)
    }
    prototype.drawImage = function (...of: unknown[]) {
      const [, x, y] = of.length > 5 ? [0, of[5], of[6]] : of
      keep(this, Number(x), Number(y))
      Reflect.apply(drawImage, this, of)
    }
  })
  // A window of another size is drawn anew.
  await page.setViewportSize({ ...VIEW, height: VIEW.height - 2 })
  await page.waitForTimeout(REST_MS)
  return page.evaluate((left) => {
    const { drawn } = globalThis as unknown as { drawn: Map<HTMLCanvasElement, DOMPoint[]> }
    const seen = (x: number, y: number): boolean =>
      x >= left && y >= 0 && x < innerWidth && y < innerHeight
    let count = 0
    for (const element of document.querySelectorAll('.browse')) {
      const { x, y } = element.getBoundingClientRect()
      if (seen(x, y)) count++
    }
    for (const [canvas, points] of drawn) {
      const box = canvas.getBoundingClientRect()
      const scale = box.width / canvas.width
      for (const { x, y } of points) if (seen(box.x + x * scale, box.y + y * scale)) count++
    }
    return count
  }, LIST_PX)
}
