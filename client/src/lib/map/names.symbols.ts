import type { Feature, LabelSymbolizer, Layout } from 'protomaps-leaflet'
import type { Inks } from './inks.ts'
import type { Tags } from './strata.ts'

type Geometry = Feature['geom']
type Labels = ReturnType<LabelSymbolizer['place']>
type Draw = (ctx: CanvasRenderingContext2D) => void

/** An area is named in its middle, when the name has room there, and once although it lies in several tiles. */
export class Once implements LabelSymbolizer {
  readonly #symbolizer: LabelSymbolizer
  readonly #distancePx: number
  readonly #nameOf: (tags: Tags) => string
  constructor(symbolizer: LabelSymbolizer, distancePx: number, nameOf: (tags: Tags) => string) {
    this.#symbolizer = symbolizer
    this.#distancePx = distancePx
    this.#nameOf = nameOf
  }
  place(layout: Layout, geom: Geometry, feature: Feature): Labels {
    const middle = middleOf(geom)
    if (!middle) return undefined
    const labels = this.#symbolizer.place(layout, [[middle.at]], feature)
    const name = this.#nameOf(feature.props)
    return labels
      ?.filter(({ bboxes }) =>
        bboxes.every(({ minX, maxX }) => !middle.width || maxX - minX < middle.width * 0.9),
      )
      .map((label) => ({
        ...label,
        deduplicationKey: name,
        deduplicationDistance: this.#distancePx,
      }))
  }
}

/** The middle of all rings, and their width; a point has none. */
function middleOf(geom: Geometry): { at: Geometry[number][number]; width: number } | null {
  const box = boxOf(geom)
  const at = geom[0]?.[0]?.clone()
  if (!box || !at) return null
  at.x = (box.west + box.east) / 2
  at.y = (box.north + box.south) / 2
  return { at, width: box.east - box.west }
}

interface Box {
  west: number
  east: number
  north: number
  south: number
}

function boxOf(geom: Geometry): Box | null {
  const first = geom[0]?.[0]
  if (!first) return null
  const box = { west: first.x, east: first.x, north: first.y, south: first.y }
  for (const line of geom)
    for (const { x, y } of line) {
      box.west = Math.min(box.west, x)
      box.east = Math.max(box.east, x)
      box.north = Math.min(box.north, y)
      box.south = Math.max(box.south, y)
    }
  return box
}

/** A small mark with its name below. */
export class Marked implements LabelSymbolizer {
  readonly #name: LabelSymbolizer
  readonly #radius: number
  readonly #mark: Draw
  constructor(name: LabelSymbolizer, radius: number, mark: Draw) {
    this.#name = name
    this.#radius = radius
    this.#mark = mark
  }
  place(layout: Layout, geom: Geometry, feature: Feature): Labels {
    const at = geom[0]?.[0]
    if (!at) return undefined
    const below = at.clone()
    below.y += this.#radius + 10
    const name = this.#name.place(layout, [[below]], feature)?.[0]
    if (!name) return undefined
    const r = this.#radius
    const box = { minX: at.x - r, maxX: at.x + r, minY: at.y - r, maxY: at.y + r }
    const draw: Draw = (ctx) => {
      ctx.save()
      ctx.globalAlpha = 1
      ctx.lineCap = ctx.lineJoin = 'round'
      this.#mark(ctx)
      ctx.restore()
      ctx.translate(name.anchor.x - at.x, name.anchor.y - at.y)
      name.draw(ctx)
    }
    return [{ anchor: at, bboxes: [box, ...name.bboxes], draw }]
  }
}

function strokeLines(
  ctx: CanvasRenderingContext2D,
  lines: readonly (readonly [number, number])[][],
): void {
  ctx.beginPath()
  for (const line of lines)
    for (const [index, [x, y]] of line.entries())
      if (index === 0) ctx.moveTo(x, y)
      else ctx.lineTo(x, y)
  ctx.stroke()
}

function plate(ctx: CanvasRenderingContext2D, inks: Inks, half: number, radius: number): void {
  ctx.beginPath()
  ctx.roundRect(-half, -half, 2 * half, 2 * half, radius)
  ctx.fillStyle = inks.mark
  ctx.fill()
  ctx.strokeStyle = inks.onMark
  ctx.lineWidth = 1.3
}

/** A railway station. */
export const drawHouse =
  (inks: () => Inks): Draw =>
  (ctx) => {
    plate(ctx, inks(), 7, 4.5)
    ctx.strokeRect(-3, -3.6, 6, 5.4)
    strokeLines(ctx, [
      [[-3, -0.6], [3, -0.6]],
      [[-2, 2], [-3, 4]],
      [[2, 2], [3, 4]],
    ]) // prettier-ignore
  }

/** A bus stop. */
export const drawStop =
  (inks: () => Inks): Draw =>
  (ctx) => {
    plate(ctx, inks(), 9, 6)
    ctx.strokeRect(-4.5, -4.5, 9, 7.6)
    strokeLines(ctx, [
      [[-4.5, 0], [4.5, 0]],
      [[-2.6, 3.2], [-2.6, 4.8]],
      [[2.6, 3.2], [2.6, 4.8]],
    ]) // prettier-ignore
  }

export const drawLight =
  (inks: () => Inks): Draw =>
  (ctx) => {
    plate(ctx, inks(), 11, 11)
    strokeLines(ctx, [
      [[-3, 5.5], [-2, -2], [2, -2], [3, 5.5], [-3, 5.5]],
      [[-2.6, -2], [-2.6, -4.2], [0, -6], [2.6, -4.2], [2.6, -2]],
    ]) // prettier-ignore
  }
