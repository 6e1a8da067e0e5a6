import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import { failureOf } from '../lib/trpc.ts'
import type { CallFailure } from '../lib/trpc.ts'

/** What a page shows, by the id in its address. What nobody answered is asked for again once the device is back on the network. */
export function createById<T extends { id: string }>(
  id: Accessor<string>,
  read: (id: string, signal: AbortSignal) => Promise<T>,
) {
  const [found, setFound] = createSignal<T>()
  const [failure, setFailure] = createSignal<CallFailure>()
  let asked = new AbortController()
  const look = async (): Promise<void> => {
    asked.abort()
    const mine = (asked = new AbortController())
    try {
      const seen = await read(id(), mine.signal)
      if (mine.signal.aborted) return
      setFailure(undefined)
      setFound(() => seen)
    } catch (error) {
      if (!mine.signal.aborted) setFailure(failureOf(error))
    }
  }
  createEffect(
    on(id, (wanted) => {
      if (found()?.id === wanted) return
      setFound(undefined)
      setFailure(undefined)
      void look()
    }),
  )
  const back = (): void => {
    if (failure()?.code === 'unreachable') void look()
  }
  window.addEventListener('online', back)
  onCleanup(() => {
    window.removeEventListener('online', back)
    asked.abort()
  })
  return {
    found,
    change: (edit: (known: T) => T): void => void setFound((known) => known && edit(known)),
    failure,
    look: () => void look(),
  }
}
