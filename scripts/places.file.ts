import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Format } from '#server/features/places/service.import.ts'
import type { ByteSource } from '#server/features/places/service.importPbfBlobs.ts'
import { type Decoder, makeCp949Decoder } from './places.cp949.ts'
import { Plain } from './say.ts'

const GUESS_BYTES = 256 * 1_024

/** A file of places as its name and its first bytes show it. */
export interface PlaceFile {
  path: string
  bytes: number
  start: Buffer
}

/** Throws Plain, in words for whoever typed the name, when no places can be read there. */
export async function openPlaceFile(path: string): Promise<PlaceFile> {
  const info = await stat(path).catch(() => null)
  if (!info) throw new Plain(`There is no file ${path}.`)
  if (info.isDirectory()) throw new Plain(`${path} is a folder; name a file in it.`)
  if (!info.isFile()) throw new Plain(`${path} is no ordinary file; copy it into one.`)
  if (info.size === 0) throw new Plain(`${path} is empty.`)
  const start = await firstBytes(path).catch((error: unknown) => {
    throw new Plain(`${path} can't be read: ${error instanceof Error ? error.message : ''}`)
  })
  const file = { path, bytes: info.size, start }
  const other = otherKind(start)
  if (other) throw new Plain(`${path} ${other}`)
  if (!isPbf(file) && !utf16Of(start) && start.subarray(0, 4_096).includes(0))
    throw new Plain(`${path} is no text: it holds zero bytes.`)
  return file
}

async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path)
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

const firstBytes = (path: string): Promise<Buffer> =>
  withFile(path, (handle) => bytesAt(handle, 0, GUESS_BYTES))

const kinds: readonly [RegExp, string][] = [
  [/^1f8b/u, 'is packed (gzip); unpack it first.'],
  [/^425a68/u, 'is packed (bzip2); unpack it first.'],
  [/^fd377a58/u, 'is packed (xz); unpack it first.'],
  [/^377abcaf/u, 'is packed (7z); unpack it first.'],
  [/^28b52ffd/u, 'is packed (zstd); unpack it first.'],
  [/^504b0304/u, 'is packed (zip), or a spreadsheet: unpack it, or save it as CSV.'],
  [/^d0cf11e0/u, 'is an old spreadsheet; save it as CSV.'],
  [/^53514c69/u, 'is a database of SQLite; export its table as CSV.'],
]

/** Files that are often taken for ones of places, and what to do with each. */
function otherKind(start: Buffer): string | null {
  const magic = start.subarray(0, 4).toString('hex')
  const known = kinds.find(([pattern]) => pattern.test(magic))
  if (known) return known[1]
  const text = start.subarray(0, 512).toString('latin1').trimStart().toLowerCase()
  if (/^(?:<\?xml[^>]*>\s*)?<osm\b/u.test(text))
    return 'is OpenStreetMap’s XML; `osmium cat FILE -o OTHER.osm.pbf` writes it as it is read here.'
  if (/^<(?:!doctype html|html)/u.test(text))
    return 'is a web page, not the file that it was to bring.'
  return text.startsWith('<?xml') ? 'is XML, which is not read here.' : null
}

/** A length, and the name of the first blob's kind. */
const isPbf = ({ start }: Pick<PlaceFile, 'start'>): boolean =>
  start.subarray(4, 64).includes('OSMHeader')

const MARK_ZEROS = 0.02
/** By its byte order mark, else by where the zeros stand: every digit and comma has one, first or second. */
function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = start.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return 'utf-16le'
  if (mark === 'feff') return 'utf-16be'
  const some = start.subarray(0, 4_096)
  const zeros = [0, 0]
  for (const [i, byte] of some.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [first = 0, second = 0] = zeros
  const enough = some.length * MARK_ZEROS
  if (second > enough && first < second / 20) return 'utf-16le'
  return first > enough && second < first / 20 ? 'utf-16be' : null
}

export function guessFormat(file: PlaceFile, encoding: string): Format | 'pbf' {
  const { path, start } = file
  const extension = extname(path).toLowerCase()
  if (isPbf(file) || extension === '.pbf') return 'pbf'
  if (['.csv', '.tsv', '.txt'].includes(extension)) return 'csv'
  if (['.ndjson', '.jsonl', '.geojsonl', '.geojsons', '.ldjson'].includes(extension))
    return 'ndjson'
  const text = makeDecoder(encoding).decode(start.subarray(0, 4_096)).trimStart()
  // RFC 8142: a record separator before each value.
  if (text.startsWith('\u001e')) return 'ndjson'
  if (!/^[[{]/.test(text)) return ['.json', '.geojson'].includes(extension) ? 'json' : 'csv'
  // A whole object on the first line and another on the second: a value a line.
  return /^\{.*\}\r?\n\{/.test(text) ? 'ndjson' : 'json'
}

/** What leaves fewer letters unreadable: one broken letter doesn't make a file of UTF-8 one of Korean Windows. */
export function guessEncoding({ start }: PlaceFile): string {
  const wide = utf16Of(start)
  if (wide) return wide
  const unreadable = (encoding: string): number =>
    makeDecoder(encoding).decode(start, { stream: true }).split('\ufffd').length - 1
  const broken = unreadable('utf-8')
  return broken === 0 || broken <= unreadable('euc-kr') ? 'utf-8' : 'euc-kr'
}

/** The text in pieces; `read` is told how many bytes each took. */
export async function* textOf(
  { path }: PlaceFile,
  encoding: string,
  read: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = makeDecoder(encoding)
  for await (const chunk of createReadStream(path, {
    highWaterMark: GUESS_BYTES,
  }) as AsyncIterable<Buffer>) {
    read(chunk.length)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

/** The file for reading at any place, for as long as the work takes. */
export function withBytes<T>(
  { path, bytes }: PlaceFile,
  read: (bytes: number) => void,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  return withFile(path, (handle) =>
    work({
      size: bytes,
      read: (at, length) => {
        read(length)
        return bytesAt(handle, at, length)
      },
    }),
  )
}

const SAMPLES = 16
const SAMPLE_BYTES = 64 * 1_024
/** What tells this state of this file, read in this way, from any other: of a large one its time, size and samples. */
export async function fingerprintOf({ path, bytes }: PlaceFile, way: object): Promise<string> {
  const { mtimeMs } = await stat(path)
  const sum = createHash('sha256').update(JSON.stringify([bytes, mtimeMs, way]))
  await withFile(path, async (handle) => {
    for (let i = 0; i < SAMPLES; i++)
      sum.update(await bytesAt(handle, Math.floor((bytes * i) / SAMPLES), SAMPLE_BYTES))
  })
  return sum.digest('base64url')
}

/** Throws Plain for an encoding that nobody knows. */
export function makeDecoder(encoding: string): Decoder {
  if (/^(euc-?kr|cp949|uhc|ks_c_5601-1987|windows-949|ms949)$/i.test(encoding))
    return makeCp949Decoder()
  try {
    return new TextDecoder(encoding)
  } catch {
    throw new Plain(`There is no encoding "${encoding}".`)
  }
}
