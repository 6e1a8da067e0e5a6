import { createEffect, createSignal, on, onCleanup, Show, untrack } from 'solid-js'
import type { Place } from '#shared/places.ts'
import { createPlaceDots, PlaceCard } from '../../features/places/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import type { Layout } from './layout.ts'
import type { RoomMapHandle } from './map.tsx'
import { putForward } from './put.ts'
import { useScene } from './scene.ts'

/** Known places as dots; a tap opens a card with one act. */
export function MapDots(props: { handle: RoomMapHandle; layout: Layout }) {
  const scene = useScene()
  const [picked, setPicked] = createSignal<Place | null>(null)
  const [busy, setBusy] = createSignal(false)
  const candidateOf = (place: Place) => scene.standing().find(({ placeId }) => placeId === place.id)
  const map = untrack(() => props.handle.map)
  const dots = createPlaceDots({
    map,
    onPick: (place) => setPicked(place),
    isCandidate: (place) => candidateOf(place) !== undefined,
  })
  createEffect(on(scene.standing, () => dots.refresh(), { defer: true }))
  createEffect(() => dots.pick(picked()?.id ?? null))
  const close = (): void => void setPicked(null)
  map.on('click', close)
  onCleanup(() => {
    map.off('click', close)
    dots.remove()
  })
  const put = async (place: Place): Promise<void> => {
    setBusy(true)
    const number = await putForward(scene, { kind: 'place', placeId: place.id }, place.name)
    setBusy(false)
    if (number !== null) close()
  }
  return (
    <Show when={picked()}>
      {(place) => (
        <div
          class="room-card"
          role="group"
          aria-label={t('places.picked')}
          style={{
            bottom: `${props.layout.padding().bottom + 12}px`,
            left: `${props.layout.padding().left}px`,
            right: `${props.layout.padding().right}px`,
          }}
          on:keydown={(event: KeyboardEvent) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            close()
          }}
        >
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
        </div>
      )}
    </Show>
  )
}
