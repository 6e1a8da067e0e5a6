import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pbfBlob, pbfBlock, pbfFile, pbfHeader, type TestBlock } from '#server/testing.pbf.ts'
import { readPbf } from './service.importPbf.ts'
import { UnreadableFile } from './service.importPbfBlobs.ts'

const header = pbfBlob({ type: 'OSMHeader', data: pbfHeader() })

async function read(file: Uint8Array, nodesMax?: number) {
  const source = {
    size: file.length,
    read: (at: number, length: number) => Promise.resolve(file.subarray(at, at + length)),
  }
  const rows: unknown[] = []
  const problems: string[] = []
  let passedOver = 0
  for await (const row of readPbf(source, nodesMax)) {
    if ('value' in row) rows.push(row.value)
    else if ('problem' in row) problems.push(`${row.line} ${row.problem}`)
    else passedOver += row.passedOver
  }
  return { rows, problems, passedOver }
}

const corner = (id: number, lat: number, lon: number) => ({ id, lat, lon })
const town: TestBlock[] = [
  {
    nodes: [
      {
        id: 1,
        lat: 37.5666102,
        lon: 126.9783881,
        tags: { amenity: 'restaurant', name: '을지면옥' },
      },
      { id: 2, lat: 37.5, lon: 127, tags: { amenity: 'bank', name: '은행' } },
      corner(11, 37.5, 127),
      corner(12, 37.5, 127.002),
      corner(13, 37.504, 127.002),
      corner(14, 37.504, 127),
    ],
  },
  {
    plain: [
      { id: -3, lat: -33.8688, lon: 151.2093, tags: { shop: 'bakery', name: 'Bread & Co' } },
      corner(21, 43.77, 11.25),
      corner(22, 43.78, 11.26),
      corner(23, 43.78, 11.25),
      corner(31, 1, 1),
    ],
  },
  {
    ways: [
      { id: 100, tags: { amenity: 'cafe', name: '집' }, refs: [11, 12, 13, 14, 11] },
      { id: 101, tags: { building: 'yes' }, refs: [11, 12] },
      { id: 102, refs: [21, 22, 23] },
      { id: 103, refs: [31] },
      { id: 104, tags: { amenity: 'pub', name: 'Nowhere' }, refs: [98, 99] },
      { id: 105, tags: { amenity: 'cafe;bar', name: '둘 다' }, refs: [13, 14] },
    ],
  },
  {
    relations: [
      {
        id: 1_000,
        tags: { type: 'multipolygon', amenity: 'food_court', name: 'Mercato' },
        members: [
          { way: 102, role: 'outer' },
          { way: 103, role: 'inner' },
        ],
      },
      { id: 1_001, tags: { type: 'route', name: 'Bus' }, members: [{ way: 102, role: '' }] },
    ],
  },
]
const places = [
  {
    type: 'node',
    id: 1,
    lat: 37.5666102,
    lon: 126.9783881,
    tags: { amenity: 'restaurant', name: '을지면옥' },
  },
  {
    type: 'node',
    id: -3,
    lat: -33.8688,
    lon: 151.2093,
    tags: { shop: 'bakery', name: 'Bread & Co' },
  },
  {
    type: 'way',
    id: 100,
    tags: { amenity: 'cafe', name: '집' },
    center: { lat: 37.502, lon: 127.001 },
  },
  { type: 'way', id: 104, tags: { amenity: 'pub', name: 'Nowhere' } },
  {
    type: 'way',
    id: 105,
    tags: { amenity: 'cafe;bar', name: '둘 다' },
    center: { lat: 37.504, lon: 127.001 },
  },
  {
    type: 'relation',
    id: 1_000,
    tags: { type: 'multipolygon', amenity: 'food_court', name: 'Mercato' },
    center: { lat: 43.775, lon: 11.255 },
  },
]
/** To the seventh decimal, which is the format's own. */
const rounded = (rows: unknown[]): unknown =>
  JSON.parse(JSON.stringify(rows), (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1e7) / 1e7 : value,
  )

test('points, outlines by the middle of their nodes, areas of several ways; the rest is counted', async () => {
  const { rows, problems, passedOver } = await read(pbfFile(...town))
  expect(rounded(rows)).toEqual(places)
  expect({ problems, passedOver }).toEqual({ problems: [], passedOver: 19 - places.length })
})

test('with room for a few nodes only, the outlines take several readings and come out the same', async () => {
  const { rows } = await read(pbfFile(...town), 2)
  expect(rounded(rows)).toEqual(places)
})

test('a file that ends early, or whose lengths make no sense, keeps what was whole before and says so', async () => {
  const whole = pbfFile(...town)
  const first = pbfFile(...town.slice(0, 1)).length
  for (const end of [first + 2, first + 10, first + 40]) {
    const { rows, problems } = await read(whole.subarray(0, end))
    expect(rows).toHaveLength(1)
    expect(problems).toEqual(['3 cut_off'])
  }
  const huge = Buffer.concat([whole.subarray(0, first), Buffer.from('ffffffff00', 'hex')])
  expect((await read(huge)).problems).toEqual(['3 cut_off'])
})

test('a block that is broken costs only itself: bad zlib, a bomb, a wrong size, uneven lists, missing texts', async () => {
  const good = pbfBlob({ data: pbfBlock(town[0] ?? {}) })
  const data = pbfBlock(town[1] ?? {})
  const bomb = new Uint8Array(40 * 1_024 * 1_024)
  const broken = [
    pbfBlob({ data, packed: Buffer.from('no zlib at all') }),
    pbfBlob({ data: bomb, size: 1_000 }),
    pbfBlob({ data: bomb }),
    pbfBlob({ data, size: data.length + 1 }),
    pbfBlob({ data: data.subarray(0, data.length - 3) }),
    pbfBlob({ data: Buffer.from('\u0012\u007fgarbage') }),
  ]
  for (const blob of broken) {
    const { rows, problems } = await read(Buffer.concat([header, blob, good]))
    expect(rows).toHaveLength(1)
    expect(problems).toEqual(['2 broken'])
  }
})

test('what is no such file, asks for more than is known, or is packed otherwise is refused in a sentence', async () => {
  const wrong = [
    Buffer.from('name,lat,lon\n'),
    pbfBlob({ data: pbfHeader() }),
    pbfBlob({ type: 'OSMHeader', data: pbfHeader(['OsmSchema-V0.6', 'HistoricalInformation']) }),
    pbfBlob({ type: 'OSMHeader', data: pbfHeader(['Sorcery']) }),
    pbfBlob({ type: 'OSMHeader', data: pbfHeader(), packed: Buffer.from('x') }),
    Buffer.concat([header, pbfBlob({ data: pbfBlock({}), field: 6 })]),
  ]
  for (const file of wrong) await expect(read(file)).rejects.toThrow(UnreadableFile)
})

test('whatever bytes are changed, it ends with rows, told problems or a refusal', async () => {
  const file = pbfFile(...town)
  const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const bytes = Buffer.from(file)
      for (const [at, byte] of changes) bytes[at] = byte
      const error = await read(bytes).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(error === null || error instanceof UnreadableFile).toBe(true)
    }),
    { numRuns: 300 },
  )
})
