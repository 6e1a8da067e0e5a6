/** How many of something are open at once, for each key. */
export interface OpenCount {
  /** Takes one of the key's places; the answer gives it back, once. Null: all are taken. */
  take(key: string): (() => void) | null
}

/** At most `max` for each key; keys without any are forgotten. */
export function makeOpenCount(max: number): OpenCount {
  const counts = new Map<string, number>()
  return {
    take: (key) => {
      const open = counts.get(key) ?? 0
      if (open >= max) return null
      counts.set(key, open + 1)
      let over = false
      return () => {
        if (over) return
        over = true
        const left = (counts.get(key) ?? 1) - 1
        if (left > 0) counts.set(key, left)
        else counts.delete(key)
      }
    },
  }
}
