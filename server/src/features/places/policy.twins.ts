import { distanceM } from '#shared/geo.measure.ts'
import { foldText } from '#shared/places.fold.ts'
import type { TwinPair, TwinRecord } from '#shared/places.twins.ts'
import { brandOf } from './policy.category.ts'

/** Registers take the building's entrance or the middle of its lot, mappers the door. */
export const TWIN_REACH_M = 120
/** A chain has its next branch at the next corner: without a branch's name only what is as near is the same. */
const BRAND_REACH_M = 40
const SLIP_REACH_M = 50
/** Folded letters; shorter names are alike by chance. */
const SLIP_LETTERS = 9
const SLIP_SIMILARITY = 0.85
const PHONE_DIGITS = 8
/** Two of one source that fit a third equally well: nobody can tell which it is. */
const CLEAR_LEAD = 0.02

export interface NameParts {
  whole: string
  /** Without brand and branch. */
  core: string
  brand: string | null
  branch: string | null
}

const branchWord =
  /^(?:(.+?)\s*[([（]\s*(.+?)\s*[)\]）]|(.+)\s+(\S+(?:점|支店|店|branch))|(.+)\s+[-–—]\s+(.+))$/iu

/** 스타벅스 천호역점, Starbucks (Cheonho Stn.), BHC치킨 둔촌점. */
export function nameParts(name: string, brandTold: string | null): NameParts {
  const [, a, aBranch, b, bBranch, c, cBranch] = branchWord.exec(name.trim()) ?? []
  const body = a ?? b ?? c ?? name
  const told = aBranch ?? bBranch ?? cBranch ?? null
  const brand = brandOf(brandTold ?? '') ?? brandOf(name) ?? (foldText(brandTold ?? '') || null)
  return {
    whole: foldText(name),
    core: foldText(body),
    brand,
    branch: told === null ? null : foldText(told.replace(/(?:지점|점|支店|店|branch)$/iu, '')),
  }
}

/**
 * How surely two records of different sources tell of one shop, above 0 to 1; null: they don't. By name, distance and brand; branches
 * that are called differently are never one, whatever else is equal.
 */
export function twinLikeness(
  a: TwinRecord,
  b: TwinRecord,
  partsOf: (record: TwinRecord) => NameParts = (record) => nameParts(record.name, record.brand),
): number | null {
  if (a.source === b.source) return null
  const apart = distanceM(a, b)
  if (apart > TWIN_REACH_M) return null
  const [x, y] = [partsOf(a), partsOf(b)]
  const text = nameLikeness(a, b, { x, y, apart })
  if (text === null) return null
  const phone = samePhone(a.phone, b.phone)
  // Told apart by their telephones: two of a chain in one house.
  if (phone === false && x.brand !== null && x.whole !== y.whole) return null
  return text - 0.2 * (apart / TWIN_REACH_M) + (phone ? 0.1 : 0)
}

interface Pair {
  x: NameParts
  y: NameParts
  apart: number
}

function nameLikeness(a: TwinRecord, b: TwinRecord, { x, y, apart }: Pair): number | null {
  const branches = x.branch !== null && y.branch !== null
  if (branches && !holdsOther(x.branch ?? '', y.branch ?? '')) return null
  const same = x.whole !== '' && x.whole === y.whole
  if (x.brand !== null && x.brand === y.brand) {
    // Of one chain: the same branch, or so near that there is room for one alone.
    if (branches) return same ? 0.9 : 0.8
    return apart <= BRAND_REACH_M ? 0.7 : null
  }
  if (same) return 0.9
  if (x.brand !== y.brand) return null
  if (x.core !== '' && x.core === y.core) return 0.8
  if (englishOf(a).some((name) => englishOf(b).includes(name))) return 0.75
  const long = Math.min(x.whole.length, y.whole.length) >= SLIP_LETTERS
  const slip = long && apart <= SLIP_REACH_M && digitsOf(a.name) === digitsOf(b.name)
  return slip && similarity(x.whole, y.whole) >= SLIP_SIMILARITY ? 0.6 : null
}

/** 1호점 and 2호점 are no slips of one another. */
const digitsOf = (name: string): string => name.replace(/\D/gu, '')

const holdsOther = (a: string, b: string): boolean => a.includes(b) || b.includes(a)

