import { createSignal, Show, untrack } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { ShareTextReading } from '#shared/rooms.ts'
import { SearchPlaces, signOf } from '../../features/places/index.ts'
import { roomsApi } from '../../features/rooms/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { codeOf } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/states.tsx'
import type { RoomOverlays } from './overlays.state.ts'
import { putForward } from './put.ts'
import { useScene } from './scene.ts'

/** What map apps share is a link or several lines; a search is neither. */
const SHARED = /https?:\/\/|\n|\[(네이버|카카오)/

/** Null: no place can be told from it. */
const readShareText = (text: string): Promise<ShareTextReading | null> =>
  roomsApi.readShareText(text).catch((error: unknown) => {
    if (codeOf(error) === 'share_text_unknown') return null
    throw error
  })

/** Search for a place to put forward: in the sheet of its own, or within the panel. */
export function RoomSearch(props: {
  overlays: RoomOverlays
  inline?: boolean
  /** A result was put forward, or is to be seen on the map. */
  onDone?: () => void
}) {
  const scene = useScene()
  const map = () => props.overlays.map()
  const here = (): LatLng | undefined => {
    const bounds = map()?.layer.camera.freeBounds()
    return (
      bounds && { lat: (bounds.south + bounds.north) / 2, lng: (bounds.west + bounds.east) / 2 }
    )
  }
  const reading = () => props.overlays.shared()
  /** What is written now; kept for the way back from a look at the map. */
  let sought = untrack(() => props.overlays.sought())
  /** Nothing was read in the text that stands in the field. */
  const [unread, setUnread] = createSignal(false)
  const readShared = (text: string): boolean => {
    setUnread(false)
    if (!SHARED.test(text)) {
      if (text === '') props.overlays.read(null)
      return false
    }
    props.overlays.read(null)
    const read = async (): Promise<void> => {
      const shared = await readShareText(text)
      if (text !== sought) return
      if (!shared) return void setUnread(true)
      // Only a text that says where gets its pin at once; any other is looked for by its name.
      if (shared.at) props.overlays.dropPin(shared.at, shared)
      else props.overlays.read(shared)
    }
    void scene.attempt(read)
    return true
  }
  /** A slow answer invites a second tap. */
  const asked = new Set<string>()
  const put = async (placeId: string, name: string): Promise<void> => {
    if (asked.has(placeId)) return
    asked.add(placeId)
    const link = reading()?.link ?? undefined
    const number = await putForward(scene, { kind: 'place', placeId }, name, link)
    asked.delete(placeId)
    if (number === null) return
    props.overlays.read(null)
    props.overlays.seek('')
    props.onDone?.()
  }
  return (
    <SearchPlaces
      near={here}
      numberOf={(placeId) =>
        scene.standing().find((candidate) => candidate.placeId === placeId)?.number ?? null
      }
      now={scene.now()}
      zone={scene.state.view?.room.zone ?? 'Asia/Seoul'}
      onPut={(hit) => void put(hit.id, signOf(hit))}
      onShow={(hit) => {
        props.overlays.seek(sought)
        props.onDone?.()
        map()?.look(hit)
      }}
      onPoint={(hit) => map()?.point(hit)}
      onDropPin={() => {
        if (reading()) props.overlays.place(true)
        else props.overlays.dropPin(here() ?? null)
      }}
      pinLabel={reading() && !props.inline ? t('rooms.pasteWhere') : undefined}
      onText={(text) => {
        sought = text
        return readShared(text)
      }}
      ask={reading()?.name ?? (props.inline ? undefined : untrack(() => props.overlays.sought()))}
      note={
        <Show
          when={reading()}
          fallback={
            <Show when={unread()}>
              <p role="alert" class="px-1 pt-2 text-13 text-danger-ink">
                {t('errors.share_text_unknown')}
              </p>
            </Show>
          }
        >
          {(shared) => (
            <Notice
              tone="calm"
              class="mt-2"
              title={[shared().name, shared().address].filter(Boolean).join(' · ')}
              text={t('rooms.pastePick')}
              action={
                <Show when={props.inline}>
                  <Button look="txt" size={36} onClick={() => props.overlays.place(true)}>
                    {t('rooms.pasteWhere')}
                  </Button>
                </Show>
              }
            />
          )}
        </Show>
      }
      inline={props.inline}
      autofocus={!props.inline}
    />
  )
}

/** The search as the panel holds it: its results between field and list. */
export function InlineSearch(props: { overlays: RoomOverlays }) {
  return (
    <>
      <RoomSearch overlays={props.overlays} inline />
      <Allowance onlyNone />
    </>
  )
}

/** How many more I may put forward; the reason when it is none. */
export function Allowance(props: { onlyNone?: boolean }) {
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
    <Show when={left() === 0 || !props.onlyNone}>
      <p class="px-1 pt-3 pb-2 text-13 text-ink-2">
        {left() > 0 ? t('rooms.moreAllowed', { count: left() }) : t('rooms.moreAllowedNone')}
      </p>
    </Show>
  )
}
