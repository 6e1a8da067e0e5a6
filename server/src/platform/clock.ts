/** The one source of time for decisions that Postgres does not time; tests give their own. */
export interface Clock {
  /** Milliseconds since 1970, from this process's wall clock. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
