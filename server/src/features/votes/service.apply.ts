import { applyAct, chosenBy, newVoter } from '#shared/votes.acts.ts'
import type { Touched } from '#shared/votes.acts.ts'
import type { DbOrTx } from '#server/platform/db.ts'
import { AppError } from '#shared/errors.ts'
import type { Act } from '#shared/votes.ts'
import type { PublicBallot, VoterRow } from './repo.ballots.ts'
import { storeActs, takeRound } from './repo.batch.ts'
import type { BatchRead, BatchWrites } from './repo.batch.ts'
import type { RoundRow } from './repo.rounds.ts'
import { isOpen, seatsOf, standingIn } from './service.core.ts'
import type { Core, Held, VotersMemory } from './service.core.ts'
import { noteToken, StaleToken } from './service.fence.ts'
import { stepRound, viewOf } from './service.view.ts'
import type { QuorumInput } from './service.view.ts'

/** One person's act, to be stored under its key. */
export interface KeyedAct {
  personId: string
  key: string
  act: Act
  /** See `actInput`. */
  lastOwn?: number | undefined
}
export interface Batch {
  roundId: string
  acts: readonly KeyedAct[]
  /** Read before; null: unknown. */
  present: readonly number[] | null
  /** Each statement commits by itself: the caller has the round's lock. Else it is in a transaction. */
  alone: boolean
}
export type Answer = { ok: true; own: number } | { ok: false; error: AppError }
export interface Applied {
  /** In the order of the acts. */
  answers: Answer[]
  read: BatchRead
  /** What to remember after the commit; null once the round is closed. */
  world: VotersMemory | null
  /** An event was appended. */
  told: boolean
  /** Whose own part changed. */
  mine: Set<string>
}
/** A choice moves the room's expiry; once in this time is enough. */
const TOUCH_EVERY_MS = 30_000

/**
 * All of a batch in two statements. The first takes the fencing token and reads; the second writes, if no newer token was taken since: what
 * was read in between is then still so. One act's refusal touches no other. Throws StaleToken: nothing was written, to be done again.
 */
export async function applyBatch(
  core: Core,
  db: DbOrTx,
  { roundId, acts, present, alone }: Batch,
): Promise<Applied> {
  const read = await readWorld(core, db, { roundId, acts })
  const { round, now, voters } = read
  if (alone) noteToken(core, roundId, round.token)
  const open = isOpen(read)
  const personIds = [...new Set(acts.map(({ personId }) => personId))]
  const standing = open ? await standingIn(core, db, round) : []
  const seats = open ? await seatsOf(core, db, round, personIds) : new Map<string, number>()
  const changes = makeChanges(round.hidden, new Set(standing))
  const answers = decide({ open, kind: round.kind, acts, seats, standing }, read, changes)
  const { writes } = changes
  const mine = new Set(writes.voters.map(({ personId }) => personId))
  let told = false
  if (writes.keys.length > 0) {
    const about = { present, standing, ballots: ballotsOf(voters), changed: changes.ofChoice }
    told = await store(core, db, { round, now }, changes, about)
  }
  const world = open ? { voters, token: round.token, epoch: round.roomEpoch } : null
  return { answers, world, read, told, mine }
}

interface Facts {
  open: boolean
  kind: 'first' | 'runoff'
  acts: readonly KeyedAct[]
  seats: ReadonlyMap<string, number>
  standing: readonly number[]
}

/** Applies each act to what was read, in order. */
function decide(
  { open, kind, acts, seats, standing }: Facts,
  { voters, keys }: BatchRead,
  changes: Changes,
): Answer[] {
  const facts = { kind, choosable: new Set(standing) }
  return acts.map((each): Answer => {
    const again = keys.get(`${each.personId} ${each.key}`)
    if (again !== undefined) return { ok: true, own: again }
    try {
      if (!open) throw new AppError('round_closed')
      const voter = voterFor(each.personId, voters, seats)
      const before = changes.look(voter)
      changes.note(voter, before, applyAct(voter, each.act, each.lastOwn, facts), each.key)
      keys.set(`${each.personId} ${each.key}`, voter.own)
      return { ok: true, own: voter.own }
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error }
      throw error
    }
  })
}

/**
 * Everybody's part in the round: what this process remembers, with what others wrote since. Taken out of memory and changed in place;
 * it is remembered again after the commit, and read anew if there is none.
 */
