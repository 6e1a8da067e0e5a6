import { categories, type Category } from '#shared/places.ts'

/** OpenStreetMap's `cuisine` and `amenity` values and the words of Korean registers, to our categories. */
const words: Record<Category, readonly string[]> = {
  korean: ['korean', '한식', '한정식', '백반', '쌈밥', '보쌈정식', '정식', '분식'],
  bbq: [
    'korean_barbecue',
    'barbecue',
    'bbq',
    'grill',
    '식육(숯불구이)',
    '숯불구이',
    '고기',
    '구이',
    '갈비',
    '곱창',
    '삼겹살',
  ],
  chicken: [
    'chicken',
    'fried_chicken',
    'hot_chicken',
    'wings',
    '호프/통닭',
    '통닭',
    '치킨',
    '닭강정',
    '닭갈비',
  ],
  noodles: [
    'noodle',
    'noodles',
    'beef_noodle',
    'beef_noodles',
    'cold_noodle',
    'lamian',
    '냉면집',
    '냉면',
    '국수',
    '칼국수',
    '막국수',
    '밀면',
  ],
  soup: [
    'soup',
    'hotpot',
    '탕류',
    '국밥',
    '해장국',
    '설렁탕',
    '곰탕',
    '삼계탕',
    '추어탕',
    '감자탕',
    '순대국',
  ],
  stew: ['stew', 'jjigae', '찌개', '찌게', '부대찌개', '순두부', '전골'],
  bibimbap: ['bibimbap', '비빔밥'],
  gimbap: ['gimbap', 'kimbap', '김밥'],
  tteokbokki: ['tteokbokki', '떡볶이', '떡뽁이'],
  pancake: ['pancake', 'crepe', '빈대떡', '파전', '부침개'],
  seafood: [
    'seafood',
    'fish',
    'fish_and_chips',
    '횟집',
    '회',
    '수산',
    '해물',
    '아구찜',
    '조개',
    '낙지',
    '쭈꾸미',
    '생선',
    '복어취급',
  ],
  pork: ['pork', '족발', '보쌈', '돼지'],
  chinese: [
    'chinese',
    'cantonese',
    'sichuan',
    'hakka',
    'taiwanese',
    'dumpling',
    'dumplings',
    'dimsum',
    'dim_sum',
    'japanese_and_chinese',
    '중국식',
    '중식',
    '중화',
    '마라',
    '반점',
    '짜장',
    '짬뽕',
  ],
  japanese: [
    'japanese',
    'teppanyaki',
    'izakaya',
    'yakitori',
    'beef_bowl',
    'gyudon',
    'okonomiyaki',
    '일식',
    '이자카야',
    '돈부리',
  ],
  sushi: ['sushi', '초밥', '스시'],
  ramen: ['ramen', '라멘'],
  udon: ['udon', 'soba', '우동', '소바'],
  tonkatsu: ['tonkatsu', '돈까스', '돈카츠', '돈가스'],
  curry: ['curry', '카레', '커리'],
  thai: ['thai', '태국'],
  vietnamese: ['vietnamese', 'pho', '베트남', '쌀국수'],
  indian: ['indian', 'nepalese', 'pakistani', '인도'],
  italian: ['italian', 'pasta', 'lampredotto', 'trattoria', '이탈리안', '파스타', '스파게티'],
  pizza: ['pizza', 'italian_pizza', '피자'],
  burger: ['burger', 'hamburger', '버거', '햄버거'],
  sandwich: ['sandwich', 'bagel', 'kebab', 'panini', '샌드위치', '토스트'],
  salad: ['salad', 'vegan', 'vegetarian', '샐러드'],
  steak: ['steak', 'steak_house', '스테이크'],
  mexican: ['mexican', 'tacos', 'tex-mex', '멕시코', '타코'],
  western: [
    'western',
    'american',
    'french',
    'greek',
    'spanish',
    'german',
    'european',
    'mediterranean',
    'diner',
    'fine_dining',
    '경양식',
    '양식',
    '패밀리레스토랑',
  ],
  fastfood: ['fast_food', 'hot_dog', 'hotdog', 'food_court', '패스트푸드'],
  cafe: [
    'cafe',
    'coffee',
    'coffee_shop',
    'tea',
    'bubble_tea',
    'internet_cafe',
    'drinks',
    'juice',
    '카페',
    '커피',
    '커피숍',
    '다방',
    '찻집',
    '까페',
    '전통찻집',
  ],
  bakery: ['bakery', 'bread', '베이커리', '빵집', '제과', '제과점영업'],
  dessert: [
    'dessert',
    'ice_cream',
    'cake',
    'donut',
    'frozen_yogurt',
    'confectionery',
    '디저트',
    '빙수',
    '아이스크림',
  ],
  pub: [
    'pub',
    'bar',
    'biergarten',
    'wine_bar',
    '호프',
    '정종/대포집/소주방',
    '주점',
    '포차',
    '술집',
    '맥주',
  ],
  other: [],
}

