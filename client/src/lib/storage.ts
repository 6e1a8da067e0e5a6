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

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
