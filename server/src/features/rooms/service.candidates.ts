import { AppError } from '#shared/errors.ts'
import type { Bounds } from '#shared/geo.ts'
import type { Category } from '#shared/places.ts'
import type { Candidate } from '#shared/rooms.ts'
import { cleanName } from '#shared/users.names.ts'
import type { PersonId } from '#shared/users.ts'
import type { LimitRule } from '#server/platform/rateLimit.ts'
import type { Tx } from '#server/platform/db.ts'
import {
  assertMayPropose,
  assertMayRestore,
  assertMayWithdraw,
  cleanLink,
} from './policy.candidates.ts'
import type { CandidateFacts } from './policy.candidates.ts'
import { insertCandidate, listCandidates, markWithdrawn, updateNotes } from './repo.candidates.ts'
import type { CandidateRow, NewCandidate } from './repo.candidates.ts'
import { takeNumber } from './repo.ts'
import { appendEvent, candidateOf, holdAsMember, requireMember, touch } from './service.core.ts'
import type { Core } from './service.core.ts'

const PROPOSE_RULE: LimitRule = { name: 'room.propose', points: 30, perSeconds: 60 }
const WITHDRAW_RULE: LimitRule = { name: 'room.withdraw', points: 60, perSeconds: 60 }
const COME_RULE: LimitRule = { name: 'room.come', points: 6, perSeconds: 60 }

export interface ProposeInput {
  roomId: string
  key: string
  what:
    | { kind: 'place'; placeId: string }
    | { kind: 'pin'; name: string; lat: number; lng: number; category: Category }
  note?: string | undefined
  link?: string | undefined
}

/**
 * Puts a place forward under the room's next number. The same key gives the same candidate again. Throws runoff_fixed,
 * candidate_duplicate, candidate_limit_person, candidate_limit_room, candidate_numbers_used, name_invalid, not_found (place).
 */
export async function propose(
  core: Core,
  personId: PersonId,
  input: ProposeInput,
): Promise<Candidate> {
  // Before anything is read for a stranger: a foreign room's key must not be tried out.
  const { row } = await requireMember(core, input.roomId, personId)
  await core.rateLimit.limit(personId, PROPOSE_RULE)
  const wanted = await wantedPlace(core, input, row.demo && row.locale === 'en')
  return holdAsMember(core, input.roomId, personId, {}, async ({ tx, round, room, me }) => {
    const all = await listCandidates(tx, input.roomId)
    const again = all.find((row) => row.key === input.key)
    if (again) return candidateOf(again)
    assertMayPropose(all.map(factsOf), wanted, me, round, room.next_number, core.limits)
    const number = await takeNumber(tx, input.roomId)
    const row = await insertCandidate(tx, {
      ...wanted,
      roomId: input.roomId,
      number,
      key: input.key,
      proposerSeat: me.seat,
    })
    if (round) await core.hooks.candidateStanding(tx, round, number, false)
    await touch(core, tx, input.roomId)
    return tell(tx, input.roomId, row)
  })
}

type Wanted = Omit<NewCandidate, 'roomId' | 'number' | 'key' | 'proposerSeat'>

/** `inEnglish`: on Bap Island, whose signs are in both languages; elsewhere a place is called what its sign says. */
async function wantedPlace(
  core: Core,
  { what, note, link }: ProposeInput,
  inEnglish: boolean,
): Promise<Wanted> {
  const notes = cleanNotes(core, note ?? null, link ?? null)
  if (what.kind === 'pin') {
    const name = cleanName(what.name, core.limits.PLACE_NAME_GRAPHEMES)
    const { category, lat, lng } = what
    return {
      ...notes,
      placeId: null,
      name,
      category,
      address: null,
      lat,
      lng,
      price: null,
      menu: null,
      hours: null,
    }
  }
  const place = await core.placeOf(what.placeId)
  const { id, category, lat, lng, price, hours } = place
  const name = (inEnglish && place.nameEn) || place.name
  const address = (inEnglish && place.addressEn) || place.address
  const menu = (inEnglish && place.menuEn) || place.menu
  return { ...notes, placeId: id, name, category, address, lat, lng, price, menu, hours }
}

function cleanNotes(
  core: Core,
  note: string | null,
  link: string | null,
): { note: string | null; link: string | null } {
  return {
    note: note === null || note.trim() === '' ? null : cleanName(note, core.limits.NOTE_GRAPHEMES),
    link: link === null ? null : cleanLink(link),
  }
}

