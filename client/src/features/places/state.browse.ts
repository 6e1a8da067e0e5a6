import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Bounds } from '#shared/geo.ts'
import { holds } from '#shared/geo.measure.ts'
import { openState } from '#shared/places.hours.ts'
import { CHEAP_MOST } from '#shared/places.ts'
import type { Category, InView, Place, PlacesOnMap } from '#shared/places.ts'
import { clusterItems, countIn, itemsOf } from './state.browse.items.ts'
import type { BrowseItem } from './state.browse.items.ts'

export interface BrowseView {
  /** What is asked for: reaches beyond what is seen, so that a little panning asks nothing. */
  around: Bounds
  /** What is seen between the chrome. */
  free: Bounds
  /** Whole. */
  zoom: number
}

export interface BrowseFilters {
  category: Category | null
  /** What is known to be closed is left out; what has no known hours stays, as in the search. */
  openNow: boolean
  cheap: boolean
}

export interface Browse {
  /** On the map now; the old ones until new ones are here. */
  items: Accessor<readonly BrowseItem[]>
  /** Of what is seen: for the list, evenly spread where they are too many. */
  listed: Accessor<readonly Place[]>
  total: Accessor<number>
  /** More match than were asked for. */
  more: Accessor<boolean>
  phase: Accessor<'waiting' | 'shown' | 'failed'>
  /** The last question found nobody: what is shown is of before. It is asked again by itself. */
  stale: Accessor<boolean>
  filters: Accessor<BrowseFilters>
  setFilters(filters: BrowseFilters): void
  look(view: BrowseView): void
  /** Forgets what was read, since something was added or taken away. */
  again(): void
}

export interface BrowseDeps {
  onMap(bounds: Bounds, zoom: number, signal: AbortSignal): Promise<PlacesOnMap>
  inView(bounds: Bounds, limit: number, signal: AbortSignal): Promise<InView>
  ofKind(
    bounds: Bounds,
    categories: readonly Category[],
    limit: number,
    signal: AbortSignal,
  ): Promise<InView>
  now(): number
  /** IANA zone of what is seen. */
  zone(): string
}

const LISTED_MAX = 60
const FILTERED_MAX = 2_000
/** Answers kept: the way back, and back again. */
const KEPT_VIEWS = 40
const REST_MS = 120
/** What is on its way to the server is looked for so often, with as long in between. */
const COMING_LOOKS = 5
const COMING_REST_MS = 4_000
/** So long after a question that failed it is asked again. */
const FAILED_REST_MS = 5_000

interface Answer {
  /** From the server's clusters. */
  items: readonly BrowseItem[] | null
  /** To be clustered here. */
  places: readonly Place[] | null
  more: boolean
  /** More of it is on its way to the server. */
  coming: boolean
}

const isFiltered = ({ category, openNow, cheap }: BrowseFilters): boolean =>
  category !== null || openNow || cheap

