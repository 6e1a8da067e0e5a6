import type { Log } from './log.ts'

/** Starts periodic work; the answer stops it. One run at a time; one that fails is logged, and the next turn tries again. */
export type Every = (everyMs: number, what: string, work: () => Promise<unknown>) => () => void

/** The timers keep no process alive. */
export function makeEvery(log: Log): Every {
  return (everyMs, what, work) => {
    let busy = false
    const timer = setInterval(() => {
      if (busy) return
      busy = true
      work()
        .catch((error: unknown) =>
          log.warn({ err: error }, `${what} failed; the next turn tries again`),
        )
        .finally(() => {
          busy = false
        })
    }, everyMs)
    timer.unref()
    return () => clearInterval(timer)
  }
}
