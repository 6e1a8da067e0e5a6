import * as L from 'leaflet'
import { createEffect, createSignal, onCleanup, onMount, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import type { LatLng } from '#shared/geo.ts'
import type { AppConfig } from '#client/lib/config.ts'
import { t } from '#client/lib/i18n/i18n.ts'
import type { Box } from '#client/lib/boxes.ts'
import { makeMap } from '#client/lib/leaflet.ts'
import { tellWords } from '#client/lib/leafletWords.ts'
import { IconButton } from '#client/ui/button.tsx'
import { Minus, Plus } from '#client/ui/icons.ts'
import { isDark } from '#client/ui/theme.ts'
import type { DecisionMapProps } from './map.tsx'

const ZOOM = 16
/** The meeting point is shown with the place unless that would need a zoom farther out than this. */
const FIT_ZOOM_LEAST = 13
const MARGIN_PX = 150

/** Leaflet with the table at the place, and the meeting point where it is known. */
export function LiveMap(props: DecisionMapProps & { config: AppConfig }) {
  const table = document.createElement('div')
  const meeting = document.createElement('div')
  const [shown, setShown] = createSignal<L.Map>()
  let element!: HTMLDivElement
  onMount(() => {
    const { tiles, attribution } = props.config
    const map = makeMap(element, {
      tiles,
      attribution,
      view: { ...props.place, zoom: ZOOM },
      onTilesMissing: (missing) => element.toggleAttribute('data-plain', missing),
    })
    setMarker(map, props.place, table)
    if (props.meeting) {
      setMarker(map, props.meeting, meeting)
      const both = L.latLngBounds([props.place, props.meeting])
      const zoom = map.getBoundsZoom(both, false, L.point(MARGIN_PX, MARGIN_PX))
      if (zoom >= FIT_ZOOM_LEAST)
        map.setView(both.getCenter(), Math.min(zoom, ZOOM), { animate: false })
    }
    const tell = () => tellWords(map, wordsIn(element))
    tell()
    map.on('moveend', tell)
    createEffect(() => element.toggleAttribute('data-dark', isDark()))
    const resized = new ResizeObserver(() => map.invalidateSize({ animate: false }))
    resized.observe(element)
    setShown(map)
    onCleanup(() => {
      resized.disconnect()
      map.remove()
    })
  })
  return (
    <>
      <div
        ref={element}
        class="dec-ground"
        role="region"
        aria-label={t('decision.whereLabel', { place: props.place.name })}
      />
      <Portal mount={table}>
        <div class="dec-spot">
          {props.children}
          <span class="dec-label">{props.place.name}</span>
        </div>
      </Portal>
      <Portal mount={meeting}>
        <div class="dec-meeting">
          <i />
          <span class="dec-label">{t('decision.meeting')}</span>
        </div>
      </Portal>
      <Show when={shown()}>
        {(map) => (
          <div class="dec-zoom">
            <IconButton look="float" label={t('map.zoomIn')} onClick={() => map().zoomIn()}>
              <Plus size={20} />
            </IconButton>
            <IconButton look="float" label={t('map.zoomOut')} onClick={() => map().zoomOut()}>
              <Minus size={20} />
            </IconButton>
          </div>
        )}
      </Show>
    </>
  )
}

/** The ground's own names give way to these. */
function wordsIn(element: HTMLElement): Box[] {
  const { left: x, top: y } = element.getBoundingClientRect()
  return [...element.querySelectorAll('.dec-label')].map((label) => {
    const { left, top, right, bottom } = label.getBoundingClientRect()
    return { left: left - x, top: top - y, right: right - x, bottom: bottom - y }
  })
}

function setMarker(map: L.Map, at: LatLng, host: HTMLElement): void {
  const icon = L.divIcon({ html: host, className: 'at-point', iconSize: [0, 0] })
  L.marker([at.lat, at.lng], { icon, keyboard: false, interactive: false }).addTo(map)
}
