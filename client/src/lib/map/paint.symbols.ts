import { PolygonSymbolizer } from 'protomaps-leaflet'
import type { Feature, PaintSymbolizer } from 'protomaps-leaflet'
import type { Inks } from './inks.ts'

type Geometry = Feature['geom']

/** Side of the pattern's square in CSS px; a data tile is a multiple of it, so that it goes on across tiles. */
const PATTERN_PX = 128
const TREE_PX = 2.2
/** Where trees stand in the square: scattered, none at its edge. */
const TREES: readonly (readonly [number, number])[] = [
  [11, 18], [34, 7], [58, 25], [83, 11], [109, 21], [22, 43], [47, 52], [72, 44], [97, 50], [118, 63],
  [9, 71], [36, 82], [61, 75], [86, 84], [15, 104], [43, 113], [68, 101], [94, 112], [117, 97],
] // prettier-ignore

/** Woods: dots of trees on what lies below, sharp on every screen. */
export class Trees extends PolygonSymbolizer {
  readonly #inks: () => Inks
  #sheet: { key: string; canvas: HTMLCanvasElement } | undefined
  constructor(inks: () => Inks) {
    super({})
    this.#inks = inks
  }
  override before(ctx: CanvasRenderingContext2D): void {
    const scale = ctx.getTransform().a
    const pattern = ctx.createPattern(this.#sheetOf(scale, this.#inks().tree), 'repeat')
    if (!pattern) return
    pattern.setTransform(new DOMMatrix().scale(1 / scale))
    ctx.globalAlpha = 1
    ctx.fillStyle = pattern
  }
  /** The one of last time, unless screen or theme changed. */
  #sheetOf(scale: number, ink: string): HTMLCanvasElement {
    const key = `${scale} ${ink}`
    if (this.#sheet?.key === key) return this.#sheet.canvas
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = PATTERN_PX * scale
    this.#sheet = { key, canvas }
    const pen = canvas.getContext('2d')
    if (!pen) return canvas
    pen.scale(scale, scale)
    pen.fillStyle = ink
    for (const [x, y] of TREES) {
      pen.beginPath()
      pen.arc(x, y, TREE_PX, 0, 2 * Math.PI)
      pen.fill()
    }
    return canvas
  }
}

/** Draws something at every point of a feature, turned by its `rotation` (degrees, clockwise). */
abstract class AtPoints implements PaintSymbolizer {
  protected readonly inks: () => Inks
  constructor(inks: () => Inks) {
    this.inks = inks
  }
  protected abstract drawOne(ctx: CanvasRenderingContext2D): void
  draw(ctx: CanvasRenderingContext2D, geom: Geometry, zoom: number, feature: Feature): void {
    const scale = Math.min(1.6, 2 ** ((zoom - 16) / 2))
    for (const point of geom.flat()) {
      ctx.save()
      ctx.translate(point.x, point.y)
      ctx.rotate((Number(feature.props.rotation ?? 0) * Math.PI) / 180)
      ctx.scale(scale, scale)
      ctx.globalAlpha = 1
      ctx.lineCap = ctx.lineJoin = 'round'
      this.drawOne(ctx)
      ctx.restore()
    }
  }
}

/** A boat from above, its bow to the right. */
export class Boats extends AtPoints {
  protected override drawOne(ctx: CanvasRenderingContext2D): void {
    const { road, cabin } = this.inks()
    ctx.beginPath()
    ctx.moveTo(-10, -4)
    ctx.lineTo(3, -4)
    ctx.quadraticCurveTo(9, -3, 12, 0)
    ctx.quadraticCurveTo(9, 3, 3, 4)
    ctx.lineTo(-10, 4)
    ctx.closePath()
    ctx.fillStyle = road
    ctx.fill()
    ctx.strokeStyle = this.inks()['label-w']
    ctx.lineWidth = 1.2
    ctx.stroke()
    ctx.fillStyle = cabin
    ctx.fillRect(-5, -1.8, 6, 3.6)
  }
}

export class Waves extends AtPoints {
  protected override drawOne(ctx: CanvasRenderingContext2D): void {
    ctx.beginPath()
    ctx.moveTo(-14, 0)
    ctx.quadraticCurveTo(-7, -8, 0, 0)
    ctx.quadraticCurveTo(7, 8, 14, 0)
    ctx.strokeStyle = this.inks().bank
    ctx.lineWidth = 2
    ctx.stroke()
  }
}

/** A tree that stands alone. */
export class LoneTrees extends AtPoints {
  protected override drawOne(ctx: CanvasRenderingContext2D): void {
    ctx.beginPath()
    ctx.arc(0, 0, TREE_PX, 0, 2 * Math.PI)
    ctx.fillStyle = this.inks().tree
    ctx.fill()
  }
}
