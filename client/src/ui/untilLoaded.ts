import { t } from '#client/lib/i18n/i18n.ts'
import { showRefusal } from './toast.tsx'

const TRY_AGAIN_MS = 2_000
/** With a network a file that fails so often is gone, as after a new version: the page has to be opened anew. */
const TRIES_ONLINE = 3

/**
 * Code of a part that is wanted now. Without network it says so and waits for it, instead of breaking the page that is
 * already there. Throws what loading threw, when the network is there and the file isn't.
 */
export async function untilLoaded<M>(load: () => Promise<M>): Promise<M> {
  let said = false
  for (let tries = 1; ;) {
    try {
      return await load()
    } catch (error) {
      if (navigator.onLine && tries++ >= TRIES_ONLINE) throw error
      if (!said && !navigator.onLine) showRefusal(t('rooms.offline'))
      said = true
      await untilOnline()
    }
  }
}

function untilOnline(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      window.removeEventListener('online', done)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, TRY_AGAIN_MS)
    window.addEventListener('online', done)
  })
}

/** Loads code that may be wanted later; nobody waits for it, so nobody hears when it fails. */
export function loadAhead(...loads: readonly (() => Promise<unknown>)[]): void {
  for (const load of loads) load().catch(() => undefined)
}
