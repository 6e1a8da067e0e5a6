import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { texts } from '#client/lib/i18n/texts/index.ts'
import { defaultRoomName } from '#shared/rooms.names.ts'
import { charactersOfTexts, dateWords, partsOf, slicesOf, unicodeRange } from './characters.ts'

const css = readFileSync(
  createRequire(import.meta.url).resolve(
    'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css',
  ),
  'utf8',
)
const parts = partsOf(css)
const slices = slicesOf(charactersOfTexts(), parts)
const [ui, ...more] = slices

test('every character of our texts, in both languages, is in the file that comes with the page', () => {
  const written = JSON.stringify(texts) + dateWords()
  const rooms = [3, 8, 12, 18, 22].map((hour) =>
    defaultRoomName({ createdAt: Date.UTC(2026, 10, hour, hour), zone: 'Asia/Seoul' }, 'ko'),
  )
  const known = new Set(ui?.characters)
  const missing = [...new Set(written + rooms.join(''))].filter((one) => !known.has(one))
  expect(missing.join('')).toBe('')
})

test('a character is in one file alone, and the common ones are in ours', () => {
  const all = slices.flatMap(({ characters }) => characters)
  expect(new Set(all).size).toBe(all.length)
  expect(all).toEqual(expect.arrayContaining([...'비빔밥떡볶이쌈겹살ㅋㅠ©']))
  expect(more.every(({ characters }) => characters.length <= 100)).toBe(true)
})

test('ranges are read as they are written', () => {
  const characters = ['가', '각', '갂', '밥', 'a']
  expect(unicodeRange(characters)).toBe('U+61, U+ac00-ac02, U+bc25')
  const rule = `/* [7] */\n@font-face {\n  unicode-range: ${unicodeRange(characters)};\n}`
  expect(partsOf(rule).get(7)).toEqual(['a', '가', '각', '갂', '밥'])
})
