import {
  createTRPCClient,
  createWSClient,
  httpBatchStreamLink,
  splitLink,
  TRPCClientError,
  wsLink,
} from '@trpc/client'
import { createSignal } from 'solid-js'
import type { AppRouter } from '#server/app.ts'
import type { WireError } from '#shared/errors.ts'

/** The server refuses larger batches. */
const BATCH_MAX = 20
/** A silent socket is found dead within 12 s (rules.md, "Present"). */
const PING_EVERY_MS = 6_000
const PONG_WAIT_MS = 4_000
const RETRY_MAX_MS = 5_000

/** How the one socket of this tab is doing; 'idle' before the first subscription. */
export type LinkState = 'idle' | 'connecting' | 'open'
const [linkState, setLinkState] = createSignal<LinkState>('idle')
export { linkState }

function socketUrl(): string {
  return `${location.origin.replace(/^http/, 'ws')}/trpc`
}

// Lazy: opened by the first subscription, so that it carries the session that the first act made.
const socket = createWSClient({
  url: socketUrl,
  lazy: { enabled: true, closeMs: 0 },
  keepAlive: { enabled: true, intervalMs: PING_EVERY_MS, pongTimeoutMs: PONG_WAIT_MS },
  retryDelayMs: (attempt) =>
    attempt === 0 ? 0 : Math.min(RETRY_MAX_MS, 250 * 2 ** attempt) * (0.75 + Math.random() / 2),
})
socket.connectionState.subscribe({
  next: ({ state }) => setLinkState(state === 'pending' ? 'open' : state),
})

/** The whole API, typed by the server. Calls go over HTTP, subscriptions over one WebSocket per tab. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: wsLink({ client: socket }),
      false: httpBatchStreamLink({ url: '/trpc', maxItems: BATCH_MAX }),
    }),
  ],
})

/** Nothing answered: the network is gone, or the server is. What was asked may or may not have happened. */
export interface Unreachable {
  code: 'unreachable'
}
export type CallFailure = WireError | Unreachable

/** What a failed call means: the server's own refusal, or that nothing answered. Never matches on message text. */
export function failureOf(error: unknown): CallFailure {
  const data: unknown = error instanceof TRPCClientError ? error.data : undefined
  if (isWireError(data)) return data
  return { code: 'unreachable' }
}

/** The refusal's code alone. */
export function codeOf(error: unknown): CallFailure['code'] {
  return failureOf(error).code
}

/** True when trying the same again later may succeed: nothing answered, or a server that is starting or ending. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'unreachable' || code === 'not_ready'
}

export function isWireError(data: unknown): data is WireError {
  return (
    typeof data === 'object' &&
    data !== null &&
    'code' in data &&
    typeof data.code === 'string' &&
    'params' in data
  )
}
