import { createSignal, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { SearchResult } from '#shared/places.ts'

export interface PlaceSearch {
  text: Accessor<string>
  /** What `result` answers; differs from `text` while something is typed or on its way. */
  asked: Accessor<string>
  result: Accessor<SearchResult | null>
  phase: Accessor<'idle' | 'searching' | 'found' | 'failed'>
  /** `composing`: a syllable is still being put together, so it waits a little longer for the next key. */
  type(text: string, composing: boolean): void
  again(): void
}

export interface PlaceSearchDeps {
  search: (q: string, near: LatLng | undefined, signal: AbortSignal) => Promise<SearchResult>
  near: () => LatLng | undefined
}

const REST_MS = 160
const COMPOSING_REST_MS = 380
const QUERY_MAX = 80

/** Search while typing: asks when the fingers rest, and an older answer never replaces a newer one. */
export function createPlaceSearch({ search, near }: PlaceSearchDeps): PlaceSearch {
  const [text, setText] = createSignal('')
  const [asked, setAsked] = createSignal('')
  const [result, setResult] = createSignal<SearchResult | null>(null)
  const [phase, setPhase] = createSignal<'idle' | 'searching' | 'found' | 'failed'>('idle')
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = new AbortController()

  const ask = async (q: string): Promise<void> => {
    asking.abort()
    const mine = new AbortController()
    asking = mine
    setPhase('searching')
    try {
      const found = await search(q, near(), mine.signal)
      if (mine.signal.aborted) return
      setAsked(q)
      setResult(found)
      setPhase('found')
    } catch {
      if (!mine.signal.aborted) setPhase('failed')
    }
  }
  const type = (next: string, composing: boolean): void => {
    setText(next)
    clearTimeout(timer)
    const q = next.trim().slice(0, QUERY_MAX)
    if (q === '') {
      asking.abort()
      setResult(null)
      setAsked('')
      setPhase('idle')
      return
    }
    if (q === asked() && phase() === 'found') return
    timer = setTimeout(() => void ask(q), composing ? COMPOSING_REST_MS : REST_MS)
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
    type,
    again: () => void ask(text().trim().slice(0, QUERY_MAX)),
  }
}
