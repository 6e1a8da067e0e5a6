import { distanceM } from '#shared/geo.measure.ts'
import { scoreText } from '#shared/places.rank.ts'
import { otherReadings, type Reading, type SearchQuery } from '#shared/places.search.ts'
import type { Db } from '#server/platform/db.ts'
import { tilesAround } from './policy.spots.ts'
import {
  type FoundRow,
  isFrequent,
  type Match,
  searchAny,
  searchNames,
  type SearchPart,
  searchPart,
  type SearchScope,
  type Stage,
} from './repo.search.ts'

/** Zooms of tiles around the reader, nine of each: about 0.7, 3 and 11 km to each side at Seoul's latitude. */
const NEAR_RINGS = [16, 14, 12]
/** 45, 180 and 700 km: for what is too much to be read at once. */
const FAR_RINGS = [10, 8, 6]
const SMALL_RING = 16
const TOWN_RING = 12
const ENOUGH = 3
/** What is farther was hardly meant, if anything nearer may have been. */
const REACH_M = 60_000
/** In one of 64 parts: some 30,000 in the table. */
const FREQUENT = 500
const TRIGRAM = 3
/** Folded letters, three a syllable, of a word that few places can have; several words together need more. */
const RARE_WORD = 10
const RARE_TEXT = 13
/** An initial tells as much as so many letters. */
const LETTERS_PER_INITIAL = 2.5
/** From this score on it is a name that holds what was typed (places.rank.ts). */
const NAMED = 0.62
/** A name with a letter or two wrong. */
const HARDLY_WRONG = 0.5
/** Shorter words are similar to half of the table. */
const SLIP_MIN = 4
/** Folded, about 25 syllables: no name is longer, and a single letter may fold to 18. */
const SLIP_MAX = 60
/** Its thirds have four letters: two lists of the index. */
const HALVES_MIN = 12

export interface Found {
  row: FoundRow
  /** How well its text answers. */
  text: number
  /** What its reading costs. */
  cost: number
}

const everywhere: SearchPart = { tiles: null, sampled: false }
const isShort = ({ terms }: SearchQuery): boolean =>
  terms.every(({ text }) => text.length < TRIGRAM)

/** So rare that all of the table is asked at once. */
function isRare({ terms }: SearchQuery): boolean {
  const letters = terms.map(
    ({ text, initials }) => text.length * (initials ? LETTERS_PER_INITIAL : 1),
  )
  return Math.max(0, ...letters) >= RARE_WORD || letters.reduce((sum, n) => sum + n, 0) >= RARE_TEXT
}

/**
 * From what was typed to what else may have been meant, each stage only while too little was found.
 */
export async function runStages(
  stages: SearchStages,
  q: string,
  query: SearchQuery,
): Promise<void> {
  const readings = otherReadings(q)
  // 식당, best food: of what is far from here nobody asks for that.
  const [anyNear] = readings.filter((reading) => reading.query.terms.length === 0)
  if (anyNear) {
    await stages.findNear(query, 0, NEAR_RINGS)
    if (stages.few()) await stages.findNear(anyNear.query, anyNear.cost, [TOWN_RING])
    if (!stages.few()) return
  }
  const complete = await stages.find(query, 0, NEAR_RINGS)
  if (!complete) await stages.findName(query)
  if (!stages.few() || (stages.isNamed() && isRare(query))) return
  for (const { query: reading, cost, last, split } of readings)
    if (!last && !split && stages.few()) await stages.find(reading, cost, [TOWN_RING])
  if (!stages.few() || stages.isNamed()) return
  await stages.findAny(readings.filter(({ split }) => split))
  if (stages.few()) await stages.findHalf(query)
  for (const { query: reading, cost, last } of readings)
    if (last && stages.none()) await stages.find(reading, cost, [TOWN_RING])
  if (stages.few()) await stages.findSimilar(query)
}

const hasInitials = ({ terms }: SearchQuery): boolean => terms.some(({ initials }) => initials)

type Scored = Pick<Reading, 'query' | 'cost'>

/** The stages of one search, and what they found, each place once. */
export class SearchStages {
  readonly #db: Db
  readonly #scope: SearchScope
  readonly #wanted: number
  readonly #found: Map<string, Found>
  /** Found where the reader may have meant. */
  #reached = 0
  /** The best score of those. */
  #best = 0

  /** Fills `found` as it goes, so that a search which is cut short has something to answer. */
  constructor(db: Db, scope: SearchScope, wanted: number, found: Map<string, Found>) {
    this.#found = found
    this.#db = db
    this.#scope = scope
    this.#wanted = wanted
  }

  none(): boolean {
    return this.#found.size === 0
  }

  few(): boolean {
    return this.#reached < ENOUGH
  }

  /** A place has what was typed in its name. */
  isNamed(): boolean {
    return this.#best >= NAMED
  }

