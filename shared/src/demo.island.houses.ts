import { beside, measure, numbersFrom, type Point } from './demo.island.curves.ts'
import {
  orchard,
  park,
  playground,
  saltField,
  schoolyard,
  soil,
  wood,
} from './demo.island.ground.ts'
import { Occupancy } from './demo.island.occupancy.ts'
import { islandStreets, type Street } from './demo.island.streets.ts'
import { FRONT_GARDEN, type Plot, shopPlots } from './demo.places.ts'

/** Metres between houses, and between a house and what may not be built on. */
const APART_M = 2
const SHORE_M = 8
const GRID_M = 3
/** Share of the houses that stand out a little. */
const HALLS = 0.2

/** Rows of houses on each side of a street: how far behind its edge they begin, and how many plots stay empty. */
const ROWS = [
  { behind: FRONT_GARDEN, empty: 0.07 },
  { behind: 24, empty: 0.16 },
  { behind: 46, empty: 0.3 },
  { behind: 70, empty: 0.4 },
]

/** Houses that people steer by. */
const LARGE: readonly Plot[] = [
  { centre: [-176, 126], heading: 0, width: 62, depth: 26 },
  { centre: [-150, -326], heading: 0.42, width: 54, depth: 20 },
  { centre: [22, -316], heading: -0.38, width: 56, depth: 20 },
  { centre: [26, -96], heading: -0.06, width: 44, depth: 34 },
  { centre: [266, 66], heading: 1.06, width: 52, depth: 30 },
  { centre: [-322, 246], heading: 0.02, width: 48, depth: 32 },
]

export interface House {
  kind: 'building' | 'hall'
  outline: Point[]
}

export interface Town {
  /** Those of the shops first. */
  houses: House[]
  /** What is still free when they all stand. */
  free: Occupancy
}

export function buildTown(): Town {
  const ground = clearGround()
  const next = numbersFrom(5)
  const houses = [...shopPlots, ...LARGE].map((plot): House => {
    take(ground, plot)
    return { kind: 'hall', outline: outlineOf(plot) }
  })
  for (const { behind, empty } of ROWS)
    for (const street of islandStreets)
      if (street.detail !== 'footway')
        for (const side of [1, -1])
          houses.push(...lineUp({ street, side, behind, empty }, ground, next))
  return { houses, free: ground }
}

function clearGround(): Occupancy {
  const ground = new Occupancy()
  ground.fill(soil, 0)
  ground.takeAlong(soil, SHORE_M)
  for (const green of [wood, park, schoolyard, saltField, orchard, playground]) {
    ground.fill(green, 1)
    ground.takeAlong(green, APART_M)
  }
  for (const { line, width } of islandStreets) ground.takeAlong(line, width / 2 + 1)
  return ground
}

interface Row {
  street: Street
  side: number
  behind: number
  empty: number
}

/** Houses shoulder to shoulder along one side of a street, where there is room. */
function lineUp({ street, side, behind, empty }: Row, ground: Occupancy, next: () => number) {
  const houses: House[] = []
  const { length, at } = measure(street.line)
  for (let metres = 4 + next() * 8; metres < length - 8;) {
    const width = 12 + next() ** 1.7 * 21
    const depth = 11 + next() * 8
    const foot = at(metres + width / 2)
    const centre = beside(foot, side * (street.width / 2 + behind + depth / 2))
    const plot = { centre, heading: foot.heading, width, depth }
    const isBuilt = next() > empty && isFree(ground, plot)
    if (isBuilt) {
      take(ground, plot)
      houses.push({ kind: next() < HALLS ? 'hall' : 'building', outline: outlineOf(plot, next()) })
    }
    metres += isBuilt ? width + APART_M + next() ** 3 * 12 : 6
  }
  return houses
}

function isFree(ground: Occupancy, plot: Plot): boolean {
  return everyPoint(plot, (east, north) => ground.isFree(east, north))
}

function take(ground: Occupancy, plot: Plot): void {
  everyPoint(plot, (east, north) => {
    ground.take(east, north, APART_M)
    return true
  })
}

/** Whether a test holds at the points of a grid so fine that nothing fits between them. Plain numbers: there are a million. */
function everyPoint(plot: Plot, test: (east: number, north: number) => boolean): boolean {
  const [sin, cos] = [Math.sin(plot.heading), Math.cos(plot.heading)]
  const [columns, rows] = [Math.ceil(plot.width / GRID_M), Math.ceil(plot.depth / GRID_M)]
  for (let row = rows; row >= 0; row--) {
    const y = (row / rows - 0.5) * plot.depth
    for (let column = 0; column <= columns; column++) {
      const x = (column / columns - 0.5) * plot.width
      if (!test(plot.centre[0] + x * cos - y * sin, plot.centre[1] + x * sin + y * cos))
        return false
    }
  }
  return true
}

/** A house's ground plan: mostly a rectangle, sometimes one with a corner left out. */
function outlineOf(plot: Plot, shape = 0): Point[] {
  const turn = turning(plot)
  const [x, y] = [plot.width / 2, plot.depth / 2]
  const [inX, inY] = [x * (shape * 1.4 - 0.9), y * 0.1]
  const plain: Point[] = [
    [-x, -y],
    [x, -y],
    [x, y],
    [-x, y],
    [-x, -y],
  ]
  const angled: Point[] = [
    [-x, -y],
    [x, -y],
    [x, inY],
    [inX, inY],
    [inX, y],
    [-x, y],
    [-x, -y],
  ]
  const hasCorner = shape > 0.62 && shape < 0.9 && plot.width > 14
  return (hasCorner ? angled : plain).map((point) => turn(point[0], point[1]))
}

/** From a plot's own axes to the island's. */
function turning({ centre, heading }: Plot): (x: number, y: number) => Point {
  const [sin, cos] = [Math.sin(heading), Math.cos(heading)]
  return (x, y) => [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos]
}
