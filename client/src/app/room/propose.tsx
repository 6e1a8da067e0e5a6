import { Show } from 'solid-js'
import { PinForm } from '../../features/places/index.ts'
import type { Proposition } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Modal } from '../../ui/modal.tsx'
import type { RoomOverlays } from './overlays.state.ts'
import { putForward } from './put.ts'
import { PlaceShared } from './placeShared.tsx'
import { Allowance, RoomSearch } from './roomSearch.tsx'
import { useScene } from './scene.ts'

/** Puts a place forward: by search, by a pin with a name, by what a map app shared. */
export function ProposeSheet(props: { overlays: RoomOverlays }) {
  const scene = useScene()
  const reading = () => props.overlays.shared()
  const close = (): void => {
    props.overlays.close()
    props.overlays.dropPin(null)
  }
  /** For good, not for a look at the map. */
  const end = (): void => {
    props.overlays.seek('')
    close()
  }
  const put = async (what: Proposition, name: string): Promise<boolean> => {
    const number = await putForward(scene, what, name, reading()?.link ?? undefined)
    if (number === null) return false
    end()
    return true
  }
  return (
    <>
      <Show when={props.overlays.placing() && reading()}>
        {(shared) => <PlaceShared overlays={props.overlays} shared={shared()} />}
      </Show>
      <Modal
        open={props.overlays.shown() === 'propose'}
        onClose={end}
        title={t('places.add')}
        width={520}
        typing={props.overlays.pin() === null}
      >
        <Show
          when={props.overlays.pin()}
          fallback={
            <>
              <RoomSearch overlays={props.overlays} onDone={close} />
              <Show when={!scene.demo()}>
                <p class="px-1 pt-3 text-13 text-ink-2">{t('rooms.pasteHint')}</p>
              </Show>
            </>
          }
        >
          {(at) => (
            <PinForm
              name={reading()?.name}
              hint={t('rooms.pinHint')}
              onPut={(name) => put({ kind: 'pin', name, ...at(), category: 'other' }, name)}
            />
          )}
        </Show>
        <Allowance />
      </Modal>
    </>
  )
}
