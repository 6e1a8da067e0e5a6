import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Format } from '#server/features/places/service.import.ts'
import { type Decoder, makeCp949Decoder } from './places.cp949.ts'
import { Plain } from './say.ts'

const GUESS_BYTES = 256 * 1_024

/** A file of places as its name and its first bytes show it. */
export interface PlaceFile {
  path: string
  bytes: number
  start: Buffer
}

/** Throws Plain, in words for whoever typed the name, when no text can be read there. */
export async function openPlaceFile(path: string): Promise<PlaceFile> {
  const info = await stat(path).catch(() => null)
  if (!info) throw new Plain(`There is no file ${path}.`)
  if (info.isDirectory()) throw new Plain(`${path} is a folder; name a file in it.`)
  if (!info.isFile()) throw new Plain(`${path} is no ordinary file; copy it into one.`)
  if (info.size === 0) throw new Plain(`${path} is empty.`)
  const start = await firstBytes(path).catch((error: unknown) => {
    throw new Plain(`${path} can't be read: ${error instanceof Error ? error.message : ''}`)
  })
  const packed = packedAs(start)
  if (packed) throw new Plain(`${path} is packed (${packed}); unpack it first.`)
  if (!markOf(start) && start.subarray(0, 4_096).includes(0))
    throw new Plain(`${path} is no text: it holds zero bytes.`)
  return { path, bytes: info.size, start }
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(GUESS_BYTES), 0, GUESS_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function packedAs(start: Buffer): string | null {
  const magic = start.subarray(0, 4).toString('hex')
  if (magic.startsWith('1f8b')) return 'gzip'
  if (magic === '504b0304') return 'zip, or a spreadsheet: save it as CSV'
  return magic === '28b52ffd' ? 'zstd' : null
}

/** The encoding that a byte order mark names. */
function markOf(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = start.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return 'utf-16le'
  return mark === 'feff' ? 'utf-16be' : null
}

export function guessFormat({ path, start }: PlaceFile, encoding: string): Format {
  const extension = extname(path).toLowerCase()
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
  const marked = markOf(start)
  if (marked) return marked
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
