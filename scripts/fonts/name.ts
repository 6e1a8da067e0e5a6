/**
 * Gives a font file another name. Pretendard is under the SIL Open Font License with the Reserved Font Name "Pretendard": a changed
 * version, and a subset is one, may not be called so (condition 3), while its copyright and licence stay with it (condition 2).
 */

/** Ids of the `name` table (OpenType specification). */
const NAME = { copyright: 0, family: 1, style: 2, unique: 3, full: 4, postScript: 6 } as const
const NAME_LICENCE = 13
const NAME_LICENCE_URL = 14
/** From here on names belong to the font's own tables (axes and instances). */
const NAME_OWN_FIRST = 256

const RECORD_BYTES = 12
const HEADER_BYTES = 6
const TABLE_RECORD_BYTES = 16
/** Windows, Unicode, American English: the one record that all systems read. */
const WINDOWS = { platform: 3, encoding: 1, language: 0x409 }

/** What a further subset would drop. */
export const KEPT_NAMES = [NAME_LICENCE, NAME_LICENCE_URL]

const LICENCE =
  'This Font Software is licensed under the SIL Open Font License, Version 1.1. It is a subset of Pretendard under another name.'
const LICENCE_URL = 'https://openfontlicense.org'

/** The names of a TrueType file by id. */
export function namesOf(font: Buffer): Map<number, string> {
  const table = tablesOf(font).get('name')
  const names = new Map<number, string>()
  if (!table) return names
  const strings = table.readUInt16BE(4)
  for (let index = 0; index < table.readUInt16BE(2); index++) {
    const at = HEADER_BYTES + index * RECORD_BYTES
    if (table.readUInt16BE(at) !== WINDOWS.platform) continue
    const from = strings + table.readUInt16BE(at + 10)
    const text = Buffer.from(table.subarray(from, from + table.readUInt16BE(at + 8)))
    const id = table.readUInt16BE(at + 6)
    if (!names.has(id) || table.readUInt16BE(at + 4) === WINDOWS.language)
      names.set(id, text.swap16().toString('utf16le'))
  }
  return names
}

/** The same font as `family`, a TrueType file; `copyright` is that of the original. */
export function renameFont(font: Buffer, family: string, copyright: string): Buffer {
  const postScript = family.replaceAll(' ', '')
  const names = new Map([...namesOf(font)].filter(([id]) => id >= NAME_OWN_FIRST))
  names.set(NAME.copyright, copyright)
  names.set(NAME.family, family)
  names.set(NAME.style, 'Regular')
  names.set(NAME.unique, postScript)
  names.set(NAME.full, family)
  names.set(NAME.postScript, postScript)
  names.set(NAME_LICENCE, LICENCE)
  names.set(NAME_LICENCE_URL, LICENCE_URL)
  return writeTables(font, new Map([...tablesOf(font), ['name', nameTable(names)]]))
}

function tablesOf(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>()
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = TABLE_RECORD_BYTES * index + 12
    const from = font.readUInt32BE(at + 8)
    const bytes = font.subarray(from, from + font.readUInt32BE(at + 12))
    tables.set(font.toString('latin1', at, at + 4), bytes)
  }
  return tables
}

function nameTable(names: Map<number, string>): Buffer {
  const sorted = [...names].toSorted(([a], [b]) => a - b)
  const head = Buffer.alloc(HEADER_BYTES + sorted.length * RECORD_BYTES)
  const strings = sorted.map(([, text]) => Buffer.from(text, 'utf16le').swap16())
  head.writeUInt16BE(sorted.length, 2)
  head.writeUInt16BE(head.length, 4)
  let offset = 0
  for (const [index, [id]] of sorted.entries()) {
    const at = HEADER_BYTES + index * RECORD_BYTES
    const length = strings[index]?.length ?? 0
    const { platform, encoding, language } = WINDOWS
    for (const [place, value] of [platform, encoding, language, id, length, offset].entries())
      head.writeUInt16BE(value, at + place * 2)
    offset += length
  }
  return Buffer.concat([head, ...strings])
}

/** Tables behind their directory, each at a multiple of four bytes. */
function writeTables(font: Buffer, tables: Map<string, Buffer>): Buffer {
  const sorted = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1))
  // Version, number of tables and the search hints that follow from it stay: no table comes or goes.
  const directory = Buffer.alloc(12 + sorted.length * TABLE_RECORD_BYTES)
  font.copy(directory, 0, 0, 12)
  const bodies: Buffer[] = []
  let offset = directory.length
  for (const [index, [tag, bytes]] of sorted.entries()) {
    const at = 12 + index * TABLE_RECORD_BYTES
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    directory.write(tag, at, 'latin1')
    directory.writeUInt32BE(checksum(padded), at + 4)
    directory.writeUInt32BE(offset, at + 8)
    directory.writeUInt32BE(bytes.length, at + 12)
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([directory, ...bodies])
}

function checksum(padded: Buffer): number {
  let sum = 0
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0
  return sum
}
