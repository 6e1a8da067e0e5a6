import { keep, keptKeys, readKept } from '../../lib/storage.ts'
import type { OutboxShelf, Pending } from './state.outbox.ts'

/** By then nobody waits for it any more, and most rooms are gone. */
const KEPT_MS = 7 * 86_400_000

function isPending(value: unknown): value is Pending {
  return (
    typeof value === 'object' &&
    value !== null &&
    'clientId' in value &&
    typeof value.clientId === 'string' &&
    'body' in value &&
    typeof value.body === 'string' &&
    'at' in value &&
    typeof value.at === 'number' &&
    'state' in value &&
    'failure' in value
  )
}

/** Messages on this device under keys that begin with `prefix`, one a key. What is older than a week is swept at once. */
export function makeShelf(prefix: string, now: number): OutboxShelf {
  return {
    read: () => {
      const kept = keptKeys(prefix).flatMap((key) => readKept(key, isPending) ?? [])
      for (const { clientId, at } of kept) if (now - at > KEPT_MS) keep(prefix + clientId, null)
      return kept.filter(({ at }) => now - at <= KEPT_MS).sort((a, b) => a.at - b.at)
    },
    put: (pending) => keep(prefix + pending.clientId, pending),
    remove: (clientId) => keep(prefix + clientId, null),
    onRemoved: (hear) => {
      const listen = ({ key, newValue }: StorageEvent): void => {
        if (key?.startsWith(prefix) && newValue === null) hear(key.slice(prefix.length))
      }
      window.addEventListener('storage', listen)
      return () => window.removeEventListener('storage', listen)
    },
  }
}
