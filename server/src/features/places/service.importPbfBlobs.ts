import { promisify } from 'node:util'
import { inflate, zstdDecompress } from 'node:zlib'
import Pbf from 'pbf'

/** The outer layer of OpenStreetMap's binary format: a row of blobs, each a length, a header and packed data. */

/** A file whose bytes can be read at any place. */
export interface ByteSource {
  size: number
  /** Fewer bytes than asked for at the end alone. */
  read(at: number, length: number): Promise<Uint8Array>
}

/** Says in one sentence why a file as a whole can't be read. */
export class UnreadableFile extends Error {}

export interface Blob {
  /** Counted from 1, the header's among them. */
  number: number
  type: string
  at: number
  bytes: number
}

/** Limits of the format. */
const HEADER_MAX_BYTES = 64 * 1_024
const BLOB_MAX_BYTES = 32 * 1_024 * 1_024
const LENGTH_BYTES = 4

/** The blobs in their order; null when the file ends within one or its lengths make no sense, so that none can follow. */
export async function* walkBlobs(source: ByteSource): AsyncGenerator<Blob | null> {
  let at = 0
  for (let number = 1; at < source.size; number++) {
    const header = await readHeader(source, at)
    const end = header ? header.at + header.bytes : Number.POSITIVE_INFINITY
    if (!header || end > source.size) {
      yield null
      return
    }
    yield { number, ...header }
    at = end
  }
}

async function readHeader(source: ByteSource, at: number): Promise<Omit<Blob, 'number'> | null> {
  const start = await source.read(at, LENGTH_BYTES)
  if (start.length < LENGTH_BYTES) return null
  const length = new DataView(start.buffer, start.byteOffset).getUint32(0)
  if (length === 0 || length > HEADER_MAX_BYTES) return null
  const header = { type: '', bytes: -1 }
  const bytes = await source.read(at + LENGTH_BYTES, length)
  if (bytes.length < length) return null
  const read = tryRead(bytes, header, (tag, into, pbf) => {
    if (tag === 1) into.type = pbf.readString()
    else if (tag === 3) into.bytes = pbf.readVarint(true)
  })
  if (!read || header.bytes < 0 || header.bytes > BLOB_MAX_BYTES) return null
  return { ...header, at: at + LENGTH_BYTES + length }
}

/** Fields of a message; false when it ends amid one. */
function tryRead<T>(
  bytes: Uint8Array,
  into: T,
  field: (tag: number, into: T, pbf: Pbf) => void,
): boolean {
  try {
    const pbf = new Pbf(bytes)
    pbf.readFields(field, into)
    return pbf.pos === pbf.length
  } catch {
    return false
  }
}

const unzip = { zlib: promisify(inflate), zstd: promisify(zstdDecompress) }

/**
 * What a blob holds; null when that is broken or isn't what it says it is (of more than 32 MiB nothing is unpacked).
 * Throws UnreadableFile for a packing that isn't known here.
 */
export async function openBlob(
  source: ByteSource,
  { at, bytes }: Blob,
): Promise<Uint8Array | null> {
  const blob: { raw: Uint8Array | null; size: number; packing: number; packed: Uint8Array | null } =
    {
      raw: null,
      size: -1,
      packing: 0,
      packed: null,
    }
  const read = tryRead(await source.read(at, bytes), blob, (tag, into, pbf) => {
    if (tag === 1) into.raw = pbf.readBytes()
    else if (tag === 2) into.size = pbf.readVarint(true)
    else if (tag >= 3 && tag <= 7) {
      into.packing = tag
      into.packed = pbf.readBytes()
    }
  })
  if (!read) return null
  if (blob.raw) return blob.raw.length <= BLOB_MAX_BYTES ? blob.raw : null
  if (!blob.packed || blob.size < 0 || blob.size > BLOB_MAX_BYTES) return null
  const name = ({ 3: 'zlib', 7: 'zstd' } as const)[blob.packing]
  if (!name)
    throw new UnreadableFile(
      'It is packed by a method that is not read here; `osmium cat FILE -o OTHER.osm.pbf` writes it as usual.',
    )
  const data = await unzip[name](blob.packed, { maxOutputLength: Math.max(1, blob.size) }).catch(
    () => null,
  )
  return data?.length === blob.size ? data : null
}

const FEATURES = ['OsmSchema-V0.6', 'DenseNodes']

/** Throws UnreadableFile unless the header's blob is one of a file that can be read here. */
export function checkHeader(data: Uint8Array | null): void {
  const required: string[] = []
  const read =
    data !== null &&
    tryRead(data, required, (tag, into, pbf) => {
      if (tag === 4) into.push(pbf.readString())
    })
  if (!read) throw new UnreadableFile('Its header is broken.')
  const unknown = required.filter((feature) => !FEATURES.includes(feature))
  if (unknown.includes('HistoricalInformation'))
    throw new UnreadableFile(
      'It holds the history of the map, not the map of one day: `osmium time-filter FILE -o OTHER.osm.pbf` takes today’s out of it.',
    )
  if (unknown.length > 0)
    throw new UnreadableFile(
      `It asks its reader for ${unknown.join(', ').slice(0, 200)}, which is not known here.`,
    )
}
