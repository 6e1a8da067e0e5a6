import type { Seat } from '#shared/rooms.ts'

/**
 * Whose view my map shows when I follow `target`: the end of the chain, since everybody on the way shows that view too.
 * Null when the chain leads back to me (two who follow each other would drive each other's map for ever): I keep my own
 * view. A ring that I am not part of holds still, so its first member that I reach is shown.
 */
export function resolveLeader(me: Seat, target: Seat, followOf: (seat: Seat) => Seat): Seat | null {
  const seen = new Set<Seat>()
  let at = target
  while (at !== 0) {
    if (at === me) return null
    if (seen.has(at)) return target
    seen.add(at)
    const next = followOf(at)
    if (next === 0) return at
    at = next
  }
  return null
}
