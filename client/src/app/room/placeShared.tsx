import type { LeafletMouseEvent } from 'leaflet'
import { onCleanup, onMount } from 'solid-js'
import { Portal } from 'solid-js/web'
import type { LatLng } from '#shared/geo.ts'
import type { ShareTextReading } from '#shared/rooms.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { MapPin } from '../../ui/icons.ts'
import { Banner } from '../../ui/states.tsx'
import type { RoomOverlays } from './overlays.state.ts'

/** The next tap on the map says where a shared place is; without a pointer the map is moved and its middle taken. */
export function PlaceShared(props: { overlays: RoomOverlays; shared: ShareTextReading }) {
  let banner!: HTMLDivElement
  const drop = (at: LatLng): void => props.overlays.dropPin(at, props.shared)
  const cancel = (): void => {
    props.overlays.place(false)
    props.overlays.read(null)
  }
  const dropInMiddle = (): void => {
    const view = props.overlays.map()?.layer.camera.freeBounds()
    if (view) drop({ lat: (view.south + view.north) / 2, lng: (view.west + view.east) / 2 })
  }
  onMount(() => {
    const map = props.overlays.map()?.map
    const tapped = ({ latlng }: LeafletMouseEvent): void =>
      drop({ lat: latlng.lat, lng: latlng.lng })
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      cancel()
    }
    map?.on('click', tapped)
    const ground = map?.getContainer()
    if (ground) ground.style.cursor = 'crosshair'
    document.addEventListener('keydown', key)
    banner.querySelector('button')?.focus({ preventScroll: true })
    onCleanup(() => {
      map?.off('click', tapped)
      if (ground) ground.style.cursor = ''
      document.removeEventListener('keydown', key)
    })
  })
  return (
    <Portal>
      <div class="room-banners" ref={banner}>
        <Banner
          tone="calm"
          icon={<MapPin size={20} />}
          title={t('rooms.pasteTap', { name: props.shared.name })}
          text={props.shared.address ?? undefined}
          action={
            <span class="flex">
              <Button look="txt" size={36} onClick={dropInMiddle}>
                {t('rooms.pasteMiddle')}
              </Button>
              <Button look="txt" size={36} onClick={cancel}>
                {t('common.cancel')}
              </Button>
            </span>
          }
        />
      </div>
    </Portal>
  )
}
