/**
 * Calls `over` once when the items have ended, however that comes: all read, failed, or let go before the first was asked for
 * (where a generator's own `finally` would not run).
 */
export function counted<T>(items: T, over: () => void): T {
  if (!isAsyncIterable(items)) {
    over()
    return items
  }
  const from = items[Symbol.asyncIterator]()
  const settle = async (
    step: Promise<IteratorResult<unknown>>,
  ): Promise<IteratorResult<unknown>> => {
    try {
      const result = await step
      if (result.done) over()
      return result
    } catch (error) {
      over()
      throw error
    }
  }
  const counting: AsyncIterableIterator<unknown> = {
    next: () => settle(from.next()),
    return: (value: unknown) => {
      over()
      return from.return?.(value) ?? Promise.resolve({ done: true, value })
    },
    [Symbol.asyncIterator]: () => counting,
  }
  return counting as T
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown, unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
