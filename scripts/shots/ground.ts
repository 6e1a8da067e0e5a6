import { toLatLng } from '#shared/demo.island.curves.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Guest } from '../../e2e/api.ts'
import { changeDatabase } from './database.ts'

/* Where the pictures' friends eat: Bap Island's market, which is there on every machine and belongs to nobody. */

/** Metres east and north of the island's middle. */
const MIDDLE = { east: -25, north: -114 }

/** Metres from the middle of the pictures. */
export function at({ east, north }: { east: number; north: number }): LatLng {
  return toLatLng([MIDDLE.east + east, MIDDLE.north + north])
}
export const GROUND = at({ east: 0, north: 0 })

/** Of the island's places, in the order in which they are put forward: far enough from one another for a phone. */
export const SPOTS: readonly string[] = [
  '둥근달 전집',
  '돛대 화덕피자',
  '등대 국밥',
  '경양식 나루',
  '닻 버거',
  '비비고개 비빔밥',
]
const CLOSES_SOON = '돛대 화덕피자'

interface LongSpot {
  name: string
  menu: string
  category: string
  price: number
  east: number
  north: number
}
/** Names as long as real ones get, in both languages. */
const LONG: readonly LongSpot[] = [
  {
    name: '할머니가 삼대째 이어 온 장터 원조 손칼국수와 바삭한 해물파전 본점',
    menu: '들깨 손칼국수와 겉절이 반상',
    category: 'noodles',
    price: 1_234_000,
    east: -96,
    north: 74,
  },
  {
    name: 'The Grand Harbourside Island Seafood, Barbecue & Vegetarian House',
    menu: 'Grilled mackerel with seasonal sides',
    category: 'seafood',
    price: 28_500,
    east: 84,
    north: 40,
  },
  {
    name: '엄마손맛이그리운날엔역시여기밖에없다식당',
    menu: '엄마손맛이그리운날엔역시김치찌개',
    category: 'stew',
    price: 9_000,
    east: -10,
    north: -70,
  },
]
export const LONG_SPOTS: readonly string[] = LONG.map(({ name }) => name)

/** Open since long, and for another hour or so. */
function closesSoon(): string {
  const hour = (from: number): string =>
    new Date(Date.now() + from * 3_600_000).toLocaleTimeString('en-GB', {
      timeZone: 'Asia/Seoul',
      hour: '2-digit',
    })
  return `Mo-Su ${hour(-6)}:00-${hour(1)}:00`
}

/** What is put beside the island's places, as a file for the importer. */
export function longPlaces(): string {
  return LONG.map((spot, id) => {
    const { lat, lng } = at(spot)
    const { name, menu, category, price } = spot
    const place = { id: `long${id}`, name, menu, category, price, lat, lon: lng }
    return JSON.stringify({ ...place, address: `밥섬 장터길 ${400 + id * 7}-${id + 1}` })
  }).join('\n')
}

/** Brings the island's places in, as the first visitor does. All are open, so that pictures are alike whatever the hour. */
export async function seedIsland(guest: Guest, databaseUrl: string): Promise<void> {
  await guest.mutate('demo.open', { locale: 'ko' })
  await changeDatabase(
    databaseUrl,
    `update places set hours = case when name = $1 then $2 else '24/7' end`,
    [CLOSES_SOON, closesSoon()],
  )
}
