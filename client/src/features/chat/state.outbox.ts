import { createSignal } from 'solid-js'
import type { SendResult } from '#shared/chat.ts'
import type { WireError } from '#shared/errors.ts'
import { failureOf, isPassing } from '../../lib/trpc.ts'

/** A message of mine that has no number yet. */
export interface Pending {
  clientId: string
  body: string
  at: number
  /** waiting: nothing answered, it is tried again by itself. failed without a failure: it has waited too long to go by itself. */
  state: 'sending' | 'waiting' | 'failed'
  failure: WireError | null
}

/** Where messages wait over a reload. Each lies on its own, so that two tabs don't write over each other's. */
export interface OutboxShelf {
  /** In the order in which they were written. */
  read(): Pending[]
  put(pending: Pending): void
  remove(clientId: string): void
  /** Another tab of the same person is done with one. Returns the end of it. */
  onRemoved(hear: (clientId: string) => void): () => void
}

export interface OutboxDeps {
  send: (clientId: string, body: string) => Promise<SendResult>
  /** The server has stored it. */
  onStored: (pending: Pending, result: SendResult) => void
  now: () => number
  shelf: OutboxShelf
}

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 8_000
/** "I'm nearly there" of two hours ago is not said without asking. */
const BY_ITSELF_MS = 3_600_000

/** As it lay on the shelf: what waited too long asks first. */
function taken(kept: Pending, now: number): Pending {
  if (kept.state === 'failed') return kept
  const late = now - kept.at > BY_ITSELF_MS
  return { ...kept, state: late ? 'failed' : 'waiting', failure: null }
}

/**
 * Sends my messages one after the other, so that they get their numbers in the order in which they were written. What nobody
 * answered is sent again under the same client id, also after a reload: the server stores it once.
 */
export function makeOutbox(deps: OutboxDeps, signal: AbortSignal) {
  const { shelf } = deps
  const [pending, setPending] = createSignal<readonly Pending[]>(
    shelf.read().map((kept) => taken(kept, deps.now())),
  )
  let pumping = false
  let wake = (): void => undefined

  const change = (clientId: string, part: Partial<Pending>): void => {
    setPending((all) =>
      all.map((each) => (each.clientId === clientId ? { ...each, ...part } : each)),
    )
  }
  const forget = (clientId: string): void =>
    void setPending((all) => all.filter((each) => each.clientId !== clientId))
  const drop = (clientId: string): void => {
    shelf.remove(clientId)
    forget(clientId)
  }
  const settle = (clientId: string, part: Pick<Pending, 'state' | 'failure'>): void => {
    change(clientId, part)
    const settled = pending().find((each) => each.clientId === clientId)
    if (settled) shelf.put(settled)
  }
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
      settle(message.clientId, { state: 'failed', failure })
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
  const unhear = shelf.onRemoved(forget)
  signal.addEventListener('abort', () => {
    window.removeEventListener('online', now)
    unhear()
    wake()
  })
  return {
    pending,
    add: (body: string): void => {
      const message: Pending = {
        clientId: crypto.randomUUID(),
        body,
        // The order on the shelf is that of the times, so no two are equal.
        at: Math.max(deps.now(), (pending().at(-1)?.at ?? 0) + 1),
        state: 'sending',
        failure: null,
      }
      shelf.put(message)
      setPending((all) => [...all, message])
      void pump()
    },
    retry: (clientId: string): void => {
      settle(clientId, { state: 'sending', failure: null })
      void pump()
    },
    /** Sends what lay on the shelf. */
    flush: (): void => void pump(),
    drop,
  }
}
