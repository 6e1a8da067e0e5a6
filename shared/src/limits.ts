/** Limits of the product, from rules.md. The server may override each by configuration and tells the client the values in force. */
export const limits = {
  ROOM_CODE_CHARS: 12,
  ROOM_PEOPLE_MAX: 20,
  /** A seat counts as taken for "full" while its person was online within this time. */
  ROOM_FULL_WINDOW_MS: 120_000,
  ROOM_IDLE_EXPIRY_MS: 24 * 3_600_000,
  ACTING_HOST_AFTER_MS: 60_000,
  CANDIDATES_PER_PERSON: 5,
  CANDIDATES_PER_HOST: 10,
  CANDIDATES_PER_ROOM: 30,
  CANDIDATE_NUMBERS: 100,
  CANDIDATE_UNDO_MS: 6_000,
  NICKNAME_GRAPHEMES: 20,
  ROOM_NAME_GRAPHEMES: 40,
  PLACE_NAME_GRAPHEMES: 80,
  PING_WORDS_GRAPHEMES: 20,
  NOTE_GRAPHEMES: 200,
  MESSAGE_CHARS: 2_000,
  ROUND_DEADLINE_MAX_MS: 24 * 3_600_000,
  ROUND_DEFAULT_MS: 180_000,
  RUNOFF_MS: 60_000,
  /** "Closing" by the host or by quorum: the time in which choices still count. */
  CLOSING_MS: 10_000,
  QUORUM_NOT_BEFORE_MS: 30_000,
  WAIT_MS: 60_000,
  MIN_CANDIDATES: 2,
  HANDOFF_MS: 600_000,
  /** A room of Bap Island ends this long after the last that was done in it. */
  DEMO_IDLE_EXPIRY_MS: 2 * 3_600_000,
  /** Simulated friends awake at once: on one server, and for one address on it (a class, an office). */
  DEMOS_PER_SERVER: 100,
  DEMOS_PER_ADDRESS: 30,
  /** A tab that said it was hidden keeps its person present for this long. */
  AWAY_PRESENT_MS: 120_000,
  IDLE_MS: 60_000,
  SOCKET_GONE_MS: 2_000,
  PING_UNANSWERED_MS: 12_000,
  VOTE_QUEUE_MAX: 10_000,
  /** New guests from one address in ten minutes: carriers and offices share addresses. */
  SIGN_INS_PER_ADDRESS: 200,
  /** Searches in a minute, and as many looks at a part of the map: three a second without a rest. */
  PLACE_ASKS_PER_PERSON: 180,
  PLACE_ASKS_PER_ADDRESS: 1_800,
  PLACES_ADDED_PER_DAY: 20,
  PLACE_REPORTS_PER_DAY: 30,
} as const

export type Limits = { -readonly [K in keyof typeof limits]: number }
