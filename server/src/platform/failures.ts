import { AppError, type ErrorCode, type WireError } from '#shared/errors.ts'
import { newErrorId } from './id.ts'

const statuses: Partial<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  session_foreign: 403,
  bad_input: 400,
  name_invalid: 400,
  message_empty: 400,
  message_too_long: 400,
  deadline_invalid: 400,
  share_text_unknown: 400,
  handoff_invalid: 400,
  too_large: 413,
  slow_down: 429,
  not_found: 404,
  room_unknown: 404,
  room_expired: 404,
  person_unknown: 404,
  candidate_unknown: 404,
  round_unknown: 404,
  room_locked: 403,
  room_removed: 403,
  not_a_member: 403,
  host_only: 403,
  acting_host_cannot: 403,
  candidate_not_yours: 403,
  voice_unavailable: 503,
  demo_full: 503,
  not_ready: 503,
  unexpected: 500,
}

/** HTTP status of a refusal; what is not listed says that the state of things doesn't allow it (409). */
export function httpStatusOfCode(code: ErrorCode): number {
  return statuses[code] ?? 409
}

/** A refusal as it travels. */
export function wireOf({ code, params }: AppError): WireError {
  return { code, params } as WireError
}

/** SQLSTATE classes and codes that say "not now": connection, resources, shutdown and recovery, waited too long, met another. */
const AWAY_SQL = /^(?:08|53)|^(?:57P0[123]|57014|55P03|25P03|40001|40P01)$/
const AWAY_NET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
])
/** Both drivers tell of a lost connection by words alone. */
const AWAY_WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Connection is closed\.|Command timed out|Stream isn't writeable|Reached the max retries per request limit|(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS) )/

/**
 * Is this a Postgres or Redis that can't be reached just now? Then nobody made a mistake, trying again is right, and people hear
 * `not_ready`. Looks through causes and collected errors.
 */
export function isAway(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false
  const code = 'code' in error ? String(error.code) : ''
  if (AWAY_NET.has(code) || AWAY_SQL.test(code) || AWAY_WORDS.test(error.message)) return true
  if (error instanceof AggregateError) return error.errors.some((each) => isAway(each, depth + 1))
  return isAway(error.cause, depth + 1)
}

/** What a failed call was: a refusal that the product knows, or one of our parts being away; undefined: unexpected. */
export function refusalIn(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  return isAway(error) ? new AppError('not_ready') : undefined
}

const ids = new WeakMap<object, string>()

/**
 * The id under which people see an unexpected error and the log has its cause: the same for both, whichever asks first,
 * and for a wrapper and what it wraps.
 */
export function unexpectedIdOf(error: unknown): string {
  const key = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (typeof key !== 'object' || key === null) return newErrorId()
  const known = ids.get(key)
  if (known) return known
  const id = newErrorId()
  ids.set(key, id)
  return id
}
