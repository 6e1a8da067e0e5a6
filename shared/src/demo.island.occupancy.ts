import { distance, eachSegment, type Point } from './demo.island.curves.ts'

const CELL_M = 2
const WIDTH_M = 1_800
const HEIGHT_M = 1_400
const COLUMNS = WIDTH_M / CELL_M
const ROWS = HEIGHT_M / CELL_M

/** What of the island is taken, in squares of two metres: thousands of plots are asked for, and each answer is a look-up. */
export class Occupancy {
  readonly #taken = new Uint8Array(COLUMNS * ROWS).fill(1)

  /** Frees (0) or takes (1) what lies within a ring that ends where it began. */
  fill(ring: readonly Point[], value: 0 | 1): void {
    const cuts: number[][] = Array.from({ length: ROWS }, () => [])
    eachSegment(ring, (from, to) => {
      const [low, high] = from[1] < to[1] ? [from, to] : [to, from]
      for (let row = rowOf(high[1]) - 1; row <= rowOf(low[1]) + 1; row++) {
        const north = rowMiddle(row)
        if (low[1] > north || high[1] <= north) continue
        const share = (north - low[1]) / (high[1] - low[1])
        cuts[row]?.push(low[0] + (high[0] - low[0]) * share)
      }
    })
    for (const [row, found] of cuts.entries()) {
      found.sort((a, b) => a - b)
      for (let index = 0; index + 1 < found.length; index += 2)
        this.#taken.fill(value, cellAt(found[index] ?? 0, row), cellAt(found[index + 1] ?? 0, row))
    }
  }

  /** Takes everything within `radius` metres of a line. */
  takeAlong(line: readonly Point[], radius: number): void {
    eachSegment(line, (from, to) => {
      const steps = Math.ceil(distance(from, to) / CELL_M)
      const dx = to[0] - from[0]
      const dy = to[1] - from[1]
      for (let step = 0; step <= steps; step++)
        this.take(from[0] + (dx * step) / steps, from[1] + (dy * step) / steps, radius)
    })
  }

  /** A million times: a run of a few squares is written faster than it is handed over. */
  take(east: number, north: number, radius: number): void {
    const taken = this.#taken
    for (let y = north - radius; y <= north + radius; y += CELL_M) {
      const half = Math.sqrt(Math.max(0, radius * radius - (y - north) * (y - north)))
      const row = rowOf(y)
      const last = cellAt(east + half, row)
      for (let cell = cellAt(east - half, row); cell <= last; cell++) taken[cell] = 1
    }
  }

  isFree(east: number, north: number): boolean {
    return this.#taken[cellAt(east, rowOf(north))] === 0
  }
}

const rowOf = (north: number): number => Math.floor((HEIGHT_M / 2 - north) / CELL_M)
const rowMiddle = (row: number): number => HEIGHT_M / 2 - (row + 0.5) * CELL_M
const cellAt = (east: number, row: number): number =>
  row * COLUMNS + Math.round((east + WIDTH_M / 2) / CELL_M)
