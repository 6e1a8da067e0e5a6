import { expect, test } from 'vitest'
import { roomCodeSchema } from '#shared/rooms.ts'
import { newErrorId, newRoomCode, newUrlId, newUuid } from './id.ts'

test('codes and ids have their shapes and do not repeat', () => {
  const codes = Array.from({ length: 1_000 }, newRoomCode)
  expect(new Set(codes).size).toBe(1_000)
  for (const code of codes) expect(roomCodeSchema.parse(code)).toBe(code)
  expect(newUrlId()).toMatch(/^[\w-]{22}$/)
  expect(newErrorId()).toMatch(/^[a-z2-7]{10}$/)
})

test('uuids are version 7 and sort by time', () => {
  const at = [1, 1_700_000_000_000, 1_800_000_000_000]
  const ids = at.map((now) => newUuid(now))
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([...ids].sort()).toEqual(ids)
  expect(ids.map((id) => parseInt(id.slice(0, 8) + id.slice(9, 13), 16))).toEqual(at)
})
