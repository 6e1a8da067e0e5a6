import { makeBatches } from './service.batch.ts'
import { closeIfDue } from './service.close.ts'
import { aboutRound, makeCore } from './service.core.ts'
import type { Core, VotesDeps } from './service.core.ts'
import { makeHooks } from './service.hooks.ts'
import { erase, exportFor, moveOwner } from './service.people.ts'
import { decisionFor, myDecisions, myVote, publishDecision, votesState } from './service.read.ts'
import {
  closeByHost,
  extendRound,
  openRound,
  reviewQuorum,
  takeBack,
  wait,
} from './service.rounds.ts'
import { findOpenId, listDue } from './repo.rounds.ts'

export type { VotesDeps } from './service.core.ts'
export type Votes = ReturnType<typeof makeVotes>

type Bound<F> = F extends (core: Core, ...rest: infer R) => infer A ? (...rest: R) => A : never

/** Rounds, acts, results and decisions (rules.md "Rounds"). Wires itself into rooms: hooks and changes of presence. */
export function makeVotes(deps: VotesDeps) {
  const core = makeCore(deps)
  const batches = makeBatches(core)
  const bind = <F extends (core: Core, ...rest: never[]) => unknown>(call: F): Bound<F> =>
    ((...rest: never[]) => call(core, ...rest)) as Bound<F>
  deps.rooms.setHooks(makeHooks(core))
  deps.rooms.listen({
    presenceChanged: (roomId) => {
      reviewRoom(core, roomId).catch((error: unknown) =>
        core.log.warn(
          { err: error, roomId },
          'a quorum could not be looked at; the next look tries again',
        ),
      )
    },
  })
  return {
    state: bind(votesState),
    mine: bind(myVote),
    open: bind(openRound),
    /** One tap; the answer comes after the commit. See `Batches.act` for what it throws. */
    act: batches.act,
    extend: bind(extendRound),
    close: bind(closeByHost),
    takeBack: bind(takeBack),
    wait: bind(wait),
    decision: bind(decisionFor),
    publishDecision: bind(publishDecision),
    myDecisions: bind(myDecisions),
    closeIfDue: bind(closeIfDue),
    reviewQuorum: bind(reviewQuorum),
    listDue: (aheadMs: number) => listDue(core.db, aheadMs),
    moveOwner: bind(moveOwner),
    exportFor: bind(exportFor),
    erase,
    /** Ends after everything queued is answered. */
    drain: batches.drain,
  }
}

async function reviewRoom(core: Core, roomId: string): Promise<void> {
  const roundId = await findOpenId(core.db, roomId)
  if (roundId && (await aboutRound(core, roundId)).quorum) await reviewQuorum(core, roundId)
}
