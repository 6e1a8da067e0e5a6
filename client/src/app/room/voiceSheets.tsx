import { DeviceSheet, MicrophoneHelp, SoundSheet } from '../../features/voice/index.ts'
import type { RoomVoice } from './voice.ts'

/** Volumes, devices and help; loaded when one is opened. */
export function VoiceSheets(props: { room: RoomVoice }) {
  const close = (): void => props.room.show(null)
  return (
    <>
      <SoundSheet
        voice={props.room.voice}
        open={props.room.sheet() === 'sounds'}
        inside={props.room.inside()}
        onClose={close}
        onDevices={() => props.room.show('devices')}
      />
      <DeviceSheet
        voice={props.room.voice}
        open={props.room.sheet() === 'devices'}
        onClose={close}
      />
      <MicrophoneHelp
        voice={props.room.voice}
        open={props.room.sheet() === 'help'}
        onClose={close}
      />
    </>
  )
}
