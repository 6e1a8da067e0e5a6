import { setTimeout as sleep } from 'node:timers/promises'
import type { DbOrTx } from '#server/platform/db.ts'
import { AppError } from '#shared/errors.ts'
import { toMyVote } from '#shared/votes.acts.ts'
import type { Act, ActResult } from '#shared/votes.ts'
import { limitSilence } from './repo.batch.ts'
import { applyBatch } from './service.apply.ts'
import type { Applied, KeyedAct } from './service.apply.ts'
import { aboutRound, forgetRound, presentSeats } from './service.core.ts'
import type { Core } from './service.core.ts'
import { announce, underLock } from './service.fence.ts'

export interface ActInput {
  key: string
  act: Act
  lastOwn?: number | undefined
}
interface Waiting extends KeyedAct {
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

/** One bounded queue and at most one flush at a time for each round of this process. */
export function makeBatches(core: Core): Batches {
  const queues = new Map<string, Queue>()

  const run = async (roundId: string, queue: Queue): Promise<void> => {
    // What is called in the same turn of the event loop travels together.
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
    while (queue.waiting.length > 0) {
      const waitMs = yieldFor(core, roundId)
      if (waitMs > 0) await sleep(waitMs)
      await flush(core, roundId, queue)
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

/** While another process also takes this round's lock, each leaves it a moment after having had it, so that neither starves. */
function yieldFor(core: Core, roundId: string): number {
  const now = performance.now()
  if (now - (core.sharedAt.get(roundId) ?? -Infinity) >= SHARED_MS) return 0
  return core.yieldMs - (now - (core.servedAt.get(roundId) ?? -Infinity))
}

/** Takes the batch from the queue only once the lock is had: who taps while it is waited for travels with it. */
async function flush(core: Core, roundId: string, queue: Queue): Promise<void> {
  let batch: Waiting[] = []
  try {
    const present = await presentSeats(core, await aboutRound(core, roundId))
    await underLock(core, roundId, async (locked) => {
      const startedAt = performance.now()
      if (batch.length === 0) batch = queue.waiting.splice(0, BATCH_MAX)
      const apply = (db: DbOrTx): Promise<Applied> =>
        applyBatch(core, db, { roundId, acts: batch, present, alone: locked })
      const flushed = locked ? await apply(core.db) : await inTransaction(core, apply)
      core.servedAt.set(roundId, performance.now())
      answer(core, roundId, batch, flushed)
      const ms = Math.round(performance.now() - startedAt)
      core.log.debug({ roundId, acts: batch.length, ms }, 'votes stored')
    })
  } catch (error) {
    for (const each of batch.length > 0 ? batch : queue.waiting.splice(0, BATCH_MAX))
      each.reject(error)
  }
}

/** Without the lock: the token is taken in the transaction that writes, which so holds the row from the beginning. */
function inTransaction<T>(core: Core, work: (db: DbOrTx) => Promise<T>): Promise<T> {
  return core.db.transaction().execute(async (tx) => {
    await limitSilence(tx, core.silentMs)
    return work(tx)
  })
}

/** After the commit. */
function answer(
  core: Core,
  roundId: string,
  batch: readonly Waiting[],
  { answers, world, read, told, mine }: Applied,
): void {
  const { round, voters } = read
  if (world) core.voters.set(roundId, world)
  else forgetRound(core, roundId)
  announce(core, { round, told, mine })
  batch.forEach((each, index) => {
    const said = answers[index]
    const voter = voters.get(each.personId)
    if (said?.ok && voter)
      each.resolve({
        own: said.own,
        version: round.version,
        mine: toMyVote(roundId, voter, voter.waitUsed),
      })
    else
      each.reject(said?.ok === false ? said.error : new Error('An act was left without an answer'))
  })
}
