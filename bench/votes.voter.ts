import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Act, ActResult } from '#shared/votes.ts'
import { CANDIDATES } from './votes.peers.ts'

/** What a voter was told: the stored state must be exactly this. */
export interface Told {
  personId: string
  acknowledged: number
  own: number
  stances: Record<number, string>
}
export interface Run {
  told: Told[]
  /** ms of each acknowledged act; with `everyMs` from the time it was due, so that what it waited for the one before counts too. */
  latencies: number[]
  failed: number
}

const pick = (count: number): number => 1 + Math.floor(Math.random() * count)

/** Cast, change, withdraw and now and then a pass: as thumbs do, at random. */
export function randomAct(): Act {
  const number = pick(CANDIDATES)
  const roll = Math.random()
  if (roll < 0.55) return { kind: 'choose', number }
  if (roll < 0.9) return { kind: 'unchoose', number }
  return roll < 0.95 ? { kind: 'unpass', number } : { kind: 'pass', number }
}

export interface VoterOptions {
  /** A tap each so many ms, with a random first wait; 0: the next as soon as the last is acknowledged. */
  everyMs: number
  untilMs: number
}

/** One voter, one tap at a time, until the time is up. `told` grows over several runs of the same voter. */
export async function vote(
  told: Told,
  send: (key: string, act: Act) => Promise<ActResult>,
  { everyMs, untilMs }: VoterOptions,
  run: Run,
): Promise<void> {
  if (everyMs > 0) await sleep(Math.random() * everyMs)
  for (let due = performance.now(); performance.now() < untilMs;) {
    const startedAt = everyMs > 0 ? due : performance.now()
    try {
      const { own, mine } = await send(randomUUID(), randomAct())
      run.latencies.push(performance.now() - startedAt)
      told.acknowledged++
      if (own > told.own) {
        told.own = own
        told.stances = Object.fromEntries(
          mine.stances.map(({ number, stance }) => [number, stance]),
        )
      }
    } catch (error) {
      // Half of the candidates are passed already: a refusal of the rules, neither counted nor acknowledged.
      if (!isPassLimit(error)) run.failed++
    }
    due += everyMs
    if (everyMs > 0) await sleep(Math.max(0, due - performance.now()))
  }
}

function isPassLimit(error: unknown): boolean {
  return error instanceof Error && error.message === 'pass_limit'
}

export function newTold(personId: string): Told {
  return { personId, acknowledged: 0, own: 0, stances: {} }
}

export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
