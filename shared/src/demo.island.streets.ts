import { type Point, readPoints, smooth } from './demo.island.curves.ts'

/** Kinds of the Protomaps schema's `roads` layer, with the detail that its styles tell apart. */
type RoadKind =
  | readonly ['major_road', 'primary' | 'secondary' | 'tertiary']
  | readonly ['minor_road', 'residential']
  | readonly ['path', 'pedestrian' | 'footway']

export interface Street {
  id: StreetId
  name: string
  nameEn: string
  kind: RoadKind[0]
  detail: RoadKind[1]
  /** Metres that are kept free of houses. */
  width: number
  line: readonly Point[]
}

const PRIMARY = ['major_road', 'primary'] as const
const SECONDARY = ['major_road', 'secondary'] as const
const TERTIARY = ['major_road', 'tertiary'] as const
const LANE = ['minor_road', 'residential'] as const
const PEDESTRIAN = ['path', 'pedestrian'] as const
const FOOTWAY = ['path', 'footway'] as const

/** [kind, width, Korean name, English name, points]; the streets of the map, the widest first. */
const plan = {
  bowl: [
    PRIMARY,
    22,
    '한그릇로',
    'One Bowl Road',
    '-716,62 -532,18 -312,42 -68,34 188,-10 428,10 712,90',
  ],
  coast: [
    SECONDARY,
    18,
    '해안길',
    'Coast Road',
    '-684,234 -556,394 -328,494 -62,458 204,538 460,478 640,322 716,106 656,-106 536,-266 408,-438 268,-522 188,-486 152,-378 88,-314 -68,-262 -220,-318 -308,-414 -348,-514 -440,-534 -572,-438 -664,-282 -612,-106 -720,70',
  ],
  market: [SECONDARY, 20, '장터길', 'Market Street', '-68,-261 -60,-134 -72,34 -104,226 -62,454'],
  ridge: [TERTIARY, 14, '고개길', 'Ridge Road', '188,-10 260,134 348,234 500,254 632,322'],
  ricewater: [
    TERTIARY,
    14,
    '밥물길',
    'Rice Water Lane',
    '-556,390 -460,246 -408,26 -480,-174 -564,-434',
  ],
  chopstick: [LANE, 11, '젓가락길', 'Chopstick Lane', '-434,184 -232,194 -100,186 76,206 246,104'],
  spoon: [
    LANE,
    11,
    '숟가락길',
    'Spoon Lane',
    '-612,-108 -432,-106 -252,-122 -64,-126 108,-134 288,-174 532,-266',
  ],
  soy: [LANE, 11, '간장길', 'Soy Lane', '-248,478 -240,194 -248,42 -244,-122 -216,-314'],
  doenjang: [LANE, 11, '된장길', 'Doenjang Lane', '100,506 80,206 108,14 112,-134 88,-310'],
  sesame: [LANE, 11, '참기름길', 'Sesame Lane', '288,-8 292,-174 268,-334 188,-486'],
  cauldron: [LANE, 11, '솥단지길', 'Cauldron Lane', '428,10 452,-106 416,-220 364,-346 344,-486'],
  nurungji: [LANE, 11, '누룽지길', 'Nurungji Lane', '500,254 528,166 572,44'],
  anchovy: [LANE, 11, '멸치길', 'Anchovy Lane', '452,-106 548,-90 658,-102'],
  sprout: [LANE, 11, '콩나물길', 'Beansprout Lane', '-628,318 -564,186 -556,24'],
  tofu: [LANE, 11, '두부길', 'Tofu Lane', '-426,162 -556,186 -708,174'],
  chilli: [LANE, 11, '고추길', 'Chilli Lane', '-396,466 -380,330 -388,186'],
  pajeon: [LANE, 11, '파전길', 'Pajeon Lane', '-498,318 -380,330 -244,334 -88,326 88,346'],
  seaweed: [LANE, 11, '미역길', 'Seaweed Lane', '-230,-246 -352,-258 -498,-230'],
  clam: [LANE, 11, '조개길', 'Clam Lane', '-356,-114 -352,-258 -400,-414 -396,-534'],
  salt: [LANE, 11, '소금길', 'Salt Lane', '282,-294 372,-330 500,-318'],
  alley: [PEDESTRIAN, 9, '시장골목', 'Market Alley', '-66,-38 24,-50 110,-42'],
  wharf: [
    FOOTWAY,
    8,
    '선창길',
    'Wharf Walk',
    '-262,-474 -234,-408 -156,-346 -68,-324 22,-346 98,-404 122,-474',
  ],
  trail: [
    FOOTWAY,
    6,
    '밥뚜껑 오름길',
    'Lid Trail',
    '332,222 408,262 440,314 372,322 332,350 364,378 384,358',
  ],
} as const satisfies Record<string, readonly [RoadKind, number, string, string, string]>

export type StreetId = keyof typeof plan

const closed: readonly StreetId[] = ['coast']

export const islandStreets: readonly Street[] = (Object.keys(plan) as StreetId[]).map((id) => {
  const [[kind, detail], width, name, nameEn, points] = plan[id]
  const line = smooth(readPoints(points), closed.includes(id))
  return { id, name, nameEn, kind, detail, width, line }
})

export function streetOf(id: StreetId): Street {
  const street = islandStreets.find((one) => one.id === id)
  if (!street) throw new Error(`no street ${id}`)
  return street
}