  /** From near to far, until more than wanted are found: one more tells that there are more. Answers whether all were looked at. */
  async find(query: SearchQuery, cost: number, rings: readonly number[]): Promise<boolean> {
    const { near, island } = this.#scope
    const as = [{ query, cost }]
    const rare = isRare(query)
    if (rare) {
      const { complete } = await this.#look(query, 'indexed', everywhere, as)
      if (complete || !near) return complete
    }
    if (await this.findNear(query, cost, rings)) return false
    if (query.terms.length === 0) return true
    if (isShort(query)) {
      this.#add(await searchNames(this.#db, query.whole, false, this.#scope), as)
      return true
    }
    // A frequent word is looked for in a part of what is far: nobody means the 9,000th 식당.
    const sampled = !rare && !island && (await isFrequent(this.#db, query, FREQUENT))
    if (!rare && (!sampled || !near)) {
      const { complete } = await this.#look(query, 'indexed', { tiles: null, sampled }, as)
      if (complete || !near) return complete
    }
    for (const zoom of FAR_RINGS)
      if ((await this.#look(query, 'indexed', this.#around(zoom, sampled), as)).enough) break
    return false
  }

  /** In rings around the reader, until more than wanted are found in one; whether they were. */
  async findNear(query: SearchQuery, cost: number, rings: readonly number[]): Promise<boolean> {
    for (const zoom of this.#scope.near ? rings : []) {
      const match: Match = zoom === SMALL_RING ? 'anywhere' : 'indexed'
      const { enough } = await this.#look(query, match, this.#around(zoom), [{ query, cost }])
      if (enough) return true
    }
    return false
  }

  /** The very name, farther than where enough others were found. */
  async findName(query: SearchQuery): Promise<void> {
    if (query.terms.every(({ initials }) => initials)) return
    this.#add(await searchNames(this.#db, query.whole, true, this.#scope), [{ query, cost: 0 }])
  }

  /** Any of several readings, in one look. */
  async findAny(as: readonly Scored[]): Promise<void> {
    if (as.length === 0) return
    const queries = as.map(({ query }) => query)
    const stage = await searchAny(this.#db, queries, everywhere, this.#scope)
    this.#add(stage, as)
    if (!stage.complete && this.#scope.near)
      this.#add(await searchAny(this.#db, queries, this.#around(TOWN_RING), this.#scope), as)
  }

  /** A long text with a slip in one place. */
  async findHalf({ whole, ...query }: SearchQuery): Promise<void> {
    if (whole.length < HALVES_MIN || whole.length > SLIP_MAX || hasInitials({ ...query, whole }))
      return
    const oneWord = { ...query, whole, terms: [{ text: whole, initials: false }] }
    await this.#look(oneWord, 'half', everywhere, [{ query: oneWord, cost: 0 }], true)
  }

  /** What was typed with letters wrong, until one is found with hardly any. */
  async findSimilar(query: SearchQuery): Promise<void> {
    const { whole, terms } = query
    if (whole.length < SLIP_MIN || whole.length > SLIP_MAX || hasInitials(query)) return
    const oneWord = { ...query, terms: [{ text: whole, initials: false }] }
    for (const part of this.#scope.near ? [this.#around(TOWN_RING), everywhere] : [everywhere])
      for (const reading of terms.length > 1 ? [query, oneWord] : [query]) {
        if (this.#best >= HARDLY_WRONG || this.#found.size > this.#wanted) return
        // A long text has far more lists to walk than the halves that were looked for.
        if (part === everywhere && whole.length >= HALVES_MIN && !this.none()) return
        await this.#look(reading, 'similar', part, [{ query: reading, cost: 0 }], true)
      }
  }

  #around(zoom: number, sampled = false): SearchPart {
    const { near } = this.#scope
    return { tiles: near ? { zoom, numbers: tilesAround(near, zoom) } : null, sampled }
  }

  async #look(
    query: SearchQuery,
    match: Match,
    part: SearchPart,
    as: readonly Scored[],
    slips = false,
  ): Promise<{ complete: boolean; enough: boolean }> {
    const stage = await searchPart(this.#db, query, match, part, this.#scope)
    this.#add(stage, as, slips)
    return { complete: stage.complete, enough: stage.rows.length > this.#wanted }
  }

  /** Keeps what has one of these readings, as the one that answers best. */
  #add({ rows }: Stage, as: readonly Scored[], slips = false): void {
    const { near } = this.#scope
    for (const row of rows) {
      if (this.#found.has(row.id)) continue
      let match: Found | null = null
      for (const { query, cost } of as) {
        const text = scoreText(query, row, slips)
        if (text > 0 && (match === null || text - cost > match.text - match.cost))
          match = { row, text, cost }
      }
      if (match === null) continue
      this.#found.set(row.id, match)
      if (near && distanceM(near, row) >= REACH_M) continue
      this.#reached++
      this.#best = Math.max(this.#best, match.text)
    }
  }
}
