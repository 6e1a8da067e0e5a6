import { z } from 'zod'
import { type Bounds, boundsSchema, latLngSchema } from './geo.ts'

/** Categories with a drawn dish each; `other` is whatever nothing tells of, drawn as a laid table. */
export const categories = [
  'korean',
  'bbq',
  'chicken',
  'noodles',
  'soup',
  'stew',
  'bibimbap',
  'gimbap',
  'tteokbokki',
  'pancake',
  'seafood',
  'pork',
  'chinese',
  'japanese',
  'sushi',
  'ramen',
  'udon',
  'tonkatsu',
  'curry',
  'thai',
  'vietnamese',
  'indian',
  'italian',
  'pizza',
  'burger',
  'sandwich',
  'salad',
  'steak',
  'mexican',
  'western',
  'fastfood',
  'cafe',
  'bakery',
  'dessert',
  'pub',
  'other',
] as const
export const categorySchema = z.enum(categories)
export type Category = z.infer<typeof categorySchema>

export const placeIdSchema = z.uuid()

/** Where a place is and what is known of it; candidates and results carry the same. */
export interface PlaceFacts {
  address: string | null
  lat: number
  lng: number
  /** Won (or the local currency unit) for one person. */
  price: number | null
  menu: string | null
  /** OpenStreetMap `opening_hours` text, as the source has it. */
  hours: string | null
}

/** A place as it travels: of the local table, with its source named. */
export interface Place extends PlaceFacts {
  id: string
  name: string
  nameEn: string | null
  /** In English, where the source tells. */
  addressEn: string | null
  menuEn: string | null
  category: Category
  source: string
}

export interface PlaceHit extends Place {
  /** Straight line from the search's `near`, metres; null without it. */
  distanceM: number | null
}

/** What a source may tell of a kitchen. */
export const diets = ['vegetarian', 'vegan', 'halal', 'kosher', 'gluten_free'] as const
export type Diet = (typeof diets)[number]

const price = z.number().int().min(0).max(100_000_000)
/**
 * What is left out. A place of unknown price or diet is left out, since nobody could promise it; one of unknown hours stays, below those
 * that are open: most sources know no hours, and a wrong "closed" does more harm.
 */
export const searchFilters = z.object({
  categories: z.array(categorySchema).max(categories.length).optional(),
  priceFrom: price.optional(),
  priceTo: price.optional(),
  openNow: z.boolean().optional(),
  /** Straight line from `near`. */
  withinM: z.number().min(1).max(1_000_000).optional(),
  /** All of them. */
  diet: z.array(z.enum(diets)).max(diets.length).optional(),
})
export type SearchFilters = z.infer<typeof searchFilters>

/** What "cheap" means, won. */
export const CHEAP_MOST = 10_000

export const searchInput = z
  .object({
    /** May be empty with filters: whatever is near. */
    q: z.string().trim().max(80),
    near: latLngSchema.optional(),
    limit: z.number().int().min(1).max(50).default(20),
    filters: searchFilters.optional(),
  })
  .refine(({ q, filters }) => q !== '' || filters !== undefined)
/**
 * What services on the network add: `joined`, all that they know is in the answer; `coming`, more by asking `places.join`; `late`, they
 * didn't answer in time or rest; `unreachable`, nobody answers there.
 */
export type OnlineState = 'joined' | 'coming' | 'late' | 'unreachable'
export interface SearchResult {
  hits: PlaceHit[]
  /** More match than `limit`. */
  more: boolean
  /** Of those that match, how many only the filters left out; counted when they left none, up to `limit`. */
  filteredOut: number
  /** False when the table holds no place at all near the view: the page then says so and offers a pin. */
  known: boolean
  online: OnlineState
}
export const joinInput = z.object({ q: z.string().trim().max(80), near: latLngSchema.optional() })

export const inViewInput = z.object({
  bounds: boundsSchema,
  limit: z.number().int().min(1).max(300).default(150),
})
export interface InView {
  places: Place[]
  /** More than `limit` lie in the view: the list is the most spread part of them. */
  more: boolean
  /** More of it is on its way from the network: ask again in a few seconds. */
  coming: boolean
}

/** Source of the places that were made up: of Bap Island, and of no map of the world. */
export const ISLAND_SOURCE = 'island'

export const onMapInput = z.object({
  bounds: boundsSchema,
  /** The map's, of tiles of 256 px. */
  zoom: z.number().int().min(0).max(24),
})
/** Places that stand too close at a zoom to be told apart. */
export interface PlaceCluster {
  /** The same at every look, for as long as the cluster is there. */
  id: string
  /** Where to draw it: at a whole zoom no nearer than 56 px to any other. */
  lat: number
  lng: number
  places: number
  /** The one that most of them have. */
  category: Category
  /** All of its places lie within. */
  bounds: Bounds
}
export const ofKindInput = z.object({
  bounds: boundsSchema,
  /** None: all. */
  categories: z.array(categorySchema).max(categories.length).default([]),
  limit: z.number().int().min(1).max(2_000).default(1_000),
})

/** Every place of the view is in one of the two. */
export interface PlacesOnMap {
  clusters: PlaceCluster[]
  places: Place[]
  /** As in `InView`. */
  coming: boolean
}