const byWord = new Map<string, Category>(
  categories.flatMap((category) => words[category].map((word) => [word, category])),
)

/** Words that tell the category when a name holds them; the longest first, so that 쌀국수 is not 국수. */
const inNames = [...byWord]
  .filter(
    ([word]) => /^[가-힣]{2,}$/u.test(word) && !['정식', '고기', '구이', '분식'].includes(word),
  )
  .sort(([a], [b]) => b.length - a.length)
const inLatinNames =
  /\b(pizza|burger|sushi|ramen|udon|cafe|caffè|coffee|kebab|pasta|taco|curry|pho|steak|bakery|sandwich|chicken|bbq|gelato|bar|pub|noodle|salad)/iu
const latinAs: Record<string, Category> = {
  caffè: 'cafe',
  taco: 'mexican',
  pho: 'vietnamese',
  gelato: 'dessert',
  bbq: 'bbq',
  noodle: 'noodles',
}

/**
 * The category of a place: from its cuisine or register words, the most telling one first; else from words of its name;
 * else from its kind of house.
 */
export function categoryOf(kinds: readonly string[], house: string | null, name: string): Category {
  const told = kinds.map((kind) => byWord.get(kind)).filter((category) => category !== undefined)
  // A register's "Korean" or "western" says less than a name such as 김치찌개 하우스.
  const broad = told[0] === 'korean' || told[0] === 'western'
  if (told[0] && !broad) return told[0]
  return (
    categoryOfName(name) ?? told[0] ?? (house === null ? 'other' : (byWord.get(house) ?? 'other'))
  )
}

function categoryOfName(name: string): Category | null {
  const tight = name.replace(/\s+/gu, '')
  const korean = inNames.find(([word]) => tight.includes(word))
  if (korean) return korean[1]
  const latin = inLatinNames.exec(name)?.[1]?.toLowerCase()
  return latin === undefined ? null : (latinAs[latin] ?? byWord.get(latin) ?? null)
}

/** What a searcher may type for a category, both languages; part of each place's search text. */
export function searchWords(category: Category): string[] {
  const own = words[category].filter((word) => /^[a-z]{3,}$|^[가-힣]{2,}$/u.test(word)).slice(0, 10)
  const wider: Partial<Record<Category, string[]>> = {
    sushi: ['japanese', '일식'],
    ramen: ['japanese', '일식'],
    udon: ['japanese', '일식'],
    tonkatsu: ['japanese', '일식'],
    bibimbap: ['korean', '한식'],
    gimbap: ['korean', '분식'],
    tteokbokki: ['korean', '분식'],
    stew: ['korean', '한식'],
    pizza: ['italian'],
  }
  return category === 'other' ? [] : [category, ...own, ...(wider[category] ?? [])]
}

/** Names that are searched in the other script. */
const brands: readonly (readonly [string, string])[] = [
  ['비비큐', 'bbq'],
  ['비에이치씨', 'bhc'],
  ['케이에프씨', 'kfc'],
  ['맥도날드', 'mcdonalds'],
  ['버거킹', 'burgerking'],
  ['롯데리아', 'lotteria'],
  ['맘스터치', 'momstouch'],
  ['서브웨이', 'subway'],
  ['스타벅스', 'starbucks'],
  ['이디야', 'ediya'],
  ['투썸플레이스', 'twosome'],
  ['탐앤탐스', 'tomntoms'],
  ['할리스', 'hollys'],
  ['엔제리너스', 'angelinus'],
  ['메가커피', 'megacoffee'],
  ['컴포즈', 'compose'],
  ['빽다방', 'paiks'],
  ['던킨', 'dunkin'],
  ['배스킨라빈스', 'baskinrobbins'],
  ['파리바게뜨', 'parisbaguette'],
  ['뚜레쥬르', 'touslesjours'],
  ['도미노', 'dominos'],
  ['피자헛', 'pizzahut'],
  ['미스터피자', 'mrpizza'],
  ['파파존스', 'papajohns'],
  ['교촌', 'kyochon'],
  ['굽네', 'goobne'],
  ['네네', 'nene'],
  ['아웃백', 'outback'],
  ['빕스', 'vips'],
]

/** Other spellings of a brand that a name holds. */
export function brandAliases(name: string): string[] {
  const tight = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return brands.flatMap(([korean, latin]) =>
    tight.includes(korean) ? [latin] : tight.includes(latin) ? [korean] : [],
  )
}
