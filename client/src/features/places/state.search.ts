import { createSignal, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { OnlineState, PlaceHit, SearchFilters, SearchResult } from '#shared/places.ts'
import { serverNow } from '../../lib/clock.ts'
import { failureOf } from '../../lib/trpc.ts'

export interface PlaceSearch {
  text: Accessor<string>
  /** What `result` answers; differs from `text` while something is typed or on its way. */
  asked: Accessor<string>
  result: Accessor<SearchResult | null>
  /** resting: the server was asked too often, and is asked again by itself at `goesOnAt`. */
  phase: Accessor<'idle' | 'searching' | 'found' | 'failed' | 'resting'>
  /** ms, the server's clock. */
  goesOnAt: Accessor<number>
  /** `composing`: a syllable is still being put together, so it waits a little longer for the next key. */
  type(text: string, composing: boolean): void
  /** Stands in the field and is not looked for: nothing found before belongs to it. */
  hold(text: string): void
  /** Kept whatever is typed; with filters alone it finds what is near. */
  filters: Accessor<SearchFilters>
  filter(filters: SearchFilters): void
  /** What the network adds to the result; null while nothing is found. */
  online: Accessor<OnlineState | null>
  again(): void
}

export interface PlaceSearchDeps {
  search: (
    q: string,
    near: LatLng | undefined,
    signal: AbortSignal,
    filters?: SearchFilters,
  ) => Promise<SearchResult>
  /** Waits until what the network knows can be searched as well. */
  join: (q: string, near: LatLng | undefined, signal: AbortSignal) => Promise<OnlineState>
  near: () => LatLng | undefined
}

const REST_MS = 160
const COMPOSING_REST_MS = 380
const QUERY_MAX = 80

/**
 * Search while typing: asks when the fingers rest, and an older answer never replaces a newer one. What the table knows is shown at once;
 * what the network adds joins below it, so that no row moves under a finger.
 */
export function createPlaceSearch({ search, join, near }: PlaceSearchDeps): PlaceSearch {
  const [text, setText] = createSignal('')
  const [asked, setAsked] = createSignal('')
  const [filters, setFilters] = createSignal<SearchFilters>({})
  const [result, setResult] = createSignal<SearchResult | null>(null)
  const [phase, setPhase] = createSignal<ReturnType<PlaceSearch['phase']>>('idle')
  const [goesOnAt, setGoesOnAt] = createSignal(0)
  const [online, setOnline] = createSignal<OnlineState | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = new AbortController()
  const query = (): string => text().trim().slice(0, QUERY_MAX)
  const filtered = (): SearchFilters | undefined =>
    Object.values(filters()).some((value) => value !== undefined) ? filters() : undefined
  /** What the shown result answers; null: there is none. */
  let answered: string | null = null
  const question = (): string => `${query()} ${JSON.stringify(filtered())}`

  const ask = async (): Promise<void> => {
    const [q, whole] = [query(), question()]
    asking.abort()
    const mine = new AbortController()
    asking = mine
    setPhase('searching')
    try {
      const found = await search(q, near(), mine.signal, filtered())
      if (mine.signal.aborted) return
      answered = whole
      setAsked(q)
      setResult(found)
      setPhase('found')
      setOnline(found.online)
      if (found.online === 'coming') void joinOnline(q, found, mine.signal)
    } catch (error) {
      if (mine.signal.aborted) return
      const failure = failureOf(error)
      setPhase(failure.code === 'slow_down' ? 'resting' : 'failed')
      if (failure.code !== 'slow_down') return
      setGoesOnAt(failure.params.retryAt)
      askIn(0)
    }
  }
  const joinOnline = async (q: string, found: SearchResult, signal: AbortSignal): Promise<void> => {
    try {
      const state = await join(q, near(), signal)
      if (signal.aborted) return
      const fuller = state === 'joined' ? await search(q, near(), signal, filtered()) : null
      if (signal.aborted) return
      if (fuller) setResult({ ...fuller, hits: append(found.hits, fuller.hits) })
      setOnline(state)
    } catch {
      // What the table knows stands; the next search asks again.
      if (!signal.aborted) setOnline('late')
    }
  }
  /** While the server rests it is left alone, whatever is typed meanwhile. */
  const askIn = (ms: number): void => {
    const restMs = phase() === 'resting' ? goesOnAt() - serverNow() : 0
    timer = setTimeout(() => void ask(), Math.max(ms, restMs))
  }
  const type = (next: string, composing: boolean): void => {
    setText(next)
    seek(composing ? COMPOSING_REST_MS : REST_MS)
  }
  const filter = (next: SearchFilters): void => {
    setFilters(next)
    seek(0)
  }
  const seek = (restMs: number): void => {
    if (query() === '' && !filtered()) return forget()
    clearTimeout(timer)
    if (question() === answered && phase() === 'found') return
    askIn(restMs)
  }
  const forget = (): void => {
    clearTimeout(timer)
    asking.abort()
    answered = null
    setResult(null)
    setOnline(null)
    setAsked('')
    if (phase() !== 'resting') setPhase('idle')
  }
  const hold = (next: string): void => {
    setText(next)
    forget()
  }
  onCleanup(() => {
    clearTimeout(timer)
    asking.abort()
  })
  return {
    text,
    asked,
    result,
    phase,
    goesOnAt,
    type,
    hold,
    filters,
    filter,
    online,
    again: () => void ask(),
  }
}

/** The rows that are shown stay where and as they are; new ones follow. */
function append(shown: readonly PlaceHit[], all: readonly PlaceHit[]): PlaceHit[] {
  const ids = new Set(shown.map(({ id }) => id))
  return [...shown, ...all.filter(({ id }) => !ids.has(id))]
}
