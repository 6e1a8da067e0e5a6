/**
 * Close codes of `/presence`, beside 1008 (malformed message) and 1012 (server restarts: come back at once).
 * After 4401, 4403 and 4409 a client doesn't come back by itself.
 */
export const presenceClose = {
  malformed: 1008,
  restart: 1012,
  unexpected: 1011,
  unauthenticated: 4401,
  notAMember: 4403,
  /** The same tab opened another socket. */
  replaced: 4409,
  /** Far too many messages for far too long, or too many sockets. */
  slowDown: 4429,
} as const
/** The client must answer a frame at least this often, or it counts as stalled. */
export const PRESENCE_BEHIND_TICKS = 10
/** The server says something at least this often, so that a client notices a dead line. */
export const PRESENCE_BEAT_MS = 4_000
export const presenceTabPattern = /^[a-z0-9]{8,32}$/

/** The tick by how many are present: what people see stays fluid, what a room costs stays bounded. */
export function tickMsFor(people: number): number {
  if (people <= 30) return 33
  return people <= 100 ? 50 : 100
}
