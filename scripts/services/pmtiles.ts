import { gzipSync } from 'node:zlib'
import Pbf from 'pbf'

/** A rectangle in parts of its tile, 0 to 1, with what a basemap says of it. */
export interface Patch {
  layer: string
  tags: Record<string, string>
  box: readonly [west: number, north: number, east: number, south: number]
  /** Only the line from its first corner to the opposite one. */
  line?: boolean
}

const EXTENT = 4_096
const TILE_LAYERS = 3
const LAYER = { name: 1, features: 2, keys: 3, values: 4, extent: 5, version: 15 }
const FEATURE = { tags: 2, type: 3, geometry: 4 }
const [LINE, POLYGON] = [2, 3]
const COMMAND = { moveTo: (1 << 3) | 1, close: (1 << 3) | 7 }
const lineTo = (points: number): number => (points << 3) | 2

/** A vector tile of these rectangles. */
export function encodeTile(patches: readonly Patch[]): Buffer {
  const tile = new Pbf()
  for (const name of new Set(patches.map(({ layer }) => layer)))
    tile.writeMessage(
      TILE_LAYERS,
      writeLayer,
      patches.filter(({ layer }) => layer === name),
    )
  return Buffer.from(tile.finish())
}

function writeLayer(patches: readonly Patch[], pbf: Pbf): void {
  const keys = [...new Set(patches.flatMap(({ tags }) => Object.keys(tags)))]
  const values = [...new Set(patches.flatMap(({ tags }) => Object.values(tags)))]
  pbf.writeVarintField(LAYER.version, 2)
  pbf.writeStringField(LAYER.name, patches[0]?.layer ?? '')
  pbf.writeVarintField(LAYER.extent, EXTENT)
  for (const { tags, box, line } of patches) {
    const pairs = Object.entries(tags).flatMap(([key, value]) => [
      keys.indexOf(key),
      values.indexOf(value),
    ])
    pbf.writeMessage(LAYER.features, writeFeature, { pairs, box, line })
  }
  for (const key of keys) pbf.writeStringField(LAYER.keys, key)
  for (const value of values)
    pbf.writeMessage(
      LAYER.values,
      (text: string, message) => message?.writeStringField(1, text),
      value,
    )
}

function writeFeature(
  { pairs, box, line }: { pairs: number[] } & Pick<Patch, 'box' | 'line'>,
  pbf: Pbf,
): void {
  const [west, north, east, south] = box.map((part) => Math.round(part * EXTENT)) as [
    number,
    number,
    number,
    number,
  ]
  const [width, height] = [east - west, south - north]
  const steps = line ? [width, height] : [width, 0, 0, height, -width, 0]
  const zigzag = (by: number): number => (by << 1) ^ (by >> 31)
  pbf.writePackedVarint(FEATURE.tags, pairs)
  pbf.writeVarintField(FEATURE.type, line ? LINE : POLYGON)
  pbf.writePackedVarint(FEATURE.geometry, [
    COMMAND.moveTo,
    zigzag(west),
    zigzag(north),
    lineTo(steps.length / 2),
    ...steps.map(zigzag),
    ...(line ? [] : [COMMAND.close]),
  ])
}

export interface ArchiveWish {
  tile: Buffer
  maxZoom: number
  metadata?: unknown
  /** Numbers as in the specification: 1 none, 2 gzip. */
  internalCompression?: number
  tileCompression?: number
  /** 1 is vector, 2 PNG. */
  tileType?: number
  minZoom?: number
  bounds?: readonly [west: number, south: number, east: number, north: number]
  /** How many tiles there are, from zoom 0 on; all that the zooms have, unless told. */
  tiles?: number
}

const HEADER_BYTES = 127
const WORLD = [-180, -85, 180, 85] as const

/** A PMTiles file (version 3) in which every tile of the world is the same. */
export function encodeArchive(wish: ArchiveWish): Buffer {
  const { maxZoom, internalCompression = 2, tileCompression = 2 } = wish
  const pack = (how: number, data: Buffer): Buffer => (how === 2 ? gzipSync(data) : data)
  const tile = pack(tileCompression, wish.tile)
  const count = wish.tiles ?? (4 ** (maxZoom + 1) - 1) / 3
  const root = pack(internalCompression, encodeDirectory(count, tile.length))
  const metadata = pack(internalCompression, Buffer.from(JSON.stringify(wish.metadata ?? {})))
  const metadataAt = HEADER_BYTES + root.length
  const tilesAt = metadataAt + metadata.length
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles')
  header[7] = 3
  const sizes = [
    HEADER_BYTES,
    root.length,
    metadataAt,
    metadata.length,
    tilesAt,
    0,
    tilesAt,
    tile.length,
    count,
    1,
    1,
  ]
  for (const [index, size] of sizes.entries()) header.writeBigUInt64LE(BigInt(size), 8 + index * 8)
  header.set(
    [1, internalCompression, tileCompression, wish.tileType ?? 1, wish.minZoom ?? 0, maxZoom],
    96,
  )
  for (const [index, degrees] of (wish.bounds ?? WORLD).entries())
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + index * 4)
  return Buffer.concat([header, root, metadata, tile])
}

/** One run of so many tiles with the same content. */
function encodeDirectory(count: number, bytes: number): Buffer {
  const pbf = new Pbf()
  const entries = count > 0 ? [1, 0, count, bytes, 1] : [0]
  for (const each of entries) pbf.writeVarint(each)
  return Buffer.from(pbf.finish())
}
