import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pbfFile } from '#server/testing.pbf.ts'
import { readWish } from './places.args.ts'
import { guessEncoding, guessFormat, makeDecoder, openPlaceFile } from './places.file.ts'
import { Plain } from './say.ts'

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

test('UTF-16 of either order is known without its mark, of Korean alone too, and other zeros are not taken for it', () => {
  const text = '상호명,위도,경도\n동일루,37.5,127\n을지면옥,37.6,127.1\n'
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  for (const [bytes, encoding] of [
    [little, 'utf-16le'],
    [big, 'utf-16be'],
  ] as const) {
    const guessed = guessEncoding(fileOf('a.csv', bytes))
    expect(guessed).toBe(encoding)
    expect(makeDecoder(guessed).decode(bytes)).toBe(text)
    expect(guessFormat(fileOf('a', bytes), guessed)).toBe('csv')
  }
  expect(guessEncoding(fileOf('a', deflateSync(Buffer.alloc(5_000, 'x'))))).not.toMatch(/utf-16/)
})

test('what is no file of places is told by what it is, and what to do with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'places-'))
  const open = async (name: string, bytes: Buffer | string) => {
    const path = join(folder, name)
    await writeFile(path, bytes)
    return openPlaceFile(path).then(
      () => 'opened',
      (error: unknown) =>
        error instanceof Plain ? error.message.replace(`${path} `, '') : 'trace',
    )
  }
  expect(await open('a.csv', gzipSync('name'))).toMatch(/gzip.*unpack/)
  expect(await open('a.xlsx', 'PK\u0003\u0004')).toMatch(/spreadsheet.*CSV/)
  expect(await open('a.osm', '<?xml version="1.0"?>\n<osm version="0.6">')).toMatch(/osmium/)
  expect(await open('a.json', '<!DOCTYPE html><html>')).toMatch(/web page/)
  expect(await open('a.csv', '')).toBe('is empty.')
  expect(await open('a.csv', Buffer.from([1, 0, 0, 7, 0, 0, 0, 3]))).toMatch(/zero bytes/)
  expect(await open('a', pbfFile({}))).toBe('opened')
  await expect(openPlaceFile(folder)).rejects.toThrow('is a folder')
  await expect(openPlaceFile(join(folder, 'none'))).rejects.toThrow('There is no file')
  await rm(folder, { recursive: true })
})

test('flags: an area south of the line, a column that is not read, grids by their number; what makes no sense is refused', () => {
  const wish = readWish([
    'import',
    'a',
    'b',
    '--area',
    '-34,150,-33,152',
    '--price',
    '-',
    '--crs',
    '5179',
    '--name-en',
    'X',
  ])
  expect(wish).toMatchObject({
    files: ['a', 'b'],
    area: { south: -34, west: 150, north: -33, east: 152 },
    crs: 'EPSG:5179',
    names: { price: '-', nameEn: 'X' },
  })
  const wrong = [
    '--area=1,2,3',
    '--area=38,126,37,127',
    '--crs=EPSG:3857',
    '--format=xml',
    '--encoding=klingon',
    '--rejected=x',
    '--nmae=a',
  ]
  for (const flag of wrong) expect(() => readWish(['import', 'a', flag]), flag).toThrow(Plain)
  for (const args of [[], ['import'], ['stats', 'a'], ['export', 'a']])
    expect(() => readWish(args), args.join(' ')).toThrow('pnpm places import FILE')
})
