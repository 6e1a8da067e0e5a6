import type { Every } from '#server/platform/every.ts'
import type { Demo } from './service.ts'

/** Often enough that nobody waits long for friends whose server was killed. */
const LOOK_EVERY_MS = 2_000
const FORGET_EVERY_MS = 60_000

/** Goes on with demos whose server is gone; in every process that may run some. The answer stops it. */
export function startDemoJobs(demo: Pick<Demo, 'look'>, every: Every): () => void {
  return every(LOOK_EVERY_MS, 'looking after demos', () => demo.look())
}

/** Erases simulated friends whose room is gone; any number of workers may run it. The answer stops it. */
export function startDemoForgetting(demo: Pick<Demo, 'forgetFriends'>, every: Every): () => void {
  return every(FORGET_EVERY_MS, 'erasing friends of rooms that are gone', () =>
    demo.forgetFriends(),
  )
}
