import { lazy, Show, Suspense } from 'solid-js'
import { isJoining, VoiceBar } from '../../features/voice/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { untilLoaded } from '../../ui/untilLoaded.ts'
import { ChatButton } from './chat.tsx'
import type { RoomChat } from './chat.tsx'
import type { Layout } from './layout.ts'
import type { RoomMapHandle } from './map.tsx'
import { useScene } from './scene.ts'
import type { RoomVoice } from './voice.ts'

const VoiceSheets = lazy(async () => ({
  default: (await untilLoaded(() => import('./voiceSheets.tsx'))).VoiceSheets,
}))

/** Voice and chat, in reach of the thumb. */
export function Dock(props: {
  layout: Layout
  map: RoomMapHandle | undefined
  chat: RoomChat
  room: RoomVoice
}) {
  const scene = useScene()
  const onPhone = () => props.layout.shape() === 'phone'
  const jump = (personId: string): void => {
    const seat = scene.present().find((one) => scene.person(one).personId === personId)
    if (seat !== undefined) props.map?.layer.jumpTo(seat)
  }
  return (
    <>
      <nav
        class="room-dock"
        data-chat={props.chat.open() ? '' : undefined}
        aria-label={t('rooms.dock')}
      >
        {/* A closed room lets nobody in to talk. */}
        <Show when={scene.writable() || isJoining(props.room.voice.phase())}>
          <VoiceBar
            voice={props.room.voice}
            layout={onPhone() || props.layout.shape() === 'sideways' ? 'dock' : 'pill'}
            me={props.room.me()}
            inside={props.room.inside()}
            speakers={props.room.speakers()}
            onJump={jump}
            onSounds={() => props.room.show('sounds')}
            onDevices={() => props.room.show('devices')}
            onHelp={() => props.room.show('help')}
            onCheck={scene.demo() ? () => props.room.show('check') : undefined}
          />
        </Show>
        <ChatButton room={props.chat} layout={props.layout} />
      </nav>
      <Show when={props.room.sheet() !== null}>
        <Suspense>
          <VoiceSheets
            voice={props.room.voice}
            inside={props.room.inside()}
            sheet={props.room.sheet()}
            show={props.room.show}
          />
        </Suspense>
      </Show>
    </>
  )
}
