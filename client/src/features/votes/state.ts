import { createMemo, createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import type {
  Act,
  ActResult,
  DecisionSummary,
  MyVote,
  RoundView,
  Stance,
  VotesState,
} from '#shared/votes.ts'
import { learnServerTime } from '../../lib/clock.ts'
import { keep, readKept } from '../../lib/storage.ts'
import { applyAct, emptyVote, stanceIn, withMine } from './state.acts.ts'
import type { Target } from './state.acts.ts'
import { makeActQueue } from './state.queue.ts'
import type { ActQueue, Intent } from './state.queue.ts'

export interface VotesDeps {
  read(): Promise<VotesState>
  act(input: { roundId: string; key: string; act: Act; lastOwn?: number }): Promise<ActResult>
  isPassing(error: unknown): boolean
  mySeat(): Seat
  /** A tap was refused and is shown rolled back. */
  refused(act: Act, error: unknown): void
}

export interface Votes {
  /** The room's newest round with my own taps in it. */
  round: Accessor<RoundView | null>
  /** My part with what is still on its way. */
  mine: Accessor<MyVote | null>
  /** The newest first. */
  decisions: Accessor<readonly DecisionSummary[]>
  stance(number: number): Stance
  /** Kept until the network is back. */
  isKept(target: Target): boolean
  want(act: Act): void
  /** A round as an event tells it: a larger version replaces a smaller one. */
  hearRound(round: RoundView): void
  hearDecision(decision: DecisionSummary): void
  /** Reads all of it anew; after a gap, or when another tab of mine acted. */
  reload(): Promise<void>
  /** The network may be back. */
  flush(): void
  end(): void
}

/** Keeps the votes of a room current and answers every tap at once; the server settles it, or it rolls back with a reason. */
export function makeVotes(deps: VotesDeps): Votes {
  const [settledRound, setRound] = createSignal<RoundView | null>(null)
  const [settledMine, setMine] = createSignal<MyVote | null>(null)
  const [decisions, setDecisions] = createSignal<readonly DecisionSummary[]>([])
  const [queue, setQueue] = createSignal<ActQueue | null>(null)

  const mine = createMemo(() => {
    const base = settledMine()
    const runoff = settledRound()?.kind === 'runoff'
    return (
      base &&
      (queue()?.intents() ?? []).reduce((vote, { act }) => applyAct(vote, act, runoff), base)
    )
  })
  const round = createMemo(() => {
    const [now, my] = [settledRound(), mine()]
    return now && my ? withMine(now, my, deps.mySeat()) : now
  })
  const hearMine = (heard: MyVote): void => {
    const known = settledMine()
    if (!known || heard.roundId !== known.roundId || heard.own >= known.own) setMine(heard)
  }
  const enter = (next: RoundView, my: MyVote | null): void => {
    queue()?.end()
    setMine(my ?? emptyVote(next.id))
    setRound(next)
    setQueue(next.state === 'open' ? queueOf(next.id) : null)
  }
  const queueOf = (roundId: string): ActQueue =>
    makeActQueue({
      roundId,
      send: (input) => deps.act(input),
      isPassing: (error) => deps.isPassing(error),
      mine: () => settledMine() ?? emptyVote(roundId),
      settled: ({ mine: my }) => hearMine(my),
      refused: (act, error) => deps.refused(act, error),
      newKey: () => crypto.randomUUID(),
      readKept: () => readKept(keptKey(roundId), isIntents) ?? [],
      keep: (intents) => keep(keptKey(roundId), intents.length > 0 ? intents : null),
    })
  const hearRound = (heard: RoundView): void => {
    const known = settledRound()
    if (!known || heard.id !== known.id) {
      if (!known || heard.openedAt > known.openedAt) enter(heard, null)
      return
    }
    if (heard.version > known.version || (heard.state === 'closed' && known.state === 'open'))
      setRound(heard)
  }
  const reload = async (): Promise<void> => {
    const sentAt = Date.now()
    const state = await deps.read()
    learnServerTime(state.now, sentAt)
    setDecisions(state.decisions)
    if (!state.round) return
    const known = settledRound()
    // An event may have brought a newer round while this was read.
    if (known && known.openedAt > state.round.openedAt) return
    if (known?.id !== state.round.id) enter(state.round, state.mine)
    else hearRound(state.round)
    if (state.mine) hearMine(state.mine)
  }
  return {
    round,
    mine,
    decisions,
    stance: (number) => {
      const my = mine()
      return my ? stanceIn(my, number) : 'none'
    },
    isKept: (target) => queue()?.isKept(target) ?? false,
    want: (act) => queue()?.want(act),
    hearRound,
    hearDecision: (decision) =>
      setDecisions((all) =>
        [...all.filter(({ id }) => id !== decision.id), decision].toSorted((a, b) => b.at - a.at),
      ),
    reload,
    flush: () => queue()?.flush(),
    end: () => queue()?.end(),
  }
}

const keptKey = (roundId: string): string => `bapmap.kept.${roundId}`

function isIntents(value: unknown): value is Intent[] {
  return (
    Array.isArray(value) &&
    value.every(
      (item: unknown) =>
        typeof item === 'object' && item !== null && 'act' in item && 'key' in item,
    )
  )
}
