import './browse.css'
import * as L from 'leaflet'
import { For, onCleanup, onMount } from 'solid-js'
import { Portal } from 'solid-js/web'
import { dishOf } from '#shared/dishes.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Place } from '#shared/places.ts'
import { t } from '../../../lib/i18n/i18n.ts'
import { Dish } from '../../../ui/dish.tsx'
import { X } from '../../../ui/icons.ts'
import { signOf } from './names.ts'

export interface FanProps {
  map: L.Map
  at: LatLng
  /** Two to six. */
  places: readonly Place[]
  onPick: (place: Place) => void
  onClose: () => void
}

const RADIUS_PX = 66
const DISH_PX = 42
const PANE = 'fan'
/** Over all that stands on the map. */
const PANE_Z = '640'
/** Names hang below the dishes: the ring of dishes sits a little higher than the rays end. */
const RAISED_PX = 6

/** Several places on one point, told apart: at equal angles from twelve o'clock. The hub and Escape close it. */
export function Fan(props: FanProps) {
  const host = document.createElement('div')
  const ray = (index: number): { x: number; y: number } => {
    const angle = (index / props.places.length) * 2 * Math.PI - Math.PI / 2
    return {
      x: Math.round(RADIUS_PX * Math.cos(angle)),
      y: Math.round(RADIUS_PX * Math.sin(angle)),
    }
  }
  onMount(() => {
    const pane = props.map.getPane(PANE) ?? props.map.createPane(PANE)
    pane.style.zIndex = PANE_Z
    const marker = L.marker(props.at, {
      icon: L.divIcon({ html: host, className: 'at-point', iconSize: [0, 0] }),
      pane: PANE,
      keyboard: false,
      interactive: false,
    }).addTo(props.map)
    // Taps and drags on it are its own.
    L.DomEvent.disableClickPropagation(host)
    // Escape closes it, and the next Tab is its first place.
    host.querySelector<HTMLElement>('.fan')?.focus({ preventScroll: true })
    onCleanup(() => marker.remove())
  })
  return (
    <Portal mount={host}>
      <section
        class="fan"
        tabindex={-1}
        aria-label={t('explore.fan', { count: props.places.length })}
        on:keydown={(event: KeyboardEvent) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          props.onClose()
        }}
      >
        <svg width="208" height="208" viewBox="-104 -104 208 208" aria-hidden="true">
          <For each={props.places}>
            {(_, index) => <path d={`M0 0L${ray(index()).x} ${ray(index()).y}`} />}
          </For>
        </svg>
        <button
          type="button"
          class="hub"
          aria-label={t('explore.gather')}
          onClick={() => props.onClose()}
        >
          <X size={18} />
        </button>
        <ul>
          <For each={props.places}>
            {(place, index) => (
              <li>
                <button
                  type="button"
                  style={{
                    '--x': `${ray(index()).x}px`,
                    '--y': `${ray(index()).y + RAISED_PX}px`,
                  }}
                  onClick={() => props.onPick(place)}
                >
                  <Dish name={dishOf(place)} size={DISH_PX} />
                  <span>{signOf(place)}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Portal>
  )
}
