import type { Seat } from '#shared/rooms.ts'
import type { Act, MyVote, RoundView, Stance } from '#shared/votes.ts'

/** What an act is about: intents on the same target replace each other. */
export type Target = number | 'fine'
export function targetOf(act: Act): Target {
  return act.kind === 'fine' || act.kind === 'unfine' ? 'fine' : act.number
}

/** A vote of nothing yet. */
export function emptyVote(roundId: string): MyVote {
  return { roundId, own: 0, fine: false, fineOwn: 0, stances: [], waitUsed: false }
}

export function stanceIn(mine: MyVote, number: number): Stance {
  return mine.stances.find((stance) => stance.number === number)?.stance ?? 'none'
}

/** Number of the newest own action on a target; 0 when there was none. */
export function ownIn(mine: MyVote, target: Target): number {
  return target === 'fine'
    ? mine.fineOwn
    : (mine.stances.find(({ number }) => number === target)?.own ?? 0)
}

const RESULT = { choose: 'chosen', unchoose: 'none', pass: 'passed', unpass: 'none' } as const

/**
 * My vote as it will be once the server has settled `act` (rules.md, "Tick" and "Run-off"): a choice clears "anything is
 * fine"; that clears the choices and keeps the passes; in a run-off a choice takes the other one back.
 */
export function applyAct(mine: MyVote, act: Act, runoff: boolean): MyVote {
  if (act.kind === 'unfine') return { ...mine, fine: false }
  if (act.kind === 'fine') {
    return {
      ...mine,
      fine: true,
      stances: mine.stances.map((s) => (s.stance === 'chosen' ? { ...s, stance: 'none' } : s)),
    }
  }
  const others = mine.stances
    .filter((s) => s.number !== act.number)
    .map((s) =>
      runoff && act.kind === 'choose' && s.stance === 'chosen'
        ? { ...s, stance: 'none' as const }
        : s,
    )
  const changed = { number: act.number, stance: RESULT[act.kind], own: ownIn(mine, act.number) }
  return { ...mine, fine: act.kind === 'choose' ? false : mine.fine, stances: [...others, changed] }
}

/** At least one choice, or "anything is fine". */
export function hasTick(mine: MyVote): boolean {
  return mine.fine || mine.stances.some(({ stance }) => stance === 'chosen')
}

const withSeat = (seats: readonly Seat[], seat: Seat, there: boolean): Seat[] =>
  there
    ? [...new Set([...seats, seat])].sort((a, b) => a - b)
    : seats.filter((other) => other !== seat)

/** The round with my own taps already in it, so that a tap is answered at once. Passes change nothing that others see. */
export function withMine(round: RoundView, mine: MyVote, mySeat: Seat): RoundView {
  if (round.state === 'closed' || mine.roundId !== round.id) return round
  const ticked = withSeat(round.ticked, mySeat, hasTick(mine))
  if (!round.chosen) return { ...round, ticked }
  const numbers = new Set([
    ...round.chosen.map(([number]) => number),
    ...mine.stances.map(({ number }) => number),
  ])
  const seatsOf = new Map(round.chosen)
  const chosen = [...numbers]
    .sort((a, b) => a - b)
    .map((number): [number, Seat[]] => [
      number,
      withSeat(seatsOf.get(number) ?? [], mySeat, stanceIn(mine, number) === 'chosen'),
    ])
    .filter(([, seats]) => seats.length > 0)
  return { ...round, ticked, fine: withSeat(round.fine, mySeat, mine.fine), chosen }
}

/** Numbers with the most choices among `standing`; none before the first choice, none in a hidden round. */
export function leadersOf(round: RoundView | null, standing: ReadonlySet<number>): number[] {
  // After the close nobody leads any more: one has won, or none.
  if (round?.state === 'closed')
    return round.outcome?.kind === 'winner' ? [round.outcome.number] : []
  const counted = (round?.chosen ?? []).filter(
    ([number, seats]) => standing.has(number) && seats.length > 0,
  )
  const most = Math.max(0, ...counted.map(([, seats]) => seats.length))
  return counted.filter(([, seats]) => seats.length === most).map(([number]) => number)
}
