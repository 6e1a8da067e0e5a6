import type { Category } from './places.ts'

/** Names of the drawn dishes (`dish-<name>` in client/src/ui/dishes.svg). */
export const dishNames = [
  'jeon',
  'jjajang',
  'gomtang',
  'guksu',
  'chueo',
  'jjigae',
  'baekban',
  'bibim',
  'naeng',
  'gui',
  'jokbal',
  'chicken',
  'tteok',
  'gimbap',
  'sushi',
  'katsu',
  'ramen',
  'mara',
  'pho',
  'pastad',
  'pizza',
  'burger',
  'curry',
  'taco',
  'salad',
  'bread',
  'coffee',
  'bingsu',
  'beer',
  'table',
] as const
export type DishName = (typeof dishNames)[number]

const byCategory: Record<Category, DishName> = {
  korean: 'baekban',
  bbq: 'gui',
  chicken: 'chicken',
  noodles: 'guksu',
  soup: 'gomtang',
  stew: 'jjigae',
  bibimbap: 'bibim',
  gimbap: 'gimbap',
  tteokbokki: 'tteok',
  pancake: 'jeon',
  seafood: 'sushi',
  pork: 'jokbal',
  chinese: 'jjajang',
  japanese: 'katsu',
  sushi: 'sushi',
  ramen: 'ramen',
  udon: 'guksu',
  tonkatsu: 'katsu',
  curry: 'curry',
  thai: 'pho',
  vietnamese: 'pho',
  indian: 'curry',
  italian: 'pastad',
  pizza: 'pizza',
  burger: 'burger',
  sandwich: 'bread',
  salad: 'salad',
  steak: 'gui',
  mexican: 'taco',
  western: 'pastad',
  fastfood: 'burger',
  cafe: 'coffee',
  bakery: 'bread',
  dessert: 'bingsu',
  pub: 'beer',
  other: 'table',
}

/** Dishes that a name or menu tells better than the category does. */
const byWord: readonly [RegExp, DishName][] = [
  [/냉면|막국수/, 'naeng'],
  [/짜장|자장|짬뽕|탕수육/, 'jjajang'],
  [/추어/, 'chueo'],
  [/마라|훠궈/, 'mara'],
  [/전집|빈대떡|파전|부침/, 'jeon'],
  [/칼국수|국수|우동/, 'guksu'],
  [/곰탕|국밥|해장국|설렁탕|삼계탕/, 'gomtang'],
  [/찌개|전골/, 'jjigae'],
  [/비빔밥/, 'bibim'],
  [/족발|보쌈/, 'jokbal'],
  [/돈까스|돈가스|카츠/, 'katsu'],
  [/파스타|스파게티/, 'pastad'],
  [/빙수|케이크/, 'bingsu'],
]

/** The drawn dish that stands for a place without a photo; a laid table where nothing tells what is eaten. */
export function dishOf(place: { category: Category; name: string; menu: string | null }): DishName {
  const told = place.menu ?? place.name
  return byWord.find(([word]) => word.test(told))?.[1] ?? byCategory[place.category]
}
