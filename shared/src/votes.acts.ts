import { AppError } from './errors.ts'
import type { Act, MyVote, Stance } from './votes.ts'
import { passLimit } from './votes.rules.ts'

/** Own part of a round while acts are applied to it. `own` numbers the person's acknowledged actions from 1. */
export interface Voter {
  own: number
  fine: boolean
  fineOwn: number
  stances: Map<number, { stance: Stance; own: number }>
}
export interface RoundFacts {
  kind: 'first' | 'runoff'
  /** What may be chosen now: the standing candidates, in a run-off the tied ones. */
  choosable: ReadonlySet<number>
}
/** Which of the person's rows an act wrote. */
export interface Touched {
  numbers: Set<number>
  fine: boolean
}

export function newVoter(): Voter {
  return { own: 0, fine: false, fineOwn: 0, stances: new Map() }
}

/**
 * Applies one act of a person: takes the next own number and marks all that it changes with it. `lastOwn` is given for acts kept while
 * offline. Refuses by AppError (changed_elsewhere, candidate_unknown, pass_in_runoff, pass_limit) and then leaves `voter` as it was.
 */
export function applyAct(
  voter: Voter,
  act: Act,
  lastOwn: number | undefined,
  facts: RoundFacts,
): Touched {
  refuseStale(voter, act, lastOwn)
  refuseImpossible(voter, act, facts)
  const own = ++voter.own
  const touched: Touched = { numbers: new Set(), fine: false }
  const set = (number: number, stance: Stance): void => {
    voter.stances.set(number, { stance, own })
    touched.numbers.add(number)
  }
  const setFine = (fine: boolean): void => {
    voter.fine = fine
    voter.fineOwn = own
    touched.fine = true
  }
  const clearChoices = (): void => {
    for (const number of chosenBy(voter)) set(number, 'none')
  }
  switch (act.kind) {
    case 'choose':
      if (facts.kind === 'runoff') clearChoices()
      set(act.number, 'chosen')
      if (voter.fine) setFine(false)
      break
    case 'pass':
      set(act.number, 'passed')
      break
    case 'unchoose':
      set(act.number, stanceOn(voter, act.number) === 'passed' ? 'passed' : 'none')
      break
    case 'unpass':
      set(act.number, stanceOn(voter, act.number) === 'chosen' ? 'chosen' : 'none')
      break
    case 'fine':
      clearChoices()
      setFine(true)
      break
    case 'unfine':
      setFine(false)
  }
  return touched
}

function refuseStale(voter: Voter, act: Act, lastOwn: number | undefined): void {
  if (lastOwn === undefined) return
  const number = 'number' in act ? act.number : null
  const known = number === null ? voter.fineOwn : (voter.stances.get(number)?.own ?? 0)
  if (known > lastOwn) throw new AppError('changed_elsewhere', { number, own: known })
}

function refuseImpossible(voter: Voter, act: Act, { kind, choosable }: RoundFacts): void {
  if (!('number' in act)) return
  if (kind === 'runoff' && (act.kind === 'pass' || act.kind === 'unpass'))
    throw new AppError('pass_in_runoff')
  // Taking back is possible on a withdrawn candidate too: a choice there would count again when it is restored.
  const known = choosable.has(act.number) || (isTakingBack(act) && voter.stances.has(act.number))
  if (!known) throw new AppError('candidate_unknown', { number: act.number })
  if (act.kind !== 'pass' || stanceOn(voter, act.number) === 'passed') return
  const max = passLimit(choosable.size)
  const used = [...choosable].filter((number) => stanceOn(voter, number) === 'passed').length
  if (used >= max) throw new AppError('pass_limit', { max })
}

function isTakingBack(act: Act): boolean {
  return act.kind === 'unchoose' || act.kind === 'unpass'
}

export function stanceOn(voter: Voter, number: number): Stance {
  return voter.stances.get(number)?.stance ?? 'none'
}

/** Candidates chosen by a person, withdrawn ones included, ascending. */
export function chosenBy(voter: Voter): number[] {
  return [...voter.stances]
    .filter(([, { stance }]) => stance === 'chosen')
    .map(([number]) => number)
    .sort((a, b) => a - b)
}

/** The voter as only its owner sees it. */
export function toMyVote(roundId: string, voter: Voter, waitUsed: boolean): MyVote {
  const stances = [...voter.stances]
    .map(([number, { stance, own }]) => ({ number, stance, own }))
    .sort((a, b) => a.number - b.number)
  return { roundId, own: voter.own, fine: voter.fine, fineOwn: voter.fineOwn, stances, waitUsed }
}
