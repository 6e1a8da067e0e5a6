import { makeWordFinder } from './policy.findWords.ts'

/**
 * Dishes in both languages, a line each: what a name or a menu says in one is searched in the other. Latin spellings as people type
 * them; `_` parts words. Written from what is on the tables, not from a dictionary: a word that nobody types costs every search.
 */
const table = `
김치찌개 | kimchi_stew kimchi_jjigae kimchijjigae
된장찌개 | soybean_paste_stew doenjang_jjigae
부대찌개 | army_stew budae_jjigae
순두부 | soft_tofu_stew sundubu soondubu
비빔밥 | bibimbap mixed_rice
불고기 | bulgogi
삼겹살 | pork_belly samgyeopsal samgyupsal
갈비 | galbi kalbi ribs
갈비탕 | short_rib_soup galbitang
곱창 대창 막창 | gopchang intestines
족발 | jokbal pig_feet trotters
보쌈 | bossam boiled_pork
냉면 | cold_noodles naengmyeon
칼국수 | knife_cut_noodles kalguksu
잔치국수 국수 | noodle_soup guksu
막국수 | buckwheat_noodles makguksu
수제비 | sujebi hand_torn_noodles
삼계탕 | ginseng_chicken_soup samgyetang
닭갈비 | dakgalbi spicy_chicken
찜닭 | braised_chicken jjimdak
치킨 통닭 닭강정 | fried_chicken chikin
설렁탕 | ox_bone_soup seolleongtang
곰탕 | beef_bone_soup gomtang
국밥 | gukbap rice_soup
순대국 순댓국 순대 | blood_sausage sundae sundaeguk
해장국 | hangover_soup haejangguk
감자탕 | pork_bone_soup gamjatang
육개장 | yukgaejang spicy_beef_soup
떡볶이 | tteokbokki topokki rice_cakes
김밥 | gimbap kimbap seaweed_rice_roll
만두 교자 | dumplings dumpling mandu gyoza
짜장면 자장면 | jajangmyeon black_bean_noodles
짬뽕 | jjamppong champong spicy_seafood_noodles
탕수육 | tangsuyuk sweet_and_sour_pork
마라탕 | malatang mala_hot_pot
훠궈 샤브샤브 | hot_pot hotpot shabu_shabu
딤섬 | dim_sum dimsum
초밥 스시 | sushi
회 사시미 | sashimi raw_fish
라멘 | ramen
우동 | udon
소바 메밀 | soba buckwheat
돈까스 돈가스 돈카츠 | pork_cutlet tonkatsu donkatsu
덮밥 규동 | rice_bowl donburi gyudon
카레 커리 | curry
쌀국수 | pho rice_noodles
팟타이 | pad_thai
똠얌 | tom_yum
파스타 스파게티 | pasta spaghetti
피자 | pizza
햄버거 버거 | hamburger burger
스테이크 | steak
샌드위치 | sandwich
타코 | taco tacos
부리또 | burrito
케밥 | kebab
샐러드 | salad
빵 베이커리 | bread bakery
도넛 | donut doughnut
케이크 | cake
와플 | waffle
빙수 | bingsu shaved_ice
아이스크림 | ice_cream
젤라또 | gelato
커피 | coffee
호떡 | hotteok
빈대떡 파전 부침개 | korean_pancake pajeon bindaetteok
쭈꾸미 주꾸미 | webfoot_octopus jjukkumi
낙지 | octopus nakji
장어 | eel unagi
아구찜 아귀찜 | monkfish agujjim
간장게장 게장 | soy_crab ganjang_gejang
조개구이 조개찜 | clams grilled_clams
굴 | oyster oysters
오징어 | squid
생선구이 | grilled_fish
양꼬치 | lamb_skewers
닭꼬치 야키토리 | yakitori chicken_skewers
막걸리 | makgeolli rice_wine
맥주 | beer
와인 | wine
칵테일 | cocktail
한식 | korean korean_food
비건 | vegan
채식 | vegetarian
브런치 | brunch
디저트 | dessert
노가리 먹태 | dried_pollack
`

interface Dish {
  korean: readonly string[]
  latin: readonly string[]
}
const tight = (word: string): string => word.replaceAll('_', '')
const dishes: readonly Dish[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [korean = '', latin = ''] = line.split('|').map((half) => half.trim())
    return { korean: korean.split(' '), latin: latin.split(' ').map(tight) }
  })
/** Shorter ones are found in too many other words: 회 in 회관, pho in phone. */
const SURE_LENGTH = { korean: 2, latin: 6 }

/** By each word, the words of the other language: their numbers in `others`, which are in the table's order. */
const others: (readonly string[])[] = []
const othersOf = new Map<string, number[]>()
const sure: string[] = []
for (const { korean, latin } of dishes) {
  for (const [here, there, length] of [
    [korean, latin, SURE_LENGTH.korean],
    [latin, korean, SURE_LENGTH.latin],
  ] as const) {
    others.push(there)
    for (const word of here) {
      othersOf.set(word, [...(othersOf.get(word) ?? []), others.length - 1])
      if (word.length >= length) sure.push(word)
    }
  }
}
const findSure = makeWordFinder(sure)

/** The same dishes in the other language, of all that is named in the texts. */
export function dishWords(texts: readonly string[]): string[] {
  const named = new Set<number>()
  const name = (word: string): void => {
    for (const number of othersOf.get(word) ?? []) named.add(number)
  }
  for (const text of texts) {
    const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
    words.forEach(name)
    findSure(words.join('')).forEach(name)
  }
  if (named.size === 0) return []
  return [...named].sort((a, b) => a - b).flatMap((number) => others[number] ?? [])
}
