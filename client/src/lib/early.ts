/**
 * What a page will certainly read comes with the page itself (server: pages.early.ts), or is asked while its code is still on the way:
 * round trips side by side instead of in a row.
 */

/** Older answers are not believed: the page asks anew. */
const FRESH_MS = 15_000

interface Asked {
  answer: Promise<unknown>
  sentAt: number
  /** ms of this device, once it is here. */
  receivedAt: number
}
/** An answer with the moments of asking and hearing, ms of this device. */
export interface Heard<T> {
  data: T
  sentAt: number
  receivedAt: number
}

const asked = new Map<string, Asked>()
const keyOf = (path: string, input: unknown): string => `${path} ${JSON.stringify(input)}`

const ANSWERS_ID = 'early'
type PageAnswer = { path: string; input?: unknown; data: unknown }

/** Takes in the answers that came with the page; before anything is asked. A page without any is as good, later. */
export function readPageAnswers(page: Document = document): void {
  const text = page.getElementById(ANSWERS_ID)?.textContent
  if (!text) return
  const [sentAt, receivedAt] = momentsOfPage()
  // Written by our own server, in the release that this code came with.
  for (const { path, input, data } of JSON.parse(text) as PageAnswer[])
    asked.set(keyOf(path, input), { answer: Promise.resolve(data), sentAt, receivedAt })
}

/** When the page was asked for and when its first byte was here, ms of this device. */
function momentsOfPage(): [sentAt: number, receivedAt: number] {
  const [way] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  // A clock that was set since would lie by as much: the time that passed is right in any case.
  const opened = Date.now() - performance.now()
  return way ? [opened + way.requestStart, opened + way.responseStart] : [opened, Date.now()]
}

/** Asks one query now, without the API client; who needs it finds the answer by `takeEarly`. Rejects like fetch, or when refused. */
export function askEarly(path: string, input?: unknown): Promise<unknown> {
  const known = asked.get(keyOf(path, input))
  if (known) return known.answer
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const one: Asked = { answer: Promise.resolve(), sentAt: Date.now(), receivedAt: 0 }
  one.answer = fetch(`/trpc/${path}${query}`).then(async (answer) => {
    const said: unknown = await answer.json()
    one.receivedAt = Date.now()
    const result = said && typeof said === 'object' && 'result' in said ? said.result : null
    if (!answer.ok || !result || typeof result !== 'object' || !('data' in result))
      throw new Error(`refused: ${path}`)
    return result.data
  })
  // Whoever takes it asks again, and then hears why.
  one.answer.catch(() => undefined)
  asked.set(keyOf(path, input), one)
  return one.answer
}

/** The early answer, once; else what `ask` answers. */
export async function takeEarly<T>(
  path: string,
  input: unknown,
  ask: () => Promise<T>,
): Promise<Heard<T>> {
  const key = keyOf(path, input)
  const one = asked.get(key)
  asked.delete(key)
  if (one && Date.now() - one.sentAt < FRESH_MS) {
    try {
      // The same procedure and input as `ask`: the server's types hold for both.
      return { data: (await one.answer) as T, sentAt: one.sentAt, receivedAt: one.receivedAt }
    } catch {
      // Fall through: the client asks in its own way and knows refusals from lost networks.
    }
  }
  const sentAt = Date.now()
  return { data: await ask(), sentAt, receivedAt: Date.now() }
}