/** What it is called in Latin letters. */
const englishOf = ({ name, nameEn }: TwinRecord): string[] =>
  [name, nameEn ?? ''].map(foldText).filter((text) => /^[a-z0-9]{4,}$/u.test(text))

/** Null: one of them has none that can be compared. */
function samePhone(a: string | null, b: string | null): boolean | null {
  const [x, y] = [a, b].map((phone) => (phone ?? '').replace(/\D/gu, '').slice(-PHONE_DIGITS))
  if (!x || !y || x.length < PHONE_DIGITS || y.length < PHONE_DIGITS) return null
  return x === y
}

/** Share of letter pairs in common, 0 to 1 (Dice). */
function similarity(a: string, b: string): number {
  const pairs = (text: string): string[] =>
    Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))
  const left = pairs(b)
  const all = left.length + a.length - 1
  let shared = 0
  for (const pair of pairs(a)) {
    const at = left.indexOf(pair)
    if (at < 0) continue
    left.splice(at, 1)
    shared++
  }
  return (2 * shared) / all
}

/** What each record should be linked to; null: it stands for itself. Only records that change are named. */
export function linkTwins(
  records: readonly TwinRecord[],
  pairs: readonly TwinPair[],
): Map<string, string | null> {
  const byId = new Map(records.map((record) => [record.id, record]))
  const parts = new Map(
    records.map((record) => [record, nameParts(record.name, record.brand)] as const),
  )
  const partsOf = (record: TwinRecord): NameParts =>
    parts.get(record) ?? nameParts(record.name, record.brand)
  const scored = pairs.flatMap(([one, other]) => {
    const [a, b] = [byId.get(one), byId.get(other)]
    const likeness = a && b ? twinLikeness(a, b, partsOf) : null
    return a && b && likeness !== null ? [{ a, b, likeness }] : []
  })
  const pairsOf = new Map<string, Scored[]>()
  for (const pair of scored) {
    for (const { id } of [pair.a, pair.b]) {
      const known = pairsOf.get(id)
      if (known) known.push(pair)
      else pairsOf.set(id, [pair])
    }
  }
  const clear = scored.filter(
    (pair) =>
      !isContested(pair, pair.a, pairsOf.get(pair.b.id)) &&
      !isContested(pair, pair.b, pairsOf.get(pair.a.id)),
  )
  clear.sort((p, q) => q.likeness - p.likeness || order(p.a, q.a) || order(p.b, q.b))
  const groups = new Map(records.map((record) => [record.id, [record]]))
  for (const { a, b } of clear) {
    const [own, other] = [groups.get(a.id) ?? [], groups.get(b.id) ?? []]
    // Two of one source are two shops, also by way of a third.
    const taken = new Set(own.map(({ source }) => source))
    if (own === other || other.some(({ source }) => taken.has(source))) continue
    const joined = [...own, ...other]
    for (const { id } of joined) groups.set(id, joined)
  }
  const changes = new Map<string, string | null>()
  for (const record of records) {
    const group = groups.get(record.id) ?? [record]
    const first = firstOf(group)
    const wanted = first.id === record.id ? null : first.id
    if (wanted !== record.sameAs) changes.set(record.id, wanted)
  }
  return changes
}

interface Scored {
  a: TwinRecord
  b: TwinRecord
  likeness: number
}

/** The other one fits a third record of this one's source just as well. */
function isContested(
  pair: Scored,
  record: TwinRecord,
  pairsOfOther: readonly Scored[] = [],
): boolean {
  return pairsOfOther.some(
    (rival) =>
      rival !== pair &&
      rival.likeness >= pair.likeness - CLEAR_LEAD &&
      [rival.a, rival.b].some((one) => one.source === record.source && one.id !== record.id),
  )
}

const order = (a: TwinRecord, b: TwinRecord): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The one that others point at already stays it, so that addresses of places last; else the oldest. */
function firstOf(group: readonly TwinRecord[]): TwinRecord {
  const pointedAt = new Set(group.map(({ sameAs }) => sameAs))
  const rank = (record: TwinRecord): number =>
    pointedAt.has(record.id) && record.sameAs === null ? 0 : 1
  return group.toSorted(
    (a, b) => rank(a) - rank(b) || a.importedAt - b.importedAt || order(a, b),
  )[0] as TwinRecord
}
