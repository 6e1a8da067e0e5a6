import { z } from 'zod'
import { limits } from './limits.ts'
import type { LatLng } from './geo.ts'
import type { Category, PlaceFacts } from './places.ts'
import { roomIdSchema } from './rooms.ts'
import type { Seat } from './rooms.ts'
import type { Locale } from './users.ts'

export const roundIdSchema = z.uuid()
/** 22 characters of base62, 131 bits, random; never made from the room's code. */
export const decisionIdSchema = z.string().regex(/^[0-9A-Za-z]{22}$/)

/** Own stance on one candidate. Choosing replaces a pass and the other way round. */
export type Stance = 'chosen' | 'passed' | 'none'

export const openRoundInput = z.object({
  roomId: roomIdSchema,
  /** How long; or `deadlineAt` (ms), at most 24 h from now. */
  lengthMs: z.number().int().min(10_000).max(limits.ROUND_DEADLINE_MAX_MS).optional(),
  deadlineAt: z.number().int().optional(),
  hidden: z.boolean().default(false),
  /** Unless said: on for the island alone. */
  quorum: z.boolean().optional(),
})
export const roundInput = z.object({ roundId: roundIdSchema })
export const extendInput = roundInput.extend({ deadlineAt: z.number().int() })

export const actSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choose'), number: z.number().int().min(1).max(999) }),
  z.object({ kind: z.literal('unchoose'), number: z.number().int().min(1).max(999) }),
  z.object({ kind: z.literal('pass'), number: z.number().int().min(1).max(999) }),
  z.object({ kind: z.literal('unpass'), number: z.number().int().min(1).max(999) }),
  /** "Anything is fine": clears own choices, keeps passes; a choice clears it. */
  z.object({ kind: z.literal('fine') }),
  z.object({ kind: z.literal('unfine') }),
])
export type Act = z.infer<typeof actSchema>
export const actInput = z.object({
  roundId: roundIdSchema,
  /** A new key for each changed intent; the same key again returns the first answer. */
  key: z.uuid(),
  act: actSchema,
  /**
   * For an act kept while offline: the last own number known for that candidate. If the stored one is higher the act is refused with
   * `changed_elsewhere`. For `fine` and `unfine` it is `fineOwn`. Absent: the act is of now and always newest.
   */
  lastOwn: z.number().int().min(0).optional(),
})
export interface ActResult {
  /** This action's number among the person's own actions in the round. */
  own: number
  version: number
  mine: MyVote
}
/** A person's own part of a round; sent to nobody else. */
export interface MyVote {
  roundId: string
  /** Number of the newest own action. */
  own: number
  fine: boolean
  fineOwn: number
  stances: { number: number; stance: Stance; own: number }[]
  waitUsed: boolean
}

/**
 * A round as everybody in the room may see it. A larger `version` replaces a smaller one; passes move no version and are nowhere in it.
 * In a hidden round `chosen` is null and `fine` empty until the close.
 */
export interface RoundView {
  id: string
  roomId: string
  /** The first round of this vote; its own id unless this is the run-off. */
  firstRoundId: string
  /** 1 for the room's first vote, 2 for the next … */
  ordinal: number
  kind: 'first' | 'runoff'
  version: number
  state: 'open' | 'closed'
  hidden: boolean
  quorum: boolean
  openedBySeat: Seat
  openedAt: number
  /** When it closes as things stand, ms of the server's clock; moved by extending and by closing. */
  deadlineAt: number
  /** `at`: when the closing began; it ends at `deadlineAt`. */
  closing: { by: 'host' | 'quorum'; at: number } | null
  /** Quorum waits until then. */
  holdUntil: number | null
  /** SHA-256 of the seed, hex. The same for a first round and its run-off. */
  seedHash: string
  /** Run-off only: what is left to choose from, ascending. */
  tied: number[] | null
  /** Who has a tick. */
  ticked: Seat[]
  fine: Seat[]
  /** Candidate number → seats that chose it, each ascending. */
  chosen: [number: number, seats: Seat[]][] | null
  closedAt: number | null
  outcome: Outcome | null
}

export type WonBy = 'choices' | 'fewest_passes' | 'draw'
export type Outcome =
  | {
      kind: 'winner'
      number: number
      by: WonBy
      decisionId: string
      proof: DrawProof | null
      hard: number[]
    }
  | { kind: 'runoff'; roundId: string; tied: number[]; hard: number[] }
  | { kind: 'none' }

/** Everything needed to repeat a draw: HMAC-SHA-256(seed, `${firstRoundId}:${numbers}`) as a big-endian integer modulo the count. */
export interface DrawProof {
  seedHash: string
  /** hex, 32 bytes */
  seed: string
  firstRoundId: string
  /** Ascending. */
  numbers: number[]
  picked: number
  /** When the hash was shown. */
  sealedAt: number
}

export interface VotesState {
  /** The newest round of the room, open or closed. */
  round: RoundView | null
  mine: MyVote | null
  decisions: DecisionSummary[]
  now: number
}

export interface DecisionSummary {
  id: string
  roomId: string
  ordinal: number
  number: number
  name: string
  category: Category
  at: number
}

/** The permanent page. Visitors get counts and drawn portraits; members also names and who chose what. */
export interface DecisionView {
  id: string
  /** Made on Bap Island: it goes when its room goes. */
  demo: boolean
  roomName: string | null
  roomCreatedAt: number
  zone: string
  locale: Locale
  /** When it was decided, ms. */
  at: number
  /** When they want to eat, ms; null: not said. */
  when: number | null
  /** Where they meet; its members only, since it may be somebody's home. */
  meeting: LatLng | null
  winner: Omit<PlaceFacts, 'hours'> & {
    number: number
    placeId: string | null
    name: string
    category: Category
  }
  by: WonBy
  runoff: boolean
  /** The run-off's count of each that was tied; null without one, or where it was not kept. */
  runoffChoices: [number: number, choices: number][] | null
  /** Standing candidates, by number, with the first round's choices. `hard`: it was hard for someone (nothing more is told). */
  candidates: { number: number; name: string; category: Category; choices: number; hard: boolean }[]
  people: {
    portrait: string
    seat: Seat
    /** Had a tick in the first round. */
    ticked: boolean
    /** By a choice in the round that decided. */
    choseWinner: boolean
    /** A friend of Bap Island, run by the server. */
    simulated: boolean
    name: string | null
    /** In the first round. */
    chose: number[] | null
    /** The choice in the run-off. */
    settled: number | null
  }[]
  /** How many said that anything is fine, in the first round. */
  fine: number
  proof: DrawProof | null
  member: boolean
  /** The caller's own seat at this table. */
  mySeat: Seat | null
  host: boolean
  published: boolean
  /** Where the room is, for its members only. */
  roomCode: string | null
}
export interface MyDecision extends DecisionSummary {
  roomName: string | null
  roomCreatedAt: number
  zone: string
}
export const decisionInput = z.object({ id: decisionIdSchema })
/** False takes the page from visitors, true gives it back. The host only. */
export const publishDecisionInput = decisionInput.extend({ published: z.boolean() })
