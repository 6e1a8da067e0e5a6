import { makeOutlines, type Outlines } from './service.importOutlines.ts'
import {
  type Blob,
  type ByteSource,
  checkHeader,
  openBlob,
  UnreadableFile,
  walkBlobs,
} from './service.importPbfBlobs.ts'
import {
  type Block,
  eachNode,
  eachWay,
  readBlock,
  readFood,
  type RelationElement,
  type WayElement,
} from './service.importPbfBlock.ts'
import { middleOf } from './service.importFields.ts'
import type { ReadRow } from './service.importRead.ts'

/** What the first reading learned for the later ones, which open only the blocks that they need. */
interface Survey {
  nodeBlobs: Blob[]
  wayBlobs: Blob[]
  relations: RelationElement[]
  /** Food places among the ways, and how many of them had their turn. */
  ways: number
  waysTaken: number
}

/** Relations of which the members are kept; a continent has some thousands. */
const RELATIONS_MAX = 100_000

/**
 * Food places of an `.osm.pbf` file, as Overpass would write them; all else is counted as passed over. Points are told as they are read.
 * Outlines need the file again, once for each half million of their nodes: memory stays flat whatever the file's size.
 * `line` is the number of the block. Throws UnreadableFile.
 */
export async function* readPbf(source: ByteSource, nodesMax?: number): AsyncGenerator<ReadRow> {
  const survey: Survey = { nodeBlobs: [], wayBlobs: [], relations: [], ways: 0, waysTaken: 0 }
  let outlines = makeOutlines(nodesMax)
  let blocks = 0
  let cut = false
  for await (const blob of walkBlobs(source)) {
    blocks++
    if (blocks === 1) await openHeader(source, blob)
    else if (!blob) cut = true
    else if (blob.type === 'OSMData') yield* readFirst(source, blob, survey, outlines)
  }
  for (;;) {
    const last = survey.waysTaken === survey.ways
    if (last) await addRelations(source, survey, outlines)
    if (!outlines.isEmpty()) yield* placeOutlines(source, survey, outlines, blocks)
    if (last) break
    outlines = makeOutlines(nodesMax)
    await addWays(source, survey, outlines)
  }
  if (cut) yield { line: blocks, problem: 'cut_off' }
}

async function openHeader(source: ByteSource, blob: Blob | null): Promise<void> {
  if (blob?.type !== 'OSMHeader')
    throw new UnreadableFile('It doesn’t begin as a file of OpenStreetMap’s binary format does.')
  checkHeader(await openBlob(source, blob))
}

/** The food places of a block. Nothing of a broken one, so that no element is read by half. */
async function* readFirst(
  source: ByteSource,
  blob: Blob,
  survey: Survey,
  outlines: Outlines,
): AsyncGenerator<ReadRow> {
  const line = blob.number
  const food = await openAnd(source, blob, readFood)
  if (!food) {
    yield { line, problem: 'broken' }
    return
  }
  if (food.kinds.nodes) survey.nodeBlobs.push(blob)
  if (food.kinds.ways) survey.wayBlobs.push(blob)
  survey.relations.push(...food.relations.slice(0, RELATIONS_MAX - survey.relations.length))
  for (const { id, lat, lon, tags } of food.nodes)
    yield { line, value: { type: 'node', id, lat, lon, tags } }
  for (const way of food.ways) {
    const middle = middleOf(way.points)
    if (middle) yield { line, value: placedWay(way, middle) }
    else {
      survey.ways++
      takeWay(way, survey, outlines)
    }
  }
  const taken = food.nodes.length + food.ways.length + food.relations.length
  yield { passedOver: food.total - taken }
}

const placedWay = ({ id, tags }: WayElement, [lon, lat]: [number, number]): object => ({
  type: 'way',
  id,
  tags,
  center: { lon, lat },
})

function takeWay({ id, tags, refs }: WayElement, survey: Survey, outlines: Outlines): void {
  if (outlines.isFull()) return
  outlines.add({ type: 'way', id, tags, refs })
  survey.waysTaken++
}

/** The ways that found no room in the rounds before. */
async function addWays(source: ByteSource, survey: Survey, outlines: Outlines): Promise<void> {
  let skip = survey.waysTaken
  for (const blob of survey.wayBlobs) {
    const food = await openAnd(source, blob, readFood)
    for (const way of food?.ways ?? []) {
      if (way.points.length > 0) continue
      if (skip > 0) skip--
      else takeWay(way, survey, outlines)
    }
    if (outlines.isFull()) return
  }
}

/** An outline of several ways has all of their nodes. */
async function addRelations(
  source: ByteSource,
  { relations, wayBlobs }: Survey,
  outlines: Outlines,
): Promise<void> {
  if (relations.length === 0) return
  const members = new Map<number, number[]>(
    relations.flatMap(({ outer }) => outer.map((id) => [id, []] as const)),
  )
  for (const blob of wayBlobs)
    await openAnd(source, blob, (block) =>
      eachWay(block, ({ id, refs }) => members.has(id) && members.set(id, refs)),
    )
  for (const { id, tags, outer } of relations)
    outlines.add({
      type: 'relation',
      id,
      tags,
      refs: outer.flatMap((way) => members.get(way) ?? []),
    })
}

async function* placeOutlines(
  source: ByteSource,
  { nodeBlobs }: Survey,
  outlines: Outlines,
  line: number,
): AsyncGenerator<ReadRow> {
  outlines.seal()
  for (const blob of nodeBlobs)
    await openAnd(source, blob, (block) => eachNode(block, outlines.place))
  for (const value of outlines.elements()) yield { line, value }
}

/** Null for a broken block. */
async function openAnd<T>(
  source: ByteSource,
  blob: Blob,
  read: (block: Block) => T,
): Promise<T | null> {
  const data = await openBlob(source, blob)
  if (!data) return null
  try {
    return read(readBlock(data))
  } catch {
    return null
  }
}
