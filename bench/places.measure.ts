/** The value below which a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const tenths = (value: number): number => Math.round(value * 10) / 10

/** Runs each once, some at a time, until all are done or the time is over; answers how long each took, in ms. */
export async function timeEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  { inFlight = 1, forMs = 30_000 }: { inFlight?: number; forMs?: number } = {},
): Promise<number[]> {
  const took: number[] = []
  const until = performance.now() + forMs
  const left = items.values()
  const run = async (): Promise<void> => {
    for (const item of left) {
      if (performance.now() > until) return
      const startedAt = performance.now()
      await work(item)
      took.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, run))
  return took
}
