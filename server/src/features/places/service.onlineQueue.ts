import type { Log } from '#server/platform/log.ts'
import type { RemoteFault } from '#server/platform/remote.ts'

/** `done`: read, or somebody else's. Otherwise what the service said. */
export type Outcome =
  | { done: true }
  | { done: false; fault: RemoteFault; message: string; retryAfterMs: number | null }

export interface TileQueue {
  /** The newest first: people look where they look now. What no longer fits is forgotten and asked for again by whoever still looks. */
  push(tiles: readonly number[]): void
  /** The service is left alone for a while. */
  rests(): boolean
  /** What the last answer said; null when it was one. */
  fault(): 'unreachable' | 'late' | null
  close(): Promise<void>
}

export interface TileQueueDeps {
  log: Log
  read: (tile: number) => Promise<Outcome>
  /** ms between the beginnings of two requests. */
  gapMs?: number
  /** ms of the first rest after a failure; each further one doubles it. */
  restMs?: number
}

/** A public server gives two slots to an address; one is for others who share it. */
const AT_ONCE = 1
const GAP_MS = 1_000
const WAITING_MOST = 24
const REST_MS = 5_000
const REST_MOST_MS = 10 * 60_000

/** Asks a service politely: one after another with a gap between, and ever longer rests after failures. */
export function makeTileQueue(deps: TileQueueDeps): TileQueue {
  const { log, read, gapMs = GAP_MS, restMs = REST_MS } = deps
  let waiting: number[] = []
  const running = new Map<number, Promise<void>>()
  let failures = 0
  let restsUntil = 0
  let startAt = 0
  let lastFault: RemoteFault | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const failedWith = (fault: RemoteFault, message: string, askedMs: number): void => {
    failures++
    const ms = Math.max(askedMs, Math.min(REST_MOST_MS, restMs * 2 ** (failures - 1)))
    restsUntil = performance.now() + ms
    // Views that waited are old by then.
    waiting = []
    if (lastFault !== fault)
      log.warn({ fault, told: message }, 'places from the network rest; the table answers')
    lastFault = fault
  }
  const run = async (tile: number): Promise<void> => {
    try {
      const outcome = await read(tile)
      if (!outcome.done)
        return failedWith(outcome.fault, outcome.message, outcome.retryAfterMs ?? 0)
      failures = 0
      lastFault = null
    } catch (error) {
      if (closed) return
      log.warn({ err: error, tile }, 'a map tile could not be kept')
      failedWith('broken', String(error), 0)
    }
  }
  const next = (): void => {
    clearTimeout(timer)
    if (closed || waiting.length === 0 || running.size >= AT_ONCE) return
    const waitMs = Math.max(startAt, restsUntil) - performance.now()
    if (waitMs > 0) {
      timer = setTimeout(next, waitMs)
      timer.unref()
      return
    }
    const tile = waiting.pop()
    if (tile === undefined) return
    startAt = performance.now() + gapMs
    running.set(
      tile,
      run(tile).finally(() => {
        running.delete(tile)
        next()
      }),
    )
  }
  return {
    push: (tiles) => {
      if (closed || restsUntil > performance.now()) return
      const fresh = tiles.filter((tile) => !running.has(tile))
      waiting = [...waiting.filter((tile) => !fresh.includes(tile)), ...fresh].slice(-WAITING_MOST)
      next()
    },
    rests: () => restsUntil > performance.now(),
    fault: () => (lastFault === null ? null : lastFault === 'unreachable' ? 'unreachable' : 'late'),
    close: async () => {
      closed = true
      clearTimeout(timer)
      await Promise.all(running.values())
    },
  }
}
