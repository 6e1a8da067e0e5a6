/*
 * Unexpected errors of the browser: shown as an id, sent under that id. What people typed, where they are and who they
 * are is not in it: addresses lose their codes, and only our own error's text and stack travel.
 */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const ID_CHARS = 10
/** A broken page may throw in a loop: a few reports tell as much as thousands. */
const REPORTS_MAX = 10
const STACK_CHARS = 4_000

let sent = 0
const known = new WeakMap<object, string>()
const listeners = new Set<(id: string) => void>()

function newId(): string {
  return Array.from(
    crypto.getRandomValues(new Uint8Array(ID_CHARS)),
    (byte) => LETTERS[byte & 31],
  ).join('')
}

/** Takes codes, ids and tokens out of addresses within a text. */
function withoutSecrets(text: string): string {
  return text.replace(/(\/(?:r|d|h)\/)[^\s:)?#]+/g, '$1…').replace(/([?&#][\w-]+=)[^\s&)]+/g, '$1…')
}

/** Reports an unexpected error and answers the id under which the log has it. The same error is reported once. */
export function reportError(error: unknown): string {
  const key = typeof error === 'object' && error !== null ? error : undefined
  const before = key && known.get(key)
  if (before) return before
  const id = newId()
  if (key) known.set(key, id)
  if (sent++ < REPORTS_MAX) void send(id, error)
  return id
}

async function send(id: string, error: unknown): Promise<void> {
  const { name, message, stack } =
    error instanceof Error ? error : { name: 'unknown', message: typeof error, stack: '' }
  const body = JSON.stringify({
    id,
    name: name.slice(0, 100),
    message: withoutSecrets(message).slice(0, 500),
    stack: withoutSecrets(stack ?? '').slice(0, STACK_CHARS),
    path: withoutSecrets(location.pathname),
  })
  try {
    await fetch('/errors', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: true,
    })
  } catch {
    // offline: the id is still shown, and nothing of the person's is lost
  }
}

/** Hears of every unexpected error that nobody caught. */
export function onUncaught(listener: (id: string) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Watches the page for uncaught errors. Called once at the start. */
export function watchErrors(): void {
  const tell = (error: unknown): void => {
    if (error instanceof DOMException && error.name === 'AbortError') return
    const id = reportError(error)
    for (const listener of listeners) listener(id)
  }
  window.addEventListener('error', (event) => {
    // ResizeObserver's notice and foreign scripts carry no error: nothing to log
    if (event.error) tell(event.error)
  })
  window.addEventListener('unhandledrejection', (event) => tell(event.reason))
}
