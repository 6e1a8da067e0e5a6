/*
 * This device's own memory. Storage may be blocked or full: reading then answers null and writing is silently lost,
 * because nothing kept here is needed for correctness.
 */

/** Reads a value kept under `key`; null when there is none, it can't be read, or `accept` refuses its shape. */
export function readKept<T>(key: string, accept: (value: unknown) => value is T): T | null {
  try {
    const text = localStorage.getItem(key)
    if (text === null) return null
    const value: unknown = JSON.parse(text)
    return accept(value) ? value : null
  } catch {
    return null
  }
}

/** Keeps a value under `key`; null removes it. */
export function keep(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // blocked or full: the value lasts for this page only
  }
}

/** Keys of what is kept on this device that begin so. */
export function keptKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  } catch {
    return []
  }
}

/** Removes everything whose key begins so. */
export function forgetKept(prefix: string): void {
  for (const key of keptKeys(prefix)) keep(key, null)
}

/** What is kept for one room, and goes when its person leaves it. */
export const roomKeys = (roomId: string): string => `bapmap.room.${roomId}.`

/** What belongs to the person rather than to the device: rooms' things, votes on their way, what was read, where they looked, what they learned. */
const PERSONAL = [
  'bapmap.room.',
  'bapmap.kept.',
  'bapmap.chat.read.',
  'bapmap.areas',
  'bapmap.lesson',
]

/** The person signs out: what was theirs goes, the device's own settings stay. */
export function forgetPerson(): void {
  for (const prefix of PERSONAL) forgetKept(prefix)
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
