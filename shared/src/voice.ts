import { z } from 'zod'
import type { PersonId } from './users.ts'

/** One tab per device plays and sends; the id is kept in this browser's storage. */
export const deviceIdSchema = z.string().regex(/^[a-z0-9]{8,32}$/)

export const voiceTokenInput = z.object({ roomId: z.uuid(), device: deviceIdSchema })
export interface VoiceToken {
  /** Address of the SFU's signalling as this client reaches it. */
  url: string
  /** Join token of 10 minutes, microphone only. Asked anew on every connect and reconnect. */
  token: string
  identity: string
}
export interface VoiceStatus {
  available: boolean
  /** Who is in the room's voice now. */
  people: PersonId[]
}
