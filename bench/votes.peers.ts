import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import type { App } from '#server/app.ts'
import { applyAct, newVoter, toMyVote } from '#shared/votes.acts.ts'
import type { Voter } from '#shared/votes.acts.ts'
import type { Act, ActResult, Stance } from '#shared/votes.ts'

/** One act of one voter; resolves when it is acknowledged. */
export type ActCall = (
  roundId: string,
  personId: string,
  input: { key: string; act: Act },
) => Promise<ActResult>

/** The whole round as one JSON value. */
interface StoredVoter {
  own: number
  fine: boolean
  fineOwn: number
  stances: [number, { stance: Stance; own: number }][]
  keys: string[]
}
interface Value {
  version: number
  voters: Record<string, StoredVoter>
}
/** Candidates of every round of this bench. */
export const CANDIDATES = 8
const facts = {
  kind: 'first',
  choosable: new Set(Array.from({ length: CANDIDATES }, (_, index) => index + 1)),
} as const
const KEYS_KEPT = 4
const LOCK_MS = 5_000
/** Tried with 1, 2, 5, 10 and 20 ms on two cores: the shortest was the best for it. */
const SPIN_MS = 1

const valueKey = (app: App, roundId: string): string =>
  app.platform.redis.key(`bench:value:${roundId}`)
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/** Read, change, write: what both peers do with their one value. The same rules as ours, the same answer. */
async function change(
  app: App,
  roundId: string,
  personId: string,
  { key, act }: { key: string; act: Act },
): Promise<ActResult> {
  const { command } = app.platform.redis
  const text = await command.get(valueKey(app, roundId))
  const value: Value = text ? (JSON.parse(text) as Value) : { version: 0, voters: {} }
  const stored = value.voters[personId]
  const voter: Voter = stored ? { ...stored, stances: new Map(stored.stances) } : newVoter()
  const keys = stored?.keys ?? []
  if (!keys.includes(key)) applyAct(voter, act, undefined, facts)
  value.voters[personId] = {
    ...voter,
    stances: [...voter.stances],
    keys: [...keys, key].slice(-KEYS_KEPT),
  }
  value.version++
  await command.set(valueKey(app, roundId), JSON.stringify(value))
  await command.publish(app.platform.redis.key(`bench:changed:${roundId}`), String(value.version))
  return { own: voter.own, version: value.version, mine: toMyVote(roundId, voter, false) }
}

/** No lock at all. */
export function withoutLock(app: App): ActCall {
  return (roundId, personId, input) => change(app, roundId, personId, input)
}

/** The usual way: SET NX, try again after a short random wait, one act a turn, release only one's own lock. */
export function withSpinLock(app: App): ActCall {
  const { command, key } = app.platform.redis
  return async (roundId, personId, input) => {
    const lock = key(`bench:lock:${roundId}`)
    const mark = randomUUID()
    while ((await command.set(lock, mark, 'PX', LOCK_MS, 'NX')) === null)
      await sleep(SPIN_MS + Math.random() * SPIN_MS)
    try {
      return await change(app, roundId, personId, input)
    } finally {
      await command.eval(RELEASE, 1, lock, mark)
    }
  }
}

/** What a peer's value holds in the end: person → number of counted acts, and candidate → own number of its last act. */
export async function readPeer(app: App, roundId: string): Promise<Stored> {
  const text = await app.platform.redis.command.get(valueKey(app, roundId))
  const { voters }: Pick<Value, 'voters'> = text ? (JSON.parse(text) as Value) : { voters: {} }
  return Object.fromEntries(
    Object.entries(voters).map(([personId, { own, stances }]) => [
      personId,
      { own, stances: Object.fromEntries(stances.map(([number, { stance }]) => [number, stance])) },
    ]),
  )
}
export type Stored = Record<string, { own: number; stances: Record<number, string> }>
