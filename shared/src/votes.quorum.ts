import { limits } from './limits.ts'

/** What decides whether a round with quorum is closing. Times in ms of one clock. */
export interface QuorumFacts {
  now: number
  openedAt: number
  deadlineAt: number
  /** The host's closing is none of the quorum's business. */
  closing: { by: 'host' | 'quorum'; at: number } | null
  /** What `deadlineAt` was before it was moved to the end of a closing. */
  deadlineBefore: number | null
  holdUntil: number | null
  /** Seats present now; null when that can't be known (then nothing starts and nothing ends by quorum). */
  present: readonly number[] | null
  /** Who was present when the closing started or was last looked at. */
  presentBefore: readonly number[]
  ticked: ReadonlySet<number>
  /** How many ever entered the room. */
  entered: number
  /** A choice or tick changed, or a candidate was added, withdrawn or restored, in this transaction. */
  changed: boolean
}
export type QuorumStep =
  | { kind: 'nothing' }
  /** Starts, or starts over: the deadline moves to `deadlineAt`. */
  | { kind: 'closing'; deadlineAt: number }
  /** Goes back to the deadline before. */
  | { kind: 'open'; deadlineAt: number }

interface QuorumLimits {
  CLOSING_MS: number
  QUORUM_NOT_BEFORE_MS: number
}

/** True when all present have a tick: at least two of them, unless only one person ever entered; never with nobody present. */
export function isQuorum(
  present: readonly number[],
  ticked: ReadonlySet<number>,
  entered: number,
): boolean {
  const enough = entered <= 1 ? 1 : 2
  return present.length >= enough && present.every((seat) => ticked.has(seat))
}

/**
 * The next step of a closing by quorum. It starts when all present have a tick, 30 s after the opening at the earliest and not while it
 * is held; a change or an arrival starts it over, or ends it until all have ticks again.
 */
export function stepQuorum(
  facts: QuorumFacts,
  { CLOSING_MS, QUORUM_NOT_BEFORE_MS }: QuorumLimits = limits,
): QuorumStep {
  if (facts.closing?.by === 'host') return { kind: 'nothing' }
  const closing = facts.closing !== null
  const original = facts.deadlineBefore ?? facts.deadlineAt
  const back: QuorumStep = { kind: 'open', deadlineAt: original }
  if (facts.present === null) return closing && facts.changed ? back : { kind: 'nothing' }
  const held = facts.holdUntil !== null && facts.now < facts.holdUntil
  const early = facts.now < facts.openedAt + QUORUM_NOT_BEFORE_MS
  const ready = !held && !early && isQuorum(facts.present, facts.ticked, facts.entered)
  if (!ready) return closing ? back : { kind: 'nothing' }
  const before = new Set(facts.presentBefore)
  const arrived = facts.present.some((seat) => !before.has(seat))
  if (closing && !facts.changed && !arrived) return { kind: 'nothing' }
  return { kind: 'closing', deadlineAt: Math.min(original, facts.now + CLOSING_MS) }
}
