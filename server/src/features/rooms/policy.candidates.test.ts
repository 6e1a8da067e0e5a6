import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { limits } from '#shared/limits.ts'
import {
  assertMayPropose,
  assertMayRestore,
  assertMayWithdraw,
  cleanLink,
  duplicateOf,
} from './policy.candidates.ts'
import type { CandidateFacts } from './policy.candidates.ts'

const refusal = (call: () => void): unknown => {
  try {
    call()
  } catch (error) {
    if (error instanceof AppError) return [error.code, ...Object.values(error.params)]
    throw error
  }
  return 'allowed'
}
const candidate = (number: number, more: Partial<CandidateFacts> = {}): CandidateFacts => ({
  number,
  placeId: null,
  name: `place ${number}`,
  lat: 37.5 + number / 1_000,
  lng: 127,
  proposerSeat: 2,
  withdrawnAt: null,
  withdrawnBy: null,
  ...more,
})
const five = [1, 2, 3, 4, 5].map((n) => candidate(n))
const fresh = { placeId: null, name: 'new', lat: 37, lng: 127 }
const member = { seat: 2, host: false }
const host = { seat: 1, host: true }
const first = { kind: 'first', hidden: false } as const
const runoff = { kind: 'runoff', hidden: false } as const

describe('putting forward', () => {
  test('five a person, ten the host, thirty a room, a hundred numbers', () => {
    expect(refusal(() => assertMayPropose(five, fresh, member, null, 6, limits))).toEqual([
      'candidate_limit_person',
      5,
    ])
    const four = [...five.slice(1), candidate(9, { withdrawnAt: 1 })]
    expect(refusal(() => assertMayPropose(four, fresh, member, null, 6, limits))).toBe('allowed')
    const hosts = Array.from({ length: 10 }, (_, n) => candidate(n + 1, { proposerSeat: 1 }))
    expect(refusal(() => assertMayPropose(hosts.slice(1), fresh, host, null, 11, limits))).toBe(
      'allowed',
    )
    expect(refusal(() => assertMayPropose(hosts, fresh, host, null, 11, limits))).toEqual([
      'candidate_limit_person',
      10,
    ])
    const thirty = Array.from({ length: 30 }, (_, n) => candidate(n + 1, { proposerSeat: 10 + n }))
    expect(refusal(() => assertMayPropose(thirty, fresh, host, null, 31, limits))).toEqual([
      'candidate_limit_room',
      30,
    ])
    expect(refusal(() => assertMayPropose([], fresh, host, null, 101, limits))).toEqual([
      'candidate_numbers_used',
      100,
    ])
    expect(refusal(() => assertMayPropose([], fresh, host, null, 100, limits))).toBe('allowed')
  })
  test('the same place stands once: by id, or by name within a thumb’s width', () => {
    const placed = [candidate(1, { placeId: 'a', name: '한신 포차', lat: 37.5, lng: 127 })]
    expect(duplicateOf(placed, { placeId: 'a', name: 'other', lat: 0, lng: 0 })?.number).toBe(1)
    expect(
      duplicateOf(placed, { placeId: null, name: '한신포차', lat: 37.5001, lng: 127 })?.number,
    ).toBe(1)
    expect(
      duplicateOf(placed, { placeId: null, name: '한신포차', lat: 37.51, lng: 127 }),
    ).toBeUndefined()
    const gone = [{ ...candidate(1, { placeId: 'a' }), withdrawnAt: 5 }]
    expect(
      duplicateOf(gone, { placeId: 'a', name: 'place 1', lat: 37.501, lng: 127 }),
    ).toBeUndefined()
  })
  test('nothing is added to a run-off', () => {
    expect(refusal(() => assertMayPropose([], fresh, host, runoff, 1, limits))).toEqual([
      'runoff_fixed',
    ])
  })
})

describe('withdrawing', () => {
  const own = candidate(1)
  test('by the proposer or the host', () => {
    expect(refusal(() => assertMayWithdraw(five, own, member, null, limits))).toBe('allowed')
    expect(refusal(() => assertMayWithdraw(five, own, host, null, limits))).toBe('allowed')
    expect(
      refusal(() => assertMayWithdraw(five, own, { seat: 3, host: false }, null, limits)),
    ).toEqual(['candidate_not_yours', 1])
  })
  test('in a hidden round only by the host, chosen or not', () => {
    expect(
      refusal(() => assertMayWithdraw(five, own, member, { kind: 'first', hidden: true }, limits)),
    ).toEqual(['host_only'])
    expect(
      refusal(() => assertMayWithdraw(five, own, host, { kind: 'first', hidden: true }, limits)),
    ).toBe('allowed')
  })
  test('two stay in an open round; a run-off is fixed', () => {
    const two = five.slice(0, 2)
    expect(refusal(() => assertMayWithdraw(two, own, host, first, limits))).toEqual([
      'too_few_candidates',
      2,
    ])
    expect(refusal(() => assertMayWithdraw(two, own, host, null, limits))).toBe('allowed')
    expect(refusal(() => assertMayWithdraw(five, own, host, runoff, limits))).toEqual([
      'runoff_fixed',
    ])
  })
})

describe('restoring', () => {
  const gone = (by: number) => ({ ...candidate(9), withdrawnAt: 100, withdrawnBy: by })
  const context = { round: null, lastCloseAt: null, hostSeats: [1, null] }
  test('by who withdrew it or the host; what the host took only a host puts back', () => {
    expect(refusal(() => assertMayRestore([], gone(2), member, context, limits))).toBe('allowed')
    expect(refusal(() => assertMayRestore([], gone(2), host, context, limits))).toBe('allowed')
    expect(refusal(() => assertMayRestore([], gone(1), member, context, limits))).toEqual([
      'candidate_not_yours',
      9,
    ])
  })
  test('until the close and no longer', () => {
    expect(
      refusal(() => assertMayRestore([], gone(2), member, { ...context, lastCloseAt: 99 }, limits)),
    ).toBe('allowed')
    expect(
      refusal(() =>
        assertMayRestore([], gone(2), member, { ...context, lastCloseAt: 100 }, limits),
      ),
    ).toEqual(['candidate_restore_over', 9])
    expect(
      refusal(() => assertMayRestore([], gone(2), host, { ...context, round: runoff }, limits)),
    ).toEqual(['runoff_fixed'])
  })
  test('not over the limits, and not beside its double', () => {
    expect(refusal(() => assertMayRestore(five, gone(2), member, context, limits))).toEqual([
      'candidate_limit_person',
      5,
    ])
    const acting = { ...context, hostSeats: [1, 2] }
    expect(
      refusal(() => assertMayRestore(five, gone(2), { seat: 2, host: true }, acting, limits)),
      'who acts for the host may have as many',
    ).toBe('allowed')
    const double = candidate(10, { name: 'place 9', lat: gone(2).lat })
    expect(refusal(() => assertMayRestore([double], gone(2), member, context, limits))).toEqual([
      'candidate_duplicate',
      10,
    ])
  })
})

test('links are http, without a password', () => {
  expect(cleanLink('https://naver.me/5xAbCd')).toBe('https://naver.me/5xAbCd')
  for (const wrong of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://a/b',
    'https://a:b@c/',
    'nonsense',
    `https://a/${'ㅎ'.repeat(100)}`,
  ]) {
    expect(refusal(() => cleanLink(wrong))).toEqual(['bad_input', ['link']])
  }
})
