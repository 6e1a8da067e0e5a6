import { beside, distance, type Foot, measure, type Point, toLatLng } from './demo.island.curves.ts'
import { ISLAND_SOURCE } from './demo.island.ts'
import { type StreetId, streetOf } from './demo.island.streets.ts'
import { harbourShops } from './demo.places.harbour.ts'
import { hillShops } from './demo.places.hill.ts'
import { marketShops } from './demo.places.market.ts'
import type { Category } from './places.ts'

/** A shop as it is written down; where it stands follows from its street. */
export interface IslandShop {
  id: string
  name: readonly [ko: string, en: string]
  category: Category
  street: StreetId
  /** Somewhere near its door, metres from the island's centre. */
  near: Point
  /** OpenStreetMap `opening_hours`. */
  hours: string
  /** "Korean / English / won", the dishes parted by commas; the first is the one it is known for. */
  menu: string
  known: readonly [ko: string, en: string]
  diet?: readonly string[]
}

export interface IslandPlace {
  source: typeof ISLAND_SOURCE
  /** Id within the source, always the same. */
  sourceId: string
  name: string
  nameEn: string
  category: Category
  lat: number
  lng: number
  address: string
  addressEn: string
  /** Won for one person: the first of the menus. */
  price: number
  menus: { name: string; nameEn: string; price: number }[]
  hours: string
  known: string
  knownEn: string
  diet: readonly string[]
}

/** The ground that a shop's house takes up; x runs along its street. */
export interface Plot {
  centre: Point
  heading: number
  width: number
  depth: number
}

const SHOP_WIDTH = 17
const SHOP_DEPTH = 14
/** Between the street's edge and the house. */
export const FRONT_GARDEN = 2.5

const shops: readonly IslandShop[] = [...marketShops, ...harbourShops, ...hillShops]

const stands = shops.map((shop) => ({ shop, ...stand(shop) }))

/** The plots of the shops, in the order of `islandPlaces`. */
export const shopPlots: readonly Plot[] = stands.map(({ plot }) => plot)

/** Everywhere to eat on Bap Island. None of it exists. */
export const islandPlaces: readonly IslandPlace[] = stands.map(({ shop, plot, number }) => {
  const street = streetOf(shop.street)
  const menus = readMenus(shop.menu)
  const { lat, lng } = toLatLng(plot.centre)
  return {
    source: ISLAND_SOURCE,
    sourceId: shop.id,
    name: shop.name[0],
    nameEn: shop.name[1],
    category: shop.category,
    lat: round(lat),
    lng: round(lng),
    address: `밥섬 ${street.name} ${number}`,
    addressEn: `${number} ${street.nameEn}, Bap Island`,
    price: menus[0]?.price ?? 0,
    menus,
    hours: shop.hours,
    known: shop.known[0],
    knownEn: shop.known[1],
    diet: shop.diet ?? [],
  }
})

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

/** On its side of the street; numbered like Korean streets: two for each ten metres, the left side odd. */
function stand({ street: id, near }: IslandShop): { plot: Plot; number: number } {
  const { line, width } = streetOf(id)
  const foot = footOn(line, near)
  const left = beside(foot, 1)
  const isLeft = distance(left, near) < distance(foot.at, near)
  const aside = width / 2 + FRONT_GARDEN + SHOP_DEPTH / 2
  const plot = {
    centre: beside(foot, isLeft ? aside : -aside),
    heading: foot.heading,
    width: SHOP_WIDTH,
    depth: SHOP_DEPTH,
  }
  return { plot, number: Math.floor(foot.metres / 10) * 2 + (isLeft ? 1 : 2) }
}

/** The point of a line that is nearest to another one, to the metre. */
function footOn(line: readonly Point[], near: Point): Foot & { metres: number } {
  const { length, at } = measure(line)
  let best = { ...at(0), metres: 0 }
  for (let metres = 1; metres < length; metres++) {
    const foot = at(metres)
    if (distance(foot.at, near) < distance(best.at, near)) best = { ...foot, metres }
  }
  return best
}

function readMenus(text: string): IslandPlace['menus'] {
  return text.split(', ').map((dish) => {
    const [name = '', nameEn = '', price = ''] = dish.split(' / ')
    return { name, nameEn, price: Number(price) }
  })
}
