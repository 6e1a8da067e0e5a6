import { type FileHandle, open } from 'node:fs/promises'
import { VectorTile } from '@mapbox/vector-tile'
import Pbf from 'pbf'
import { bytesToHeader, Compression, type Header, PMTiles, type Source, TileType } from 'pmtiles'

/** Why no map comes of a PMTiles file; continues a sentence that begins with its name. */
export class UnusableArchive extends Error {}

export interface ArchiveAbout {
  /** Without markup. */
  attribution?: string
  warning?: string
}

const HEADER_BYTES = 127
const MAGIC = 'PMTiles'
const VERSION = 3
const IMAGES: readonly TileType[] = [TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif]
/** Of each schema that the painter knows: without these a map is no map. */
const NEEDED_LAYERS = ['earth', 'water', 'roads']
/** Streets are told apart from here on; files that end before are overviews. */
const STREET_ZOOM = 12

/** A file on this machine, as the reader of PMTiles wants it. */
export class FileSource implements Source {
  readonly #path: string
  #file: FileHandle | undefined
  constructor(path: string) {
    this.#path = path
  }
  getKey(): string {
    return this.#path
  }
  async getBytes(offset: number, length: number): Promise<{ data: ArrayBuffer }> {
    this.#file ??= await open(this.#path)
    const data = new ArrayBuffer(length)
    const { bytesRead } = await this.#file.read(new Uint8Array(data), 0, length, offset)
    return { data: data.slice(0, bytesRead) }
  }
  async close(): Promise<void> {
    await this.#file?.close()
  }
}

/** Reads header, directory, metadata and one tile. Throws UnusableArchive; `size`: bytes that there are, where known. */
export async function checkArchive(source: Source, size?: number): Promise<ArchiveAbout> {
  const { data } = await source.getBytes(0, HEADER_BYTES)
  checkStart(Buffer.from(data))
  const header = bytesToHeader(data)
  checkHeader(header, size)
  const archive = new PMTiles(source)
  await archive.getHeader().catch((error: unknown) => {
    throw new UnusableArchive(`is broken: its directory can't be read (${reasonOf(error)})`)
  })
  const metadata = await archive.getMetadata().catch((error: unknown) => {
    throw new UnusableArchive(`has metadata that can't be read (${reasonOf(error)})`)
  })
  await checkTile(archive, header)
  return {
    attribution: attributionOf(metadata),
    ...(header.maxZoom < STREET_ZOOM && {
      warning: `MAP_TILES ends at zoom ${header.maxZoom}: it shows no streets`,
    }),
  }
}

function checkStart(bytes: Buffer): void {
  if (bytes.length === 0) throw new UnusableArchive('is empty')
  if (bytes.toString('latin1', 0, 2) !== 'PM') throw new UnusableArchive('is no PMTiles file')
  // Versions 1 and 2 have two letters and then their number.
  const isOld = bytes.toString('latin1', 0, MAGIC.length) !== MAGIC
  const version = isOld ? bytes.readUInt16LE(2) : bytes[MAGIC.length]
  if (isOld && version !== 1 && version !== 2) throw new UnusableArchive('is no PMTiles file')
  if (version !== VERSION)
    throw new UnusableArchive(
      `is a PMTiles file of version ${version}, and version ${VERSION} is needed: "pmtiles convert OLD NEW" makes one`,
    )
  if (bytes.length < HEADER_BYTES)
    throw new UnusableArchive('is cut off: not even its header is whole')
}

function checkHeader(header: Header, size = Infinity): void {
  const ends = [
    header.rootDirectoryOffset + header.rootDirectoryLength,
    header.jsonMetadataOffset + header.jsonMetadataLength,
    header.leafDirectoryOffset + (header.leafDirectoryLength ?? 0),
    header.tileDataOffset + (header.tileDataLength ?? 0),
  ]
  const end = Math.max(...ends)
  if (end > size) throw new UnusableArchive(`is cut off: ${size} of ${end} bytes are there`)
  if (header.tileType !== TileType.Mvt && !IMAGES.includes(header.tileType))
    throw new UnusableArchive(
      'holds tiles of a kind that is unknown here; vector (MVT) and PNG, JPEG, WebP, AVIF are known',
    )
  const packed = [header.internalCompression]
  if (header.tileType === TileType.Mvt) packed.push(header.tileCompression)
  for (const one of packed)
    if (one !== Compression.None && one !== Compression.Gzip)
      throw new UnusableArchive(
        `is compressed by ${Compression[one] ?? 'something unknown'}, which browsers can't undo; gzip or none is needed`,
      )
  if (header.minZoom > header.maxZoom)
    throw new UnusableArchive(
      `has no zoom: its lowest is ${header.minZoom}, its highest ${header.maxZoom}`,
    )
  if (header.minLon >= header.maxLon || header.minLat >= header.maxLat)
    throw new UnusableArchive('covers no area: its bounds are empty')
}

/** One tile tells whether the directory leads to tiles, whether they unpack, and of which schema they are. */
async function checkTile(archive: PMTiles, header: Header): Promise<void> {
  const data = await readAnyTile(archive, header)
  if (!data) throw new UnusableArchive('has no tile in the middle of the area that it names')
  if (header.tileType !== TileType.Mvt) return
  const found = layersOf(data)
  if (!NEEDED_LAYERS.some((name) => found.includes(name)))
    throw new UnusableArchive(
      `is of a schema that is unknown here: its layers are ${found.join(', ') || 'none'}; Protomaps' basemaps have ${NEEDED_LAYERS.join(', ')}`,
    )
}

async function readAnyTile(archive: PMTiles, header: Header): Promise<Uint8Array | null> {
  const lng = (header.minLon + header.maxLon) / 2
  const lat = (header.minLat + header.maxLat) / 2
  for (let zoom = header.maxZoom; zoom >= header.minZoom; zoom--) {
    const { x, y } = tileAt(lng, lat, zoom)
    const tile = await archive.getZxy(zoom, x, y).catch((error: unknown) => {
      throw new UnusableArchive(
        `is broken: a tile of zoom ${zoom} can't be read (${reasonOf(error)})`,
      )
    })
    if (tile) return new Uint8Array(tile.data)
  }
  return null
}

function tileAt(lng: number, lat: number, zoom: number): { x: number; y: number } {
  const worlds = 2 ** zoom
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180)
  return {
    x: Math.min(worlds - 1, Math.floor(((lng + 180) / 360) * worlds)),
    y: Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * worlds),
  }
}

function layersOf(data: Uint8Array): string[] {
  try {
    return Object.keys(new VectorTile(new Pbf(data)).layers)
  } catch (error) {
    throw new UnusableArchive(`is broken: a tile is no vector tile (${reasonOf(error)})`)
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  copy: '©',
}

/** What the file says of its origin, as text: its links are foreign markup. */
function attributionOf(metadata: unknown): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || !('attribution' in metadata))
    return undefined
  if (typeof metadata.attribution !== 'string') return undefined
  const text = metadata.attribution
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:(\w+)|#(\d+));/g, (all, name: string | undefined, code: string | undefined) =>
      code ? String.fromCodePoint(Number(code)) : (ENTITIES[name ?? ''] ?? all),
    )
    .replace(/[<>]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text || undefined
}
