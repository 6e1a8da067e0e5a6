import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  makeEnglish,
  makeKorean,
  makeRandom,
  pick,
  type Random,
  type SourceRow,
  varyEnglish,
  varyKorean,
} from './places.names.ts'

/** As many of a hundred rows are Korean. */
const KOREAN_SHARE = 0.7
/** How many rows are kept to ask for afterwards. */
const SAMPLES = 3_000

type Make = (random: Random) => SourceRow

/** Writes a file of places, one JSON value a line; answers a sample of them. The rows are those of `data`, repeated elsewhere, or made up. */
export async function writePlaces(
  path: string,
  count: number,
  data: string | null,
): Promise<SourceRow[]> {
  const random = makeRandom(20_261_121)
  const [korean, english] = data ? await readBoth(data) : [makeKorean, makeEnglish]
  const samples: SourceRow[] = []
  const every = Math.max(1, Math.floor(count / SAMPLES))
  function* lines(): Generator<string> {
    for (let n = 0; n < count; n++) {
      const row = (random() < KOREAN_SHARE ? korean : english)(random)
      if (n % every === 0) samples.push(row)
      yield `${JSON.stringify({ id: `bench-${n}`, ...row })}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { highWaterMark: 1_048_576 }))
  return samples
}

/** Seoul's two files and New York's. */
async function readBoth(folder: string): Promise<[Make, Make]> {
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const seoul = [
    ...readSeoulCsv(await text('seoul_gangdong_restaurants.csv')),
    ...readSeoulJson(await text('seoul_food_union.json')),
  ]
  const newYork = readNewYork(await text('nyc_restaurants.ndjson'))
  return [repeat(seoul, varyKorean, KOREAN_SHIFTS), repeat(newYork, varyEnglish, ENGLISH_SHIFTS)]
}

/** Degrees between one copy and the next, and how many copies lie beside one another. */
const KOREAN_SHIFTS = { step: 0.11, across: 8 }
const ENGLISH_SHIFTS = { step: 0.6, across: 3 }
/** No two copies of a shop at the very same point of their city. */
const JITTER = 0.004

/** Row after row as they are, then again and again under other names on other ground. */
function repeat(
  rows: readonly SourceRow[],
  vary: (random: Random, name: string) => string,
  { step, across }: typeof KOREAN_SHIFTS,
): Make {
  let next = 0
  return (random) => {
    const row = rows[next % rows.length] ?? pick(random, rows)
    const copy = Math.floor(next++ / rows.length)
    if (copy === 0) return row
    const shift = (value: number, steps: number): number =>
      Math.round((value + steps * step + (random() - 0.5) * JITTER) * 1e7) / 1e7
    return {
      ...row,
      name: vary(random, row.name),
      lat: shift(row.lat, -Math.floor(copy / across)),
      lon: shift(row.lon, copy % across),
    }
  }
}

function readSeoulCsv(text: string): SourceRow[] {
  return text.split('\n').flatMap((line) => {
    const [, name = '', lat = '', lon = ''] = /^(.*),([\d.]+),([\d.]+)\s*$/u.exec(line) ?? []
    return name === '' ? [] : [{ name: name.replaceAll('"', ''), lat: +lat, lon: +lon }]
  })
}

interface SeoulItem {
  name: string
  category: string
  roadAddress: string
  dongCentroidLat: number
  dongCentroidLon: number
}
function readSeoulJson(text: string): SourceRow[] {
  const { items } = JSON.parse(text) as { items: SeoulItem[] }
  return items
    .filter((item) => Number.isFinite(item.dongCentroidLat) && item.name)
    .map((item) => ({
      name: item.name,
      lat: item.dongCentroidLat,
      lon: item.dongCentroidLon,
      category: item.category,
      address: item.roadAddress,
    }))
}

interface NewYorkItem {
  name?: string
  location: { coordinates: [number, number] }
}
function readNewYork(text: string): SourceRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as NewYorkItem)
    .map(({ name = '', location: { coordinates } }) => ({
      name,
      lat: coordinates[1],
      lon: coordinates[0],
    }))
    .filter(({ name, lat, lon }) => name !== '' && Math.abs(lat) < 80 && Math.abs(lon) > 1)
}
