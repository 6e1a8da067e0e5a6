import { middleOf } from './service.importFields.ts'
import type { Tags } from './service.importPbfBlock.ts'

/** A building that is a food place, whose place is known by its nodes alone. */
interface Outline {
  type: 'way' | 'relation'
  id: number
  tags: Tags
  refs: number[]
}

/**
 * Outlines of one round of reading and the coordinates of their nodes. Nodes come before the ways of a file and are many more than
 * memory holds: which are needed is found out first, and the file is read once more for them.
 */
export interface Outlines {
  add(outline: Outline): void
  /** No more in this round: the rest takes another. */
  isFull(): boolean
  isEmpty(): boolean
  /** From now on nodes are looked for, no outlines added. */
  seal(): void
  place(id: number, lat: number, lon: number): void
  /** As Overpass writes them; without a centre when none of their nodes was in the file. */
  elements(): Generator<object>
}

/** Some 80 MB with the tags of their outlines. */
const NODES_MAX = 500_000
/** OpenStreetMap allows 2,000; of a broken way with millions these many tell where it is. */
const OUTLINE_NODES_MAX = 10_000

export function makeOutlines(nodesMax = NODES_MAX): Outlines {
  const outlines: Outline[] = []
  let refs = 0
  let ids = new Float64Array()
  let lats = new Float64Array()
  let lons = new Float64Array()
  let cursor = 0
  const indexOf = (id: number): number => {
    // Files are in the order of their ids: mostly the next one or none.
    if (cursor > 0 && (ids[cursor - 1] ?? 0) >= id) cursor = lowerBound(ids, id)
    while (cursor < ids.length && (ids[cursor] ?? 0) < id) cursor++
    return ids[cursor] === id ? cursor : -1
  }
  return {
    add: (outline) => {
      const few = outline.refs.slice(0, OUTLINE_NODES_MAX)
      refs += few.length
      outlines.push({ ...outline, refs: few })
    },
    isFull: () => refs >= nodesMax,
    isEmpty: () => outlines.length === 0,
    seal: () => {
      ids = sortedUnique(outlines.flatMap((outline) => outline.refs))
      lats = new Float64Array(ids.length).fill(Number.NaN)
      lons = new Float64Array(ids.length).fill(Number.NaN)
    },
    place: (id, lat, lon) => {
      const index = indexOf(id)
      if (index < 0) return
      lats[index] = lat
      lons[index] = lon
    },
    *elements() {
      for (const { type, id, tags, refs: nodes } of outlines) {
        const points = nodes
          .map((node) => lowerBound(ids, node))
          .map((index): [number, number] => [lons[index] ?? Number.NaN, lats[index] ?? Number.NaN])
          .filter(([lon]) => !Number.isNaN(lon))
        const middle = middleOf(points)
        yield { type, id, tags, ...(middle && { center: { lon: middle[0], lat: middle[1] } }) }
      }
    },
  }
}

function sortedUnique(numbers: number[]): Float64Array<ArrayBuffer> {
  const sorted = Float64Array.from(numbers).sort()
  let count = 0
  for (const number of sorted)
    if (count === 0 || sorted[count - 1] !== number) sorted[count++] = number
  return sorted.slice(0, count)
}

/** Index of the first number that is not smaller. */
function lowerBound(sorted: Float64Array, number: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? 0) < number) from = middle + 1
    else to = middle
  }
  return from
}
