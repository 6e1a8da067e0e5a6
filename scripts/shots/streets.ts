import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Resvg } from '@resvg/resvg-js'

/*
 * A quiet quarter by a river, drawn by us and the same on every machine: pictures of the product need ground that looks
 * like a city and belongs to nobody. Streets and houses are no real ones. Day colours; the map darkens foreign tiles itself.
 */
const COLOURS = {
  block: '#f3f1ec',
  road: '#fdfcfa',
  edge: '#e3dfd8',
  house: '#eae7e0',
  house2: '#e4e0d8',
  park: '#dce8d2',
  tree: '#c6dab9',
  water: '#cfdfe6',
  bank: '#bfd2da',
  market: '#f8ead8',
}
const TILE_PX = 256
/** The ground is drawn in pixels of this zoom, about 0.94 m each in Seoul. */
const GROUND_ZOOM = 17

interface Box {
  x: number
  y: number
  w: number
  h: number
}
interface Shape extends Box {
  svg: string
  /** Seen from this zoom on. */
  from: number
}

/** Pixels of the ground's zoom, from the upper left corner of the world. */
function groundAt({ lat, lng }: { lat: number; lng: number }): { x: number; y: number } {
  const size = TILE_PX * 2 ** GROUND_ZOOM
  const sin = Math.sin((lat * Math.PI) / 180)
  return {
    x: ((lng + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size,
  }
}

/** A stream of numbers from 0 to 1 that is the same each time (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const REACH = 3_400
/** The streets run a little aslant, like the river. */
const TILT_DEGREES = -14
const BLOCK_W = 150
const BLOCK_H = 96

function drawQuarter(): Shape[] {
  const next = numbersFrom(20)
  const shapes: Shape[] = []
  const add = (box: Box, svg: string, from = 0): void => void shapes.push({ ...box, svg, from })
  for (let row = -REACH; row < REACH; row += BLOCK_H) {
    for (let column = -REACH; column < REACH; column += BLOCK_W) {
      const wide = Math.abs(row % (BLOCK_H * 6)) < BLOCK_H ? 10 : 0
      const tall = Math.abs(column % (BLOCK_W * 4)) < BLOCK_W ? 12 : 0
      const block = {
        x: column + 5 + tall,
        y: row + 4 + wide,
        w: BLOCK_W - 10 - tall + next() * 3,
        h: BLOCK_H - 8 - wide,
      }
      if (block.y + block.h > 900) continue // the river's bank
      const kind = next()
      if (kind < 0.035) drawPark(add, block, next)
      else drawBlock(add, block, next, kind > 0.97)
    }
  }
  const far = { x: -REACH * 2, w: REACH * 4 }
  add(
    { ...far, y: 930, h: 150 },
    `<rect x="${far.x}" y="930" width="${far.w}" height="150" fill="${COLOURS.park}"/>`,
  )
  for (let x = -REACH; x < REACH; x += 46)
    add(
      { x: x - 20, y: 940, w: 60, h: 60 },
      `<circle cx="${x}" cy="${968 + next() * 30}" r="${9 + next() * 6}" fill="${COLOURS.tree}"/>`,
      15,
    )
  add(
    { ...far, y: 1060, h: 2_000 },
    `<rect x="${far.x}" y="1066" width="${far.w}" height="2000" fill="${COLOURS.water}" stroke="${COLOURS.bank}" stroke-width="5"/>`,
  )
  add(
    { ...far, y: 880, h: 40 },
    `<rect x="${far.x}" y="886" width="${far.w}" height="30" fill="${COLOURS.road}" stroke="${COLOURS.edge}" stroke-width="2"/>`,
  )
  return shapes
}

type Add = (box: Box, svg: string, from?: number) => void

function drawPark(add: Add, block: Box, next: () => number): void {
  add(block, rect(block, COLOURS.park, 10))
  for (let tree = 0; tree < 12; tree++) {
    const [x, y] = [block.x + 12 + next() * (block.w - 24), block.y + 12 + next() * (block.h - 24)]
    add(
      { x: x - 9, y: y - 9, w: 18, h: 18 },
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(4 + next() * 5).toFixed(1)}" fill="${COLOURS.tree}"/>`,
      15,
    )
  }
}

function drawBlock(add: Add, block: Box, next: () => number, market: boolean): void {
  add(block, rect(block, market ? COLOURS.market : COLOURS.block, 4))
  const rows = 2
  for (let row = 0; row < rows; row++) {
    let x = block.x + 5
    while (x < block.x + block.w - 16) {
      const w = Math.min(14 + next() * 24, block.x + block.w - 5 - x)
      const h = (block.h - 14) / rows - next() * 12
      const house = {
        x,
        y: row === 0 ? block.y + 4 : block.y + block.h - 4 - h,
        w: w - 3,
        h,
      }
      if (next() > 0.1)
        add(house, rect(house, next() > 0.7 ? COLOURS.house2 : COLOURS.house, 2), 16)
      x += w
    }
  }
}

function rect({ x, y, w, h }: Box, fill: string, radius: number): string {
  const n = (value: number): string => value.toFixed(1)
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${radius}" fill="${fill}" stroke="${COLOURS.edge}" stroke-width="1"/>`
}

/** Draws tiles of the quarter around a point. */
function makeStreets(centre: { lat: number; lng: number }) {
  const shapes = drawQuarter()
  const origin = groundAt(centre)
  const turn = (TILT_DEGREES * Math.PI) / 180
  return (z: number, x: number, y: number): Buffer => {
    const side = TILE_PX * 2 ** (GROUND_ZOOM - z)
    const [left, top] = [x * side - origin.x, y * side - origin.y]
    // The tile's middle in the tilted quarter; half a diagonal around it is certainly enough.
    const [mx, my] = [left + side / 2, top + side / 2]
    const [cx, cy] = [
      mx * Math.cos(-turn) - my * Math.sin(-turn),
      mx * Math.sin(-turn) + my * Math.cos(-turn),
    ]
    const reach = side * 0.75
    const seen = shapes.filter(
      (one) =>
        one.from <= z &&
        one.x < cx + reach &&
        one.x + one.w > cx - reach &&
        one.y < cy + reach &&
        one.y + one.h > cy - reach,
    )
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE_PX}" height="${TILE_PX}" viewBox="${left} ${top} ${side} ${side}"><rect x="${left}" y="${top}" width="${side}" height="${side}" fill="${COLOURS.road}"/><g transform="rotate(${TILT_DEGREES})">${seen.map((one) => one.svg).join('')}</g></svg>`
    return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng()
  }
}

/** Serves the quarter as map tiles; `address` is for MAP_TILES. */
export async function serveStreets(centre: {
  lat: number
  lng: number
}): Promise<{ address: string; stop(): Promise<void> }> {
  const draw = makeStreets(centre)
  const drawn = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const [, z, x, y] = /^\/(\d+)\/(\d+)\/(\d+)\.png/.exec(path) ?? []
    if (!z || !x || !y) return void response.writeHead(404).end()
    const picture = drawn.get(path) ?? draw(Number(z), Number(x), Number(y))
    drawn.set(path, picture)
    response
      .writeHead(200, {
        'content-type': 'image/png',
        'cross-origin-resource-policy': 'cross-origin',
      })
      .end(picture)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { address: `http://127.0.0.1:${port}/{z}/{x}/{y}.png`, stop }
}
