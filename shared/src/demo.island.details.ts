import {
  distanceToLine,
  isInside,
  numbersFrom,
  type Point,
  readPoints,
} from './demo.island.curves.ts'
import { coast, orchard, park, pond } from './demo.island.ground.ts'
import { islandStreets } from './demo.island.streets.ts'
import { Occupancy } from './demo.island.occupancy.ts'

export interface NamedSpot {
  tags: Readonly<Record<string, string | number>>
  at: Point
}

/** `zoom`: it is named from there on. */
const spot = (
  kind: string,
  zoom: number,
  name: string,
  nameEn: string,
  ...at: Point
): NamedSpot => ({
  tags: { kind, min_zoom: zoom, name, 'name:en': nameEn },
  at,
})

/** Points of interest; shops name themselves. */
export const spots: readonly NamedSpot[] = [
  spot('lighthouse', 14, '등대', 'Lighthouse', 348, -698),
  spot('peak', 15, '밥뚜껑산 128m', 'Mount Lid 128 m', 384, 358),
  spot('bus_stop', 15, '한그릇 삼거리', 'One Bowl Corner', -362, 46),
  spot('bus_stop', 15, '밥항 앞', 'Bap Harbour', -30, -272),
  spot('bus_stop', 15, '솥단지 마을', 'Cauldron Village', 552, 34),
  spot('bus_stop', 15, '서쪽 모래밭', 'West Sands', -628, -66),
  spot('bus_stop', 15, '등대 들머리', 'Lighthouse Walk', 226, -512),
  spot('bus_stop', 15, '고갯마루', 'Ridge Top', 392, 244),
  spot('bus_stop', 15, '북쪽 바닷가', 'North Shore', -180, 486),
  spot('school', 17, '밥섬초등학교', 'Bap Island School', -176, 118),
  spot('landmark', 17, '여객선 터미널', 'Ferry Terminal', -150, -326),
  spot('landmark', 17, '어판장', 'Fish Auction', 22, -316),
  spot('marketplace', 17, '장터 회관', 'Market Hall', 26, -96),
  spot('place_of_worship', 17, '종소리 절', 'Bell Temple', 266, 66),
  spot('library', 17, '섬 도서관', 'Island Library', -322, 246),
  spot('landmark', 17, '소금밭', 'Salt Pans', 548, -180),
]

export const quarters: readonly NamedSpot[] = [
  spot('town', 9, '밥섬', 'Bap Island', -10, 60),
  spot('neighbourhood', 15, '장터', 'The Market', -22, 92),
  spot('neighbourhood', 15, '조개 마을', 'Clam Village', -470, -476),
  spot('neighbourhood', 15, '윗마을', 'Upper Village', -168, 402),
  spot('neighbourhood', 15, '두부 마을', 'Tofu Village', -620, 246),
]

export const waters: readonly NamedSpot[] = [
  spot('bay', 15, '밥항', 'Bap Harbour', -68, -548),
  spot('sea', 14, '밥물 바다', 'Rice Water Sea', -560, -790),
  spot('strait', 14, '젓가락 바다', 'Chopstick Sound', -60, 800),
]

/** The last one leads to the lighthouse. */
export const piers: readonly (readonly Point[])[] = [
  '-168,-362 -168,-482',
  '-68,-338 -68,-498',
  '32,-372 32,-490',
  '266,-596 300,-634 346,-696',
].map(readPoints)

/** Where they lie, and where their bows point (degrees, clockwise from east). */
export const boats: readonly { at: Point; rotation: number }[] = [
  { at: [-146, -420], rotation: 90 },
  { at: [-146, -462], rotation: 90 },
  { at: [-190, -450], rotation: 84 },
  { at: [-46, -430], rotation: 90 },
  { at: [-90, -470], rotation: -90 },
  { at: [10, -452], rotation: 90 },
  { at: [-20, -580], rotation: -74 },
  { at: [128, -742], rotation: 12 },
  { at: [-952, -254], rotation: -20 },
  { at: [930, 380], rotation: 205 },
  { at: [-420, 800], rotation: 30 },
]

const SEA_REACH_M = 2_600
const WAVE_GRID_M = 400
const FROM_SHORE_M = 130

/** Little waves, loosely scattered over the sea. */
export function scatterWaves(): Point[] {
  const next = numbersFrom(11)
  const waves: Point[] = []
  for (let north = -SEA_REACH_M; north < SEA_REACH_M; north += WAVE_GRID_M)
    for (let east = -SEA_REACH_M; east < SEA_REACH_M; east += WAVE_GRID_M) {
      const at: Point = [east + next() * WAVE_GRID_M * 0.8, north + next() * WAVE_GRID_M * 0.8]
      if (next() < 0.55 && !isInside(at, coast) && distanceToLine(at, coast) > FROM_SHORE_M)
        waves.push(at)
    }
  return waves
}

const TREE_GRID_M = 19
const ORCHARD_GRID_M = 12

/** Trees in gardens, in the park, and in rows in the orchard; the wood has its own. */
export function scatterTrees(free: Occupancy): Point[] {
  const next = numbersFrom(23)
  const lawn = clearLawn()
  const trees: Point[] = []
  for (let north = -620; north < 640; north += TREE_GRID_M)
    for (let east = -820; east < 820; east += TREE_GRID_M) {
      const at: Point = [east + next() * TREE_GRID_M, north + next() * TREE_GRID_M]
      const wanted = next()
      if ((wanted < 0.22 && free.isFree(...at)) || (wanted < 0.55 && lawn.isFree(...at)))
        trees.push(at)
    }
  for (let north = 70; north < 220; north += ORCHARD_GRID_M)
    for (let east = 330; east < 500; east += ORCHARD_GRID_M) {
      const at: Point = [east, north + (east - 330) * 0.1]
      if (isInside(at, orchard) && distanceToLine(at, orchard) > 6) trees.push(at)
    }
  return trees
}

/** The park without its pond and streets. */
function clearLawn(): Occupancy {
  const lawn = new Occupancy()
  lawn.fill(park, 0)
  lawn.fill(pond, 1)
  lawn.takeAlong(pond, 5)
  for (const { line, width } of islandStreets) lawn.takeAlong(line, width / 2 + 2)
  return lawn
}
