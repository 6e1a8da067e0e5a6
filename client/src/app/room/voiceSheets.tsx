import {
  DeviceSheet,
  MicrophoneCheck,
  MicrophoneHelp,
  SoundSheet,
} from '../../features/voice/index.ts'
import type { Speaker, Voice } from '../../features/voice/index.ts'
import type { VoiceSheet } from './voice.ts'

/** Volumes, devices and help; loaded when one is opened. */
export function VoiceSheets(props: {
  voice: Voice
  inside: readonly Speaker[]
  sheet: VoiceSheet | null
  show: (sheet: VoiceSheet | null) => void
}) {
  const close = (): void => props.show(null)
  return (
    <>
      <SoundSheet
        voice={props.voice}
        open={props.sheet === 'sounds'}
        inside={props.inside}
        onClose={close}
        onDevices={() => props.show('devices')}
      />
      <DeviceSheet
        voice={props.voice}
        open={props.sheet === 'devices'}
        onClose={close}
        onCheck={() => props.show('check')}
      />
      <MicrophoneCheck voice={props.voice} open={props.sheet === 'check'} onClose={close} />
      <MicrophoneHelp voice={props.voice} open={props.sheet === 'help'} onClose={close} />
    </>
  )
}
