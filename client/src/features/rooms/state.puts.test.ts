import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makePuts } from './state.puts.ts'
import type { Puts, WaitingPut } from './state.puts.ts'

const pin = { kind: 'pin' as const, name: '그 집', lat: 37, lng: 127, category: 'other' as const }
const away = new Error('away')
const full = new Error('full')

let asked: string[] = []
let answers: (() => number)[] = []
let said: string[] = []
let kept: WaitingPut[] = []
let keys = 0
const make = (): Puts =>
  makePuts({
    propose: async (put) => {
      asked.push(put.key)
      return { number: (answers.shift() ?? (() => asked.length))() }
    },
    isPassing: (error) => error === away,
    placed: (put, number) => said.push(`${put.name} ${number}`),
    refused: (put, error) => said.push(`${put.name} ${(error as Error).message}`),
    newKey: () => `k${++keys}`,
    readKept: () => kept,
    keep: (waiting) => (kept = [...waiting]),
  })
const fail = (error: Error) => (): number => {
  throw error
}

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  answers = []
  said = []
  kept = []
  keys = 0
})
afterEach(() => void vi.useRealTimers())

test('what nobody answered waits and goes out again under its own key', async () => {
  answers = [fail(away), fail(away), () => 7]
  const puts = make()
  expect(await puts.put(pin, '그 집')).toBe('waiting')
  expect(puts.waiting().map(({ name }) => name)).toEqual(['그 집'])
  await vi.advanceTimersByTimeAsync(4_000)
  expect(asked).toEqual(['k1', 'k1', 'k1'])
  expect(said).toEqual(['그 집 7'])
  expect(puts.waiting()).toEqual([])
  expect(kept).toEqual([])
})

test('a refusal is said and not tried again, now or later', async () => {
  answers = [fail(full), fail(away), fail(full)]
  const puts = make()
  expect(await puts.put(pin, '하나')).toBeNull()
  expect(await puts.put(pin, '둘')).toBe('waiting')
  puts.flush()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said).toEqual(['하나 full', '둘 full'])
  expect(asked).toHaveLength(3)
})

test('a page that is opened anew sends what the last one kept, unless it was taken back', async () => {
  answers = [fail(away), fail(away)]
  const before = make()
  await before.put(pin, '하나')
  await before.put(pin, '둘')
  before.drop('k1')
  before.end()
  const after = make()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.slice(2)).toEqual(['k2'])
  expect(after.waiting()).toEqual([])
})
