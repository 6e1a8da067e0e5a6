/** Made-up places that look like real ones: Korean names of part words, kinds and branches, and English ones for the rest. */

export interface SourceRow {
  name: string
  lat: number
  lon: number
  category?: string
  address?: string
}

/** mulberry32: the same file and the same queries at every run. */
export function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Random = () => number
/** Throws RangeError when there is nothing to take from. */
export function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)]
  if (picked === undefined) throw new RangeError('Nothing to pick from')
  return picked
}

const words = (text: string): string[] => text.split(' ')
const owners = words(
  '할머니 이모네 고향 엄마손 형제 자매 김씨네 박가네 이가네 최고집 장모님 삼촌 외할머니 시골 옛날 원조 진짜 소문난 전주 나주 춘천 부산 대구 안동 제주 강릉 속초 목포 여수 통영 남원 명동 신촌 종로 을지로 광화문 서촌 북촌 행복한 착한 배부른 든든한 맛있는 정든 푸른 하늘 바다 산골 호수 들꽃 은행나무 소나무 느티나무 대나무 장수 만복 복 태양 달빛 별빛 새벽 황금 은 청춘 우리 둘리 두꺼비 황소 곰 토끼 거북이 참새 제비 까치 봉황 백두산 한라산 지리산 설악 금강 한강 영동 강남 신사 압구정 동해 서해 남해',
)
const kinds = words(
  '칼국수 손칼국수 바지락칼국수 수제비 냉면 평양냉면 막국수 잔치국수 국수 김밥 떡볶이 분식 순대국 순대 설렁탕 곰탕 갈비탕 삼계탕 감자탕 뼈해장국 해장국 국밥 돼지국밥 콩나물국밥 김치찌개 된장찌개 부대찌개 순두부 청국장 갈비 숯불갈비 돼지갈비 삼겹살 족발 보쌈 곱창 막창 닭갈비 찜닭 치킨 통닭 호프 닭강정 닭발 횟집 초밥 조개구이 아구찜 낙지볶음 쭈꾸미 장어구이 생선구이 비빔밥 돌솥밥 백반 한정식 쌈밥 정식 식당 가든 회관 집 밥집 반찬 도시락 중국집 반점 짜장 짬뽕 마라탕 양꼬치 돈까스 우동 라멘 카레 쌀국수 파스타 피자 버거 스테이크 카페 커피 베이커리 제과점 빙수 포차 이자카야 전집 빈대떡 만두',
)
const brands = words(
  '스타벅스 이디야커피 메가엠지씨커피 컴포즈커피 빽다방 투썸플레이스 파리바게뜨 뚜레쥬르 던킨 배스킨라빈스 맥도날드 버거킹 롯데리아 맘스터치 서브웨이 비비큐 교촌치킨 굽네치킨 네네치킨 페리카나 처갓집양념치킨 본죽 김밥천국 한솥도시락 새마을식당 홍콩반점 명륜진사갈비 원할머니보쌈 놀부부대찌개 도미노피자 피자헛 미스터피자',
)
const areas = words(
  '강남 역삼 삼성 잠실 송파 천호 길동 둔촌 성수 건대 왕십리 신촌 홍대 합정 망원 상수 연남 마포 공덕 여의도 영등포 신림 사당 방배 서초 양재 수유 노원 미아 종각 안국 혜화 동대문 청량리 상봉 구리 남양주 분당 판교 수원 인계 영통 평촌 안양 산본 일산 부평 송도 구월 둔산 유성 은행 동성로 수성 범어 서면 해운대 광안리 남포 충장로 상무 객사 연동 노형 애월',
)
const streets = words(
  '천호대로 올림픽로 강남대로 테헤란로 양재대로 중앙로 시청로 역전로 시장길 학교길',
)
const english = words(
  'Golden Lucky Royal Happy Corner Village Old New Little Big Blue Red Green Silver Sunny Mama Papa Uncle Brothers Sisters Garden Park River Lake Ocean Grand Union Metro Empire Liberty Star Moon Harbor Bridge Avenue Union Brooklyn Queens Astoria Harlem Chelsea',
)
const englishKinds = words(
  'Pizza Deli Diner Grill Cafe Bakery Kitchen Bistro Tavern Pub Bar Steakhouse Sushi Ramen Thai Curry Taqueria Burgers Sandwiches Bagels Noodles Dumplings Seafood Chicken BBQ Coffee Juice Trattoria Restaurant',
)

/** Centres of cities, with how widely places lie around them, in degrees. */
const korea = [
  [37.55, 126.99, 0.12],
  [37.27, 127.02, 0.06],
  [37.45, 126.7, 0.06],
  [35.16, 129.06, 0.07],
  [35.87, 128.6, 0.06],
  [36.35, 127.38, 0.05],
  [35.15, 126.88, 0.05],
  [33.5, 126.52, 0.05],
] as const
const abroad = [
  [40.73, -73.96, 0.09],
  [34.05, -118.3, 0.12],
  [51.51, -0.12, 0.08],
] as const

/** Closer together towards the middle, as shops stand. */
function around(random: Random, cities: readonly (readonly [number, number, number])[]) {
  const [lat, lon, spread] = pick(random, cities)
  const off = (): number => (random() + random() + random() - 1.5) * spread * 1.5
  return { lat: lat + off(), lon: lon + off() }
}

export const branchOf = (random: Random): string =>
  pick(random, [
    `${pick(random, areas)}점`,
    `${pick(random, areas)}역점`,
    `${pick(random, areas)}본점`,
    '본점',
    `${Math.ceil(random() * 5) + 1}호점`,
    '직영점',
  ])

export function makeKorean(random: Random): SourceRow {
  const chain = random() < 0.15
  const base = chain
    ? pick(random, brands)
    : `${pick(random, owners)}${random() < 0.5 ? ' ' : ''}${pick(random, kinds)}`
  const name = chain || random() < 0.25 ? `${base} ${branchOf(random)}` : base
  const address = `서울 ${pick(random, areas)}구 ${pick(random, streets)} ${Math.ceil(random() * 400)}`
  return { name, ...around(random, korea), address }
}

export function makeEnglish(random: Random): SourceRow {
  const name = `${pick(random, english)} ${pick(random, english)} ${pick(random, englishKinds)}`
  return { name, ...around(random, abroad) }
}

/** The same shop elsewhere: another branch, another owner, another kind. */
export function varyKorean(random: Random, name: string): string {
  const way = random()
  if (way < 0.35) return `${name.replace(/\s*\S*점$/u, '')} ${branchOf(random)}`
  if (way < 0.55) return `${pick(random, owners)} ${name}`
  if (way < 0.75) return `${name} ${pick(random, kinds)}`
  return `${pick(random, areas)} ${name}`
}

export function varyEnglish(random: Random, name: string): string {
  const way = random()
  if (way < 0.4) return `${name} ${pick(random, englishKinds)}`
  if (way < 0.7) return `${pick(random, english)} ${name}`
  return `${name} ${Math.ceil(random() * 12) + 1}`
}
