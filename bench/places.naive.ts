import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext } from '@playwright/test'
import type * as Leaflet from 'leaflet'
import type { Place, PlaceCluster } from '#shared/places.ts'
import { type Frames, measurePanning, pan } from './places.frames.ts'

/** The plain way: Leaflet on the same ground, a marker with an element of its own for each. */
export async function measureNaive(
  browser: Browser,
  context: BrowserContext,
  items: readonly (Place | PlaceCluster)[],
  { lat, lng, zoom }: { lat: number; lng: number; zoom: number },
  { warmMs, panMs }: { warmMs: number; panMs: number },
): Promise<Frames> {
  const page = await context.newPage()
  const require = createRequire(import.meta.url)
  await page.setContent('<body style="margin:0"><div id="map" style="height:100vh"></div>')
  await page.addStyleTag({
    content: await readFile(require.resolve('leaflet/dist/leaflet.css'), 'utf8'),
  })
  await page.addScriptTag({ path: require.resolve('leaflet') })
  await page.evaluate(
    ({ all, view }) => {
      const { L } = globalThis as unknown as { L: typeof Leaflet }
      const map = L.map('map', { center: [view.lat, view.lng], zoom: view.zoom })
      L.tileLayer('https://tiles.test/{z}/{x}/{y}.png').addTo(map)
      for (const item of all) {
        const icon = L.divIcon({ html: item.text, className: 'one', iconSize: [24, 24] })
        L.marker([item.lat, item.lng], { icon }).addTo(map)
      }
    },
    {
      all: items.map((item) => ({
        lat: item.lat,
        lng: item.lng,
        text: 'places' in item ? String(item.places) : '•',
      })),
      view: { lat, lng, zoom },
    },
  )
  await pan(page, warmMs)
  const frames = await measurePanning(browser, page, panMs)
  return frames
}