/** Takes a candidate off. Throws candidate_unknown, candidate_not_yours, host_only (hidden round), runoff_fixed, candidate_chosen, too_few_candidates. */
export async function withdraw(
  core: Core,
  personId: PersonId,
  roomId: string,
  number: number,
): Promise<Candidate> {
  await core.rateLimit.limit(personId, WITHDRAW_RULE)
  return holdAsMember(core, roomId, personId, {}, async ({ tx, round, me }) => {
    const { all, row } = await findNumber(tx, roomId, number)
    if (row.withdrawn_at !== null) return candidateOf(row)
    assertMayWithdraw(all.map(factsOf), factsOf(row), me, round, core.limits)
    if (round) await core.hooks.candidateWithdrawing(tx, round, number, me.seat, me.host)
    return tell(tx, roomId, await markWithdrawn(tx, roomId, number, me.seat))
  })
}

/** Undoes a withdrawal; choices on it count again. Throws candidate_restore_over once a round has closed since, and what `propose` throws. */
export async function restore(
  core: Core,
  personId: PersonId,
  roomId: string,
  number: number,
): Promise<Candidate> {
  await core.rateLimit.limit(personId, WITHDRAW_RULE)
  return holdAsMember(core, roomId, personId, {}, async ({ tx, round, room, me }) => {
    const { all, row } = await findNumber(tx, roomId, number)
    const facts = factsOf(row)
    const { withdrawnAt } = facts
    if (withdrawnAt === null) return candidateOf(row)
    const lastCloseAt = await core.hooks.lastCloseAt(tx, roomId)
    assertMayRestore(
      all.map(factsOf),
      { ...facts, withdrawnAt },
      me,
      { round, lastCloseAt, hostSeats: [room.host_seat, room.acting_seat] },
      core.limits,
    )
    const back = await markWithdrawn(tx, roomId, number, null)
    if (round) await core.hooks.candidateStanding(tx, round, number, true)
    return tell(tx, roomId, back)
  })
}

/** Note and link, by the proposer or the host. Throws candidate_unknown, candidate_not_yours, name_invalid, bad_input. */
export async function annotate(
  core: Core,
  personId: PersonId,
  input: { roomId: string; number: number; note: string | null; link: string | null },
): Promise<Candidate> {
  await core.rateLimit.limit(personId, WITHDRAW_RULE)
  const { note, link } = cleanNotes(core, input.note, input.link)
  return holdAsMember(core, input.roomId, personId, {}, async ({ tx, me }) => {
    const { row } = await findNumber(tx, input.roomId, input.number)
    if (!me.host && row.proposer_seat !== me.seat)
      throw new AppError('candidate_not_yours', { number: input.number })
    return tell(tx, input.roomId, await updateNotes(tx, input.roomId, input.number, note, link))
  })
}

/** Asks everybody to come to the caller's view; each may decline. */
export async function comeHere(
  core: Core,
  personId: PersonId,
  input: { roomId: string; view: Bounds },
): Promise<void> {
  await core.rateLimit.limit(personId, COME_RULE)
  await holdAsMember(core, input.roomId, personId, {}, async ({ tx, room, me }) => {
    await appendEvent(tx, input.roomId, {
      type: 'come',
      bySeat: me.seat,
      view: input.view,
      at: room.now.getTime(),
    })
  })
}

async function findNumber(
  tx: Tx,
  roomId: string,
  number: number,
): Promise<{ all: CandidateRow[]; row: CandidateRow }> {
  const all = await listCandidates(tx, roomId)
  const row = all.find((candidate) => candidate.number === number)
  if (!row) throw new AppError('candidate_unknown', { number })
  return { all, row }
}

async function tell(tx: Tx, roomId: string, row: CandidateRow): Promise<Candidate> {
  const candidate = candidateOf(row)
  await appendEvent(tx, roomId, { type: 'candidate', candidate })
  return candidate
}

function factsOf(row: CandidateRow): CandidateFacts {
  return {
    number: row.number,
    placeId: row.place_id,
    name: row.name,
    lat: row.lat,
    lng: row.lng,
    proposerSeat: row.proposer_seat,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    withdrawnBy: row.withdrawn_by,
  }
}
