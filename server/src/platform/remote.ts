/** What went wrong with a service that isn't ours: `busy` passes by itself, `refused` needs the operator. */
export type RemoteFault = 'busy' | 'unreachable' | 'broken' | 'refused'

/** A whole answer, or why there is none. */
export type Remote<T> =
  | { value: T }
  | {
      fault: RemoteFault
      /** For the log. */
      message: string
      /** How long the service asks to be left alone, in ms; null when it didn't say. */
      retryAfterMs: number | null
    }

export interface RemoteAsk {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** Without an answer by then it counts as busy. */
  timeoutMs: number
  maxBytes: number
  signal?: AbortSignal | undefined
}

const BUSY = new Set([408, 425, 429, 500, 502, 503, 504])
const REFUSED = new Set([401, 403])
const MESSAGE_CHARS = 200

export const failed = (
  fault: RemoteFault,
  message: string,
  retryAfterMs: number | null = null,
): Remote<never> => ({ fault, message: message.slice(0, MESSAGE_CHARS), retryAfterMs })

/** Asks for JSON, whole or not at all. Throws nothing but the signal's reason. */
export async function askJson(url: string, ask: RemoteAsk): Promise<Remote<unknown>> {
  const limit = AbortSignal.timeout(ask.timeoutMs)
  const signal = ask.signal ? AbortSignal.any([ask.signal, limit]) : limit
  try {
    const answer = await fetch(url, {
      method: ask.method ?? 'GET',
      headers: { accept: 'application/json', ...ask.headers },
      body: ask.body ?? null,
      signal,
      redirect: 'error',
    })
    const text = await readText(answer, ask.maxBytes)
    if (text === null) return failed('broken', `more than ${ask.maxBytes} bytes`)
    return answer.ok ? parse(text) : refusalOf(answer, text)
  } catch (error) {
    ask.signal?.throwIfAborted()
    if (limit.aborted) return failed('busy', `no answer in ${ask.timeoutMs} ms`)
    return failed('unreachable', `no connection: ${causeOf(error)}`)
  }
}

/** Null: longer than may be. */
async function readText(answer: Response, maxBytes: number): Promise<string | null> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parse(text: string): Remote<unknown> {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return failed('broken', `not JSON: ${text}`)
  }
}

function refusalOf({ status, headers }: Response, text: string): Remote<never> {
  const fault = BUSY.has(status) ? 'busy' : REFUSED.has(status) ? 'refused' : 'broken'
  return failed(fault, `status ${status}: ${text}`, readRetryAfter(headers.get('retry-after')))
}

/** Seconds, or a date. */
function readRetryAfter(text: string | null): number | null {
  if (text === null) return null
  const ms = /^\d+$/u.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}

/** `fetch failed` says nothing; what is under it does. */
function causeOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {}
  return cause instanceof Error ? cause.message : String(error)
}
