import { createSignal } from 'solid-js'
import type { SendResult } from '#shared/chat.ts'
import type { WireError } from '#shared/errors.ts'
import { failureOf, isPassing } from '../../lib/trpc.ts'

/** A message of mine that has no number yet. */
export interface Pending {
  clientId: string
  body: string
  at: number
  /** waiting: nothing answered, it is tried again by itself. */
  state: 'sending' | 'waiting' | 'failed'
  failure: WireError | null
}

export interface OutboxDeps {
  send: (clientId: string, body: string) => Promise<SendResult>
  /** The server has stored it. */
  onStored: (pending: Pending, result: SendResult) => void
  now: () => number
}

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 8_000

/**
 * Sends my messages one after the other, so that they get their numbers in the order in which they were written. What nobody
 * answered is sent again under the same client id: the server stores it once.
 */
export function makeOutbox(deps: OutboxDeps, signal: AbortSignal) {
  const [pending, setPending] = createSignal<readonly Pending[]>([])
  let pumping = false
  let wake = (): void => undefined

  const change = (clientId: string, part: Partial<Pending>): void => {
    setPending((all) =>
      all.map((each) => (each.clientId === clientId ? { ...each, ...part } : each)),
    )
  }
  const drop = (clientId: string): void =>
    void setPending((all) => all.filter((each) => each.clientId !== clientId))
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = window.setTimeout(resolve, ms)
      wake = () => {
        window.clearTimeout(timer)
        resolve()
      }
    })
  /** True when the message is done with, one way or the other. */
  const tryOnce = async (message: Pending): Promise<number> => {
    try {
      const result = await deps.send(message.clientId, message.body)
      deps.onStored(message, result)
      drop(message.clientId)
      return 0
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'slow_down') return Math.max(200, failure.params.retryAt - deps.now())
      if (isPassing(error) || failure.code === 'unreachable') return -1
      change(message.clientId, { state: 'failed', failure })
      return 0
    }
  }
  const pump = async (): Promise<void> => {
    if (pumping) return
    pumping = true
    let pause = RETRY_FIRST_MS
    for (;;) {
      const next = pending().find((each) => each.state !== 'failed')
      if (!next || signal.aborted) break
      const wait = await tryOnce(next)
      if (wait === 0) {
        pause = RETRY_FIRST_MS
        continue
      }
      change(next.clientId, { state: 'waiting' })
      await rest(wait > 0 ? wait : pause)
      pause = Math.min(RETRY_MAX_MS, pause * 2)
    }
    pumping = false
  }
  const now = (): void => wake()
  window.addEventListener('online', now)
  signal.addEventListener('abort', () => {
    window.removeEventListener('online', now)
    wake()
  })
  return {
    pending,
    add: (body: string): void => {
      const message: Pending = {
        clientId: crypto.randomUUID(),
        body,
        at: deps.now(),
        state: 'sending',
        failure: null,
      }
      setPending((all) => [...all, message])
      void pump()
    },
    retry: (clientId: string): void => {
      change(clientId, { state: 'sending', failure: null })
      void pump()
    },
    drop,
  }
}
