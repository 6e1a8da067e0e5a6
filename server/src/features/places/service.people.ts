import { AppError } from '#shared/errors.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Limits } from '#shared/limits.ts'
import { cleanPlaceName, type ReportKind, SOURCE_PEOPLE } from '#shared/places.details.ts'
import { parseHours } from '#shared/places.hours.ts'
import type { Category } from '#shared/places.ts'
import { cleanName } from '#shared/users.names.ts'
import type { PersonId } from '#shared/users.ts'
import type { Db, Tx } from '#server/platform/db.ts'
import type { LimitRule, RateLimit } from '#server/platform/rateLimit.ts'
import { searchTexts } from './policy.doc.ts'
import { spotOf } from './policy.spots.ts'
import { findRecords } from './repo.details.ts'
import {
  deleteOwn,
  eraseReports,
  insertOwn,
  moveReports,
  type OwnData,
  type OwnPlace,
  readOwn,
  upsertReport,
  ownsPlaces,
  setOwner,
} from './repo.people.ts'
import { waitForIndex, writePatiently } from './repo.searchIndex.ts'

export interface NewPlaceInput {
  key: string
  name: string
  category: Category
  at: LatLng
  address?: string | undefined
  hours?: string | undefined
}

export interface PlacePeople {
  /** Adds a missing place; it is found and seen at once. Throws name_invalid, bad_input (hours that can't be read), slow_down. */
  add(personId: PersonId, place: NewPlaceInput): Promise<{ id: string }>
  /** Takes an own addition away. Throws not_found for all else. */
  remove(personId: PersonId, id: string): Promise<void>
  /** Says what is wrong with a place; the same again changes nothing but the note. Throws not_found, name_invalid, slow_down. */
  report(
    personId: PersonId,
    report: { id: string; kind: ReportKind; note?: string | undefined },
  ): Promise<void>
  moveOwner(tx: Tx, from: PersonId, to: PersonId): Promise<void>
  exportFor(personId: PersonId): Promise<OwnData>
  erase(tx: Tx, personId: PersonId): Promise<void>
}

const DAY_SECONDS = 86_400

export interface PeopleDeps {
  db: Db
  rateLimit: RateLimit
  limits: Pick<
    Limits,
    'PLACE_NAME_GRAPHEMES' | 'NOTE_GRAPHEMES' | 'PLACES_ADDED_PER_DAY' | 'PLACE_REPORTS_PER_DAY'
  >
}

export function makePlacePeople({ db, rateLimit, limits }: PeopleDeps): PlacePeople {
  const daily = (name: string, points: number): LimitRule => ({
    name: `places.${name}`,
    points,
    perSeconds: DAY_SECONDS,
  })
  const noted = (text: string | undefined): string | null =>
    text === undefined || text.trim() === '' ? null : cleanName(text, limits.NOTE_GRAPHEMES)
  return {
    add: async (personId, input) => {
      const place = ownPlaceOf(
        input,
        cleanPlaceName(input.name, limits.PLACE_NAME_GRAPHEMES),
        noted(input.address),
      )
      await rateLimit.limit(personId, daily('add', limits.PLACES_ADDED_PER_DAY))
      const id = await writePatiently(db, (tx) => insertOwn(tx, SOURCE_PEOPLE, personId, place))
      if (id === null) throw new AppError('bad_input', { fields: ['key'] })
      return { id }
    },
    remove: async (personId, id) => {
      const removed = await writePatiently(db, (tx) => deleteOwn(tx, SOURCE_PEOPLE, personId, id))
      if (!removed) throw new AppError('not_found')
    },
    report: async (personId, { id, kind, note }) => {
      const text = noted(note)
      const [head] = await findRecords(db, id)
      if (!head) throw new AppError('not_found')
      await rateLimit.limit(personId, daily('report', limits.PLACE_REPORTS_PER_DAY))
      await upsertReport(db, { placeId: head.id, personId, kind, note: text })
    },
    moveOwner: async (tx, from, to) => {
      await passOn(tx, from, to)
      await moveReports(tx, from, to)
    },
    exportFor: (personId) => readOwn(db, personId),
    erase: async (tx, personId) => {
      await passOn(tx, personId, null)
      await eraseReports(tx, personId)
    },
  }
}

/** Most have added none: then nothing is written, and what else the transaction holds waits for no index. */
async function passOn(tx: Tx, from: string, to: string | null): Promise<void> {
  if (!(await ownsPlaces(tx, from))) return
  await waitForIndex(tx)
  await setOwner(tx, from, to)
}

function ownPlaceOf(
  { key, category, at, hours }: NewPlaceInput,
  name: string,
  address: string | null,
): OwnPlace {
  const told = hours?.trim() ? hours.trim() : null
  if (told !== null && !parseHours(told)) throw new AppError('bad_input', { fields: ['hours'] })
  return {
    sourceId: key,
    name,
    category,
    address,
    ...at,
    hours: told,
    spot: spotOf(at),
    ...searchTexts({
      name,
      nameEn: null,
      brand: null,
      otherNames: [],
      category,
      kinds: [],
      dishes: [],
      address,
    }),
  }
}
