import { setTimeout as sleep } from 'node:timers/promises'
import type { Bus } from '#server/platform/bus.ts'
import type { RoomCard, RoomCardsFeed } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { RoomHub } from './live.hub.ts'

/** Where a person's home lists hear that the set of their rooms changed. */
export const ownListChannel = (personId: PersonId): string => `rooms-of:${personId}`

export interface CardsAsk {
  bus: Bus
  hub: RoomHub
  personId: PersonId
  signal: AbortSignal
  recheckSession(): Promise<void>
  roomIds(): Promise<string[]>
  /** One room's card, or all. */
  cards(only?: string): Promise<RoomCard[]>
}

/** A busy vote changes its card many times a second: one reading per room in this time is enough, and well within 1 s. */
const SETTLE_MS = 150
const SUBSCRIBE_WAIT_MS = 1_000

/** First all cards, then each one whose room changed, and `gone` for rooms no longer listed. Ends by the signal or a lost session. */
export async function* followCards(ask: CardsAsk): AsyncGenerator<RoomCardsFeed> {
  const dirty = new Set<string>()
  let listChanged = false
  let wake = (): void => undefined
  const ears = new Map<string, Promise<() => void>>()
  const mark = (roomId: string): void => {
    dirty.add(roomId)
    wake()
  }
  const onAbort = (): void => wake()
  ask.signal.addEventListener('abort', onAbort)
  const unsubscribe = ask.bus.subscribe(ownListChannel(ask.personId), () => {
    listChanged = true
    wake()
  })
  // Redis may be away; rooms are polled then, and a changed list shows on the next visit.
  await Promise.race([
    unsubscribe.catch(() => undefined),
    sleep(SUBSCRIBE_WAIT_MS, undefined, { ref: false }),
  ])
  const attachNew = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      if (!ears.has(id))
        ears.set(id, ask.hub.attach(id, { wake: () => mark(id), signal: () => mark(id) }))
    }
    await Promise.all(ears.values())
  }
  const drop = (id: string): void => {
    void ears
      .get(id)
      ?.then((detach) => detach())
      .catch(() => undefined)
    ears.delete(id)
  }
  try {
    await attachNew(await ask.roomIds())
    yield { kind: 'all', cards: await ask.cards() }
    while (!ask.signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve
        if (dirty.size > 0 || listChanged || ask.signal.aborted) resolve()
      })
      if (!ask.signal.aborted) await sleep(SETTLE_MS, undefined, { ref: false })
      if (ask.signal.aborted) return
      await ask.recheckSession()
      if (listChanged) {
        listChanged = false
        dirty.clear()
        const ids = await ask.roomIds()
        for (const id of [...ears.keys()].filter((id) => !ids.includes(id))) drop(id)
        await attachNew(ids)
        yield { kind: 'all', cards: await ask.cards() }
        continue
      }
      for (const id of dirty) {
        dirty.delete(id)
        const [card] = await ask.cards(id)
        if (!card) drop(id)
        yield card ? { kind: 'card', card } : { kind: 'gone', roomId: id }
      }
    }
  } finally {
    ask.signal.removeEventListener('abort', onAbort)
    for (const id of ears.keys()) drop(id)
    void unsubscribe.then((stop) => stop()).catch(() => undefined)
  }
}
