import { Show, untrack } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import { PersonCard, roomsApi } from '../../features/rooms/index.ts'
import { VolumeRow } from '../../features/voice/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { showRefusal, showToast } from '../../ui/toast.tsx'
import type { RoomMapHandle } from './map.tsx'
import type { RoomOverlays } from './overlays.state.ts'
import { useScene } from './scene.ts'
import type { RoomVoice } from './voice.ts'

/** The card of whoever was tapped on. */
export function Person(props: {
  overlays: RoomOverlays
  map: RoomMapHandle | undefined
  voice: RoomVoice
}) {
  const scene = useScene()
  const over = untrack(() => props.overlays)
  const seat = (): Seat => over.person() ?? 0
  const person = () => (over.person() === null ? null : scene.person(seat()))
  const simulated = (): boolean => scene.person(seat()).simulated
  const live = () => scene.presence.people[seat()]
  const room = () => scene.state.view?.room
  const about = (): string =>
    [
      simulated() && t('demo.friend'),
      room()?.hostSeat === seat() && t('rooms.host'),
      room()?.actingSeat === seat() && t('rooms.actingHost'),
      scene.present().includes(seat()) ? t('rooms.hereNow') : t('rooms.awayNow'),
    ]
      .filter(Boolean)
      .join(' · ')
  const remove = (): void => {
    const name = scene.person(seat()).name
    const gone = seat()
    over.showPerson(null)
    over.ask({
      title: t('rooms.removeAsk', { name }),
      text: t('rooms.removeHint'),
      yes: t('rooms.removePerson'),
      danger: true,
      run: async () => {
        if (await scene.attempt(() => roomsApi.removePerson(scene.roomId, gone)))
          showToast(t('rooms.removed', { name }), {
            label: t('rooms.changeLink'),
            run: () =>
              void scene
                .attempt(() => roomsApi.changeLink(scene.roomId))
                .then((done) => done && showToast(t('rooms.linkChanged'))),
          })
      },
    })
  }
  const handOver = (): void => {
    const name = scene.person(seat()).name
    const next = seat()
    over.showPerson(null)
    over.ask({
      title: t('rooms.handOverAsk', { name }),
      text: '',
      yes: t('rooms.handOver'),
      run: async () => {
        if (await scene.attempt(() => roomsApi.handOver(scene.roomId, next)))
          showToast(t('rooms.handedOver', { name }))
      },
    })
  }
  const mayRemove = (): boolean =>
    !simulated() &&
    (scene.rights() === true || (scene.rights() === 'acting' && room()?.hostSeat !== seat()))
  return (
    <PersonCard
      person={person()}
      onClose={() => over.showPerson(null)}
      about={about()}
      note={simulated() ? t('demo.friendHint') : undefined}
      following={scene.presence.following() === seat()}
      followable={live()?.presence === 'here' && !live()?.hides}
      onFollow={() => {
        const next = scene.presence.following() === seat() ? 0 : seat()
        if (!scene.presence.follow(next)) showRefusal(t('rooms.offline'))
        over.showPerson(null)
      }}
      onJump={() => {
        props.map?.layer.jumpTo(seat())
        over.showPerson(null)
      }}
      volume={
        <Show when={live()?.inVoice}>
          <ul>
            <VolumeRow named voice={props.voice.voice} of={props.voice.speakerOf(seat())} />
          </ul>
        </Show>
      }
      onHandOver={scene.rights() === true && !simulated() ? handOver : undefined}
      onRemove={mayRemove() ? remove : undefined}
    />
  )
}
