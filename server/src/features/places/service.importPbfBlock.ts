import Pbf from 'pbf'
import { foodValues, isFoodTags } from './policy.food.ts'

/** The inner layer: a block of nodes, ways and relations that share a table of texts. */

export type Tags = Record<string, string>

export interface NodeElement {
  id: number
  lat: number
  lon: number
  tags: Tags
}
export interface WayElement {
  id: number
  tags: Tags
  refs: number[]
  /** In files that keep coordinates with the ways. */
  points: [number, number][]
}
export interface RelationElement {
  id: number
  tags: Tags
  /** Ways of its outer edge. */
  outer: number[]
}

export interface Block {
  strings: Uint8Array[]
  groups: Uint8Array[]
  granularity: number
  latOffset: number
  lonOffset: number
}

/** Throws when the bytes are no block. */
export function readBlock(data: Uint8Array): Block {
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 }
  readWhole(data, (tag, pbf) => {
    if (tag === 1)
      readWhole(pbf.readBytes(), (at, inner) => at === 1 && block.strings.push(inner.readBytes()))
    else if (tag === 2) block.groups.push(pbf.readBytes())
    else if (tag === 17) block.granularity = pbf.readVarint(true)
    else if (tag === 19) block.latOffset = pbf.readVarint(true)
    else if (tag === 20) block.lonOffset = pbf.readVarint(true)
  })
  return block
}

function readWhole(bytes: Uint8Array, field: (tag: number, pbf: Pbf) => unknown): void {
  const pbf = new Pbf(bytes)
  pbf.readFields((tag) => {
    field(tag, pbf)
  }, null)
  if (pbf.pos !== bytes.length) throw new Error('a message ends amid a field')
}

const FOOD_CHARS = Math.max(...foodValues.map((value) => value.length))
const utf8 = new TextDecoder()

/** Whether any text of the block is a kind of food place: most blocks have none and are passed over. */
export function mayHoldFood({ strings }: Block): boolean {
  return strings.some((bytes) => {
    // Several kinds may be listed: `restaurant;bar`.
    if (bytes.length > 3 * FOOD_CHARS) return false
    return utf8
      .decode(bytes)
      .split(';')
      .some((each) => foodSet.has(each.trim()))
  })
}
const foodSet = new Set(foodValues)

export interface Elements {
  nodes: NodeElement[]
  ways: WayElement[]
  relations: RelationElement[]
  /** All that the block holds, food or not. */
  total: number
  kinds: { nodes: boolean; ways: boolean }
}

/** Throws when the block is broken. */
export function readFood(block: Block): Elements {
  const found: Elements = {
    nodes: [],
    ways: [],
    relations: [],
    total: 0,
    kinds: { nodes: false, ways: false },
  }
  const wanted = mayHoldFood(block)
  const textAt = makeTexts(block)
  for (const group of block.groups) {
    readWhole(group, (tag, pbf) => {
      if (tag === 1) {
        found.kinds.nodes = true
        const node = readNode(pbf.readBytes(), block, wanted ? textAt : null)
        if (isFoodTags(node.tags)) found.nodes.push(node)
      } else if (tag === 2) {
        found.kinds.nodes = true
        const dense = pbf.readBytes()
        found.total += countDense(dense) - 1
        if (wanted) found.nodes.push(...readDense(dense, block, textAt))
      } else if (tag === 3) {
        found.kinds.ways = true
        const way = pbf.readBytes()
        if (wanted) takeFood(readWay(way, block, textAt), found.ways)
      } else if (tag === 4 && wanted)
        takeFood(readRelation(pbf.readBytes(), textAt), found.relations)
      if (tag >= 1 && tag <= 4) found.total++
    })
  }
  return found
}

function takeFood<T extends { tags: Tags }>(element: T, into: T[]): void {
  if (isFoodTags(element.tags)) into.push(element)
}

type TextAt = (index: number) => string

function makeTexts({ strings }: Block): TextAt {
  const texts: (string | undefined)[] = []
  return (index) => {
    const bytes = strings[index]
    if (!bytes) throw new Error('a text is missing')
    return (texts[index] ??= utf8.decode(bytes))
  }
}

/** Names in lower case, as the other formats give them; no name of a tag means anything to JavaScript. */
function tagsOf(keys: readonly number[], values: readonly number[], textAt: TextAt): Tags {
  if (keys.length !== values.length) throw new Error('tags without values')
  return Object.fromEntries(keys.map((key, i) => [textAt(key), textAt(values[i] ?? -1)]))
}

const degrees = ({ granularity }: Block, offset: number, units: number): number =>
  Math.round((offset + granularity * units) / 10) / 1e8

function readNode(bytes: Uint8Array, block: Block, textAt: TextAt | null): NodeElement {
  const node = { id: 0, lat: 0, lon: 0 }
  const keys: number[] = []
  const values: number[] = []
  readWhole(bytes, (tag, pbf) => {
    if (tag === 1) node.id = pbf.readSVarint()
    else if (tag === 2) pbf.readPackedVarint(keys)
    else if (tag === 3) pbf.readPackedVarint(values)
    else if (tag === 8) node.lat = degrees(block, block.latOffset, pbf.readSVarint())
    else if (tag === 9) node.lon = degrees(block, block.lonOffset, pbf.readSVarint())
  })
  return { ...node, tags: textAt ? tagsOf(keys, values, textAt) : {} }
}

