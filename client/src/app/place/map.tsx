import { useNavigate } from '@solidjs/router'
import * as L from 'leaflet'
import { createEffect, createResource, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { dishOf } from '#shared/dishes.ts'
import { namesOf, createPlaceDots } from '../../features/places/index.ts'
import { makeCamera } from '../../features/rooms/index.ts'
import { readConfig } from '../../lib/config.ts'
import type { AppConfig } from '../../lib/config.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { makeMap, showPadding } from '../../lib/leaflet.ts'
import type { MapPadding } from '../../lib/leaflet.ts'
import { IconButton } from '../../ui/button.tsx'
import { Dish } from '../../ui/dish.tsx'
import { Minus, Plus } from '../../ui/icons.ts'
import { createDark } from '../room/dark.ts'
import type { PlaceProps } from './screen.tsx'

export interface PlaceMapProps extends PlaceProps {
  /** A picture of where it is, above the page. */
  still?: boolean
}

const ZOOM = 17
const DISH_PX = { still: 76, live: 104 } as const
/** The page's round corners lie over the picture's foot, its buttons over the head. */
const STILL: MapPadding = { top: 50, right: 0, bottom: 26, left: 0 }
const GAP_PX = 16
/** Half of a dot and its rim. */
const DOT_PX = 6

/** The map that the place is the subject of. */
export function PlaceMap(props: PlaceMapProps) {
  const [config] = createResource(() => readConfig().catch(() => null))
  return (
    <Show when={config()} fallback={<div class="placep-map" />}>
      {(known) => <Ground {...props} config={known()} />}
    </Show>
  )
}

function Ground(props: PlaceMapProps & { config: AppConfig }) {
  const host = document.createElement('div')
  const dark = createDark()
  const [shown, setShown] = createSignal<L.Map>()
  const go = useNavigate()
  let element!: HTMLDivElement
  const size = (): number => (props.still ? DISH_PX.still : DISH_PX.live)
  const padding = (): MapPadding =>
    props.still ? STILL : { top: 0, right: 0, bottom: 0, left: besidePanel() }
  onMount(() => {
    const map = makeMap(element, {
      tiles: props.config.tiles,
      attribution: props.config.attribution,
      view: { ...props.place, zoom: ZOOM },
      onTilesMissing: (missing) => element.toggleAttribute('data-plain', missing),
    })
    const camera = makeCamera(map, padding)
    const marker = L.marker(props.place, {
      icon: L.divIcon({ html: host, className: 'at-point', iconSize: [0, 0] }),
      keyboard: false,
      interactive: false,
      zIndexOffset: 1_000,
    }).addTo(map)
    createEffect(
      on(
        () => props.place,
        (place) => {
          marker.setLatLng(place)
          showPadding(map, padding())
          camera.begin(place)
        },
      ),
    )
    const dots = props.still
      ? null
      : createPlaceDots({
          map,
          onPick: ({ id }) => go(`/place/${id}`, { state: { back: true } }),
          // No dot on the dish: it would look like a part of it.
          isCandidate: ({ id, lat, lng }) =>
            id === props.place.id ||
            map
              .latLngToContainerPoint([lat, lng])
              .distanceTo(map.latLngToContainerPoint(props.place)) <
              size() / 2 + DOT_PX,
          taken: () => [aroundDish(map, props.place, size())],
        })
    createEffect(
      on(
        () => props.place.id,
        () => dots?.refresh(),
        { defer: true },
      ),
    )
    createEffect(() => element.toggleAttribute('data-dark', dark()))
    setShown(map)
    onCleanup(() => {
      dots?.remove()
      camera.remove()
      map.remove()
    })
  })
  return (
    <>
      <section
        ref={element}
        class="placep-map"
        aria-label={t('place.mapLabel', { place: props.place.name })}
        aria-hidden={props.still}
        inert={props.still}
      />
      <Portal mount={host}>
        <div class="placep-pin" style={{ '--zz': `${size()}px` }}>
          <Dish name={dishOf(props.place)} size={size()} />
          <Show when={!props.still}>
            <b>{namesOf(props.place)[0]}</b>
          </Show>
        </div>
      </Portal>
      <Show when={!props.still && shown()}>
        {(map) => (
          <div class="placep-zoom">
            <IconButton label={t('map.zoomIn')} onClick={() => map().zoomIn()}>
              <Plus size={20} />
            </IconButton>
            <IconButton label={t('map.zoomOut')} onClick={() => map().zoomOut()}>
              <Minus size={20} />
            </IconButton>
          </div>
        )}
      </Show>
    </>
  )
}

/** What the panel covers of the map. */
const besidePanel = (): number =>
  (document.querySelector('.placep-d')?.getBoundingClientRect().right ?? 0) + GAP_PX

/** What the dish and its name cover, in px of the map's container. */
function aroundDish(map: L.Map, at: L.LatLngLiteral, size: number) {
  const { x, y } = map.latLngToContainerPoint(at)
  const half = size / 2
  return { left: x - half, right: x + half, top: y - half, bottom: y + half + 30 }
}
