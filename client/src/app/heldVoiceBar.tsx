import './heldVoiceBar.css'
import { createMemo, createSignal, Show, untrack } from 'solid-js'
import { VoiceBar } from '../features/voice/index.ts'
import type { Speaker } from '../features/voice/index.ts'
import { t } from '../lib/i18n/i18n.ts'
import { createMedia, DESK } from '../ui/media.ts'
import type { Company, HeldVoice } from './heldVoice.ts'
import { VoiceSheets } from './room/voiceSheets.tsx'
import type { VoiceSheet } from './room/voice.ts'

/** Voice beside the result: the microphone, who speaks, and the way out. */
export function HeldVoiceBar(props: { held: HeldVoice; company: Company }) {
  const wide = createMedia(DESK)
  const voice = untrack(() => props.held.voice)
  const [sheet, show] = createSignal<VoiceSheet | null>(null)
  const speakerOf = (personId: string): Speaker =>
    props.company.people.find((person) => person.personId === personId) ?? {
      personId,
      name: t('common.someoneWhoLeft'),
      colour: 1,
    }
  const inside = createMemo(() => voice.peers().map((peer) => speakerOf(peer.personId)))
  const speakers = createMemo(() =>
    voice
      .peers()
      .filter((peer) => peer.speaking)
      .map((peer) => speakerOf(peer.personId)),
  )
  return (
    <Show when={voice.phase() === 'in' || voice.phase() === 'reconnecting'}>
      <nav class="held-voice" aria-label={t('voice.bar')}>
        <VoiceBar
          voice={voice}
          layout={wide() ? 'pill' : 'dock'}
          me={props.company.me}
          inside={inside()}
          speakers={speakers()}
          onSounds={() => show('sounds')}
          onDevices={() => show('devices')}
          onHelp={() => show('help')}
        />
      </nav>
      <Show when={sheet() !== null}>
        <VoiceSheets voice={voice} inside={inside()} sheet={sheet()} show={show} />
      </Show>
    </Show>
  )
}
