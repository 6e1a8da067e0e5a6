import { QueryClient } from '@tanstack/solid-query'
import { isPassing } from './trpc.ts'

/** One cache per tab. Refusals are final; what nobody answered is tried again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 3 && isPassing(error),
    },
  },
})

interface Asked<Input, Output> {
  query(input: Input, options: { signal: AbortSignal }): Promise<Output>
}

/**
 * Options of a query over the plain tRPC client, typed end to end: `createQuery(() => queryOptions(['places.search'],
 * trpc.places.search, input))`. The input is part of the key; leaving the page aborts the call.
 */
export function queryOptions<Input, Output>(key: readonly string[], procedure: Asked<Input, Output>, input: Input) {
  return {
    queryKey: [...key, input] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Output> => procedure.query(input, { signal }),
  }
}
