import type { Feature, LabelSymbolizer, Layout } from 'protomaps-leaflet'
import type { Tags } from './strata.ts'

type Geometry = Feature['geom']
type Point = Geometry[number][number]
type Labels = ReturnType<LabelSymbolizer['place']>

export interface RoadNameOptions {
  nameOf: (tags: Tags) => string
  /** As in CSS, of `sizePx`. */
  font: string
  sizePx: number
  fill: () => string
  halo: () => string
  haloPx: number
  /** The same name stands again after so many px. */
  repeatPx: number
}

/** What is free of the name at both ends of its road. */
const END_PX = 10
/** Positions that are tried lie so far apart. */
const STEP_PX = 48
/** So many positions are tried on one road: very long ones are only shown in part. */
const TRIES = 15
/** A letter is at least so wide, as a share of the size. */
const LETTER_LEAST = 0.4
/** A name bends by so much at most (radians), or it can't be read at a glance. */
const BEND_MAX = 0.7

/** A name along its road, letter by letter, so that it bends with it. */
export class RoadName implements LabelSymbolizer {
  readonly #options: RoadNameOptions
  /** Widths of letters: asking the canvas takes longer than all the rest. */
  readonly #advances = new Map<string, number>()
  constructor(options: RoadNameOptions) {
    this.#options = options
  }

  place({ scratch }: Layout, geom: Geometry, feature: Feature): Labels {
    const { font, sizePx, repeatPx } = this.#options
    const name = this.#options.nameOf(feature.props)
    scratch.font = font
    const roads = geom.map((line) => new Road(line))
    const longest = Math.max(...roads.map(({ length }) => length))
    // Most roads are too short for their name; measuring it is what takes time.
    if (longest < name.length * LETTER_LEAST * sizePx) return undefined
    const { width, letters } = this.#measure(scratch, name)
    const half = sizePx * 0.65
    const labels = roads.flatMap((road) => {
      return startsOf(road.length, width).flatMap((start) => {
        const set = setOn(road, letters, start, width)
        if (!set) return []
        const anchor = road.at(start + width / 2).at
        const bboxes = set.map(({ at }) => ({
          minX: at.x - half,
          maxX: at.x + half,
          minY: at.y - half,
          maxY: at.y + half,
        }))
        const draw = (ctx: CanvasRenderingContext2D): void => this.#draw(ctx, set, anchor)
        return [{ anchor, bboxes, draw, deduplicationKey: name, deduplicationDistance: repeatPx }]
      })
    })
    return labels.length > 0 ? labels : undefined
  }

  #measure(scratch: CanvasRenderingContext2D, name: string): Measured {
    let width = 0
    const letters = [...name].map((letter) => {
      const advance = this.#advances.get(letter) ?? scratch.measureText(letter).width
      this.#advances.set(letter, advance)
      width += advance
      return { letter, middle: width - advance / 2 }
    })
    return { width, letters }
  }

  #draw(ctx: CanvasRenderingContext2D, set: readonly SetLetter[], anchor: Point): void {
    const { font, fill, halo, haloPx } = this.#options
    ctx.globalAlpha = 1
    ctx.font = font
    ctx.textAlign = 'center'
    ctx.textBaseline = 'middle'
    ctx.lineJoin = 'round'
    ctx.lineWidth = haloPx
    ctx.strokeStyle = halo()
    ctx.fillStyle = fill()
    const each = (write: (letter: string) => void): void => {
      for (const { letter, at, heading } of set) {
        ctx.save()
        ctx.translate(at.x - anchor.x, at.y - anchor.y)
        ctx.rotate(heading)
        write(letter)
        ctx.restore()
      }
    }
    each((letter) => ctx.strokeText(letter, 0, 0.5))
    each((letter) => ctx.fillText(letter, 0, 0.5))
  }
}

/** Each letter with the distance of its middle from the name's start. */
interface Measured {
  width: number
  letters: readonly { letter: string; middle: number }[]
}

interface SetLetter {
  letter: string
  at: Point
  heading: number
}

/** Where a name may begin: from the road's middle outwards. */
function startsOf(length: number, width: number): number[] {
  const middle = (length - width) / 2
  const starts: number[] = []
  const step = Math.max(STEP_PX, length / TRIES)
  for (let aside = 0; middle - aside >= END_PX && starts.length < TRIES; aside += step)
    starts.push(middle - aside, ...(aside > 0 ? [middle + aside] : []))
  return starts
}

/** The letters in their places, to be read from left to right; null where the road bends too much for them. */
function setOn(
  road: Road,
  letters: readonly { letter: string; middle: number }[],
  start: number,
  width: number,
): SetLetter[] | null {
  const isReversed = road.at(start).at.x > road.at(start + width).at.x
  const set = letters.map(({ letter, middle }) => {
    const { at, heading } = road.at(isReversed ? start + width - middle : start + middle)
    return { letter, at, heading: isReversed ? heading + Math.PI : heading }
  })
  const first = set[0]?.heading ?? 0
  const bends = set.map(({ heading }) => {
    const bend = heading - first
    return Math.atan2(Math.sin(bend), Math.cos(bend))
  })
  return Math.max(...bends) - Math.min(...bends) > BEND_MAX ? null : set
}

/** A line by the px from its start. */
class Road {
  readonly #line: readonly Point[]
  readonly #starts: number[] = [0]
  constructor(line: readonly Point[]) {
    this.#line = line
    for (const [index, to] of line.entries()) {
      const from = line[index - 1]
      if (from) this.#starts.push(this.length + from.dist(to))
    }
  }
  get length(): number {
    return this.#starts.at(-1) ?? 0
  }
  /** Direction: radians from the right, clockwise. */
  at(px: number): { at: Point; heading: number } {
    const after = this.#starts.findIndex((start) => start > px)
    const index = after > 0 ? after : this.#line.length - 1
    const [from, to] = [this.#line[index - 1], this.#line[index]]
    if (!from || !to) throw new Error('a road has two points at least')
    const start = this.#starts[index - 1] ?? 0
    const step = to.sub(from)
    const long = (this.#starts[index] ?? 0) - start
    return {
      at: from.add(step.mult((px - start) / (long || 1))),
      heading: Math.atan2(step.y, step.x),
    }
  }
}
