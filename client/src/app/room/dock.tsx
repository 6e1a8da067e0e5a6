import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js'
import { createVoice, DeviceSheet, MicrophoneHelp, SoundSheet, voiceApi, VoiceBar } from '../../features/voice/index.ts'
import type { Speaker } from '../../features/voice/index.ts'
import { t } from '../../lib/i18n/i18n.ts'
import { ChatButton } from './chat.tsx'
import type { RoomChat } from './chat.tsx'
import type { Layout } from './layout.ts'
import type { RoomMapHandle } from './map.tsx'
import { useScene } from './scene.ts'

/** Voice and chat, in reach of the thumb. */
export function Dock(props: { layout: Layout; map: RoomMapHandle | undefined; chat: RoomChat }) {
  const scene = useScene()
  const voice = createVoice(
    () => scene.roomId,
    voiceApi,
    (flags) => scene.presence.setVoice(flags),
    () => void scene.attempt(() => voiceApi.status(scene.roomId)),
  )
  const [sheet, setSheet] = createSignal<'sounds' | 'devices' | 'help' | null>(null)
  const speakerOf = (seat: number): Speaker => ({ ...scene.person(seat), personId: scene.person(seat).personId })
  const others = createMemo(() => scene.present().filter((seat) => seat !== scene.me().seat))
  const inside = createMemo(() => others().filter((seat) => scene.presence.people[seat]?.inVoice).map(speakerOf))
  const speakers = createMemo(() => others().filter((seat) => scene.presence.people[seat]?.speaking).map(speakerOf))
  const jump = (personId: string): void => {
    const seat = others().find((one) => scene.person(one).personId === personId)
    if (seat !== undefined) props.map?.layer.jumpTo(seat)
  }
  createEffect(() => {
    document.documentElement.style.setProperty('--toast-bottom', props.layout.shape() === 'phone' ? 'calc(var(--dock-h) + var(--safe-b))' : '84px')
    onCleanup(() => document.documentElement.style.removeProperty('--toast-bottom'))
  })
  return (
    <>
      <nav class="room-dock" data-chat={props.chat.open() ? '' : undefined} aria-label={t('rooms.dock')}>
        <VoiceBar
          voice={voice}
          layout={props.layout.shape() === 'phone' || props.layout.shape() === 'sideways' ? 'dock' : 'pill'}
          me={{ ...scene.me(), personId: scene.me().personId }}
          inside={inside()}
          speakers={speakers()}
          onJump={jump}
          onSounds={() => setSheet('sounds')}
          onDevices={() => setSheet('devices')}
          onHelp={() => setSheet('help')}
        />
        <ChatButton room={props.chat} layout={props.layout} />
      </nav>
      <Show when={sheet() !== null}>
        <SoundSheet voice={voice} open={sheet() === 'sounds'} inside={inside()} onClose={() => setSheet(null)} onDevices={() => setSheet('devices')} />
        <DeviceSheet voice={voice} open={sheet() === 'devices'} onClose={() => setSheet(null)} />
        <MicrophoneHelp voice={voice} open={sheet() === 'help'} onClose={() => setSheet(null)} />
      </Show>
    </>
  )
}
