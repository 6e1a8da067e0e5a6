import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { limits } from '#shared/limits.ts'
import { graphemeCount } from '#shared/users.names.ts'
import {
  actingHost,
  assertHasSpace,
  assertHost,
  assertInside,
  assertMayEnter,
  assertWhen,
  assertZone,
  distinctName,
  doorState,
  extendedExpiry,
} from './policy.ts'

const codeOf = (call: () => void): string => {
  try {
    call()
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'allowed'
}
const open = { now: 1_000, expiresAt: 2_000, closedAt: null, locked: false }
const inside = { left: false, removed: false }

describe('the door', () => {
  test('expired comes first, then removed, then locked, then closed', () => {
    const all = { ...open, locked: true, closedAt: 900 }
    expect(doorState({ ...all, expiresAt: 1_000 }, { left: false, removed: true })).toBe('expired')
    expect(doorState(all, { left: true, removed: true })).toBe('removed')
    expect(doorState(all, null)).toBe('locked')
    expect(doorState(all, inside)).toBe('closed')
    expect(doorState({ ...open, locked: true }, { left: true, removed: false })).toBe('open')
  })
  test('a locked room takes members back and nobody else; a closed one too', () => {
    expect(codeOf(() => assertMayEnter({ ...open, locked: true }, null))).toBe('room_locked')
    expect(
      codeOf(() => assertMayEnter({ ...open, locked: true }, { left: true, removed: false })),
    ).toBe('allowed')
    expect(codeOf(() => assertMayEnter({ ...open, closedAt: 5 }, null))).toBe('room_closed')
    expect(codeOf(() => assertMayEnter({ ...open, closedAt: 5 }, inside))).toBe('allowed')
    expect(codeOf(() => assertMayEnter(open, { left: false, removed: true }))).toBe('room_removed')
  })
  test('who left or never came is not inside', () => {
    expect(codeOf(() => assertInside(open, null))).toBe('not_a_member')
    expect(codeOf(() => assertInside(open, { left: true, removed: false }))).toBe('not_a_member')
    expect(codeOf(() => assertInside({ ...open, expiresAt: 999 }, inside))).toBe('room_expired')
  })
  test('the last place is taken by one', () => {
    expect(codeOf(() => assertHasSpace(19, false, 20))).toBe('allowed')
    expect(codeOf(() => assertHasSpace(20, false, 20))).toBe('room_full')
    expect(codeOf(() => assertHasSpace(20, true, 20))).toBe('allowed')
  })
})

describe('hosts', () => {
  test('an acting host has a host’s rights but for some', () => {
    const acting = { seat: 2, hostSeat: 1, actingSeat: 2 }
    expect(codeOf(() => assertHost(acting, false))).toBe('allowed')
    expect(codeOf(() => assertHost(acting, true))).toBe('acting_host_cannot')
    expect(codeOf(() => assertHost({ ...acting, seat: 3 }, true))).toBe('host_only')
    expect(codeOf(() => assertHost({ ...acting, seat: 1 }, true))).toBe('allowed')
  })
  const present = [
    { seat: 4, forMs: 9_000 },
    { seat: 2, forMs: 5_000 },
    { seat: 3, forMs: 9_000 },
  ]
  const room = { hostSeat: 1, actingSeat: null, hostGoneSince: 0, now: 60_000 }
  test('nobody acts before a minute, then the longest-present, the lower seat of equals', () => {
    expect(actingHost({ ...room, now: 59_999 }, present, 60_000)).toBeNull()
    expect(actingHost(room, present, 60_000)).toBe(3)
    expect(actingHost({ ...room, hostGoneSince: null }, present, 60_000)).toBeNull()
  })
  test('who acts goes on while present, whoever comes', () => {
    expect(actingHost({ ...room, actingSeat: 2 }, present, 60_000)).toBe(2)
    expect(actingHost({ ...room, actingSeat: 7 }, present, 60_000)).toBe(3)
    expect(actingHost(room, [], 60_000)).toBeNull()
  })
})

describe('names', () => {
  test('equal ones get the lowest free number, whatever the case', () => {
    expect(distinctName('민수', ['지은'], 20)).toBe('민수')
    expect(distinctName('민수', ['민수'], 20)).toBe('민수 2')
    expect(distinctName('Min', ['min', 'MIN 2'], 20)).toBe('Min 3')
    for (const alike of ['민수\u200d', '민\u200c수', '민수\ufe0f', '민\u3164수'])
      expect(distinctName(alike, ['민수'], 20)).toBe(`${alike} 2`)
    expect(distinctName('Ｍｉｎ', ['min'], 20)).toBe('Ｍｉｎ 2')
  })
  test('a numbered name stays within the limit and cuts no grapheme', () => {
    const family = '👨‍👩‍👧‍👦'.repeat(20)
    const name = distinctName(family, [family], 20)
    expect(graphemeCount(name)).toBe(20)
    expect(name.endsWith('👨‍👩‍👧‍👦 2')).toBe(true)
  })
})

describe('times', () => {
  const HOUR_MS = 3_600_000
  test('extending adds a day, at most a week ahead, and never shortens', () => {
    expect(extendedExpiry(0, 10 * HOUR_MS, limits.ROOM_IDLE_EXPIRY_MS)).toBe(34 * HOUR_MS)
    expect(extendedExpiry(0, 160 * HOUR_MS, limits.ROOM_IDLE_EXPIRY_MS)).toBe(168 * HOUR_MS)
    expect(extendedExpiry(0, 200 * HOUR_MS, limits.ROOM_IDLE_EXPIRY_MS)).toBe(200 * HOUR_MS)
  })
  test('"when" is near, zones are known', () => {
    expect(codeOf(() => assertWhen(1e15, 1.7e12))).toBe('bad_input')
    expect(codeOf(() => assertWhen(1.7e12 + HOUR_MS, 1.7e12))).toBe('allowed')
    expect(codeOf(() => assertZone('Asia/Seoul'))).toBe('allowed')
    expect(codeOf(() => assertZone('Asia/Nowhere'))).toBe('bad_input')
  })
})
