import { expect, test } from 'vitest'
import { guessEncoding, guessFormat, makeDecoder } from './places.file.ts'

const fileOf = (path: string, bytes: Buffer) => ({ path, bytes: bytes.length, start: bytes })
/** 가게,똠위도 in the encoding of Korean Windows; 똠 is not in EUC-KR. */
const CP949 = Buffer.from([0xb0, 0xa1, 0xb0, 0xd4, 0x2c, 0x8c, 0x63, 0xc0, 0xa7, 0xb5, 0xb5])

test('a file’s encoding: UTF-8 with or without its mark, Korean Windows, and what a mark says', () => {
  const encodingOf = (bytes: Buffer) => guessEncoding(fileOf('a.csv', bytes))
  const text = '가게,위도\n동일루,37.5\n'
  expect(encodingOf(Buffer.from(text))).toBe('utf-8')
  expect(encodingOf(Buffer.from(`\ufeff${text}`))).toBe('utf-8')
  expect(encodingOf(Buffer.from(text).subarray(0, 4)), 'cut within a letter').toBe('utf-8')
  expect(encodingOf(CP949)).toBe('euc-kr')
  expect(makeDecoder('euc-kr').decode(CP949)).toBe('가게,똠위도')
  expect(encodingOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe('utf-16le')
  const utf8 = Buffer.from(text)
  const broken = Buffer.concat([utf8, utf8.subarray(0, 4), Buffer.from(',37.5\n'), utf8])
  expect(encodingOf(broken), 'a letter cut by its bytes').toBe('utf-8')
  expect(encodingOf(Buffer.concat([CP949, Buffer.from([0xb0, 0x2c]), CP949]))).toBe('euc-kr')
})

test('a file’s format: by its name, else by how it begins', () => {
  const formatOf = (path: string, text: string) =>
    guessFormat(fileOf(path, Buffer.from(text)), 'utf-8')
  expect(formatOf('a.CSV', '{}')).toBe('csv')
  expect(formatOf('a.jsonl', '[]')).toBe('ndjson')
  expect(formatOf('a.geojson', '{"type":"FeatureCollection","features":[]}')).toBe('json')
  expect(formatOf('a.json', '{"name":"가"}\n{"name":"나"}\n')).toBe('ndjson')
  expect(formatOf('a', '[{"name":"가"}]')).toBe('json')
  expect(formatOf('a', 'name,lat,lon\n')).toBe('csv')
})

test('Korean Windows: every syllable is another, cut between its bytes too; what means nothing is told', () => {
  const decoder = makeDecoder('cp949')
  const halves = [CP949.subarray(0, 6), CP949.subarray(6)]
  expect(halves.map((half) => decoder.decode(half, { stream: true })).join('')).toBe('가게,똠위도')
  // The first and the last that were added, one of the middle, and the first of EUC-KR.
  const some = Buffer.from([0x81, 0x41, 0xc6, 0x52, 0xa0, 0xfe, 0xa1, 0x41, 0xb0, 0xa1])
  expect(makeDecoder('euc-kr').decode(some)).toBe('갂힣좤좥가')
  expect(makeDecoder('cp949').decode(Buffer.from([0x41, 0xff, 0xff, 0xb0]))).toBe('A\ufffd\ufffd')
})

test('Korean Windows: half a letter is one unreadable letter, and takes no comma, quote or line’s end with it', () => {
  const halves = Buffer.from([0xb0, 0xa1, 0xb0, 0x2c, 0x22, 0xb0, 0x22, 0x0a, 0xc6, 0x0a])
  expect(makeDecoder('cp949').decode(halves)).toBe('가\ufffd,"\ufffd"\n\ufffd\n')
})
