export { makeVoiceLive } from './live.ts'
export { makeVoice } from './service.ts'
export type { Voice } from './service.ts'
