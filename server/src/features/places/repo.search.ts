import { type RawBuilder, sql } from 'kysely'
import type { Db, DbOptions } from '#server/platform/db.ts'
import type { LatLng } from '#shared/geo.ts'
import { type Category, type Diet, ISLAND_SOURCE } from '#shared/places.ts'
import type { SearchQuery, SearchTerm } from '#shared/places.search.ts'
import { columns, type PlaceRow } from './repo.ts'

export interface FoundRow extends PlaceRow {
  doc: string
  initials: string
  popularity: number
  diet: Diet[]
  /** The older record of the same shop. */
  same_as: string | null
}

/** Which places may be found at all. */
export interface SearchScope {
  near: LatLng | undefined
  /** The island's places, or all but those. */
  island: boolean
  categories: readonly Category[]
  priceFrom: number | undefined
  priceTo: number | undefined
  diet: readonly Diet[]
}

/** A part of the table. */
export interface SearchPart {
  /** Tiles of one zoom (policy.spots.ts); null: everywhere. */
  tiles: { zoom: number; numbers: readonly number[] } | null
  /** One of 64 even parts of what remains. */
  sampled: boolean
}

/** Rows of a part that are read at most, before filters and order; what is matched more often is never searched to its end. */
const READ_MAX = 2_000
/** Rows that a stage hands on to be ranked. */
const STAGE_MAX = 300
const TRIGRAM = 3
/** A search whose statement takes longer answers with what it has. */
const SEARCH_MS = 1_500
/** Postgres's code for it. */
const CANCELED = '57014'

/**
 * Searches have connections of their own: few, because more at once only make each other slow, and so that a rush of them leaves rooms
 * theirs. Postgres takes frequent words for so frequent that reading the table from its beginning must meet them soon; but a city's places
 * stand together, and it reads the other cities first.
 */
export const searchLink: DbOptions = {
  poolMax: 4,
  statementMs: SEARCH_MS,
  settings: {
    enable_seqscan: 'off',
    jit: 'off',
    'pg_trgm.word_similarity_threshold': '0.5',
  },
}

/** All stages of a search, on one connection: another search waits for its end, not for that of each statement. */
export async function withinSearch(
  searchDb: Db,
  search: (one: Db) => Promise<void>,
): Promise<void> {
  try {
    await searchDb.connection().execute(search)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === CANCELED)) throw error
  }
}

const searched = sql`${columns}, doc, initials, popularity, diet, same_as`
const keys = sql`place_search_keys(spot, category)`

function within({ tiles, sampled }: SearchPart): RawBuilder<boolean>[] {
  const listed =
    tiles &&
    sql.join(
      tiles.numbers.map(
        (number) => sql`(${sql.lit(tiles.zoom)}::bigint << 56) | ${sql.lit(number)}`,
      ),
    )
  return [
    ...(listed ? [sql<boolean>`${keys} && array[${listed}]`] : []),
    ...(sampled ? [sql<boolean>`${keys} && array[1::bigint << 56]`] : []),
  ]
}

/** What the index knows of a scope. */
function kinds({ categories }: SearchScope): RawBuilder<boolean>[] {
  if (categories.length === 0) return []
  const each = categories.map(
    (name) => sql`(2::bigint << 56) | (hashtext(${sql.lit(name)})::bigint & 4294967295)`,
  )
  return [sql<boolean>`${keys} && array[${sql.join(each)}]`]
}

function filters(scope: SearchScope): RawBuilder<boolean> {
  const { island, categories, priceFrom, priceTo, diet } = scope
  const each = [
    island ? sql<boolean>`source = ${ISLAND_SOURCE}` : sql<boolean>`source <> ${ISLAND_SOURCE}`,
    ...(categories.length === 0 ? [] : [sql<boolean>`category = any(${[...categories]}::text[])`]),
    ...(priceFrom === undefined ? [] : [sql<boolean>`price >= ${priceFrom}::int`]),
    ...(priceTo === undefined ? [] : [sql<boolean>`price <= ${priceTo}::int`]),
    ...(diet.length === 0 ? [] : [sql<boolean>`diet @> ${[...diet]}::text[]`]),
  ]
  return sql<boolean>`${sql.join(each, sql` and `)}`
}

/** Folded texts hold letters and digits only, so nothing in them means anything to LIKE. */
const holds = (text: string): string => `%${text}%`

/** Each three letters in a row are a list of the index to walk, and a few lists from all over a long text tell as much as forty. */
const PIECE = 4
const PIECES = 3
function piecesOf(text: string): string {
  if (text.length < PIECES * PIECE) return holds(text)
  const [middle, end] = [Math.floor((text.length - PIECE) / 2), text.length - PIECE]
  return holds([0, middle, end].map((at) => text.slice(at, at + PIECE)).join('%'))
}

const docHolds = (text: string): RawBuilder<boolean> =>
  text.length < PIECES * PIECE
    ? sql<boolean>`doc like ${holds(text)}`
    : sql<boolean>`(doc like ${piecesOf(text)} and strpos(doc, ${text}) > 0)`

/** Terms too short for a trigram are looked for at the beginning of a field, where the index has their letters. */
function holdsTerm({ text, initials }: SearchTerm): RawBuilder<boolean> {
  if (initials)
    return text.length < TRIGRAM
      ? sql<boolean>`initials like ${`${text}%`}`
      : sql<boolean>`initials like ${holds(text)}`
  return text.length < TRIGRAM ? sql<boolean>`doc like ${`%|${text}%`}` : docHolds(text)
}

