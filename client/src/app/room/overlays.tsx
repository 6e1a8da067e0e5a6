import { useNavigate } from '@solidjs/router'
import { Show, untrack } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import {
  AskSheet,
  HandoffSheet,
  InviteSheet,
  NoteSheet,
  PersonCard,
  ProfileSheet,
  RenameSheet,
  RoomMenu,
  roomsApi,
  roomTitle,
} from '../../features/rooms/index.ts'
import { VolumeRow } from '../../features/voice/index.ts'
import { OpenRoundSheet, votesApi } from '../../features/votes/index.ts'
import { serverNow } from '../../lib/clock.ts'
import { lang, setLang, t } from '../../lib/i18n/i18n.ts'
import { Segmented } from '../../ui/field.tsx'
import { setTheme, theme } from '../../ui/theme.ts'
import { showToast } from '../../ui/toast.tsx'
import type { RoomMapHandle } from './map.tsx'
import type { RoomOverlays } from './overlays.state.ts'
import type { Notices } from './notify.ts'
import { ProposeSheet } from './propose.tsx'
import { sayFailure, useScene } from './scene.ts'
import type { RoomVoice } from './voice.ts'

/** Every sheet of the room. */
export function Overlays(props: {
  overlays: RoomOverlays
  notices: Notices
  map: RoomMapHandle | undefined
  voice: RoomVoice
}) {
  const scene = useScene()
  const over = untrack(() => props.overlays)
  const room = () => scene.state.view?.room
  const noted = () => scene.standing().find(({ number }) => number === over.noted()) ?? null
  const id = scene.roomId
  return (
    <Show when={room()}>
      {(known) => (
        <>
          <InviteSheet
            open={over.shown() === 'invite'}
            code={known().code}
            title={roomTitle(known())}
            onClose={over.close}
            onHandoff={() => over.open('handoff')}
          />
          <HandoffSheet
            open={over.shown() === 'handoff'}
            code={known().code}
            onClose={over.close}
            onFailure={sayFailure}
          />
          <OpenRoundSheet
            open={over.shown() === 'round'}
            onClose={over.close}
            now={serverNow}
            onStart={(wish) => scene.attempt(() => votesApi.openRound(id, wish))}
          />
          <ProfileSheet
            open={over.shown() === 'profile'}
            me={scene.me()}
            onClose={over.close}
            onSave={(name, portrait) => scene.attempt(() => roomsApi.changeMe(id, name, portrait))}
          />
          <RenameSheet
            open={over.shown() === 'rename'}
            room={known()}
            onClose={over.close}
            onSave={(name, when) => scene.attempt(() => roomsApi.changeRoom(id, { name, when }))}
          />
          <NoteSheet
            candidate={noted()}
            onClose={() => over.annotate(null)}
            onSave={(note, link) =>
              scene.attempt(() => roomsApi.annotate(id, over.noted() ?? 0, note, link))
            }
          />
          <ProposeSheet
            open={over.shown() === 'propose'}
            pin={over.pin()}
            map={props.map}
            onPin={over.dropPin}
            onClose={() => {
              over.close()
              over.dropPin(null)
            }}
          />
          <Menu overlays={over} notices={props.notices} map={props.map} />
          <Person overlays={over} map={props.map} voice={props.voice} />
          <AskSheet question={over.question()} onClose={() => over.ask(null)} />
        </>
      )}
    </Show>
  )
}

