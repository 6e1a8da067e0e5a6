import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#server/platform/log.ts'
import type { Friend } from './service.cast.ts'
import { endOf, listen } from './service.listen.ts'
import type { Heard } from './service.listen.ts'
import type { DemoDeps } from './service.ts'

export interface HearingDeps extends Heard {
  services: Pick<DemoDeps, 'rooms' | 'votes' | 'chat'> & { log: Log }
  roomId: string
  inside(): readonly Friend[]
  /** Nobody lets this one in any more. */
  lost(friend: Friend): void
  /** The room is gone. */
  over(): void
  signal: AbortSignal
}

export interface Hearing {
  /** Listens with the first friend who is inside, if nobody does. */
  start(): void
  /** Who listens at present. */
  listener(): Friend | null
}

const RETRY_MS = 5_000

/** The room is heard with one friend's ears; when that one is removed, with another's. */
export function makeHearing(deps: HearingDeps): Hearing {
  const { services, roomId, signal } = deps
  let listener: Friend | null = null
  const hear = async (ear: Friend): Promise<void> => {
    try {
      while (!signal.aborted) await listen(services, roomId, ear.personId, deps, signal)
    } catch (error) {
      if (signal.aborted) return
      const end = endOf(error)
      if (end === 'room') return deps.over()
      if (end === 'friend') return deps.lost(ear)
      services.log.warn({ err: error, roomId }, 'a demo could not be heard; it is tried again')
      await sleep(RETRY_MS, undefined, { ref: false })
    }
  }
  const start = (): void => {
    const [ear] = deps.inside()
    if (listener || !ear || signal.aborted) return
    listener = ear
    hear(ear)
      .finally(() => {
        listener = null
        start()
      })
      .catch((error: unknown) =>
        services.log.error({ err: error, roomId }, 'a demo stopped listening'),
      )
  }
  return { start, listener: () => listener }
}
