import { crc32, deflateSync } from 'node:zlib'
import type { BrowserContext, Page } from '@playwright/test'

/**
 * Ground of our own with a mark in the very pictures of the tiles, and frames as the compositor made them: whether
 * something stays glued to the ground can't be read from the DOM, which knows only where an animation will end.
 */
const TILE_PX = 256
const RING = { inner: 64, outer: 72 }
const MARK = { r: 255, g: 0, b: 255 }

/** Web Mercator: 0 to 1 from the upper left corner of the world. */
interface WorldShare {
  x: number
  y: number
}
/**
 * A third of a tile of zoom 10 from its corner: from there on the point is a third or two thirds into its tile at every
 * zoom, so the ring around it never crosses a tile's edge and is on screen whole or not at all.
 */
export const ANCHOR: WorldShare = { x: (873 + 1 / 3) / 1024, y: (396 + 1 / 3) / 1024 }

export function latLngOf({ x, y }: WorldShare): { lat: number; lng: number } {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
  return { lat, lng: x * 360 - 180 }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
function encodePng(size: number, pixels: Buffer): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 2], 8)
  const rows = Buffer.alloc(size * (size * 3 + 1))
  for (let y = 0; y < size; y++)
    pixels.copy(rows, y * (size * 3 + 1) + 1, y * size * 3, (y + 1) * size * 3)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** One tile: pale ground, and the ring where the anchor is in it. */
export function drawTile(zoom: number, x: number, y: number): Buffer {
  const pixels = Buffer.alloc(TILE_PX * TILE_PX * 3, 235)
  const scale = TILE_PX * 2 ** zoom
  const [cx, cy] = [ANCHOR.x * scale - x * TILE_PX, ANCHOR.y * scale - y * TILE_PX]
  if (cx < 0 || cy < 0 || cx >= TILE_PX || cy >= TILE_PX) return encodePng(TILE_PX, pixels)
  for (let py = 0; py < TILE_PX; py++)
    for (let px = 0; px < TILE_PX; px++) {
      const far = Math.hypot(px + 0.5 - cx, py + 0.5 - cy)
      if (far >= RING.inner && far <= RING.outer)
        pixels.set([MARK.r, MARK.g, MARK.b], (py * TILE_PX + px) * 3)
    }
  return encodePng(TILE_PX, pixels)
}

/** Answers every raster tile, whatever its host, with our own. */
export async function serveGround(context: BrowserContext): Promise<void> {
  await context.route(/\/(\d+)\/(\d+)\/(\d+)\.png/, (route) => {
    const [, z, x, y] = /\/(\d+)\/(\d+)\/(\d+)\.png/.exec(route.request().url()) ?? []
    return route.fulfill({
      contentType: 'image/png',
      headers: { 'cache-control': 'max-age=3600' },
      body: drawTile(Number(z), Number(x), Number(y)),
    })
  })
}

export interface Shot {
  png: string
  /** ms, the browser's clock of the frame. */
  at: number
}
/** All frames that the compositor shows while `act` runs, as far as the browser hands them out. */
export async function recordFrames(page: Page, act: () => Promise<void>): Promise<Shot[]> {
  const cdp = await page.context().newCDPSession(page)
  const shots: Shot[] = []
  cdp.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    shots.push({ png: data, at: (metadata.timestamp ?? 0) * 1_000 })
    void cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
  })
  await cdp.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 })
  await act()
  await page.waitForTimeout(300)
  await cdp.send('Page.stopScreencast')
  await cdp.detach()
  return shots
}

export interface Spot {
  /** Middle of its bounding box: a ring that fades in over another one of the same middle doesn't move it. */
  x: number
  y: number
  width: number
  height: number
  /** Part of it lies outside the picture: it can't be measured. */
  cut: boolean
}
export interface Measured {
  at: number
  mark: Spot | null
  pointer: Spot | null
}
export interface Region {
  x: number
  y: number
  width: number
  height: number
}
/** Where the magenta ring and the blue pointer are in each frame, within a region free of chrome; decoded by the browser itself. */
export async function measureShots(
  page: Page,
  shots: readonly Shot[],
  region: Region,
): Promise<Measured[]> {
  return page.evaluate(
    async ({ all, region: part }) => {
      const find = (
        { data, width, height }: ImageData,
        is: (r: number, g: number, b: number) => boolean,
      ): Spot | null => {
        let [left, right, top, bottom] = [width, -1, height, -1]
        for (let i = 0; i < data.length; i += 4) {
          if (!is(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0)) continue
          const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)]
          left = Math.min(left, x)
          right = Math.max(right, x)
          top = Math.min(top, y)
          bottom = Math.max(bottom, y)
        }
        if (right < 0) return null
        const cut = left === 0 || top === 0 || right === width - 1 || bottom === height - 1
        const [w, h] = [right - left + 1, bottom - top + 1]
        return { x: left + w / 2, y: top + h / 2, width: w, height: h, cut }
      }
      const results = []
      for (const { png, at } of all) {
        const picture = await createImageBitmap(
          await (await fetch(`data:image/png;base64,${png}`)).blob(),
        )
        const canvas = new OffscreenCanvas(picture.width, picture.height)
        const pen = canvas.getContext('2d', { willReadFrequently: true })
        if (!pen) throw new Error('no canvas')
        pen.drawImage(picture, 0, 0)
        const image = pen.getImageData(part.x, part.y, part.width, part.height)
        results.push({
          at,
          // Also while it fades: any tint toward magenta.
          mark: find(image, (r, g, b) => r - g > 18 && b - g > 18 && r > 150),
          pointer: find(image, (r, g, b) => b - r > 100 && b - g > 100),
        })
      }
      return results
    },
    { all: shots as Shot[], region },
  )
}

/**
 * False while tiles of the next zoom cover a part of the last one's larger mark, which then has another shape and middle. A frame without
 * any mark stays: it must not pass for a good one.
 */
export function isWhole({ mark }: Measured, rest: Measured): boolean {
  if (!mark || !rest.mark) return true
  return Math.abs(mark.width - (mark.height * rest.mark.width) / rest.mark.height) <= 2
}

/** How far the pointer is from its place on the ground, px, in each frame; `rest`: as it stands when nothing moves. */
export function glueErrors(frames: readonly Measured[], rest: Measured): (number | null)[] {
  if (!rest.mark || !rest.pointer) throw new Error('no mark or no pointer at rest')
  const [dx, dy] = [rest.pointer.x - rest.mark.x, rest.pointer.y - rest.mark.y]
  return frames.map(({ mark, pointer }) =>
    mark && pointer && !mark.cut
      ? Math.hypot(pointer.x - mark.x - dx, pointer.y - mark.y - dy)
      : null,
  )
}
