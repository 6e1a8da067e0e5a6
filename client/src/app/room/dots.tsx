import type * as L from 'leaflet'
import { createEffect, createSignal, on, onCleanup, Show, untrack } from 'solid-js'
import type { JSX } from 'solid-js'
import { boundsCentre } from '#shared/geo.measure.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Place } from '#shared/places.ts'
import {
  createPlaceDots,
  markSpot,
  PlaceCard,
  signOf,
  SpotCard,
} from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { dishBoxes } from './boxes.ts'
import { BESIDE_ZOOM_PX } from './layout.ts'
import type { Layout } from './layout.ts'
import type { RoomMapHandle } from './map.tsx'
import { putForward } from './put.ts'
import { useScene } from './scene.ts'
import { measureStanding } from './standing.ts'

export interface MapDotsProps {
  handle: RoomMapHandle
  layout: Layout
  /** A dish is picked: the next tap on bare ground only lets it go. */
  picked: boolean
  /** A tap on bare ground. */
  onGround: () => void
  /** Asks for the name of a spot and puts it forward. */
  onPutForward: (at: LatLng) => void
}

/** A double tap zooms: a single one is one only after this. */
const DOUBLE_TAP_MS = 220
/** The attribution and a gap: it is seen beside every card. */
const CARD_GAP_PX = 28

/** Known places as dots, and every spot between them: a tap opens a card with one act. */
export function MapDots(props: MapDotsProps) {
  const scene = useScene()
  const { place: picked, pick: setPicked, pointed } = untrack(() => props.handle)
  const [busy, setBusy] = createSignal(false)
  const candidateOf = (place: Place) => scene.standing().find(({ placeId }) => placeId === place.id)
  const map = untrack(() => props.handle.map)
  const spot = createSpot(map, {
    wanted: () => scene.writable() && scene.open()?.kind !== 'runoff',
    middle: () => boundsCentre(props.handle.layer.camera.freeBounds()),
    letGo: () => {
      const held = picked() !== null || props.picked
      setPicked(null)
      props.onGround()
      return held
    },
  })
  const dots = createPlaceDots({
    map,
    onPick: setPicked,
    isCandidate: (place) => candidateOf(place) !== undefined,
    taken: () => dishBoxes(map, scene, props.layout.shape() === 'desk'),
  })
  createEffect(
    on([scene.standing, () => scene.votes.round()], () => dots.refresh(), { defer: true }),
  )
  createEffect(() => dots.pick(picked()))
  createEffect(() => dots.point(pointed()))
  createEffect(on(picked, (place) => place && spot.leave(), { defer: true }))
  const close = (): void => void setPicked(null)
  onCleanup(() => dots.remove())
  const put = async (place: Place): Promise<void> => {
    setBusy(true)
    const number = await putForward(scene, { kind: 'place', placeId: place.id }, signOf(place))
    setBusy(false)
    if (number !== null) close()
  }
  return (
    <>
      <Show when={picked()}>
        {(place) => (
          <Card map={map} layout={props.layout} label={t('places.picked')} onClose={close}>
            <PlaceCard
              place={place()}
              distanceM={scene.distanceOf(place())}
              number={candidateOf(place())?.number ?? null}
              now={scene.now()}
              zone={scene.state.view?.room.zone ?? 'Asia/Seoul'}
              busy={busy()}
              onPut={() => void put(place())}
              onClose={close}
            />
          </Card>
        )}
      </Show>
      <Show when={spot.at()}>
        {(at) => (
          <Card map={map} layout={props.layout} label={t('places.spot')} onClose={spot.leave}>
            <SpotCard
              onPut={() => {
                props.onPutForward(at())
                spot.leave()
              }}
              onClose={spot.leave}
            />
          </Card>
        )}
      </Show>
    </>
  )
}

interface SpotDeps {
  /** Places may be added now. */
  wanted(): boolean
  middle(): LatLng
  /** Lets go of what is picked; true: something was, and the tap meant only that. */
  letGo(): boolean
}

/** The bare ground: a tap on it, or Enter while the map has the focus, offers that spot. */
function createSpot(map: L.Map, deps: SpotDeps) {
  const [at, setAt] = createSignal<LatLng | null>(null)
  let timer: number | undefined
  const leave = (): void => {
    window.clearTimeout(timer)
    setAt(null)
  }
  const tap = ({ latlng }: L.LeafletMouseEvent): void => {
    window.clearTimeout(timer)
    const held = deps.letGo() || untrack(at) !== null
    setAt(null)
    if (held || !deps.wanted()) return
    const { lat, lng } = latlng.wrap()
    timer = window.setTimeout(() => setAt({ lat, lng }), DOUBLE_TAP_MS)
  }
  const byKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target !== map.getContainer() || !deps.wanted()) return
    event.preventDefault()
    deps.letGo()
    setAt(deps.middle())
    // What it offers is the next thing to do.
    queueMicrotask(() => document.querySelector<HTMLElement>('.room-card .btn')?.focus())
  }
  map.on('click', tap)
  map.on('dblclick zoomstart', leave)
  map.getContainer().addEventListener('keydown', byKey)
  createEffect(() => {
    const spot = at()
    if (spot) onCleanup(markSpot(map, spot))
  })
  createEffect(() => {
    if (!deps.wanted()) leave()
  })
  onCleanup(() => {
    window.clearTimeout(timer)
    map.off('click', tap)
    map.off('dblclick zoomstart', leave)
    map.getContainer().removeEventListener('keydown', byKey)
  })
  return { at, leave }
}

/** Between panel and chat, or above the sheet. Escape closes it; the focus that was in it goes back to the map. */
function Card(props: {
  map: L.Map
  layout: Layout
  label: string
  onClose: () => void
  children: JSX.Element
}) {
  let card!: HTMLElement
  const ground = untrack(() => props.map.getContainer())
  onCleanup(() => {
    if (card.contains(document.activeElement)) ground.focus({ preventScroll: true })
  })
  return (
    <div
      class="room-card"
      role="group"
      aria-label={props.label}
      style={{
        bottom: `${props.layout.padding().bottom + CARD_GAP_PX}px`,
        left: `${props.layout.padding().left}px`,
        right: `${props.layout.padding().right + (props.layout.zooms() ? BESIDE_ZOOM_PX : 0)}px`,
      }}
      ref={(element) => {
        card = element
        measureStanding(element, 'card', props.layout, CARD_GAP_PX)
      }}
      on:keydown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onClose()
      }}
    >
      {props.children}
    </div>
  )
}
