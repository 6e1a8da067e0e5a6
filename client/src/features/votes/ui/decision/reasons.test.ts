import { expect, test } from 'vitest'
import { reasonsOf } from './reasons.ts'

const winner = {
  number: 1,
  placeId: null,
  name: '빈대떡마을',
  category: 'pancake',
  address: null,
  lat: 37.5559,
  lng: 126.9019,
  price: null,
  menu: null,
} as const
const base = {
  winner,
  by: 'choices',
  runoff: false,
  voters: 6,
  meeting: null,
  candidates: [
    { number: 1, name: '빈대떡마을', category: 'pancake', choices: 4, hard: false },
    { number: 2, name: '동일루', category: 'chinese', choices: 5, hard: true },
  ],
} as const satisfies Parameters<typeof reasonsOf>[0]
const kinds = (change: object) => reasonsOf({ ...base, ...change }).map(({ kind }) => kind)
const untouched = { candidates: base.candidates.map((one) => ({ ...one, choices: 0 })) }

test('says how many chose it, and that it is hard for nobody only where that is known', () => {
  expect(reasonsOf(base)).toEqual([
    { kind: 'chosen', count: 4, total: 6 },
    { kind: 'hardForNobody' },
  ])
  expect(kinds({ by: 'fewest_passes' })).toEqual(['chosen', 'leastHard'])
  expect(kinds({ runoff: true })).toEqual(['chosen', 'byRunoff'])
  expect(kinds({ runoff: true, by: 'draw' })).toEqual(['chosen', 'byDraw'])
})

test('where anything was fine nobody is said to have chosen it', () => {
  expect(kinds({ ...untouched, by: 'draw' })).toEqual(['byDrawFine'])
  expect(kinds({ ...untouched, by: 'fewest_passes' })).toEqual(['anythingFine'])
})

test('minutes on foot from the meeting point, at most three reasons, none for a drive', () => {
  const near = { lat: 37.558, lng: 126.9019 }
  const reasons = reasonsOf({ ...base, meeting: near })
  expect(reasons).toHaveLength(3)
  // 234 m as the crow flies, times 1.3, at 67 m a minute
  expect(reasons[2]).toEqual({ kind: 'walk', minutes: 5 })
  expect(kinds({ meeting: { lat: 35.1, lng: 129 } })).toEqual(['chosen', 'hardForNobody'])
})

test('never more choosers than voters', () => {
  expect(reasonsOf({ ...base, voters: 3 })[0]).toEqual({ kind: 'chosen', count: 4, total: 4 })
})
