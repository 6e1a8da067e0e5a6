export { voiceApi } from './api.ts'
export { createVoice, isJoining } from './state.ts'
export type { Voice, VoiceFlags } from './state.ts'
export { VoiceBar } from './ui/bar.tsx'
export type { Speaker } from './ui/bar.tsx'
export { MicrophoneCheck } from './ui/check.tsx'
export { DeviceSheet, MicrophoneHelp, SoundSheet, VolumeRow } from './ui/sheets.tsx'
export {
  readSettings as readVoiceSettings,
  writeSettings as writeVoiceSettings,
} from './state.settings.ts'
