import { type Point, readPoints, smooth } from './demo.island.curves.ts'

const SHORE =
  '-780,266 -612,474 -352,586 -62,546 208,634 500,570 720,374 812,106 744,-134 620,-314 480,-514 268,-618 116,-566 76,-414 -68,-346 -208,-414 -256,-578 -436,-622 -636,-502 -748,-302 -696,-114 -812,66'
/** Metres of sand at each of the shore's points; none where ships moor. */
const SAND = [34, 30, 14, 12, 12, 26, 42, 38, 16, 14, 24, 30, 15, 0, 0, 0, 12, 30, 38, 22, 44, 30]

const shore = readPoints(SHORE)

/** The shore, clockwise. */
export const coast: readonly Point[] = smooth(shore, true)

/** Firm land: the coast without its beaches. */
export const soil: readonly Point[] = smooth(
  shore.map((at, index) => moveInland(index, at, SAND[index] ?? 0)),
  true,
)

/** A point of the clockwise shore, moved to its right. */
function moveInland(index: number, [east, north]: Point, metres: number): Point {
  const before = shore.at(index - 1) ?? [0, 0]
  const after = shore[(index + 1) % shore.length] ?? [0, 0]
  const heading = Math.atan2(after[1] - before[1], after[0] - before[0])
  return [east + Math.sin(heading) * metres, north - Math.cos(heading) * metres]
}

/** The wood of the mountain. */
export const wood = closed(
  '584,362 538,296 440,272 362,264 290,258 222,274 186,330 180,374 200,424 262,454 340,484 432,470 516,450 576,408',
)
/** Its contours, 40, 80 and 110 m. */
export const contours: readonly { height: number; line: Point[] }[] = [
  {
    height: 40,
    line: closed('528,358 498,310 424,286 344,282 274,296 238,348 264,410 332,440 430,434 500,406'),
  },
  {
    height: 80,
    line: closed('470,354 446,314 388,296 326,304 296,346 310,392 372,410 440,392'),
  },
  { height: 110, line: closed('428,356 410,330 374,322 342,340 344,372 382,386 416,378') },
]
export const summit: Point = [384, 358]

export const park = closed(
  '-412,-266 -436,-334 -512,-378 -598,-344 -634,-266 -592,-190 -512,-160 -436,-198',
)
export const pond = closed('-514,-288 -524,-310 -560,-316 -590,-300 -592,-274 -566,-262 -532,-268')

export const schoolyard = closed(
  '-224,100 -168,104 -128,100 -124,124 -126,148 -176,152 -222,150 -228,124',
)
/** Salt pans by the eastern shore, with the ground around them. */
export const saltField = closed('496,-132 552,-122 604,-126 606,-166 570,-214 520,-236 492,-200')
export const saltPans: readonly Point[][] = [
  '506,-142 544,-136 546,-164 507,-168',
  '550,-135 596,-136 594,-162 552,-164',
  '507,-174 546,-170 548,-194 508,-198',
  '552,-170 590,-168 572,-192 554,-194',
  '509,-204 548,-200 546,-212 524,-222',
].map(square)

/** Tangerines on the sunny side of the ridge. */
export const orchard = closed('336,70 420,64 496,84 494,150 478,216 420,212 372,184 330,120')

export const playground = closed('350,-150 390,-156 404,-196 372,-224 338,-196')

function closed(points: string): Point[] {
  return smooth(readPoints(points), true, 9)
}

function square(points: string): Point[] {
  const corners = readPoints(points)
  return [...corners, ...corners.slice(0, 1)]
}