function Menu(props: { overlays: RoomOverlays; notices: Notices; map: RoomMapHandle | undefined }) {
  const scene = useScene()
  const go = useNavigate()
  const over = untrack(() => props.overlays)
  const id = scene.roomId
  const room = () => scene.state.view?.room
  const host = (): boolean => scene.rights() !== false
  const open = (): boolean => scene.writable()
  const leave = (): void =>
    over.ask({
      title: t('rooms.leaveAsk'),
      text: t('rooms.leaveHint'),
      yes: t('rooms.leave'),
      run: async () => {
        if (await scene.attempt(() => roomsApi.leaveRoom(id))) go('/')
      },
    })
  const close = (): void =>
    over.ask({
      title: t('rooms.closeAsk'),
      text: t('rooms.closeHint'),
      yes: t('rooms.close'),
      run: () => scene.attempt(() => roomsApi.closeRoom(id)),
    })
  const said = async (work: () => Promise<unknown>, words: string): Promise<void> => {
    if (await scene.attempt(work)) showToast(words)
  }
  const meetHere = (): void => {
    const at = props.map?.layer.camera.freeBounds()
    if (at)
      void said(
        () =>
          roomsApi.changeRoom(id, {
            meeting: { lat: (at.south + at.north) / 2, lng: (at.west + at.east) / 2 },
          }),
        t('rooms.meetingSet'),
      )
  }
  const come = (): void => {
    const view = props.map?.layer.camera.freeBounds()
    if (view) void scene.attempt(() => roomsApi.comeHere(id, view))
  }
  const only = <T,>(may: boolean, act: T): T | undefined => (may ? act : undefined)
  return (
    <Show when={room()}>
      {(known) => (
        <RoomMenu
          open={over.shown() === 'menu'}
          room={known()}
          onClose={over.close}
          locked={
            host() && open()
              ? {
                  value: known().locked,
                  onChange: (locked) =>
                    void scene.attempt(() => roomsApi.changeRoom(id, { locked })),
                }
              : null
          }
          hidesMine={{
            value: scene.presence.hidesMine(),
            onChange: (hides) => scene.presence.hideMine(hides),
          }}
          notify={{ value: props.notices.on(), onChange: (on) => props.notices.set(on) }}
          more={<Looks />}
          acts={{
            comeHere: only(open(), come),
            rename: only(host() && open(), () => over.open('rename')),
            meetHere: only(host() && open(), meetHere),
            clearMeeting: only(
              host() && open() && known().meeting !== null,
              () => void scene.attempt(() => roomsApi.changeRoom(id, { meeting: null })),
            ),
            extend: only(
              host(),
              () => void said(() => roomsApi.extendRoom(id), t('rooms.extended')),
            ),
            changeLink: only(
              host() && open(),
              () => void said(() => roomsApi.changeLink(id), t('rooms.linkChanged')),
            ),
            close: only(scene.rights() === true && open(), close),
            reopen: only(
              scene.rights() === true && !open(),
              () => void scene.attempt(() => roomsApi.reopenRoom(id)),
            ),
            profile: () => over.open('profile'),
            handoff: () => over.open('handoff'),
            leave,
          }}
        />
      )}
    </Show>
  )
}

/** Language and brightness, at hand in the room too. */
function Looks() {
  return (
    <div class="flex flex-wrap gap-2 px-2 pt-2">
      <Segmented
        label={t('common.language')}
        value={lang()}
        options={[
          { value: 'ko', label: t('common.korean') },
          { value: 'en', label: t('common.english') },
        ]}
        onChange={setLang}
      />
      <Segmented
        label={t('common.theme')}
        value={theme()}
        options={[
          { value: 'system', label: t('common.themeSystem') },
          { value: 'light', label: t('common.themeLight') },
          { value: 'dark', label: t('common.themeDark') },
        ]}
        onChange={setTheme}
      />
    </div>
  )
}

function Person(props: {
  overlays: RoomOverlays
  map: RoomMapHandle | undefined
  voice: RoomVoice
}) {
  const scene = useScene()
  const over = untrack(() => props.overlays)
  const seat = (): Seat => over.person() ?? 0
  const person = () => (over.person() === null ? null : scene.person(seat()))
  const live = () => scene.presence.people[seat()]
  const room = () => scene.state.view?.room
  const about = (): string => {
    if (room()?.hostSeat === seat()) return t('rooms.host')
    if (room()?.actingSeat === seat()) return t('rooms.actingHost')
    return live()?.presence === 'here' ? '' : t('common.away')
  }
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
    scene.rights() === true || (scene.rights() === 'acting' && room()?.hostSeat !== seat())
  return (
    <PersonCard
      person={person()}
      onClose={() => over.showPerson(null)}
      about={about()}
      following={scene.presence.following() === seat()}
      followable={live()?.presence === 'here' && !live()?.hides}
      onFollow={() => {
        scene.presence.follow(scene.presence.following() === seat() ? 0 : seat())
        over.showPerson(null)
      }}
      onJump={() => {
        props.map?.layer.jumpTo(seat())
        over.showPerson(null)
      }}
      volume={
        <Show when={live()?.inVoice}>
          <ul>
            <VolumeRow voice={props.voice.voice} of={props.voice.speakerOf(seat())} />
          </ul>
        </Show>
      }
      onHandOver={scene.rights() === true ? handOver : undefined}
      onRemove={mayRemove() ? remove : undefined}
    />
  )
}
