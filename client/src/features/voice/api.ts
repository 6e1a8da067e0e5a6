import { trpc } from '../../lib/trpc.ts'
import type { VoiceApi } from './state.ts'

export const voiceApi: VoiceApi = {
  token: (roomId, device, signal) => trpc.voice.token.mutate({ roomId, device }, { signal }),
  status: (roomId) => trpc.voice.status.query({ roomId }),
}
