import { batch, createSignal } from 'solid-js'
import type { Act, ActResult, MyVote } from '#shared/votes.ts'
import { ownIn, targetOf } from './state.acts.ts'
import type { Target } from './state.acts.ts'

/** What I want of one target, not yet settled by the server. */
export interface Intent {
  act: Act
  /** New for each changed intent; the same for each try of it. */
  key: string
  /** The last own number known for the target when it was kept for later; absent: of now. */
  lastOwn?: number
  /** It was sent, and nothing was heard: it may have happened. */
  sent: boolean
}

export interface QueueDeps {
  roundId: string
  send(input: { roundId: string; key: string; act: Act; lastOwn?: number }): Promise<ActResult>
  /** True: try again later; false: refused for good. */
  isPassing(error: unknown): boolean
  mine(): MyVote
  settled(result: ActResult): void
  refused(act: Act, error: unknown): void
  newKey(): string
  readKept(): Intent[]
  keep(intents: readonly Intent[]): void
}

export interface ActQueue {
  /** Intents in the order in which they take effect. Reactive. */
  intents(): readonly Intent[]
  /** Waits for the network. Reactive. */
  isKept(target: Target): boolean
  want(act: Act): void
  /** The network may be back: what was kept is sent. */
  flush(): void
  end(): void
}

const TRY_AGAIN_MS = 2_000

/**
 * Sends my acts in the order in which I meant them, one at a time, so that "choose" and "anything is fine" can't overtake
 * each other. While one waits, a newer intent on the same target replaces it, unless it may already have happened: then it
 * is asked about first, by its own key, and the newer one follows with the number that it got.
 */
export function makeActQueue(deps: QueueDeps): ActQueue {
  const [intents, setIntents] = createSignal<readonly Intent[]>(deps.readKept())
  let busy = false
  let ended = false
  let timer: number | undefined

  const change = (next: readonly Intent[]): void => {
    setIntents(next)
    deps.keep(next)
  }
  const settle = (done: Intent, apply: () => void): void =>
    batch(() => {
      // First what the server said, then without the intent: in between nothing flickers back.
      apply()
      change(intents().filter((intent) => intent !== done))
    })
  const keepForLater = (failed: Intent): void => {
    const later = (intent: Intent): Intent => ({
      ...intent,
      lastOwn: intent.lastOwn ?? ownIn(deps.mine(), targetOf(intent.act)),
    })
    change(
      intents().map((intent) =>
        intent === failed ? { ...later(intent), sent: true } : later(intent),
      ),
    )
    timer ??= window.setTimeout(() => {
      timer = undefined
      flush()
    }, TRY_AGAIN_MS)
  }
  /** The server's number for a target also counts for what was meant after it. */
  const renumber = (target: Target, own: number): void =>
    change(
      intents().map((intent) =>
        intent.lastOwn !== undefined && targetOf(intent.act) === target
          ? { ...intent, lastOwn: Math.max(own, intent.lastOwn) }
          : intent,
      ),
    )
  const sendFirst = async (): Promise<void> => {
    const first = intents()[0]
    if (!first || ended) return
    try {
      const result = await deps.send({
        roundId: deps.roundId,
        key: first.key,
        act: first.act,
        ...(first.lastOwn === undefined ? {} : { lastOwn: first.lastOwn }),
      })
      if (ended) return
      settle(first, () => deps.settled(result))
      renumber(targetOf(first.act), result.own)
    } catch (error) {
      if (ended) return
      if (deps.isPassing(error)) return keepForLater(first)
      settle(first, () => deps.refused(first.act, error))
    }
    await sendFirst()
  }
  const flush = (): void => {
    if (busy || ended) return
    busy = true
    window.clearTimeout(timer)
    timer = undefined
    void sendFirst().finally(() => {
      busy = false
    })
  }
  const want = (act: Act): void => {
    const target = targetOf(act)
    const kept = intents().some((intent) => intent.lastOwn !== undefined)
    const intent: Intent = {
      act,
      key: deps.newKey(),
      sent: false,
      ...(kept ? { lastOwn: ownIn(deps.mine(), target) } : {}),
    }
    // The first one may be on its way right now.
    const replaced = (other: Intent, index: number): boolean =>
      targetOf(other.act) === target && !other.sent && !(busy && index === 0)
    change([...intents().filter((other, index) => !replaced(other, index)), intent])
    if (!kept) flush()
    else if (timer === undefined) flush()
  }
  if (intents().length > 0) flush()
  return {
    intents,
    isKept: (target) =>
      intents().some((intent) => intent.lastOwn !== undefined && targetOf(intent.act) === target),
    want,
    flush,
    end: () => {
      ended = true
      window.clearTimeout(timer)
    },
  }
}
