/**
 * Lets the latest value through at most every `everyMs()`; the last one always gets through, late if need be.
 * `hold` drops what waits.
 */
export interface Paced<T> {
  push(value: T): void
  hold(): void
}
export function makePaced<T>(send: (value: T) => void, everyMs: () => number): Paced<T> {
  let sentAt = Number.NEGATIVE_INFINITY
  let waiting: { value: T } | null = null
  let timer = 0
  const sendWaiting = (): void => {
    timer = 0
    const next = waiting
    waiting = null
    if (!next) return
    sentAt = performance.now()
    send(next.value)
  }
  return {
    push: (value) => {
      waiting = { value }
      if (timer !== 0) return
      const wait = sentAt + everyMs() - performance.now()
      if (wait <= 0) sendWaiting()
      else timer = window.setTimeout(sendWaiting, wait)
    },
    hold: () => {
      window.clearTimeout(timer)
      timer = 0
      waiting = null
    },
  }
}

/** Cursors a second: fluid with others there, a sign of life when alone (nobody sees it). */
export function cursorEveryMs(others: number, tickMs: number): number {
  if (others === 0) return 1_000
  return tickMs <= 33 ? 33 : Math.max(50, tickMs)
}
/** Views are heavier to follow than cursors and change less visibly. */
export function viewEveryMs(others: number): number {
  return others === 0 ? 1_000 : 100
}