/** Reads what a map shows as it moves. An older answer never replaces a newer one. Must be created under an owner. */
export function createBrowse(deps: BrowseDeps): Browse {
  const [view, setView] = createSignal<BrowseView>()
  const [filters, setFilters] = createSignal<BrowseFilters>({
    category: null,
    openNow: false,
    cheap: false,
  })
  const [answer, setAnswer] = createSignal<Answer & { zoom: number; around: Bounds }>()
  const [spread, setSpread] = createSignal<readonly Place[]>([])
  const [phase, setPhase] = createSignal<ReturnType<Browse['phase']>>('waiting')
  const [stale, setStale] = createSignal(false)
  const kept = new Map<string, Answer>()
  let asking = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const keyOf = ({ around, zoom }: BrowseView, { category }: BrowseFilters): string =>
    [
      isFiltered(filters()),
      category,
      zoom,
      around.south,
      around.west,
      around.north,
      around.east,
    ].join()
  const read = async (wanted: BrowseView, chosen: BrowseFilters): Promise<Answer> => {
    const { signal } = asking
    if (!isFiltered(chosen)) {
      const found = await deps.onMap(wanted.around, wanted.zoom, signal)
      return { items: itemsOf(found), places: null, more: false, coming: found.coming }
    }
    const kinds = chosen.category === null ? [] : [chosen.category]
    const found = await deps.ofKind(wanted.around, kinds, FILTERED_MAX, signal)
    return { items: null, places: found.places, more: found.more, coming: found.coming }
  }
  const remember = (key: string, one: Answer): void => {
    kept.delete(key)
    if (!one.coming) kept.set(key, one)
    for (const old of [...kept.keys()].slice(0, -KEPT_VIEWS)) kept.delete(old)
  }
  const ask = async (
    wanted: BrowseView,
    chosen: BrowseFilters,
    looks = COMING_LOOKS,
  ): Promise<void> => {
    asking.abort()
    const mine = (asking = new AbortController())
    const key = keyOf(wanted, chosen)
    try {
      const found = kept.get(key) ?? (await read(wanted, chosen))
      if (mine.signal.aborted) return
      remember(key, found)
      setAnswer({ ...found, zoom: wanted.zoom, around: wanted.around })
      setPhase('shown')
      setStale(false)
      if (found.coming && looks > 0)
        timer = setTimeout(() => void ask(wanted, chosen, looks - 1), COMING_REST_MS)
      const crowded = found.items?.some(({ kind }) => kind === 'cluster') ?? false
      if (!crowded) return void setSpread([])
      const few = await deps.inView(wanted.free, LISTED_MAX, mine.signal)
      if (!mine.signal.aborted) setSpread(few.places)
    } catch {
      if (mine.signal.aborted) return
      // What was shown stays.
      setPhase((was) => (was === 'shown' ? was : 'failed'))
      setStale(true)
      timer = setTimeout(() => void ask(wanted, chosen), FAILED_REST_MS)
    }
  }
  createEffect(
    on([view, filters], ([wanted, chosen]) => {
      clearTimeout(timer)
      if (wanted) timer = setTimeout(() => void ask(wanted, chosen), REST_MS)
    }),
  )
  onCleanup(() => {
    clearTimeout(timer)
    asking.abort()
  })
  const minute = createMemo(() => Math.floor(deps.now() / 60_000) * 60_000)
  const passes = (place: Place): boolean => {
    const { openNow, cheap } = filters()
    if (cheap && (place.price === null || place.price > CHEAP_MOST)) return false
    if (!openNow) return true
    const state = openState(place.hours, minute(), deps.zone())
    return state?.state !== 'closed'
  }
  const passing = createMemo(() => answer()?.places?.filter(passes) ?? null)
  const items = createMemo((): readonly BrowseItem[] => {
    const known = answer()
    const points = passing()
    if (known && points) return clusterItems(points, known.around, known.zoom)
    return known?.items ?? []
  })
  const listed = createMemo((before: readonly Place[] = []) => {
    const free = view()?.free
    const points = passing()
    const all =
      points ??
      (spread().length > 0
        ? spread()
        : items().flatMap((item) =>
            item.kind === 'place' ? [item.place] : item.kind === 'spot' ? item.places : [],
          ))
    return free
      ? keepSame(
          before,
          all.filter((place) => holds(free, place)),
        )
      : []
  })
  return {
    items,
    listed,
    total: createMemo(() => {
      const free = view()?.free
      return free ? countIn(items(), free) : 0
    }),
    more: () => answer()?.more ?? false,
    phase,
    stale,
    filters,
    setFilters: (next) => void setFilters(next),
    look: (next) => void setView(next),
    again: () => {
      kept.clear()
      clearTimeout(timer)
      const wanted = view()
      if (wanted) void ask(wanted, filters())
    },
  }
}

/** What is as it was stays the very same: a row under a finger or a pointer is not made anew by an answer that says nothing new. */
function keepSame(before: readonly Place[], now: readonly Place[]): Place[] {
  const known = new Map(before.map((place) => [place.id, place]))
  return now.map((place) => {
    const old = known.get(place.id)
    return old && JSON.stringify(old) === JSON.stringify(place) ? old : place
  })
}
