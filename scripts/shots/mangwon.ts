/** Where the pictures' friends eat: around Mangwon, with names and prices as in the visual reference. */
export const MANGWON = { lat: 37.5559, lng: 126.9019 }
export interface Spot {
  name: string
  menu: string
  category: string
  price: number
  hours: string
  east: number
  north: number
}
/** Metres from the middle; 'closes soon' becomes an hour from now. */
export const SPOTS: readonly Spot[] = [
  {
    name: '빈대떡마을',
    menu: '해물파전',
    category: 'pancake',
    price: 12_000,
    hours: '24/7',
    east: -15,
    north: 5,
  },
  {
    name: '동일루',
    menu: '유니짜장',
    category: 'chinese',
    price: 5_000,
    hours: 'closes soon',
    east: 98,
    north: -22,
  },
  {
    name: '참맛 닭곰탕',
    menu: '닭곰탕',
    category: 'soup',
    price: 4_500,
    hours: '24/7',
    east: -100,
    north: -48,
  },
  {
    name: '비아 서울',
    menu: '바질 페스토 파스타',
    category: 'italian',
    price: 16_000,
    hours: '24/7',
    east: 88,
    north: 92,
  },
  {
    name: '고향집',
    menu: '손칼국수',
    category: 'noodles',
    price: 3_500,
    hours: '24/7',
    east: -104,
    north: 84,
  },
  {
    name: '남원 추어탕',
    menu: '추어탕',
    category: 'stew',
    price: 8_000,
    hours: '24/7',
    east: 30,
    north: -98,
  },
]
/** Names as long as real ones get, in both languages. */
export const LONG_SPOTS: readonly Spot[] = [
  {
    name: '할머니가 삼대째 이어 온 망원시장 원조 손칼국수와 바삭한 해물파전 본점',
    menu: '들깨 손칼국수와 겉절이 반상',
    category: 'noodles',
    price: 1_234_000,
    hours: 'closes soon',
    east: -96,
    north: 74,
  },
  {
    name: 'The Grand Mangwon Riverside Seafood, Barbecue & Vegetarian House',
    menu: 'Grilled mackerel with seasonal sides',
    category: 'seafood',
    price: 28_500,
    hours: 'closes soon',
    east: 84,
    north: 40,
  },
  {
    name: '엄마손맛이그리운날엔역시여기밖에없다식당',
    menu: '엄마손맛이그리운날엔역시김치찌개',
    category: 'stew',
    price: 9_000,
    hours: '24/7',
    east: -10,
    north: -70,
  },
]
/** What the table holds beside them, for the search's pictures. */
const MORE: readonly Spot[] = [
  {
    name: '망원 면옥',
    menu: '물냉면',
    category: 'noodles',
    price: 11_000,
    hours: '',
    east: 160,
    north: 30,
  },
  {
    name: '할머니 냉면',
    menu: '비빔냉면',
    category: 'noodles',
    price: 8_500,
    hours: '',
    east: -45,
    north: 120,
  },
  {
    name: '서교 함흥냉면',
    menu: '회냉면',
    category: 'noodles',
    price: 12_000,
    hours: '',
    east: 190,
    north: 150,
  },
]

export function at({ east, north }: { east: number; north: number }): { lat: number; lng: number } {
  return {
    lat: MANGWON.lat + north / 111_320,
    lng: MANGWON.lng + east / (111_320 * Math.cos((MANGWON.lat * Math.PI) / 180)),
  }
}

/** Open since long, and for another hour or so: pictures show it whatever the time. */
function closesSoon(): string {
  const hour = (from: number): string =>
    new Date(Date.now() + from * 3_600_000).toLocaleTimeString('en-GB', {
      timeZone: 'Asia/Seoul',
      hour: '2-digit',
    })
  return `Mo-Su ${hour(-6)}:00-${hour(1)}:00`
}

/** The table of places as a file for the importer. */
export function placesFile(): string {
  return [...SPOTS, ...MORE, ...LONG_SPOTS]
    .map(({ name, menu, category, price, hours, ...where }, id) => {
      const { lat, lng } = at(where)
      const address = `서울 마포구 망원동 ${400 + id * 7}-${id + 1}`
      return JSON.stringify({
        id: `m${id}`,
        name,
        menu,
        category,
        price,
        opening_hours: hours === 'closes soon' ? closesSoon() : hours,
        address,
        lat,
        lon: lng,
      })
    })
    .join('\n')
}
