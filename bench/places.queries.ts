import type { LatLng } from '#shared/geo.ts'
import { makeRandom, pick, type Random, type SourceRow } from './places.names.ts'

export interface Query {
  q: string
  near: LatLng
}

/** What people type, by kind; near where the place is that they have in mind, as the map would be. */
export interface Queries {
  names: Query[]
  initials: Query[]
  typos: Query[]
  common: Query[]
}

export const COMMON_WORDS = ['점', '식당', '집', '치킨', '79']
const dishes =
  '칼국수 삼겹살 김치찌개 냉면 초밥 파스타 커피 떡볶이 국밥 짬뽕 마라탕 돈까스 pizza burger sushi coffee chicken noodle'.split(
    ' ',
  )
const hangul = /^[가-힣 ]+$/u

export function makeQueries(rows: readonly SourceRow[], count: number): Queries {
  const random = makeRandom(7)
  const korean = rows.filter(({ name }) => hangul.test(name) && name.length >= 4)
  const from = <T extends string>(
    among: readonly SourceRow[],
    number: number,
    text: (name: string) => T,
  ): Query[] =>
    Array.from({ length: number }, () => {
      const row = pick(random, among)
      return { q: text(row.name).slice(0, 40), near: nearby(random, row) }
    })
  return {
    names: from(rows, count, (name) => typed(random, name)),
    initials: from(korean, count / 4, initialsOf),
    typos: from(korean, count / 4, (name) => mistype(random, name)),
    common: COMMON_WORDS.flatMap((word) => from(rows, count / 10, () => word)),
  }
}

/** A few streets away. */
const nearby = (random: Random, { lat, lon }: SourceRow): LatLng => ({
  lat: lat + (random() - 0.5) * 0.02,
  lng: lon + (random() - 0.5) * 0.02,
})

/** All of a name, its beginning, one word of it, or only what one wants to eat. */
function typed(random: Random, name: string): string {
  const way = random()
  if (way < 0.3) return name
  if (way < 0.55) return name.slice(0, 2 + Math.floor(random() * 3)).trim()
  if (way < 0.75) return pick(random, name.split(' '))
  if (way < 0.85) return name.replaceAll(' ', '')
  return pick(random, dishes)
}

const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const initialsOf = (name: string): string =>
  [...name.replaceAll(' ', '')]
    .slice(0, 5)
    .map((syllable) => INITIALS[Math.floor((syllable.charCodeAt(0) - 0xac00) / 588)])
    .join('')

/** One syllable left out, one with another vowel, or two in the wrong order. */
function mistype(random: Random, name: string): string {
  const letters = [...name]
  const at = 1 + Math.floor(random() * (letters.length - 2))
  const way = random()
  if (way < 0.33) return letters.toSpliced(at, 1).join('')
  const [a = '', b = ''] = letters.slice(at, at + 2)
  if (way < 0.66) return letters.toSpliced(at, 2, b, a).join('')
  const code = a.charCodeAt(0)
  const other = code >= 0xac00 && code + 28 <= 0xd7a3 ? String.fromCharCode(code + 28) : '나'
  return letters.toSpliced(at, 1, other).join('')
}