/**
 * In a small part all rows may be read: there a short term is found anywhere. Not by LIKE: the index would offer to help, and read all
 * of itself for a pattern without a trigram.
 */
function holdsAnywhere({ text, initials }: SearchTerm): RawBuilder<boolean> {
  if (text.length >= TRIGRAM) return holdsTerm({ text, initials })
  return initials
    ? sql<boolean>`strpos(initials, ${text}) > 0`
    : sql<boolean>`strpos(doc, ${text}) > 0`
}

export type Match = 'anywhere' | 'indexed' | 'similar' | 'half'

/** Letters of an end of a text, for the index to have three lists of them. */
const END_MAX = 5

/**
 * A text's first half, its second, or both of its ends: whoever mistypes a letter or leaves out a syllable spoils one of the halves, or
 * the middle. A few lists of the index each, where similarity walks half of all that the text has.
 */
function holdsHalf(text: string): RawBuilder<boolean> {
  const half = Math.ceil(text.length / 2)
  const end = Math.min(END_MAX, Math.ceil(text.length / 3))
  const outside = `${text.slice(0, end)}%${text.slice(-end)}`
  return sql<boolean>`(doc like ${piecesOf(text.slice(0, half))} or doc like ${piecesOf(text.slice(-half))} or doc like ${holds(outside)})`
}

function matches(query: SearchQuery, match: Match): RawBuilder<boolean>[] {
  if (match === 'half') return [holdsHalf(query.whole)]
  const each = query.terms.map((term) => {
    if (match === 'anywhere') return holdsAnywhere(term)
    // A short word is similar to half of the table: it is spelled right, or the search finds nothing.
    return match === 'similar' && !term.initials && term.text.length > TRIGRAM
      ? sql<boolean>`${term.text} <% doc`
      : holdsTerm(term)
  })
  if (each.length < 2) return each
  const all = sql<boolean>`${sql.join(each, sql` and `)}`
  // Where all terms are looked for anywhere in the text, whoever holds the whole holds each.
  const holdsEach = query.terms.every(({ text, initials }) => !initials && text.length >= TRIGRAM)
  return match === 'similar' || holdsEach
    ? [all]
    : [sql<boolean>`((${all}) or ${docHolds(query.whole)})`]
}

export interface Stage {
  rows: FoundRow[]
  /** All that match were looked at. */
  complete: boolean
}

async function select(
  db: Db,
  conditions: readonly RawBuilder<boolean>[],
  scope: SearchScope,
): Promise<Stage> {
  const { near } = scope
  const narrowing = near ? Math.cos((near.lat * Math.PI) / 180) ** 2 : 1
  const order = near
    ? sql`(lat - ${near.lat}::float8) ^ 2 + (lng - ${near.lng}::float8) ^ 2 * ${narrowing}::float8`
    : sql`-popularity`
  // The island has an index of its own.
  const all = scope.island
    ? [...conditions, sql`source = ${sql.lit(ISLAND_SOURCE)}`]
    : [...conditions]
  const where = all.length === 0 ? sql`true` : sql.join(all, sql` and `)
  // Rows are wide, and most of those that match are too far away to be shown.
  const { rows } = await sql<FoundRow & { passes: boolean; read: number }>`
    with matched as materialized (
      select ctid as row, ${filters(scope)} as passes, ${order} as rank from places where ${where} limit ${sql.lit(READ_MAX)}
    ), best as materialized (
      select row, passes from matched order by passes desc, rank limit ${sql.lit(STAGE_MAX)}
    )
    select ${searched}, passes, (select count(*) from matched) as read
    from best join places on places.ctid = best.row`.execute(db)
  return { rows: rows.filter(({ passes }) => passes), complete: (rows[0]?.read ?? 0) < READ_MAX }
}

/** Matches in a part of the table, the nearest first. */
export const searchPart = (
  db: Db,
  query: SearchQuery,
  match: Match,
  part: SearchPart,
  scope: SearchScope,
): Promise<Stage> => select(db, [...within(part), ...kinds(scope), ...matches(query, match)], scope)

/** Matches of any of these readings. */
export const searchAny = (
  db: Db,
  queries: readonly SearchQuery[],
  part: SearchPart,
  scope: SearchScope,
): Promise<Stage> => {
  const each = queries.map((query) => sql`(${sql.join(matches(query, 'indexed'), sql` and `)})`)
  return select(
    db,
    [...within(part), ...kinds(scope), sql<boolean>`(${sql.join(each, sql` or `)})`],
    scope,
  )
}

/** Places whose name begins so, or is just that. */
export const searchNames = (
  db: Db,
  text: string,
  whole: boolean,
  scope: SearchScope,
): Promise<Stage> => {
  const name = sql`split_part(doc, '|', 2)`
  const condition = whole
    ? sql<boolean>`${name} = ${text}`
    : sql<boolean>`${name} like ${`${text}%`}`
  return select(db, [condition], scope)
}

/** Whether so many match in one of 64 even parts that the whole table holds too many to be looked at. */
export async function isFrequent(db: Db, query: SearchQuery, atLeast: number): Promise<boolean> {
  const sample = [...within({ tiles: null, sampled: true }), ...matches(query, 'indexed')]
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from places where ${sql.join(sample, sql` and `)} limit ${atLeast}) as sampled`.execute(
    db,
  )
  return (rows[0]?.count ?? 0) >= atLeast
}

/** The places that twins tell of. */
export async function findOriginals(db: Db, ids: readonly string[]): Promise<PlaceRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PlaceRow>`
    select ${columns} from places where id = any(${sql.val([...ids])}::uuid[])`.execute(db)
  return rows
}
