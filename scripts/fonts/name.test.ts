import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { namesOf, renameFont } from './name.ts'

test('a changed font keeps copyright and licence and not the reserved name', () => {
  const original = readFileSync(
    createRequire(import.meta.url).resolve('pretendard/dist/public/static/Pretendard-Regular.otf'),
  )
  const before = namesOf(original)
  expect(before.get(1)).toContain('Pretendard')
  const after = namesOf(renameFont(original, 'Bapmap Sans', before.get(0) ?? ''))
  expect(after.get(0)).toBe(before.get(0))
  expect(after.get(13)).toContain('SIL Open Font License')
  expect(after.get(6)).toBe('BapmapSans')
  for (const id of [1, 2, 3, 4, 6, 16, 17]) expect(after.get(id) ?? '').not.toMatch(/pretendard/i)
})
