import { createSignal, Show } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { ShareTextReading } from '#shared/rooms.ts'
import { PinForm, SearchPlaces } from '../../features/places/index.ts'
import { roomsApi } from '../../features/rooms/index.ts'
import type { Proposition } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { Modal } from '../../ui/modal.tsx'
import type { RoomMapHandle } from './map.tsx'
import { putForward } from './put.ts'
import { useScene } from './scene.ts'

export interface ProposeProps {
  open: boolean
  /** Where a pin was dropped; null: search. */
  pin: LatLng | null
  map: RoomMapHandle | undefined
  onPin: (at: LatLng | null) => void
  onClose: () => void
}

/** What map apps share is a link or several lines; a search is neither. */
const SHARED = /https?:\/\/|\n|\[(네이버|카카오)/

/** Puts a place forward: by search, by a pin with a name, by what a map app shared. */
export function ProposeSheet(props: ProposeProps) {
  const scene = useScene()
  const [reading, setReading] = createSignal<ShareTextReading | null>(null)
  const close = (): void => {
    setReading(null)
    props.onClose()
  }
  const here = (): LatLng | undefined => {
    const bounds = props.map?.layer.camera.freeBounds()
    return (
      bounds && { lat: (bounds.south + bounds.north) / 2, lng: (bounds.west + bounds.east) / 2 }
    )
  }
  const readShared = (text: string): boolean => {
    if (!SHARED.test(text)) return false
    const read = async (): Promise<void> => {
      setReading(await roomsApi.readShareText(text))
      props.onPin(here() ?? null)
    }
    void scene.attempt(read)
    return true
  }
  const numberOf = (placeId: string): number | null =>
    scene.standing().find((candidate) => candidate.placeId === placeId)?.number ?? null
  const put = async (what: Proposition, name: string, link?: string): Promise<boolean> => {
    const number = await putForward(scene, what, name, link)
    if (number === null) return false
    close()
    const made = scene.standing().find((candidate) => candidate.number === number)
    if (made) props.map?.show(made)
    return true
  }
  return (
    <Modal open={props.open} onClose={close} title={t('places.add')} width={520}>
      <Show
        when={props.pin}
        fallback={
          <>
            <SearchPlaces
              near={here}
              distanceOf={(place) => scene.distanceOf(place)}
              numberOf={numberOf}
              now={scene.now()}
              zone={scene.state.view?.room.zone ?? 'Asia/Seoul'}
              onPut={(hit) => void put({ kind: 'place', placeId: hit.id }, hit.name)}
              onShow={(hit) => {
                close()
                props.map?.show(hit)
              }}
              onDropPin={() => props.onPin(here() ?? null)}
              onText={readShared}
              autofocus
            />
            <p class="px-1 pt-3 text-13 text-ink-2">{t('rooms.pasteHint')}</p>
          </>
        }
      >
        {(at) => (
          <PinForm
            name={reading()?.name}
            hint={
              reading()
                ? t('rooms.pasteFound', { name: reading()?.name ?? '' })
                : t('rooms.pinHint')
            }
            onPut={(name) =>
              put(
                { kind: 'pin', name, ...at(), category: 'other' },
                name,
                reading()?.link ?? undefined,
              )
            }
          />
        )}
      </Show>
      <Allowance />
    </Modal>
  )
}

/** How many more I may put forward; the reason when it is none. */
function Allowance() {
  const scene = useScene()
  const left = (): number => {
    const most =
      scene.rights() === false
        ? scene.config.limits.CANDIDATES_PER_PERSON
        : scene.config.limits.CANDIDATES_PER_HOST
    const mine = scene
      .standing()
      .filter(({ proposerSeat }) => proposerSeat === scene.me().seat).length
    return Math.max(
      0,
      Math.min(most - mine, scene.config.limits.CANDIDATES_PER_ROOM - scene.standing().length),
    )
  }
  return (
    <p class="pt-4 pb-2 text-center text-13 text-ink-2">
      {left() > 0 ? t('rooms.moreAllowed', { count: left() }) : t('rooms.moreAllowedNone')}
    </p>
  )
}
