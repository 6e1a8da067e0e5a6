import * as L from 'leaflet'
import { createEffect, createResource, For, onCleanup, onMount, Show, untrack } from 'solid-js'
import { Portal } from 'solid-js/web'
import { dishOf } from '#shared/dishes.ts'
import { boundsOf, makeCamera } from '../../features/rooms/index.ts'
import type { OpenPeek } from '../../features/rooms/index.ts'
import { readConfig } from '../../lib/config.ts'
import type { AppConfig } from '../../lib/config.ts'
import { makeMap, showPadding } from '../../lib/leaflet.ts'
import { cameraOfZone, ownZone } from '../../lib/zones.ts'
import { Dish, NumberMark } from '../../ui/dish.tsx'
import { createDark } from './dark.ts'
import './markers.css'

/** What the sheet of the join page covers of a phone's window, at most this share. */
const SHEET_PX = 400
const SHEET_SHARE = 0.6
/** Width of the card with some air. */
const CARD_PX = 440

/** The room's map before entering: candidates alone. Still, since nothing on it is to be done yet. */
export function JoinMap(props: { peek: OpenPeek }) {
  const [config] = createResource(readConfig)
  return <Show when={config()}>{(known) => <StillMap peek={props.peek} config={known()} />}</Show>
}

function StillMap(props: { peek: OpenPeek; config: AppConfig }) {
  const hosts = untrack(() => props.peek.candidates.map(() => document.createElement('div')))
  const dark = createDark()
  let element!: HTMLDivElement
  onMount(() => {
    const first = props.peek.view ?? cameraOfZone(ownZone())
    const map = makeMap(element, {
      tiles: props.config.tiles,
      attribution: props.config.attribution,
      view: first,
      onTilesMissing: (missing) => element.toggleAttribute('data-plain', missing),
    })
    const wide = window.innerWidth >= 820
    const bottom = wide ? 40 : Math.min(SHEET_PX, window.innerHeight * SHEET_SHARE)
    // From the tablet on the card stands in the middle: what was put forward is shown left of it.
    const right = wide ? window.innerWidth / 2 + CARD_PX / 2 : 40
    const padding = { top: 110, right, bottom, left: 40 }
    showPadding(map, { ...padding, left: 0, bottom: wide ? 0 : bottom })
    const camera = makeCamera(map, () => padding)
    for (const [index, { lat, lng }] of props.peek.candidates.entries())
      L.marker([lat, lng], {
        icon: L.divIcon({ html: hosts[index] ?? false, className: 'at-point', iconSize: [0, 0] }),
        keyboard: false,
        interactive: false,
      }).addTo(map)
    const around = boundsOf(props.peek.candidates)
    if (around) camera.show(around)
    else camera.begin(first)
    createEffect(() => element.toggleAttribute('data-dark', dark()))
    onCleanup(() => {
      camera.remove()
      map.remove()
    })
  })
  return (
    <>
      <div ref={element} class="fixed inset-0 z-0" aria-hidden="true" inert />
      <For each={props.peek.candidates}>
        {(candidate, index) => (
          <Portal mount={hosts[index()]}>
            <span class="place place-parts" style={{ '--zz': '48px' }}>
              <Dish name={dishOf({ ...candidate, menu: null })} size={48}>
                <NumberMark number={candidate.number} size="map" />
              </Dish>
              <span class="place-name">{candidate.name}</span>
            </span>
          </Portal>
        )}
      </For>
    </>
  )
}
