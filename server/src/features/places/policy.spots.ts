import type { Bounds, LatLng } from '#shared/geo.ts'

/**
 * Places on the Z-order curve of Web Mercator tiles: the bits of x and y of the tile at zoom 26 (0.4 m at Seoul), interleaved.
 * Every tile of every zoom is then one range of numbers, so that an ordinary index answers "what is in this tile".
 */
export const SPOT_ZOOM = 26

/** Both ends belong to it. */
export interface SpotRange {
  from: number
  to: number
}

export const WORLD: SpotRange = { from: 0, to: 4 ** SPOT_ZOOM - 1 }

export interface Tile {
  x: number
  y: number
}

export function tileAt(at: LatLng, zoom: number): Tile {
  const size = 2 ** zoom
  const sin = Math.sin((at.lat * Math.PI) / 180)
  const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size
  const x = ((at.lng + 180) / 360) * size
  const inside = (value: number): number => Math.min(size - 1, Math.max(0, Math.floor(value)))
  return { x: inside(x), y: inside(y) }
}

/** Not with `<<`: the result has up to 52 bits. */
function interleave({ x, y }: Tile): number {
  const [high, low] = [x >> HALF, x % 2 ** HALF]
  const code = (spread(y >> HALF) * 2 + spread(high)) * 4 ** HALF
  return code + spread(y % 2 ** HALF) * 2 + spread(low)
}

const HALF = 13
/** A number of 13 bits with a free bit before each. */
function spread(bits: number): number {
  const eights = (bits | (bits << 8)) & 0x00ff00ff
  const fours = (eights | (eights << 4)) & 0x0f0f0f0f
  const twos = (fours | (fours << 2)) & 0x33333333
  return (twos | (twos << 1)) & 0x55555555
}

/** The tile of a number on the curve. */
export function tileOf(code: number): Tile {
  let [x, y] = [0, 0]
  let place = 1
  for (let rest = code; rest > 0; rest = Math.floor(rest / 4)) {
    x += (rest % 2) * place
    y += (Math.floor(rest / 2) % 2) * place
    place *= 2
  }
  return { x, y }
}

function rangeOf(tile: Tile, zoom: number): SpotRange {
  const width = 4 ** (SPOT_ZOOM - zoom)
  const from = interleave(tile) * width
  return { from, to: from + width - 1 }
}

/** Number of a position, at most 2^52. */
export function spotOf(at: LatLng): number {
  return interleave(tileAt(at, SPOT_ZOOM))
}

/** Ranges of the tiles that a box touches at a zoom, one each, in order of their numbers. */
export function tileRanges(bounds: Bounds, zoom: number): SpotRange[] {
  const first = tileAt({ lat: bounds.north, lng: bounds.west }, zoom)
  const last = tileAt({ lat: bounds.south, lng: bounds.east }, zoom)
  const ranges: SpotRange[] = []
  for (let y = first.y; y <= last.y; y++) {
    for (let x = first.x; x <= last.x; x++) ranges.push(rangeOf({ x, y }, zoom))
  }
  return ranges.sort((a, b) => a.from - b.from)
}

/** Neighbouring ranges made one. */
export function mergeRanges(ranges: readonly SpotRange[]): SpotRange[] {
  const merged: SpotRange[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last && last.to + 1 === range.from) last.to = range.to
    else merged.push({ ...range })
  }
  return merged
}

/** The tile around a position and its eight neighbours at a zoom. */
export function rangesAround(at: LatLng, zoom: number): SpotRange[] {
  const { x, y } = tileAt(at, zoom)
  const size = 2 ** zoom
  const ranges: SpotRange[] = []
  for (const dy of [-1, 0, 1]) {
    if (y + dy < 0 || y + dy >= size) continue
    for (const dx of [-1, 0, 1])
      ranges.push(rangeOf({ x: (x + dx + size) % size, y: y + dy }, zoom))
  }
  return mergeRanges(ranges.sort((a, b) => a.from - b.from))
}

/** Numbers of the tile around a position and of its eight neighbours at a zoom. */
export function tilesAround(at: LatLng, zoom: number): number[] {
  const { x, y } = tileAt(at, zoom)
  const size = 2 ** zoom
  const steps = [-1, 0, 1]
  return steps
    .filter((dy) => y + dy >= 0 && y + dy < size)
    .flatMap((dy) => steps.map((dx) => interleave({ x: (x + dx + size) % size, y: y + dy })))
}

/** The greatest zoom at which a box touches at most `tiles` tiles. */
export function zoomFor(bounds: Bounds, tiles: number): number {
  for (let zoom = 22; zoom > 0; zoom--) {
    const first = tileAt({ lat: bounds.north, lng: bounds.west }, zoom)
    const last = tileAt({ lat: bounds.south, lng: bounds.east }, zoom)
    if ((last.x - first.x + 1) * (last.y - first.y + 1) <= tiles) return zoom
  }
  return 0
}

/** Ranges that cover a box, of at most so many tiles before neighbours are made one: more cover it closer. */
export function rangesOver(bounds: Bounds, tiles: number): SpotRange[] {
  return mergeRanges(tileRanges(bounds, zoomFor(bounds, tiles)))
}
