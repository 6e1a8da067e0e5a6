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
/** So many who decided for the winner, and so many others. */
function atTable(chose: number, others: number): Parameters<typeof reasonsOf>[0]['people'] {
  return Array.from({ length: chose + others }, (_, index) => ({
    portrait: '',
    seat: index + 1,
    ticked: true,
    choseWinner: index < chose,
    simulated: false,
    name: null,
    chose: null,
    settled: null,
  }))
}
const base = {
  winner,
  by: 'choices',
  runoff: false,
  runoffChoices: null,
  people: atTable(4, 2),
  fine: 0,
  meeting: null,
  candidates: [
    { number: 1, name: '빈대떡마을', category: 'pancake', choices: 4, hard: false },
    { number: 2, name: '동일루', category: 'chinese', choices: 5, hard: true },
  ],
} as const satisfies Parameters<typeof reasonsOf>[0]
const kinds = (change: object) => reasonsOf({ ...base, ...change }).map(({ kind }) => kind)
const untouched = { people: atTable(0, 6) }

test('says how many chose it, and that it is hard for nobody only where that is known', () => {
  expect(reasonsOf(base)).toEqual([
    { kind: 'chosen', count: 4, total: 6, runoff: false },
    { kind: 'hardForNobody' },
  ])
  expect(kinds({ by: 'fewest_passes' })).toEqual(['chosen', 'leastHard'])
})

test('who was fine with anything is not counted against it; in a run-off nobody is asked that', () => {
  expect(reasonsOf({ ...base, people: atTable(1, 2), fine: 1 })[0]).toEqual({
    kind: 'chosenFine',
    count: 1,
    fine: 1,
  })
  expect(kinds({ fine: 1, runoff: true })).toEqual(['byRunoff', 'chosen'])
})

test('after a run-off: what was tied before, then who chose in it', () => {
  const runoff = {
    runoff: true,
    runoffChoices: [
      [1, 4],
      [2, 1],
    ],
    candidates: base.candidates.map((one) => ({ ...one, choices: 3 })),
  } satisfies Partial<Parameters<typeof reasonsOf>[0]>
  expect(reasonsOf({ ...base, ...runoff })).toEqual([
    { kind: 'tied', names: ['빈대떡마을', '동일루'], count: 3 },
    { kind: 'chosen', count: 4, total: 6, runoff: true },
  ])
  expect(kinds({ ...runoff, by: 'draw' })).toEqual(['tied', 'chosen', 'byDraw'])
  expect(kinds({ ...runoff, by: 'draw', ...untouched })).toEqual(['tied', 'byDrawNone'])
  // Of a page that is older than the counts of run-offs.
  expect(kinds({ runoff: true })).toEqual(['byRunoff', 'chosen'])
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
