/** Every refusal that the product knows, with the parameters its sentence needs. The client translates by code. */
export interface ErrorParams {
  unauthenticated: Record<string, never>
  session_foreign: Record<string, never>
  bad_input: { fields: string[] }
  too_large: { maxBytes: number }
  slow_down: { retryAt: number }
  not_found: Record<string, never>
  name_invalid: {
    reason: 'empty' | 'too_long' | 'forbidden_characters' | 'no_letters'
    max: number
  }
  room_unknown: Record<string, never>
  room_expired: Record<string, never>
  room_full: { max: number }
  room_locked: Record<string, never>
  room_removed: Record<string, never>
  room_closed: Record<string, never>
  not_a_member: Record<string, never>
  host_only: Record<string, never>
  acting_host_cannot: Record<string, never>
  person_unknown: Record<string, never>
  candidate_unknown: { number: number }
  candidate_duplicate: { number: number }
  candidate_limit_person: { max: number }
  candidate_limit_room: { max: number }
  candidate_numbers_used: { max: number }
  candidate_chosen: { number: number }
  candidate_not_yours: { number: number }
  candidate_restore_over: { number: number }
  too_few_candidates: { min: number }
  round_open: Record<string, never>
  round_unknown: Record<string, never>
  round_closed: Record<string, never>
  runoff_fixed: Record<string, never>
  pass_limit: { max: number }
  pass_in_runoff: Record<string, never>
  changed_elsewhere: { number: number | null; own: number }
  wait_used: Record<string, never>
  nothing_to_hold: Record<string, never>
  deadline_invalid: Record<string, never>
  message_empty: Record<string, never>
  message_too_long: { max: number }
  handoff_invalid: Record<string, never>
  share_text_unknown: Record<string, never>
  voice_unavailable: Record<string, never>
  /** As many people try Bap Island at this moment as one server or address may have. */
  demo_full: Record<string, never>
  not_ready: Record<string, never>
  unexpected: { id: string }
}

export type ErrorCode = keyof ErrorParams

/** What travels to the client for every failed call. */
export type WireError = { [C in ErrorCode]: { code: C; params: ErrorParams[C] } }[ErrorCode]

/**
 * An expected refusal. Thrown by services, mapped once at the edge; `message` is the code, never text for people.
 * Anything else that is thrown reaches people as `unexpected` with an id.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly params: ErrorParams[C]
  constructor(
    code: C,
    ...[params]: Record<string, never> extends ErrorParams[C] ? [] : [ErrorParams[C]]
  ) {
    super(code)
    this.name = 'AppError'
    this.code = code
    this.params = (params ?? {}) as ErrorParams[C]
  }
}
