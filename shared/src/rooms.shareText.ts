import { latLngSchema } from './geo.ts'
import type { LatLng } from './geo.ts'
import type { ShareTextReading } from './rooms.ts'

const MAP_HOST = /(?:^|\.)(?:naver\.me|naver\.com|kakao\.com|daum\.net|kko\.to|kakaomap\.com)$/i
const URL_IN_TEXT = /https?:\/\/[^\s<>"'\])]{1,500}/giu
/** `[네이버 지도]`, `[카카오맵]`, `네이버 지도`, `KakaoMap`: the app's own heading, alone or in brackets. */
const HEADING =
  /^\[?\s*(?:네이버\s?지도|네이버\s?플레이스|카카오\s?맵|카카오\s?지도|다음\s?지도|naver\s?maps?|kakao\s?maps?|kakaomap)\s*\]?\s*/iu
/** Provinces and cities that Korean addresses begin with, long and short. */
const REGION =
  /^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[남북]도|전라[남북]도|경상[남북]도)(?:특별시|광역시|특별자치시|특별자치도|도|시)?\s/u
/** A road or lot number anywhere: "테헤란로 12", "역삼동 825-3", "Teheran-ro 12". */
const STREET =
  /(?:[가-힣0-9]+(?:대로|로|길)\s?\d|[가-힣]+(?:동|읍|면|리|가)\s(?:산\s?)?\d|(?:[A-Za-z]|\d)-(?:ro|gil|daero|dong)\b)/u
const PHONE = /^(?:tel|전화)?[\s.:]*\+?\d[\d\s-]{6,}$/iu
/** A line that tells only what was shared with it: "공유", "지도에서 보기". */
const NOISE =
  /^(?:공유(?:하기)?|지도(?:에서)?\s?(?:보기|열기)|상세\s?보기|view (?:on|in) .*map.*|영업시간.*|리뷰.*|별점.*)$/iu

const PAIR = String.raw`(-?\d{1,2}\.\d{3,})(?:,|%2C)\s?(-?\d{1,3}\.\d{3,})`
/**
 * Where a map's link writes a place, latitude first: Kakao's `/link/map/name,37.5,127.0`, Google's `!3d37.5!4d127.0`, `@37.5,127.0` and
 * `?q=37.5,127.0`, Naver's `?lat=37.5&lng=127.0`, OpenStreetMap's `?mlat=37.5&mlon=127.0`. Google's place before its camera.
 */
const AT = [
  /!3d(-?\d{1,2}\.\d+)!4d(-?\d{1,3}\.\d+)/u,
  new RegExp(String.raw`/link/(?:map|to)/(?:[^,/]*,)?${PAIR}`, 'u'),
  new RegExp(String.raw`[?&](?:q|query|ll|destination)=${PAIR}`, 'u'),
  new RegExp(String.raw`/@${PAIR}`, 'u'),
  /[?&]m?lat=(-?\d{1,2}\.\d+)&(?:m?lng|m?lon)=(-?\d{1,3}\.\d+)/u,
]

function placeIn(link: string | null): LatLng | null {
  const found = AT.map((pattern) => pattern.exec(link ?? '')).find((match) => match !== null)
  const at = latLngSchema.safeParse({ lat: Number(found?.[1]), lng: Number(found?.[2]) })
  return at.success ? at.data : null
}

const isAddress = (line: string): boolean => REGION.test(line) || STREET.test(line)

/**
 * Name, address and link of a place shared out of Naver or Kakao maps (their apps share a heading, the name, the address
 * and a short link, each on a line, some parts missing, or all on one line). Null when no name can be told.
 * The link is only kept, never opened.
 */
export function readShareText(text: string): ShareTextReading | null {
  const links = [...text.matchAll(URL_IN_TEXT)].map((match) => match[0].replace(/[.,!?]+$/u, ''))
  const link = links.find(isMapLink) ?? links[0] ?? null
  const all = text
    .normalize('NFC')
    .replace(URL_IN_TEXT, '\n')
    .split(/\r?\n/u)
    .map((line) =>
      line
        .replace(/[\p{Cc}\p{Cf}]/gu, '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
  // What somebody wrote above the app's heading is about the place, not its name.
  const lines = all
    .slice(
      Math.max(
        0,
        all.findIndex((line) => HEADING.test(line)),
      ),
    )
    .map((line) => line.replace(HEADING, ''))
    .filter((line) => line !== '' && !PHONE.test(line) && !NOISE.test(line))
  const address = lines.find(isAddress) ?? null
  const name = lines.find((line) => line !== address) ?? null
  const parted = name === null && address !== null ? partOneLine(address) : null
  const best = parted?.name ?? name
  const at = placeIn(link)
  // Without map link, heading or address any sentence would do as a "name".
  const isOfMap = at !== null || (link !== null && isMapLink(link))
  if (best === null || !(address !== null || isOfMap)) return null
  return {
    name: best.replace(/^["'“‘]+|["'”’]+$/gu, '').slice(0, 200),
    address: parted?.address ?? address,
    link,
    ...(at && { at }),
  }
}

function isMapLink(link: string): boolean {
  return URL.canParse(link) && MAP_HOST.test(new URL(link).hostname)
}

/** "식당 이름 서울 강남구 …" on one line: the name is what stands before the region. */
function partOneLine(line: string): { name: string; address: string } | null {
  const words = line.split(' ')
  const at = words.findIndex((_, i) => i > 0 && REGION.test(`${words.slice(i).join(' ')} `))
  return at > 0 ? { name: words.slice(0, at).join(' '), address: words.slice(at).join(' ') } : null
}
