import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeArchive, encodeTile } from '../../../scripts/services/pmtiles.ts'
import { ConfigError } from '../config.ts'
import { mountBasemap, readBasemap } from './basemap.ts'

const LAND = { layer: 'earth', tags: { kind: 'earth' }, box: [0, 0, 1, 1] } as const
const tile = encodeTile([LAND])
const good = encodeArchive({ tile, maxZoom: 14 })
const v2 = Buffer.concat([Buffer.from('PM\x02\0'), Buffer.alloc(200)])

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bapmap-basemap-'))
})
afterAll(() => rm(folder, { recursive: true }))

const read = (named: string) =>
  readBasemap({ MAP_TILES: named, MAP_ATTRIBUTION: '© OpenStreetMap contributors' })

async function put(bytes: Uint8Array): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.pmtiles`)
  await writeFile(file, bytes)
  return file
}

async function sentenceOf(named: string): Promise<string> {
  try {
    await read(named)
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences.join()
    throw error
  }
  return ''
}

test('a file is offered under an address of our own, with the origin that it names, as text', async () => {
  const attribution = '<a href="javascript:x">Proto&amp;maps</a> &copy; <b>OpenStreetMap</b>'
  const file = await put(encodeArchive({ tile, maxZoom: 14, metadata: { attribution } }))
  expect(await read(file)).toEqual({
    tiles: { kind: 'pmtiles', address: expect.stringMatching(/^\/basemap\.pmtiles\?v=\w+-\w+$/) },
    attribution: 'Proto&maps © OpenStreetMap',
    file,
    warning: undefined,
  })
  expect(await read(await put(good))).toMatchObject({ attribution: '© OpenStreetMap contributors' })
  const coarse = await put(encodeArchive({ tile, maxZoom: 6 }))
  expect((await read(coarse)).warning).toMatch(/ends at zoom 6/)
  // Pictures have no schema.
  await read(
    await put(
      encodeArchive({ tile: Buffer.from('png'), maxZoom: 3, tileType: 2, tileCompression: 1 }),
    ),
  )
})

test('whatever no map would come of is one sentence at the start', async () => {
  const make = (wish: Partial<Parameters<typeof encodeArchive>[0]>) =>
    put(encodeArchive({ tile, maxZoom: 14, ...wish }))
  const foreign = encodeTile([
    { layer: 'transportation', tags: { class: 'primary' }, box: LAND.box },
  ])
  const cases: [named: string, said: RegExp][] = [
    [join(folder, 'nowhere.pmtiles'), /is not there/],
    [folder, /is a folder/],
    [await put(Buffer.alloc(0)), /is empty/],
    [await put(good.subarray(0, 60)), /cut off: not even its header/],
    [
      await put(good.subarray(0, -5)),
      new RegExp(`cut off: ${good.length - 5} of ${good.length} bytes`),
    ],
    [await put(Buffer.from('{"type":"FeatureCollection"}')), /is no PMTiles file/],
    [await put(Buffer.from('PMxx and so on')), /is no PMTiles file/],
    [await put(v2), /version 2, and version 3 is needed: "pmtiles convert/],
    [await make({ tileType: 0 }), /a kind that is unknown here/],
    [await make({ internalCompression: 4 }), /compressed by Zstd/],
    [await make({ tileCompression: 3 }), /compressed by Brotli/],
    [await make({ tile: foreign }), /schema that is unknown here: its layers are transportation/],
    [await make({ tile: Buffer.from([7, 7, 7]) }), /is broken: a tile is no vector tile/],
    [await make({ tiles: 0 }), /has no tile in the middle of the area/],
    [await make({ minZoom: 15 }), /has no zoom: its lowest is 15, its highest 14/],
    [await make({ bounds: [11, 43, 11, 44] }), /covers no area/],
    ['https://tiles.example/{z}/{x}.png', /raster address without \{y\}/],
    ['https://tiles.example/style.json', /ends in \.pmtiles/],
  ]
  for (const [named, said] of cases) {
    const sentence = await sentenceOf(named)
    expect(sentence).toMatch(said)
    expect(sentence).toMatch(/^MAP_TILES is wrong: /)
  }
})

test('an address that is away just now is a warning, and asked again by browsers', async () => {
  const away = 'http://127.0.0.1:9/city.pmtiles'
  const basemap = await read(away)
  expect(basemap.tiles).toEqual({ kind: 'pmtiles', address: away })
  expect(basemap.warning).toMatch(/could not be looked into/)
})

test('the file is read by ranges, and it alone', async () => {
  const file = await put(good)
  const app = fastify()
  const basemap = await read(file)
  await mountBasemap(app, basemap)
  const get = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url: basemap.tiles.address, headers })
  const part = await get({ range: 'bytes=0-6' })
  expect(part.statusCode).toBe(206)
  expect(part.body).toBe('PMTiles')
  expect(part.headers['content-range']).toBe(`bytes 0-6/${good.length}`)
  expect(part.headers['cache-control']).toBe('public, max-age=86400')
  const etag = String(part.headers.etag)
  expect((await get({ range: `bytes=${good.length}-` })).statusCode).toBe(416)
  expect((await get({ range: 'bytes=0-6', 'if-range': '"another"' })).statusCode).toBe(200)
  expect((await get({ range: 'bytes=0-6', 'if-range': etag })).statusCode).toBe(206)
  expect((await get({ 'if-none-match': etag })).statusCode).toBe(304)
  const head = await get({}, 'HEAD')
  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([
    200,
    String(good.length),
    '',
  ])
  const other = await put(v2)
  for (const url of [`/${other.split('/').pop()}`, '/basemap.pmtiles/../x.pmtiles'])
    expect((await app.inject(url)).statusCode).toBe(404)
  await rm(file)
  expect((await get()).statusCode).toBe(404)
  await app.close()
})
