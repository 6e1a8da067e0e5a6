import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { latLngOf } from '../pages/ground.ts'
import { cookiesOf, openRoomOf } from '../pages/presence.ts'

/**
 * In the file of the second server (scripts/services/browser-run.ts) the west of each tile of zoom 10 is land with two streets, one in the
 * words of either schema, its east water.
 */
const SHORE = latLngOf({ x: 873.5 / 1024, y: 396.3 / 1024 })
const PAINTED = { middles: ['block', 'water'], streets: 2 }

/** Colours in the middle of the tiles, as tokens, and how many streets a row of tiles crosses. */
function groundOf(page: Page): Promise<{ middles: string[]; streets: number }> {
  return page.evaluate(() => {
    const pixelsOf = (canvas: HTMLCanvasElement, y: number): string[] => {
      const { data } = canvas.getContext('2d')?.getImageData(0, y, canvas.width, 1) ?? {}
      return Array.from({ length: canvas.width }, (_, x) => String(data?.slice(4 * x, 4 * x + 4)))
    }
    const probe = document.createElement('i')
    const one = document.createElement('canvas')
    document.body.append(probe)
    const named = new Map(
      ['block', 'water', 'road'].map((name) => {
        const pen = one.getContext('2d')
        probe.style.color = `var(--m-${name})`
        if (pen) pen.fillStyle = getComputedStyle(probe).color
        pen?.fillRect(0, 0, 1, 1)
        return [pixelsOf(one, 0)[0] ?? '', name]
      }),
    )
    probe.remove()
    const tiles = [...document.querySelectorAll<HTMLCanvasElement>('canvas.leaflet-tile-loaded')]
    const rows = tiles.map((tile) => {
      const colours = pixelsOf(tile, tile.height / 2).map((colour) => named.get(colour) ?? colour)
      return { top: tile.getBoundingClientRect().top, colours }
    })
    const top = rows.find((row) => Math.abs(row.top + 128 - innerHeight / 2) <= 128)?.top
    const across = rows.filter((row) => row.top === top).flatMap(({ colours }) => colours)
    return {
      middles: [
        ...new Set(rows.map(({ colours }) => colours[colours.length / 2] ?? '')),
      ].toSorted(),
      streets: across.filter((name, x) => name === 'road' && across[x - 1] !== 'road').length,
    }
  })
}

test('a basemap of our own is painted in the colours of the theme, without any other server; without it a notice says so', async ({
  browser,
}) => {
  const origin = process.env.E2E_SECOND_URL ?? ''
  const { code, members } = await openRoomOf(origin, ['서연'], { ...SHORE, zoom: 15 })
  const [seoyeon] = members
  if (!seoyeon) throw new Error('nobody')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies(cookiesOf(seoyeon))
  const page = await context.newPage()
  const foreign: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== origin) foreign.push(url.href)
  })
  await page.goto(`${origin}/r/${code}`)
  await expect.poll(() => groundOf(page)).toEqual(PAINTED)
  await expect(page.locator('.leaflet-control-attribution')).toHaveText('물가 지도')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => groundOf(page)).toEqual(PAINTED)
  expect(foreign).toEqual([])

  await page.route('**/basemap.pmtiles*', (route) => route.fulfill({ status: 404 }))
  await page.reload()
  await expect(page.getByText('배경 지도를 못 불러왔어요')).toBeVisible()
  await page.unroute('**/basemap.pmtiles*')
  await page.getByRole('button', { name: '다시' }).click()
  await expect(page.getByText('배경 지도를 못 불러왔어요')).toBeHidden()
  await expect.poll(() => groundOf(page)).toEqual(PAINTED)
  await context.close()
})
