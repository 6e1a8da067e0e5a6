import { onCleanup, onMount } from 'solid-js'
import { Portal } from 'solid-js/web'
import type { ShareTextReading } from '#shared/rooms.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { MapPin } from '../../ui/icons.ts'
import { Banner } from '../../ui/states.tsx'
import type { RoomOverlays } from './overlays.state.ts'

/** Until the person points at where a shared place is: the map then offers the spot as always, and its pin gets what was read. */
export function PlaceShared(props: { overlays: RoomOverlays; shared: ShareTextReading }) {
  const cancel = (): void => {
    props.overlays.place(false)
    props.overlays.read(null)
  }
  onMount(() => {
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      cancel()
    }
    document.addEventListener('keydown', key)
    onCleanup(() => document.removeEventListener('keydown', key))
    // After the sheet gave its focus back: there arrows move the map, and Enter takes its middle.
    const ground = props.overlays.map()?.map.getContainer()
    window.setTimeout(() => ground?.focus({ preventScroll: true }))
  })
  return (
    <Portal>
      <div class="room-banners">
        <Banner
          tone="calm"
          icon={<MapPin size={20} />}
          title={t('rooms.pasteTap', { name: props.shared.name })}
          text={props.shared.address ?? undefined}
          action={
            <Button look="txt" size={36} onClick={cancel}>
              {t('common.cancel')}
            </Button>
          }
        />
      </div>
    </Portal>
  )
}
