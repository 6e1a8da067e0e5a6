import { createEffect, on, Show, untrack } from 'solid-js'
import { newFaceSeed } from '#shared/faces.ts'
import {
  AskSheet,
  InviteSheet,
  NoteSheet,
  RenameSheet,
  roomsApi,
  roomTitle,
} from '../../features/rooms/index.ts'
import { ProfileSheet } from '../../features/users/index.ts'
import { OpenRoundSheet, votesApi } from '../../features/votes/index.ts'
import type { RoundWish } from '../../features/votes/index.ts'
import { serverNow } from '../../lib/clock.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { ElsewhereSheet } from '../elsewhere.tsx'
import { isFocusLost } from '../../ui/focus.ts'
import type { RoomMapHandle } from './map.tsx'
import { keepNamed } from './naming.ts'
import type { RoomOverlays } from './overlays.state.ts'
import type { Notices } from './notify.ts'
import { Person } from './personCard.tsx'
import { ProposeSheet } from './propose.tsx'
import { Menu } from './roomMenu.tsx'
import { sayFailure, useScene } from './scene.ts'
import type { Scene } from './scene.ts'
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
  const me = () => ({ ...scene.me(), portrait: scene.me().portrait ?? newFaceSeed() })
  const rename = async (name: string, portrait: string): Promise<boolean> => {
    const done = await scene.attempt(() => roomsApi.changeMe(id, name, portrait))
    if (done) keepNamed(scene)
    return done
  }
  const start = createStart(scene)
  /** Who doesn't answer doesn't go on to the invitation either. */
  let named = false
  const introduce = async (name: string, portrait: string): Promise<boolean> =>
    (named = await rename(name, portrait))
  return (
    <Show when={room()}>
      {(known) => (
        <>
          <InviteSheet
            open={over.shown() === 'invite'}
            code={known().code}
            title={roomTitle(known())}
            note={known().demo ? t('demo.invited') : undefined}
            onClose={over.close}
            onHandoff={() => over.open('handoff')}
          />
          <ElsewhereSheet
            open={over.shown() === 'handoff'}
            roomCode={known().code}
            onClose={over.close}
            onFailed={sayFailure}
          />
          <OpenRoundSheet
            open={over.shown() === 'round'}
            onClose={over.close}
            now={serverNow}
            quorum={known().demo}
            backTo={firstPlate}
            onStart={start}
          />
          <ProfileSheet
            open={over.shown() === 'profile'}
            title={t('rooms.myProfile')}
            of={me()}
            onClose={over.close}
            onSave={rename}
          />
          <ProfileSheet
            open={over.shown() === 'naming'}
            title={t('rooms.nickTitle')}
            hint={t('rooms.welcomeText')}
            does={t('rooms.inviteAs')}
            of={me()}
            onClose={() => (named ? over.open('invite') : over.close())}
            onSave={introduce}
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
          <ProposeSheet overlays={over} />
          <Menu overlays={over} notices={props.notices} map={props.map} />
          <Person overlays={over} map={props.map} voice={props.voice} />
          <AskSheet question={over.question()} onClose={() => over.ask(null)} />
        </>
      )}
    </Show>
  )
}

/** Fingers need no focus, and a sheet would rise to show it. */
const firstPlate = (): HTMLElement | undefined =>
  matchMedia('(hover: hover)').matches
    ? (document.querySelector<HTMLElement>('.cand .vote') ?? undefined)
    : undefined

/** Starts a vote. Its button goes once the round is there, before or after its sheet: who started goes on where choosing is done. */
function createStart(scene: Scene): (wish: RoundWish) => Promise<boolean> {
  let mine = false
  createEffect(
    on(scene.open, (round) => {
      if (!round || !mine) return
      mine = false
      // What the round changes on the page is there by then.
      requestAnimationFrame(() => isFocusLost() && firstPlate()?.focus({ preventScroll: true }))
    }),
  )
  return (wish) => {
    mine = true
    return scene.attempt(() => votesApi.openRound(scene.roomId, wish))
  }
}
