import { categories, type Category } from '#shared/places.ts'
import { rules } from './policy.categoryWords.ts'
import { makeWordFinder } from './policy.findWords.ts'

const wordsOf = (text = ''): string[] => text.split(/\s+/u).filter((word) => word !== '')

interface Word {
  /** Hangul and Han as they stand in a name, of Latin the words. */
  text: string
  parts: readonly string[]
  length: number
  category: Category
}
/** By first letter, and Latin ones by first word: a name has few of them, the table has hundreds. */
interface Words {
  byLetter: ReadonlyMap<number, readonly Word[]>
  byWord: ReadonlyMap<string, readonly Word[]>
}

function indexOf(textOf: (category: Category) => string[]): Words {
  const byLetter = new Map<number, Word[]>()
  const byWord = new Map<string, Word[]>()
  for (const category of categories) {
    for (const text of textOf(category)) {
      const parts = isLatin(text) ? text.split('_') : [text]
      const [first = ''] = parts
      const word = { text, parts, length: parts.join('').length, category }
      if (isLatin(text)) byWord.set(first, [...(byWord.get(first) ?? []), word])
      else byLetter.set(text.charCodeAt(0), [...(byLetter.get(text.charCodeAt(0)) ?? []), word])
    }
  }
  return { byLetter, byWord }
}

const isLatin = (word: string): boolean => /^[\w]+$/u.test(word)
const clear = indexOf((category) => [
  ...wordsOf(rules[category].names),
  ...wordsOf(rules[category].brands),
])
const faint = indexOf((category) => wordsOf(rules[category].faint))
const byKind = new Map<string, Category>(
  categories.flatMap((category) =>
    [...wordsOf(rules[category].kinds), ...wordsOf(rules[category].names), category].map(
      (word) => [word, category] as const,
    ),
  ),
)

/**
 * The category of a place: from its cuisine or register words, the most telling one first; else from words of its name;
 * else from its kind of house.
 */
export function categoryOf(kinds: readonly string[], house: string | null, name: string): Category {
  const told = kinds
    .map((kind) => byKind.get(kind.replaceAll(' ', '_')))
    .find((category) => category !== undefined && category !== 'other')
  // A register's "Korean" or "western" says less than a name such as 김치찌개 하우스.
  if (told && told !== 'korean' && told !== 'western') return told
  const lived = house === null ? undefined : byKind.get(house)
  return (
    categoryIn(name, clear, '') ?? told ?? lived ?? categoryIn(`${name} `, faint, '$') ?? 'other'
  )
}

/** By the longest word in a name, of equally long ones the last; Hangul and Han before Latin. */
function categoryIn(name: string, words: Words, between: '' | '$'): Category | null {
  const lower = name.toLowerCase()
  const byLetters = longestOfLetters(lower.replace(/[^\p{L}\p{N}]+/gu, between), words)
  if (byLetters || !/[a-z]/u.test(lower)) return byLetters?.category ?? null
  const latin = plainLatin(lower).split(/[^a-z0-9]+/u)
  const asWritten = longestOfWords(latin, words)
  if (!latin.some(isPlural)) return asWritten?.category ?? null
  const singular = latin.map((word) => (isPlural(word) ? word.slice(0, -1) : word))
  const asOne = longestOfWords(singular, words)
  return ((asOne?.length ?? 0) > (asWritten?.length ?? 0) ? asOne : asWritten)?.category ?? null
}