interface Dense {
  ids: number[]
  lats: number[]
  lons: number[]
  keysValues: number[]
}

function unpackDense(bytes: Uint8Array): Dense {
  const dense: Dense = { ids: [], lats: [], lons: [], keysValues: [] }
  readWhole(bytes, (tag, pbf) => {
    if (tag === 1) pbf.readPackedSVarint(dense.ids)
    else if (tag === 8) pbf.readPackedSVarint(dense.lats)
    else if (tag === 9) pbf.readPackedSVarint(dense.lons)
    else if (tag === 10) pbf.readPackedVarint(dense.keysValues)
  })
  const { ids, lats, lons } = dense
  if (ids.length !== lats.length || ids.length !== lons.length) throw new Error('uneven nodes')
  for (const deltas of [ids, lats, lons]) addUp(deltas)
  return dense
}

function addUp(deltas: number[]): void {
  let sum = 0
  for (let i = 0; i < deltas.length; i++) deltas[i] = sum += deltas[i] ?? 0
}

/** Nodes of a dense group without unpacking them: each id's last byte is the one without the high bit. */
function countDense(bytes: Uint8Array): number {
  let count = 0
  readWhole(bytes, (tag, pbf) => {
    if (tag === 1) for (const byte of pbf.readBytes()) if (byte < 0x80) count++
  })
  return count
}

function readDense(bytes: Uint8Array, block: Block, textAt: TextAt): NodeElement[] {
  const { ids, lats, lons, keysValues } = unpackDense(bytes)
  const food: NodeElement[] = []
  let at = 0
  for (const [i, id] of ids.entries()) {
    const from = at
    while (at < keysValues.length && keysValues[at] !== 0) at += 2
    if (at > from) {
      const pairs = keysValues.slice(from, at)
      const keys = pairs.filter((_, n) => n % 2 === 0)
      const tags = tagsOf(
        keys,
        pairs.filter((_, n) => n % 2 === 1),
        textAt,
      )
      const lat = degrees(block, block.latOffset, lats[i] ?? 0)
      const lon = degrees(block, block.lonOffset, lons[i] ?? 0)
      if (isFoodTags(tags)) food.push({ id, lat, lon, tags })
    }
    at++
  }
  return food
}

function readWay(bytes: Uint8Array, block: Block, textAt: TextAt | null): WayElement {
  const keys: number[] = []
  const values: number[] = []
  const way: WayElement = { id: 0, tags: {}, refs: [], points: [] }
  const [lats, lons]: [number[], number[]] = [[], []]
  readWhole(bytes, (tag, pbf) => {
    if (tag === 1) way.id = pbf.readVarint(true)
    else if (tag === 2) pbf.readPackedVarint(keys)
    else if (tag === 3) pbf.readPackedVarint(values)
    else if (tag === 8) pbf.readPackedSVarint(way.refs)
    else if (tag === 9) pbf.readPackedSVarint(lats)
    else if (tag === 10) pbf.readPackedSVarint(lons)
  })
  if (lats.length !== lons.length) throw new Error('uneven points')
  for (const deltas of [way.refs, lats, lons]) addUp(deltas)
  way.points = lats.map((lat, i) => [
    degrees(block, block.lonOffset, lons[i] ?? 0),
    degrees(block, block.latOffset, lat),
  ])
  if (textAt) way.tags = tagsOf(keys, values, textAt)
  return way
}

const WAY_MEMBER = 1

function readRelation(bytes: Uint8Array, textAt: TextAt): RelationElement {
  const relation: RelationElement = { id: 0, tags: {}, outer: [] }
  const [keys, values, parts, ids, types]: number[][] = [[], [], [], [], []]
  readWhole(bytes, (tag, pbf) => {
    if (tag === 1) relation.id = pbf.readVarint(true)
    else if (tag === 2) pbf.readPackedVarint(keys)
    else if (tag === 3) pbf.readPackedVarint(values)
    else if (tag === 8) pbf.readPackedVarint(parts)
    else if (tag === 9) pbf.readPackedSVarint(ids)
    else if (tag === 10) pbf.readPackedVarint(types)
  })
  addUp(ids ?? [])
  relation.tags = tagsOf(keys ?? [], values ?? [], textAt)
  relation.outer = (ids ?? []).filter(
    (_, i) => types?.[i] === WAY_MEMBER && textAt(parts?.[i] ?? -1) !== 'inner',
  )
  return relation
}

/** Tells of each way of a block with its nodes. Throws when the block is broken. */
export function eachWay(block: Block, told: (way: WayElement) => void): void {
  for (const group of block.groups)
    readWhole(group, (tag, pbf) => tag === 3 && told(readWay(pbf.readBytes(), block, null)))
}

/** Tells of each node of a block. Throws when the block is broken. */
export function eachNode(block: Block, told: (id: number, lat: number, lon: number) => void): void {
  for (const group of block.groups)
    readWhole(group, (tag, pbf) => {
      if (tag === 1) {
        const { id, lat, lon } = readNode(pbf.readBytes(), block, null)
        told(id, lat, lon)
      } else if (tag === 2) {
        const { ids, lats, lons } = unpackDense(pbf.readBytes())
        for (const [i, id] of ids.entries())
          told(
            id,
            degrees(block, block.latOffset, lats[i] ?? 0),
            degrees(block, block.lonOffset, lons[i] ?? 0),
          )
      }
    })
}
