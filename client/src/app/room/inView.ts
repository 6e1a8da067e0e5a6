import { createEffect, createMemo, on, untrack } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { Candidate, Seat } from '#shared/rooms.ts'
import type { RoundView } from '#shared/votes.ts'
import type { Camera } from '../../features/rooms/index.ts'

/** The room's map, as far as it is kept on its dishes. */
export interface KeptMap {
  layer: { camera: Pick<Camera, 'isKept' | 'isMoving'> }
  fitAll(): void
  canShowAll(): boolean
  sees(at: LatLng): boolean
  show(at: LatLng): void
}
export interface InViewDeps {
  map: Accessor<KeptMap | undefined>
  standing: Accessor<readonly Pick<Candidate, 'number' | 'lat' | 'lng' | 'proposerSeat'>[]>
  /** The round that takes choices now. */
  open: Accessor<Pick<RoundView, 'id' | 'kind'> | null>
  mySeat(): Seat
  /** 0: nobody. */
  following: Accessor<Seat>
  /** Reactive: what chrome covers of the map. */
  padding(): unknown
  /** It changes by an act, such as opening the chat; not by a sheet under the finger. */
  isSteady(): boolean
}

/** A sheet measures what it holds, and is then as high as it stays. */
const SHEET_RISES_MS = 1_000

/**
 * Keeps the dishes in view as long as nobody chose another one: at first, when a place comes that isn't seen, at a round's
 * start. Who moved the map or follows somebody is left alone, and has arrows at the edge; so is everybody by a place so far away that
 * all dishes would shrink to numbers. Must be created under an owner.
 */
export function createInView({ map, standing, open, ...deps }: InViewDeps): void {
  const numbers = createMemo(() => standing().map(({ number }) => number))
  const isFree = (shown: KeptMap): boolean =>
    deps.following() === 0 && shown.layer.camera.isKept() && shown.canShowAll()
  const bring = (shown: KeptMap, before: readonly number[]): void => {
    // On its way the map is elsewhere in a moment.
    const unseen = standing().filter(
      (at) => !before.includes(at.number) && (shown.layer.camera.isMoving() || !shown.sees(at)),
    )
    if (unseen.length > 0 && isFree(shown)) return shown.fitAll()
    const mine = unseen.find(({ proposerSeat }) => proposerSeat === deps.mySeat())
    if (mine && deps.following() === 0) shown.show(mine)
  }
  createEffect(
    on([map, numbers], ([shown, now], before) => {
      if (!shown) return
      if (before?.[0]) bring(shown, before[1])
      else if (now.length > 0) shown.fitAll()
    }),
  )
  createEffect(
    on(
      deps.padding,
      () => {
        const shown = map()
        if (!shown || !deps.isSteady() || !isFree(shown)) return
        if (standing().some((at) => !shown.sees(at))) shown.fitAll()
      },
      { defer: true },
    ),
  )
  const opened = (kind: RoundView['kind']) =>
    createMemo(() => (open()?.kind === kind ? (open()?.id ?? null) : null))
  createEffect(
    on(opened('first'), (id) => {
      const shown = map()
      if (id !== null && shown && isFree(shown)) shown.fitAll()
    }),
  )
  // A run-off is about the tied alone: the map shows them, unless it follows somebody; again while the sheet rises for its plates.
  createEffect(
    on(opened('runoff'), (id) => {
      if (id === null || deps.following() !== 0) return
      const endsAt = performance.now() + SHEET_RISES_MS
      createEffect(
        on(deps.padding, () => {
          if (performance.now() < endsAt) untrack(map)?.fitAll()
        }),
      )
    }),
  )
}
