import { AppError } from '#shared/errors.ts'
import { distanceM } from '#shared/geo.measure.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Limits } from '#shared/limits.ts'
import type { Seat } from '#shared/rooms.ts'

/** What of a candidate decides. Times in ms. */
export interface CandidateFacts {
  number: number
  placeId: string | null
  name: string
  lat: number
  lng: number
  proposerSeat: Seat
  withdrawnAt: number | null
  withdrawnBy: Seat | null
}
export interface OpenRoundFacts {
  kind: 'first' | 'runoff'
  hidden: boolean
}
interface Actor {
  seat: Seat
  /** Host or acting host. */
  host: boolean
}

const standing = (all: readonly CandidateFacts[]): CandidateFacts[] =>
  all.filter((c) => c.withdrawnAt === null)

/** Two pins with one name this close together are one place: a thumb is no more exact. */
const SAME_SPOT_M = 20
const fold = (name: string): string => name.toLowerCase().replace(/\s+/g, '')

/** The standing candidate that is the same place, if any. */
export function duplicateOf(
  all: readonly CandidateFacts[],
  wanted: { placeId: string | null; name: string } & LatLng,
): CandidateFacts | undefined {
  return standing(all).find((c) =>
    c.placeId !== null && c.placeId === wanted.placeId
      ? true
      : fold(c.name) === fold(wanted.name) && distanceM(c, wanted) <= SAME_SPOT_M,
  )
}

function assertCounts(
  all: readonly CandidateFacts[],
  proposer: Seat,
  proposerIsHost: boolean,
  limits: Limits,
): void {
  const now = standing(all)
  if (now.length >= limits.CANDIDATES_PER_ROOM)
    throw new AppError('candidate_limit_room', { max: limits.CANDIDATES_PER_ROOM })
  const max = proposerIsHost ? limits.CANDIDATES_PER_HOST : limits.CANDIDATES_PER_PERSON
  if (now.filter((c) => c.proposerSeat === proposer).length >= max)
    throw new AppError('candidate_limit_person', { max })
}

/** Throws what forbids one more candidate: a run-off, the same place, the limits of person, room and numbers, in this order. */
export function assertMayPropose(
  all: readonly CandidateFacts[],
  wanted: { placeId: string | null; name: string } & LatLng,
  by: Actor,
  round: OpenRoundFacts | null,
  nextNumber: number,
  limits: Limits,
): void {
  if (round?.kind === 'runoff') throw new AppError('runoff_fixed')
  const same = duplicateOf(all, wanted)
  if (same) throw new AppError('candidate_duplicate', { number: same.number })
  assertCounts(all, by.seat, by.host, limits)
  if (nextNumber > limits.CANDIDATE_NUMBERS)
    throw new AppError('candidate_numbers_used', { max: limits.CANDIDATE_NUMBERS })
}

/**
 * Throws what forbids a withdrawal as far as the room knows; whether somebody chose the candidate is for votes to say.
 * In a hidden round the proposer is refused whatever was chosen: any other answer would tell.
 */
export function assertMayWithdraw(
  all: readonly CandidateFacts[],
  candidate: CandidateFacts,
  by: Actor,
  round: OpenRoundFacts | null,
  limits: Limits,
): void {
  if (round?.kind === 'runoff') throw new AppError('runoff_fixed')
  if (!by.host && candidate.proposerSeat !== by.seat)
    throw new AppError('candidate_not_yours', { number: candidate.number })
  if (round?.hidden && !by.host) throw new AppError('host_only')
  if (round && standing(all).length - 1 < limits.MIN_CANDIDATES)
    throw new AppError('too_few_candidates', { min: limits.MIN_CANDIDATES })
}

/**
 * Throws what forbids an undo: a run-off, a round that has closed since, somebody else's withdrawal (what the host took
 * away only a host puts back), and whatever would forbid putting the place forward now.
 */
export function assertMayRestore(
  all: readonly CandidateFacts[],
  candidate: CandidateFacts & { withdrawnAt: number },
  by: Actor,
  context: {
    round: OpenRoundFacts | null
    lastCloseAt: number | null
    /** Of host and acting host, who both may have more. */
    hostSeats: readonly (Seat | null)[]
  },
  limits: Limits,
): void {
  if (context.round?.kind === 'runoff') throw new AppError('runoff_fixed')
  if (context.lastCloseAt !== null && candidate.withdrawnAt <= context.lastCloseAt) {
    throw new AppError('candidate_restore_over', { number: candidate.number })
  }
  if (!by.host && candidate.withdrawnBy !== by.seat)
    throw new AppError('candidate_not_yours', { number: candidate.number })
  const same = duplicateOf(all, candidate)
  if (same) throw new AppError('candidate_duplicate', { number: same.number })
  const { proposerSeat } = candidate
  assertCounts(all, proposerSeat, context.hostSeats.includes(proposerSeat), limits)
}

/** A link on a candidate: http or https, without a password in it. Throws AppError bad_input. */
export function cleanLink(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : null
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    url.href.length > 500
  ) {
    throw new AppError('bad_input', { fields: ['link'] })
  }
  return url.href
}
