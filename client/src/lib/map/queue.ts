export interface Queue<T> {
  /** Lower `rank` first; again it takes the new rank. */
  add(item: T, rank: number): void
  drop(item: T): void
  clear(): void
}

/** So long one frame may work on the queue, in ms, after its first item. */
const SLICE_MS = 5

/** Does one thing after the other between frames, so that cursors keep moving while the ground is painted. */
export function makeQueue<T>(work: (item: T) => void): Queue<T> {
  const ranks = new Map<T, number>()
  let asked = 0
  const next = (): T | undefined => {
    let best: T | undefined
    let rank = Infinity
    for (const [item, its] of ranks)
      if (best === undefined || its < rank) [best, rank] = [item, its]
    return best
  }
  const run = (): void => {
    asked = 0
    const until = performance.now() + SLICE_MS
    do {
      const item = next()
      if (item === undefined) return
      ranks.delete(item)
      work(item)
    } while (performance.now() < until)
    ask()
  }
  const ask = (): void => {
    // After the frame's own work, not before it.
    asked ||= requestAnimationFrame(() => setTimeout(run))
  }
  return {
    add: (item, rank) => {
      ranks.set(item, rank)
      ask()
    },
    drop: (item) => void ranks.delete(item),
    clear: () => ranks.clear(),
  }
}