const isPlural = (word: string): boolean => word.endsWith('s')
const plainLatin = (lower: string): string =>
  /^[ -&(-_a-~]*$/u.test(lower)
    ? lower
    : lower.normalize('NFKD').replace(/\p{M}|['’`]s\b|['’`]/gu, '')

function longestOfLetters(text: string, { byLetter }: Words): Word | null {
  let best: Word | null = null
  for (let at = 0; at < text.length; at++) {
    for (const word of byLetter.get(text.charCodeAt(at)) ?? none)
      if (word.length >= (best?.length ?? 0) && text.startsWith(word.text, at)) best = word
  }
  return best
}

function longestOfWords(parts: readonly string[], { byWord }: Words): Word | null {
  let best: Word | null = null
  for (const [at, first] of parts.entries()) {
    for (const word of byWord.get(first) ?? none) {
      if (word.length < (best?.length ?? 0)) continue
      if (word.parts.every((part, i) => parts[at + i] === part)) best = word
    }
  }
  return best
}
const none: readonly Word[] = []

const said = new Map(categories.map((category) => [category, wordsOf(rules[category].said)]))
/** What a searcher may type for a category, both languages; part of each place's search text. */
export const searchWords = (category: Category): readonly string[] => said.get(category) ?? []

/** Spellings of a chain, in both scripts and short; each finds the others. */
const brands: readonly (readonly string[])[] =
  `비비큐 bbq|비에이치씨 bhc|케이에프씨 kfc|맥도날드 맥날 mcdonalds|버거킹 burgerking|롯데리아 lotteria|맘스터치 맘터 momstouch
노브랜드버거 nobrandburger|쉐이크쉑 쉑쉑 shakeshack|파이브가이즈 fiveguys|서브웨이 써브웨이 subway|스타벅스 스벅 starbucks
이디야 ediya|투썸플레이스 투썸 twosomeplace|탐앤탐스 tomntoms|할리스 hollys|엔제리너스 angelinus|메가커피 메가엠지씨 megacoffee megamgccoffee
컴포즈 compose|빽다방 paiks|폴바셋 paulbassett|블루보틀 bluebottle|커피빈 coffeebean|공차 gongcha|매머드커피 mammothcoffee|더벤티 theventi
던킨 dunkin|크리스피크림 krispykreme|배스킨라빈스 베스킨라빈스 배라 baskinrobbins|설빙 sulbing|파리바게뜨 파리바게트 파바 parisbaguette
뚜레쥬르 touslesjours|성심당 sungsimdang|도미노 dominos|피자헛 pizzahut|미스터피자 mrpizza|파파존스 papajohns|피자스쿨 pizzaschool
교촌 kyochon|굽네 goobne|네네치킨 nene|페리카나 pelicana|처갓집 cheogajip|푸라닭 puradak|멕시카나 mexicana|60계 60gye
아웃백 outback|빕스 vips|애슐리 ashley|매드포갈릭 madforgarlic|한솥 hansot|본죽 bonjuk|김밥천국 김천 gimbapcheonguk
새마을식당 saemaeul|놀부 nolboo|본도시락 bondosirak|신전떡볶이 sinjeon|죠스떡볶이 jaws|엽기떡볶이 동대문엽기떡볶이 엽떡 yupdduk|두끼 dookki
하이디라오 haidilao 海底撈|딘타이펑 dintaifung 鼎泰豐|팀호완 timhowan 添好運|쿠우쿠우 qooqoo|스시로 sushiro スシロー|미소야 misoya|이삭토스트 이삭 isaactoast
애플비 applebees|칠리스 chilis|타코벨 tacobell|치폴레 chipotle|웬디스 wendys|파파이스 popeyes|판다익스프레스 pandaexpress|청년다방 youngdabang`
    .split(/[|\n]/u)
    .map((line) => wordsOf(line))
/** Within a name these are other words: 이삭 in 이삭줍기, 김천 the town. Such a name is only told, not asked, by them. */
const ABBREVIATION = 2

const tightOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const isTelling = (spelling: string, nth: number): boolean =>
  nth === 0 || spelling.length > ABBREVIATION || /^[a-z]/u.test(spelling)
const brandsBySpelling = new Map(
  brands.flatMap((spellings) =>
    spellings.filter(isTelling).map((spelling) => [spelling, spellings] as const),
  ),
)
const findBrands = makeWordFinder(brandsBySpelling.keys())

/** Other spellings of the chains that a text names. */
export function brandAliases(text: string): string[] {
  const tight = tightOf(text)
  const found = findBrands(tight)
  if (found.length === 0) return []
  const known = new Set(found.map((spelling) => brandsBySpelling.get(spelling) ?? []))
  return [...known].flat().filter((spelling) => !tight.includes(spelling))
}

/** A brand's own key, the same for both scripts; null for a name that holds no known one. */
export function brandOf(name: string): string | null {
  const tight = tightOf(name)
  const named = brands.find(
    ([korean = '', ...others]) =>
      tight.includes(korean) ||
      others.some((each) => each.length > ABBREVIATION && tight.startsWith(each)),
  )
  return named?.find((spelling) => /^[a-z0-9]+$/u.test(spelling)) ?? null
}