async function readWorld(
  core: Core,
  db: DbOrTx,
  ask: { roundId: string; acts: readonly KeyedAct[] },
): Promise<BatchRead> {
  const known = core.voters.get(ask.roundId)
  core.voters.delete(ask.roundId)
  const read = await takeRound(db, { ...ask, known })
  if (!read) throw new AppError('round_unknown')
  if (known?.epoch !== read.round.roomEpoch) return read
  for (const [personId, voter] of read.voters) known.voters.set(personId, voter)
  return { ...read, voters: known.voters }
}

function voterFor(
  personId: string,
  voters: Map<string, VoterRow>,
  seats: ReadonlyMap<string, number>,
): VoterRow {
  const known = voters.get(personId)
  if (known?.removed) throw new AppError('room_removed')
  const seat = seats.get(personId)
  if (seat === undefined) throw new AppError('not_a_member')
  if (known) return known
  const voter = { ...newVoter(), personId, seat, waitUsed: false, removed: false }
  voters.set(personId, voter)
  return voter
}

interface Changes {
  writes: Pick<BatchWrites, 'voters' | 'choices' | 'keys'>
  /** Everybody may see it. */
  isPublic: boolean
  /** A choice or tick of somebody, seen or not. */
  ofChoice: boolean
  look(voter: VoterRow): { all: string; shown: string }
  note(voter: VoterRow, before: { all: string; shown: string }, touched: Touched, key: string): void
}

/** Collects what a batch must write: the last state of each row, every key. */
function makeChanges(hidden: boolean, standing: ReadonlySet<number>): Changes {
  const voters = new Map<string, VoterRow>()
  const rows = new Map<string, { voter: VoterRow; number: number }>()
  const keys: BatchWrites['keys'] = []
  const look = (voter: VoterRow): { all: string; shown: string } => {
    const chosen = chosenBy(voter)
    const shown = hidden
      ? String(voter.fine || chosen.length > 0)
      : `${voter.fine} ${chosen.filter((each) => standing.has(each)).join()}`
    return { all: `${voter.fine} ${chosen.join()}`, shown }
  }
  const changes: Changes = {
    isPublic: false,
    ofChoice: false,
    look,
    note: (voter, before, touched, key) => {
      const after = look(voter)
      changes.isPublic ||= after.shown !== before.shown
      changes.ofChoice ||= after.all !== before.all
      voters.set(voter.personId, voter)
      for (const number of touched.numbers)
        rows.set(`${voter.personId} ${number}`, { voter, number })
      keys.push({ personId: voter.personId, key, own: voter.own })
    },
    get writes() {
      const choices = [...rows.values()].map(({ voter, number }) => {
        const { stance, own } = voter.stances.get(number) ?? {
          stance: 'none' as const,
          own: voter.own,
        }
        return { personId: voter.personId, number, stance, own }
      })
      return { voters: [...voters.values()], choices, keys }
    },
  }
  return changes
}

/** Everybody's ballots with the batch in them. */
function ballotsOf(voters: ReadonlyMap<string, VoterRow>): PublicBallot[] {
  return [...voters.values()]
    .filter(({ removed }) => !removed)
    .map((voter) => ({ seat: voter.seat, fine: voter.fine, chosen: chosenBy(voter) }))
    .filter(({ fine, chosen }) => fine || chosen.length > 0)
}

/** Writes all of it, and what the room is told of it; true when it is told something. */
async function store(
  core: Core,
  db: DbOrTx,
  { round, now }: Pick<Held, 'round' | 'now'>,
  changes: Changes,
  about: QuorumInput,
): Promise<boolean> {
  const seen = changes.ofChoice || changes.isPublic
  const moved = seen ? await stepRound(core, db, { round, now }, about) : 'same'
  const told = changes.isPublic || moved === 'told'
  if (told) round.version++
  await touchSometimes(core, db, round)
  const stored = await storeActs(db, round.id, round.token, {
    ...changes.writes,
    round: told || moved === 'kept' ? round : null,
    event: told ? { type: 'round', round: viewOf(round, about.ballots, about.standing) } : null,
  })
  // A round that closed in between is read again: who repeats an old act is answered from what is stored.
  if (stored !== 'stored') throw new StaleToken(`The batch is refused: ${stored}`)
  return told
}

async function touchSometimes(core: Core, db: DbOrTx, round: RoundRow): Promise<void> {
  if (performance.now() - (core.touchedAt.get(round.id) ?? -Infinity) < TOUCH_EVERY_MS) return
  core.touchedAt.set(round.id, performance.now())
  await core.rooms.touch(db, round.roomId, round.deadlineAt)
}
