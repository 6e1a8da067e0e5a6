import './markers.css'
import L from 'leaflet'
import { createEffect, createMemo, createSignal, For, onCleanup, Show, untrack } from 'solid-js'
import { Portal } from 'solid-js/web'
import { dishOf } from '#shared/dishes.ts'
import type { Candidate, Seat } from '#shared/rooms.ts'
import { Dish, NumberMark } from '../../ui/dish.tsx'
import { createMedia, DESK } from '../../ui/media.ts'
import { Portrait } from '../../ui/portrait.tsx'
import { useScene } from './scene.ts'
import {
  dishSize,
  FOLD_BELOW_ZOOM,
  FOLDED_PX,
  nameMost,
  shiftsAt,
  standingOn,
  stepsBack,
} from './boxes.ts'
import { markerName } from './markerName.ts'
import { namesThatFit } from './spread.ts'
import type { Shift } from './spread.ts'

const SEATS_MOST = 6
const SEATS_WHEN_MORE = 5
const ARC_RAD = (156 / 180) * Math.PI

/** Angles of `count` seats of `seat` px on the upper arc of a dish of `dish` px, as offsets from its middle. */
export function seatOffsets(count: number, dish: number, seat: number): { x: number; y: number }[] {
  const radius = dish / 2 + 4
  const step = count < 2 ? 0 : Math.min((seat + 1) / radius, ARC_RAD / (count - 1))
  return Array.from({ length: count }, (_, index) => {
    const angle = -Math.PI / 2 + (index - (count - 1) / 2) * step
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
  })
}

/** Every candidate as a dish on the map; who chose it sits around it. */
export function DishMarkers(props: {
  map: L.Map
  picked: number | null
  onPick: (number: number) => void
}) {
  const scene = useScene()
  const numbers = createMemo(() => scene.standing().map(({ number }) => number), [], {
    equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]),
  })
  const map = untrack(() => props.map)
  const desk = createMedia(DESK)
  const [zoomed, setZoomed] = createSignal(map.getZoom())
  const shifts = createMemo(() => shiftsAt(map, scene, zoomed(), desk()))
  const named = createMemo(() => {
    const pointOf = ({ lat, lng }: { lat: number; lng: number }) =>
      map.project([lat, lng], zoomed())
    const all = standingOn(scene, desk(), pointOf, shifts(), props.picked)
    return namesThatFit(all, nameMost(desk()))
  })
  const isFar = (): boolean => map.getZoom() < FOLD_BELOW_ZOOM
  const [folded, setFolded] = createSignal(isFar())
  const onZoom = (): void => {
    setFolded(isFar())
    setZoomed(map.getZoom())
  }
  map.on('zoomend', onZoom)
  onCleanup(() => map.off('zoomend', onZoom))
  return (
    <For each={numbers()}>
      {(number) => (
        <Show when={scene.standing().find((candidate) => candidate.number === number)}>
          {(candidate) => (
            <DishMarker
              map={props.map}
              candidate={candidate()}
              folded={folded() || stepsBack(scene, number)}
              named={named().has(number)}
              aside={shifts().get(number)}
              picked={props.picked === number}
              onPick={() => props.onPick(number)}
            />
          )}
        </Show>
      )}
    </For>
  )
}

function DishMarker(props: {
  map: L.Map
  candidate: Candidate
  folded: boolean
  /** There is room for its name. */
  named: boolean
  /** How far it stands aside for a neighbour. */
  aside: Shift | undefined
  picked: boolean
  onPick: () => void
}) {
  const scene = useScene()
  const desk = createMedia(DESK)
  const host = document.createElement('div')
  const marker = untrack(() =>
    L.marker([props.candidate.lat, props.candidate.lng], {
      icon: L.divIcon({ html: host, className: 'at-point', iconSize: [0, 0] }),
      keyboard: false,
      interactive: false,
      pane: placesPane(props.map),
    }).addTo(props.map),
  )
  onCleanup(() => marker.remove())
  createEffect(() => marker.setLatLng([props.candidate.lat, props.candidate.lng]))
  const lead = (): boolean => scene.leaders().has(props.candidate.number)
  createEffect(() => marker.setZIndexOffset(lead() ? 100_000 : 0))
  const round = () => scene.votes.round()
  const seats = createMemo(
    () => round()?.chosen?.find(([number]) => number === props.candidate.number)?.[1] ?? [],
  )
  const size = createMemo(() => dishSize(round(), props.candidate.number, desk()))
  const label = (): string => {
    const open = scene.open() !== null
    return markerName(props.candidate, {
      chosenBy: round()?.chosen ? seats().length : null,
      leading: open && lead() && Boolean(round()?.chosen),
      decided: !open && scene.votes.decisions()[0]?.number === props.candidate.number,
    })
  }
  return (
    <Portal mount={host}>
      <button
        type="button"
        class="place pointer-events-auto"
        tabindex={-1}
        style={{
          '--zz': `${props.folded ? FOLDED_PX : size()}px`,
          translate: `${props.aside?.x ?? 0}px ${props.aside?.y ?? 0}px`,
        }}
        data-lead={lead() ? '' : undefined}
        data-picked={props.picked ? '' : undefined}
        data-number={props.candidate.number}
        onClick={() => props.onPick()}
      >
        <span class="sr">{label()}</span>
        <span class="place-parts contents" aria-hidden="true">
          <Show
            when={!props.folded}
            fallback={<NumberMark number={props.candidate.number} size="map" lead={lead()} />}
          >
            <Dish name={dishOf(props.candidate)} size={size()} lead={lead()}>
              <NumberMark number={props.candidate.number} size="map" lead={lead()} />
            </Dish>
            <SeatsAround seats={seats()} dish={size()} lead={lead()} desk={desk()} />
            <Show when={props.named}>
              <span class="place-name">{props.candidate.name}</span>
            </Show>
          </Show>
        </span>
      </button>
    </Portal>
  )
}

/** Over six: five and how many more. */
function SeatsAround(props: {
  seats: readonly Seat[]
  dish: number
  lead: boolean
  desk: boolean
}) {
  const scene = useScene()
  const seatSize = (): number => {
    if (!props.lead) return props.desk ? 24 : 21
    if (!props.desk) return 24
    return props.dish >= 84 ? 34 : 28
  }
  const shown = createMemo(() =>
    props.seats.length > SEATS_MOST ? props.seats.slice(0, SEATS_WHEN_MORE) : props.seats,
  )
  const more = (): number => props.seats.length - shown().length
  const offsets = createMemo(() =>
    seatOffsets(shown().length + (more() > 0 ? 1 : 0), props.dish, seatSize()),
  )
  const at = (index: number) => ({
    left: `${offsets()[index]?.x ?? 0}px`,
    top: `${offsets()[index]?.y ?? 0}px`,
  })
  return (
    <>
      <For each={shown()}>
        {(seat, index) => (
          <span
            class="place-seat"
            style={{ ...at(index()), 'animation-delay': `${index() * 40}ms` }}
          >
            <Portrait of={scene.person(seat)} size={seatSize()} rim me={seat === scene.me().seat} />
          </span>
        )}
      </For>
      <Show when={more() > 0}>
        <span class="place-seat more-n" style={at(shown().length)}>
          +{more()}
        </span>
      </Show>
    </>
  )
}

/** Dishes stand above frames and below cursors. */
function placesPane(map: L.Map): string {
  if (!map.getPane('places')) {
    const pane = map.createPane('places')
    pane.style.zIndex = '620'
  }
  return 'places'
}
