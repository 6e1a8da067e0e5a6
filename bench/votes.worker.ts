import { build } from '#server/app.ts'
import type { App } from '#server/app.ts'
import { readConfig } from '#server/config.ts'
import { withoutLock, withSpinLock } from './votes.peers.ts'
import type { ActCall } from './votes.peers.ts'
import { newTold, vote } from './votes.voter.ts'
import type { Run } from './votes.voter.ts'

/** One of the two server processes: calls its own vote service, or serves HTTP for the generator. */
export type Way = 'ours' | 'spinLock' | 'noLock'
export type Ask =
  | { ask: 'listen' }
  | { ask: 'way'; way: Way }
  | { ask: 'run'; way: Way; roundId: string; personIds: string[]; forMs: number }
  | { ask: 'cpu' }
  | { ask: 'end' }
export type Answer = { url: string } | { run: Run } | { cpuMs: number } | { done: true }

const app: App = await build(readConfig(process.env))
const ours: ActCall = app.services.votes.act
const ways: Record<Way, ActCall> = { ours, spinLock: withSpinLock(app), noLock: withoutLock(app) }

async function answer(message: Ask): Promise<Answer> {
  switch (message.ask) {
    case 'listen':
      await app.listen()
      return { url: app.url() }
    case 'way':
      // The router calls the service's `act`: session, HTTP and tRPC stay the same for all ways.
      app.services.votes.act = ways[message.way]
      return { done: true }
    case 'run':
      return { run: await runVoters(ways[message.way], message) }
    case 'cpu': {
      const { user, system } = process.cpuUsage()
      return { cpuMs: (user + system) / 1_000 }
    }
    case 'end':
      await app.close()
      return { done: true }
  }
}

async function runVoters(
  act: ActCall,
  { roundId, personIds, forMs }: Extract<Ask, { ask: 'run' }>,
): Promise<Run> {
  const run: Run = { told: personIds.map(newTold), latencies: [], failed: 0 }
  const untilMs = performance.now() + forMs
  await Promise.all(
    run.told.map((told) =>
      vote(
        told,
        (key, one) => act(roundId, told.personId, { key, act: one }),
        { everyMs: 0, untilMs },
        run,
      ),
    ),
  )
  return run
}

process.on('message', (message: Ask) => {
  answer(message).then(
    (said) => {
      process.send?.(said)
      if (message.ask === 'end') process.disconnect()
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => setTimeout(() => process.exit(0), 500).unref())
