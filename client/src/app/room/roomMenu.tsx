import { useNavigate } from '@solidjs/router'
import { Show, untrack } from 'solid-js'
import { RoomMenu, roomsApi } from '../../features/rooms/index.ts'
import { formatDay, formatTime } from '../../lib/i18n/format.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { showToast } from '../../ui/toast.tsx'
import { LanguageChoice, ThemeChoice } from '../looks.tsx'
import type { RoomMapHandle } from './map.tsx'
import type { RoomOverlays } from './overlays.state.ts'
import type { Notices } from './notify.ts'
import { sayFailure, useScene } from './scene.ts'

/** The room's menu: what is absent is not mine to do. */
export function Menu(props: {
  overlays: RoomOverlays
  notices: Notices
  map: RoomMapHandle | undefined
}) {
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
  const extend = async (): Promise<void> => {
    const { expiresAt, zone } = await roomsApi.extendRoom(id)
    showToast(
      t('rooms.extended', {
        day: formatDay(expiresAt, zone),
        time: formatTime(expiresAt, zone),
      }),
    )
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
          looks={
            <>
              <LanguageChoice onFailed={sayFailure} />
              <ThemeChoice />
            </>
          }
          acts={{
            comeHere: only(open(), come),
            rename: only(host() && open(), () => over.open('rename')),
            meetHere: only(host() && open(), meetHere),
            clearMeeting: only(
              host() && open() && known().meeting !== null,
              () => void scene.attempt(() => roomsApi.changeRoom(id, { meeting: null })),
            ),
            extend: only(host(), () => void scene.attempt(extend)),
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
