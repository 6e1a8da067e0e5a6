import { deflateSync } from 'node:zlib'
import Pbf from 'pbf'

/** Writes small files of OpenStreetMap's binary format, whole or broken on purpose, for the tests of their reader. */

type Tags = Record<string, string>

export interface TestNode {
  id: number
  lat: number
  lon: number
  tags?: Tags
}
export interface TestWay {
  id: number
  tags?: Tags
  refs: number[]
}
export interface TestRelation {
  id: number
  tags?: Tags
  members: { way: number; role: string }[]
}

/** What one block holds; `plain` nodes are written one by one, `nodes` as a dense group. */
export interface TestBlock {
  plain?: TestNode[]
  nodes?: TestNode[]
  ways?: TestWay[]
  relations?: TestRelation[]
}

/** A unit of the file: 100 nanodegrees. */
const units = (degrees: number): number => Math.round(degrees * 1e7)

function texts() {
  const all = ['']
  return {
    all,
    indexOf: (text: string): number => {
      const known = all.indexOf(text)
      return known >= 0 ? known : all.push(text) - 1
    },
  }
}
type Texts = ReturnType<typeof texts>

const deltas = (values: readonly number[]): number[] =>
  values.map((value, i) => value - (values[i - 1] ?? 0))

function writeTags(tags: Tags, table: Texts, pbf: Pbf): void {
  pbf.writePackedVarint(2, Object.keys(tags).map(table.indexOf))
  pbf.writePackedVarint(3, Object.values(tags).map(table.indexOf))
}

function writeNode({ id, lat, lon, tags = {} }: TestNode, table: Texts, pbf: Pbf): void {
  pbf.writeSVarintField(1, id)
  writeTags(tags, table, pbf)
  pbf.writeSVarintField(8, units(lat))
  pbf.writeSVarintField(9, units(lon))
}

function writeDense(nodes: readonly TestNode[], table: Texts, pbf: Pbf): void {
  pbf.writePackedSVarint(1, deltas(nodes.map((node) => node.id)))
  pbf.writePackedSVarint(8, deltas(nodes.map((node) => units(node.lat))))
  pbf.writePackedSVarint(9, deltas(nodes.map((node) => units(node.lon))))
  const pairs = nodes.flatMap(({ tags = {} }) => [
    ...Object.entries(tags).flatMap(([key, value]) => [table.indexOf(key), table.indexOf(value)]),
    0,
  ])
  pbf.writePackedVarint(10, pairs)
}

function writeWay({ id, tags = {}, refs }: TestWay, table: Texts, pbf: Pbf): void {
  pbf.writeVarintField(1, id)
  writeTags(tags, table, pbf)
  pbf.writePackedSVarint(8, deltas(refs))
}

const WAY_MEMBER = 1

function writeRelation({ id, tags = {}, members }: TestRelation, table: Texts, pbf: Pbf): void {
  pbf.writeVarintField(1, id)
  writeTags(tags, table, pbf)
  pbf.writePackedVarint(
    8,
    members.map((member) => table.indexOf(member.role)),
  )
  pbf.writePackedSVarint(9, deltas(members.map((member) => member.way)))
  pbf.writePackedVarint(
    10,
    members.map(() => WAY_MEMBER),
  )
}

/** The bytes of a block, unpacked. */
export function pbfBlock({
  plain = [],
  nodes = [],
  ways = [],
  relations = [],
}: TestBlock): Uint8Array {
  const table = texts()
  const groups = new Pbf()
  const group = (write: (pbf: Pbf) => void): void =>
    groups.writeMessage(2, (_, pbf: Pbf) => write(pbf), null)
  if (plain.length > 0)
    group((pbf) => {
      for (const node of plain)
        pbf.writeMessage(1, (_, into: Pbf) => writeNode(node, table, into), null)
    })
  if (nodes.length > 0)
    group((pbf) => pbf.writeMessage(2, (_, into: Pbf) => writeDense(nodes, table, into), null))
  if (ways.length > 0)
    group((pbf) => {
      for (const way of ways)
        pbf.writeMessage(3, (_, into: Pbf) => writeWay(way, table, into), null)
    })
  if (relations.length > 0)
    group((pbf) => {
      for (const each of relations)
        pbf.writeMessage(4, (_, into: Pbf) => writeRelation(each, table, into), null)
    })
  const block = new Pbf()
  const strings = (_: unknown, pbf: Pbf): void => {
    for (const text of table.all) pbf.writeBytesField(1, Buffer.from(text))
  }
  block.writeMessage(1, strings, null)
  return Buffer.concat([block.finish(), groups.finish()])
}

/** What the file's first block says. */
export function pbfHeader(required = ['OsmSchema-V0.6', 'DenseNodes']): Uint8Array {
  const header = new Pbf()
  for (const feature of required) header.writeStringField(4, feature)
  return header.finish()
}

export interface TestBlob {
  type?: 'OSMHeader' | 'OSMData'
  data: Uint8Array
  packing?: 'raw' | 'zlib'
  /** Lies about the size after unpacking. */
  size?: number
  /** Instead of the packed bytes. */
  packed?: Uint8Array
  /** Number of the field that holds the packed bytes; 3 is zlib. */
  field?: number
}

/** A blob with its length and header, as it stands in the file. */
export function pbfBlob({
  type = 'OSMData',
  data,
  packing = 'zlib',
  size,
  packed,
  field = 3,
}: TestBlob): Buffer {
  const blob = new Pbf()
  if (packing === 'raw') blob.writeBytesField(1, data)
  else {
    blob.writeVarintField(2, size ?? data.length)
    blob.writeBytesField(field, packed ?? deflateSync(data))
  }
  const body = blob.finish()
  const header = new Pbf()
  header.writeStringField(1, type)
  header.writeVarintField(3, body.length)
  const head = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, body])
}

/** A whole file. */
export const pbfFile = (...blocks: readonly TestBlock[]): Buffer =>
  Buffer.concat([
    pbfBlob({ type: 'OSMHeader', data: pbfHeader() }),
    ...blocks.map((block, i) =>
      pbfBlob({ data: pbfBlock(block), packing: i % 2 === 0 ? 'zlib' : 'raw' }),
    ),
  ])
