import { createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Proposition } from './api.ts'

/** A place that was put forward while nothing answered. */
export interface WaitingPut {
  /** The same for each try: a lost answer adds nothing twice. */
  key: string
  what: Proposition
  name: string
  link?: string
}

export interface PutsDeps {
  propose(put: WaitingPut): Promise<{ number: number }>
  /** True: try again later; false: refused for good. */
  isPassing(error: unknown): boolean
  placed(put: WaitingPut, number: number): void
  refused(put: WaitingPut, error: unknown): void
  newKey(): string
  readKept(): WaitingPut[]
  keep(waiting: readonly WaitingPut[]): void
}

export interface Puts {
  /** What goes out once the network is back, in that order. */
  waiting: Accessor<readonly WaitingPut[]>
  /** Its number; 'waiting': it goes out later; null: refused, and said so. */
  put(what: Proposition, name: string, link?: string): Promise<number | 'waiting' | null>
  /** It shall not go out after all. */
  drop(key: string): void
  /** The network may be back. */
  flush(): void
  end(): void
}

const TRY_AGAIN_MS = 2_000

/** Puts places forward; what nobody answers is kept and sent again under the same key, one after another. */
export function makePuts(deps: PutsDeps): Puts {
  const [waiting, setWaiting] = createSignal<readonly WaitingPut[]>(deps.readKept())
  let busy = false
  let ended = false
  let timer: number | undefined

  const change = (next: readonly WaitingPut[]): void => {
    setWaiting(next)
    deps.keep(next)
  }
  const without = (key: string): WaitingPut[] => waiting().filter((put) => put.key !== key)
  const trySoon = (): void => {
    window.clearTimeout(timer)
    timer = window.setTimeout(flush, TRY_AGAIN_MS)
  }
  const sendAll = async (): Promise<void> => {
    for (let next = waiting()[0]; next && !ended; next = waiting()[0]) {
      const sent = next
      try {
        const { number } = await deps.propose(sent)
        change(without(sent.key))
        deps.placed(sent, number)
      } catch (error) {
        if (deps.isPassing(error)) return trySoon()
        change(without(sent.key))
        deps.refused(sent, error)
      }
    }
  }
  const flush = (): void => {
    if (busy || ended || waiting().length === 0) return
    busy = true
    window.clearTimeout(timer)
    void sendAll().finally(() => {
      busy = false
    })
  }
  const put: Puts['put'] = async (what, name, link) => {
    const made: WaitingPut = { key: deps.newKey(), what, name, ...(link && { link }) }
    try {
      const { number } = await deps.propose(made)
      deps.placed(made, number)
      return number
    } catch (error) {
      if (!deps.isPassing(error)) {
        deps.refused(made, error)
        return null
      }
      change([...waiting(), made])
      trySoon()
      return 'waiting'
    }
  }
  flush()
  return {
    waiting,
    put,
    drop: (key) => change(without(key)),
    flush,
    end: () => {
      ended = true
      window.clearTimeout(timer)
    },
  }
}

/** True for what `keep` was given. */
export function areWaitingPuts(value: unknown): value is WaitingPut[] {
  return (
    Array.isArray(value) &&
    value.every(
      (put: unknown) =>
        typeof put === 'object' && put !== null && 'key' in put && 'what' in put && 'name' in put,
    )
  )
}
