import type { Candidate, Seat } from '#shared/rooms.ts'

export interface WhoRestores {
  mySeat: Seat
  /** Host or acting host. */
  host: boolean
  /** When the newest round that closed did, as far as it is known, ms. */
  lastCloseAt: number
}

/** What this person may put back: own withdrawals, a host all, until a round closes, unless the place stands again under another number. */
export function restorable(
  candidates: readonly Candidate[],
  { mySeat, host, lastCloseAt }: WhoRestores,
): Candidate[] {
  const standing = new Set(
    candidates.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ placeId }) => placeId),
  )
  return candidates.filter(
    ({ withdrawnAt, withdrawnBySeat, placeId }) =>
      withdrawnAt !== null &&
      withdrawnAt > lastCloseAt &&
      (host || withdrawnBySeat === mySeat) &&
      (placeId === null || !standing.has(placeId)),
  )
}
