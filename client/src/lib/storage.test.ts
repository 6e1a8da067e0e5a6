import { beforeEach, expect, test } from 'vitest'
import { forgetKept, forgetPerson, keep, keptKeys, roomKeys } from './storage.ts'

beforeEach(() => localStorage.clear())

test('leaving a room forgets what was kept for it, and nothing of another', () => {
  keep(`${roomKeys('a')}outbox.me.1`, 'unsent')
  keep(`${roomKeys('ab')}outbox.me.2`, 'unsent')
  forgetKept(roomKeys('a'))
  expect(keptKeys('bapmap.')).toEqual([`${roomKeys('ab')}outbox.me.2`])
})

test('signing out forgets the person and leaves the device its settings', () => {
  for (const key of [
    `${roomKeys('a')}outbox.me.1`,
    'bapmap.kept.round',
    'bapmap.chat.read.channel',
    'bapmap.areas',
    'bapmap.theme',
    'bapmap.letterKeys',
    'another.site',
  ])
    keep(key, 1)
  forgetPerson()
  expect(keptKeys('').sort()).toEqual(['another.site', 'bapmap.letterKeys', 'bapmap.theme'])
})
