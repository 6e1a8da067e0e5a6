import * as L from 'leaflet'
import { createEffect, on, onCleanup, onMount, Show } from 'solid-js'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { createBrowseLayer, Fan, markSpot } from '../../features/places/index.ts'
import type { BrowseItem } from '../../features/places/index.ts'
import { makeCamera } from '../../features/rooms/index.ts'
import { recentAreas } from '../../lib/areas.ts'
import type { AppConfig } from '../../lib/config.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { freeBounds, makeMap, showPadding } from '../../lib/leaflet.ts'
import { retryTiles } from '../../lib/leafletTiles.ts'
import { cameraOfZone, ownZone } from '../../lib/zones.ts'
import type { Camera as View } from '../../lib/zones.ts'
import { createDark } from '../room/dark.ts'
import { FAN_MOST, useExplore } from './explore.ts'
import type { Explore } from './explore.ts'
import { listenPress } from './press.ts'

/** What is asked for ends at lines of this grid: a little panning then asks for the same, which is known. */
const SNAP_PX = 512

/** Where the map was left, for the way back from a place. */
let left: View | null = null

/** The ground with all that stands on it. */
export function Ground(props: { config: AppConfig }) {
  const explore = useExplore()
  const { browse, layout } = explore
  const dark = createDark()
  let element!: HTMLElement
  onMount(() => {
    const first = left ?? recentAreas()[0] ?? cameraOfZone(ownZone())
    const map = makeMap(element, {
      tiles: props.config.tiles,
      attribution: props.config.attribution,
      view: first,
      onTilesMissing: explore.setPlain,
    })
    const camera = makeCamera(map, () => layout.padding())
    const layer = createBrowseLayer({
      map,
      onPlace: (place) => explore.look(place),
      onMany: (item) => explore.openMany(item),
      onPoint: (place) => explore.point(place?.id ?? null),
    })
    if (left === null) camera.begin(first)
    const look = (): void => {
      const { lat, lng } = map.getCenter()
      left = { lat, lng, zoom: map.getZoom() }
      browse.look({
        around: snappedBounds(map),
        free: freeBounds(map, layout.widest()),
        zoom: Math.round(map.getZoom()),
      })
    }
    const ground = (): void => {
      explore.pick(null)
      explore.press(null)
    }
    map.on('moveend', look)
    map.on('click', ground)
    // A fan stands on its point at one zoom.
    map.on('zoomstart', () => explore.gather())
    const unpress = listenPress(map, (at) => explore.press(at))
    createEffect(() => showPadding(map, layout.padding()))
    createEffect(look)
    createEffect(() => layer.draw(withPicked(browse.items(), explore)))
    createEffect(() => layer.pick(explore.picked()?.id ?? null))
    createEffect(() => layer.point(explore.pointed()))
    createEffect(() => element.toggleAttribute('data-dark', dark()))
    createEffect(() => element.toggleAttribute('data-plain', explore.plain()))
    // Who answers again has tiles again, most likely.
    createEffect(
      on(browse.stale, (now, before) => before && !now && explore.plain() && retryTiles(map)),
    )
    markWhile(map, () => explore.spot())
    markSelf(map, () => explore.self())
    explore.begin({ map, camera, layer })
    onCleanup(() => {
      unpress()
      layer.remove()
      camera.remove()
      map.remove()
    })
  })
  const fan = () => {
    const many = explore.gathered()
    const shown = explore.handle()
    return many && shown && many.places.length <= FAN_MOST ? { many, map: shown.map } : null
  }
  return (
    <>
      <section ref={element} class="fixed inset-0 z-0" aria-label={t('map.label')} />
      <Show when={fan()} keyed>
        {({ many, map }) => (
          <Fan
            map={map}
            at={many.at}
            places={many.places}
            onPick={(place) => explore.look(place)}
            onClose={() => explore.gather()}
          />
        )}
      </Show>
    </>
  )
}

/** The picked place stands there, whether or not it is among what was read. */
function withPicked(items: readonly BrowseItem[], explore: Explore): readonly BrowseItem[] {
  const place = explore.picked()
  if (!place || items.some(({ id }) => id === place.id)) return items
  return [...items, { kind: 'place', id: place.id, at: { lat: place.lat, lng: place.lng }, place }]
}

function snappedBounds(map: L.Map): Bounds {
  const seen = map.getPixelBounds()
  const low = L.point(
    Math.floor((seen.min?.x ?? 0) / SNAP_PX) * SNAP_PX,
    Math.floor((seen.min?.y ?? 0) / SNAP_PX) * SNAP_PX,
  )
  const high = L.point(
    Math.ceil((seen.max?.x ?? 0) / SNAP_PX) * SNAP_PX,
    Math.ceil((seen.max?.y ?? 0) / SNAP_PX) * SNAP_PX,
  )
  const northWest = map.unproject(low)
  const southEast = map.unproject(high)
  const lat = (value: number): number => Math.min(85.05, Math.max(-85.05, value))
  const lng = (value: number): number => Math.min(180, Math.max(-180, value))
  return {
    south: lat(southEast.lat),
    west: lng(northWest.lng),
    north: lat(northWest.lat),
    east: lng(southEast.lng),
  }
}

function markWhile(map: L.Map, at: () => LatLng | null): void {
  createEffect(() => {
    const spot = at()
    if (spot) onCleanup(markSpot(map, spot))
  })
}

function markSelf(map: L.Map, at: () => LatLng | null): void {
  createEffect(
    on(at, (here) => {
      if (!here) return
      const dot = document.createElement('span')
      dot.className = 'self'
      dot.setAttribute('role', 'img')
      dot.setAttribute('aria-label', t('explore.self'))
      const marker = L.marker(here, {
        icon: L.divIcon({ className: 'at-point', html: dot, iconSize: [0, 0] }),
        keyboard: false,
        interactive: false,
      }).addTo(map)
      onCleanup(() => marker.remove())
    }),
  )
}
