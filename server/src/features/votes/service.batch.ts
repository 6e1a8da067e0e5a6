import { setTimeout as sleep } from 'node:timers/promises'
import { applyAct, chosenBy, newVoter, toMyVote } from '#shared/votes.acts.ts'
import type { Touched } from '#shared/votes.acts.ts'
import { AppError } from '#shared/errors.ts'
import type { Act, ActResult } from '#shared/votes.ts'
import { readBatch, writeBatch } from './repo.ballots.ts'
import type { BatchRead, BatchWrites, PublicBallot, VoterRow } from './repo.ballots.ts'
import {
  aboutRound,
  forgetRound,
  isOpen,
  presentSeats,
  seatsOf,
  standingIn,
} from './service.core.ts'
import type { Core, Held, VotersMemory } from './service.core.ts'
import { holdRound } from './service.fence.ts'
import { moveQuorum, publish } from './service.view.ts'

export interface ActInput {
  key: string
  act: Act
  lastOwn?: number | undefined
}
interface Waiting extends ActInput {
  personId: string
  resolve(result: ActResult): void
  reject(error: unknown): void
}
interface Queue {
  waiting: Waiting[]
  running: Promise<void> | null
}

export interface Batches {
  /**
   * Queues an act and answers after its batch is committed. Throws slow_down when the queue is full, round_unknown, round_closed,
   * not_a_member, room_removed, candidate_unknown, pass_limit, pass_in_runoff, changed_elsewhere.
   */
  act(roundId: string, personId: string, input: ActInput): Promise<ActResult>
  /** Resolves when nothing is queued any more. */
  drain(): Promise<void>
}

/** More than this at once makes one statement long, not the votes faster. */
const BATCH_MAX = 2_000
const RETRY_MS = 500
const SHARED_MS = 1_000
/** A choice moves the room's expiry; once in this time is enough. */
const TOUCH_EVERY_MS = 30_000

/** One bounded queue and at most one flush at a time for each round of this process. */
export function makeBatches(core: Core): Batches {
  const queues = new Map<string, Queue>()

  const run = async (roundId: string, queue: Queue): Promise<void> => {
    // What is called in the same turn of the event loop travels together.
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
    while (queue.waiting.length > 0) {
      if (sharesRound(core, roundId)) await sleep(core.yieldMs)
      const batch = queue.waiting.splice(0, BATCH_MAX)
      await flush(core, roundId, batch).catch((error: unknown) => {
        for (const each of batch) each.reject(error)
      })
    }
    queue.running = null
    queues.delete(roundId)
  }

  return {
    act: (roundId, personId, input) => {
      const queue = queues.get(roundId) ?? { waiting: [], running: null }
      queues.set(roundId, queue)
      if (queue.waiting.length >= core.limits.VOTE_QUEUE_MAX) {
        return Promise.reject(new AppError('slow_down', { retryAt: Date.now() + RETRY_MS }))
      }
      return new Promise<ActResult>((resolve, reject) => {
        queue.waiting.push({ ...input, personId, resolve, reject })
        queue.running ??= run(roundId, queue)
      })
    },
    drain: async () => {
      while (queues.size > 0)
        await Promise.all([...queues.values()].map(async ({ running }) => running))
    },
  }
}

/** True while another process also takes this round's lock: each then leaves it a moment, so that neither starves. */
function sharesRound(core: Core, roundId: string): boolean {
  return performance.now() - (core.sharedAt.get(roundId) ?? -Infinity) < SHARED_MS
}

type Answer = { ok: true; own: number } | { ok: false; error: AppError }
interface Flushed {
  answers: Answer[]
  version: number
  /** What to remember; null once the round is closed. */
  world: VotersMemory | null
  voters: ReadonlyMap<string, VoterRow>
}

async function flush(core: Core, roundId: string, batch: readonly Waiting[]): Promise<void> {
  const startedAt = performance.now()
  const about = await aboutRound(core, roundId)
  const present = await presentSeats(core, about)
  await holdRound(core, roundId, (held) => applyBatch(core, held, batch, present), {
    committed: ({ answers, world, voters, version }) => {
      if (world) core.voters.set(roundId, world)
      else forgetRound(core, roundId)
      batch.forEach((each, index) => {
        const answer = answers[index]
        const voter = voters.get(each.personId)
        if (answer?.ok && voter)
          each.resolve({ own: answer.own, version, mine: toMyVote(roundId, voter, voter.waitUsed) })
        else
          each.reject(
            answer?.ok === false ? answer.error : new Error('An act was left without an answer'),
          )
      })
      core.log.debug(
        { roundId, acts: batch.length, ms: Math.round(performance.now() - startedAt) },
        'votes stored',
      )
    },
  })
}

/** All of a batch in the transaction that holds the round's row. One act's refusal touches no other. */
async function applyBatch(
  core: Core,
  held: Held,
  batch: readonly Waiting[],
  present: readonly number[] | null,
): Promise<Flushed> {
  const { tx, round } = held
  const open = isOpen(held)
  const personIds = [...new Set(batch.map(({ personId }) => personId))]
  const standing = open ? await standingIn(core, tx, round) : []
  const seats = open ? await seatsOf(core, tx, round, personIds) : new Map<string, number>()
  const { voters, keys } = await readWorld(core, held, batch)
  const facts = { kind: round.kind, choosable: new Set(standing) }
  const changes = makeChanges(round.hidden, facts.choosable)

  const answers = batch.map((each): Answer => {
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
  if (changes.writes.keys.length > 0)
    await store(core, held, changes, { standing, present, ballots: ballotsOf(voters) })
  return {
    answers,
    version: round.version,
    voters,
    world: open ? { voters, token: round.token, epoch: round.roomEpoch } : null,
  }
}

/**
 * Everybody's part in the round: what this process remembers, with what others wrote since. Taken out of memory and changed in place;
 * it is remembered again after the commit, and read anew if there is none.
 */
async function readWorld(
  core: Core,
  { tx, round }: Held,
  batch: readonly Waiting[],
): Promise<BatchRead> {
  const known = core.voters.get(round.id)
  core.voters.delete(round.id)
  const fresh = known?.epoch === round.roomEpoch
  const read = await readBatch(tx, round.id, batch, fresh ? known.token : -1)
  if (!fresh) return read
  for (const [personId, voter] of read.voters) known.voters.set(personId, voter)
  return { voters: known.voters, keys: read.keys }
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
  writes: BatchWrites
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

async function store(
  core: Core,
  held: Held,
  changes: Changes,
  about: {
    standing: readonly number[]
    present: readonly number[] | null
    ballots: readonly PublicBallot[]
  },
): Promise<void> {
  const { tx, round } = held
  const { writes } = changes
  await writeBatch(tx, round.id, writes, round.token)
  for (const { personId } of writes.voters) held.mine.add(personId)
  if (changes.ofChoice || changes.isPublic) {
    const moved = await moveQuorum(core, held, { ...about, changed: changes.ofChoice })
    if (changes.isPublic || moved) await publish(core, held, about.ballots, about.standing)
  }
  await touchSometimes(core, held)
}

async function touchSometimes(core: Core, { tx, round }: Held): Promise<void> {
  if (performance.now() - (core.touchedAt.get(round.id) ?? -Infinity) < TOUCH_EVERY_MS) return
  core.touchedAt.set(round.id, performance.now())
  await core.rooms.touch(tx, round.roomId, round.deadlineAt)
}
