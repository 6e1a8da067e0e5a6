import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { type Point, toLatLng } from '#shared/demo.island.curves.ts'
import { schoolyard } from '#shared/demo.island.ground.ts'
import type { LatLng } from '#shared/geo.ts'
import {
  ANCHOR,
  glueErrors,
  isWhole,
  latLngOf,
  measureShots,
  recordFrames,
  serveGround,
} from '../pages/ground.ts'
import type { Measured, Region } from '../pages/ground.ts'
import { cookiesOf, openRoomOf, PresenceTab } from '../pages/presence.ts'

/** Free of panel, people and buttons at 1440 × 900. */
const FREE: Region = { x: 470, y: 100, width: 940, height: 680 }
/** A pointer that is easily found; its place and size are the product's own. */
const PLAIN_POINTER =
  '.bm-flag { visibility: hidden } .bm-cursor svg { fill: #00f !important; stroke: none !important; filter: none !important }'

async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(900)
}
async function wheel(page: Page, x: number, y: number, delta: number): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.wheel(0, delta)
  await settle(page)
}
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await settle(page)
}
async function drag(page: Page, x: number, y: number, byX: number, byY: number): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= 20; step++) {
    await page.mouse.move(x + (byX * step) / 20, y + (byY * step) / 20)
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
  await settle(page)
}

/** Of the box around it. */
function middleOf(ring: readonly Point[]): LatLng {
  const [east, north] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
  return toLatLng([
    (Math.min(...east) + Math.max(...east)) / 2,
    (Math.min(...north) + Math.max(...north)) / 2,
  ])
}

/** Of tiles that are pictures, and of those that the page paints: there a whole shape of the ground is the mark. */
const GROUNDS = [
  {
    name: 'tiles',
    at: latLngOf(ANCHOR),
    zoom: 15,
    paint: '',
    judge: isWhole,
    glued: 2,
    moving: 40,
  },
  {
    name: 'painted ground',
    at: middleOf(schoolyard),
    zoom: 16,
    // Nothing else is of that colour, and no name lies on its edges.
    paint: ':root { --m-school: rgb(255 0 255) !important; --m-halo: transparent !important }',
    // Tiles are painted one by one, and the mark is there when the last of its own is; its drawn edges are softer than a picture's.
    judge: (frame: Measured, rest: Measured) => frame.mark !== null && isWhole(frame, rest),
    glued: 3,
    moving: 12,
  },
]

test.setTimeout(180_000)
for (const { name: ground, at, zoom, paint, judge, glued, moving: wanted } of GROUNDS)
  test(`a remote cursor stays on its ground in every frame of zooming and panning, on ${ground}`, async ({
    browser,
    baseURL,
  }) => {
    const origin = baseURL ?? ''
    const { roomId, code, members } = await openRoomOf(origin, ['서연', '하린'], { ...at, zoom })
    const [seoyeon, harin] = members
    if (!seoyeon || !harin) throw new Error('two people')
    const remote = await new PresenceTab(harin, roomId).open()
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(cookiesOf(seoyeon))
    await serveGround(context)
    const page = await context.newPage()
    await page.goto(`${origin}/r/${code}`)
    await page.addStyleTag({ content: `${PLAIN_POINTER} ${paint}` })
    // Painted ground reads its colours anew.
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
    remote.say({ kind: 'cursor', at })
    await expect(page.locator('.bm-cursor svg')).toBeVisible()
    await settle(page)

    const eye = await (await browser.newContext()).newPage()
    const look = async (): Promise<Measured> => {
      const png = (await page.screenshot()).toString('base64')
      const [seen] = await measureShots(eye, [{ png, at: 0 }], FREE)
      if (!seen) throw new Error('nothing seen')
      return seen
    }
    const rest = await look()
    expect(rest.mark, 'the mark in the tiles is on screen').not.toBeNull()
    const mid = { x: FREE.x + (rest.mark?.x ?? 0), y: FREE.y + (rest.mark?.y ?? 0) }

    const moves: [string, () => Promise<void>][] = [
      ['zoom in beside it', () => wheel(page, mid.x - 60, mid.y - 40, -60)],
      ['zoom out beside it', () => wheel(page, mid.x + 90, mid.y + 60, 60)],
      ['zoom in on the other side', () => wheel(page, mid.x + 40, mid.y + 30, -60)],
      ['zoom out there', () => wheel(page, mid.x - 50, mid.y + 20, 60)],
      ['zoom in by the button', () => press(page, '크게')],
      ['zoom out by the button', () => press(page, '작게')],
      ['pan', () => drag(page, mid.x + 150, mid.y + 120, -90, 70)],
      ['pan back', () => drag(page, mid.x + 60, mid.y + 190, 90, -70)],
    ]
    // How many frames a browser hands out depends on how busy the machine is: go on until enough were caught in motion.
    let moving = 0
    for (let round = 0; round < 5 && (round === 0 || moving < wanted); round++)
      for (const [name, move] of moves) {
        const shots = await recordFrames(page, move)
        const frames = (await measureShots(eye, shots, FREE)).filter((frame) => judge(frame, rest))
        const errors = glueErrors(frames, rest)
        const worst = Math.max(...errors.map((error) => error ?? Number.POSITIVE_INFINITY))
        test.info().annotations.push({
          type: 'glue',
          description: `${name}: ${frames.length} frames, worst ${worst.toFixed(2)} px`,
        })
        if (worst > glued) {
          await test.info().attach(`${name}.json`, {
            body: JSON.stringify({ rest, frames, errors }),
            contentType: 'application/json',
          })
          const bad = errors.findIndex((error) => (error ?? Number.POSITIVE_INFINITY) > glued)
          const off = shots.findIndex(({ at: when }) => when === frames[bad]?.at)
          for (const at of [off - 1, off, off + 1])
            if (shots[at])
              await test.info().attach(`${name} frame ${at}.png`, {
                body: Buffer.from(shots[at].png, 'base64'),
                contentType: 'image/png',
              })
        }
        const ends = [frames[0]?.mark, frames.at(-1)?.mark]
        moving += frames.filter(({ mark }) =>
          ends.every((end) => mark?.width !== end?.width || mark?.x !== end?.x),
        ).length
        expect(worst, name).toBeLessThanOrEqual(glued)
      }
    expect(moving, 'frames seen in motion').toBeGreaterThanOrEqual(wanted)
    remote.close()
    await context.close()
  })
