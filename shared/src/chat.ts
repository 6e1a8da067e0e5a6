import { z } from 'zod'
import type { PersonId } from './users.ts'

/** The wire contract that later chat keeps: a number per channel from 1 without gaps, and the sender's own id for retries. */
export const channelIdSchema = z.uuid()
export const clientMessageIdSchema = z.uuid()

export interface Message {
  channelId: string
  /** From 1, no gaps, the order of the channel. */
  seq: number
  clientId: string
  authorId: PersonId
  authorName: string
  authorPortrait: string
  body: string
  /** Server time, ms. */
  at: number
}

export const sendInput = z.object({
  channelId: channelIdSchema,
  clientId: clientMessageIdSchema,
  /** Bounded roughly here, exactly (code points, after NFC and trim) by the service, so that the refusal says why. */
  body: z.string().max(20_000),
})
/** The acknowledgement: stored under this number. A repeated client id returns the first one's. */
export interface SendResult {
  seq: number
  at: number
}

export const historyInput = z.object({
  channelId: channelIdSchema,
  /** Messages with a lower number, newest first in the request, oldest first in the answer. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(100).default(50),
})
export interface History {
  epoch: string
  messages: Message[]
  more: boolean
}

export const typingInput = z.object({ channelId: channelIdSchema, typing: z.boolean() })

export const channelEventsInput = z.object({
  channelId: channelIdSchema,
  /** `epoch:seq` of the last message seen; absent: from now. tRPC fills it on reconnect. */
  lastEventId: z.string().max(80).nullish(),
})
export type ChannelEvent =
  | { type: 'message'; message: Message }
  /** Too old to resume or another epoch: read the history again. */
  | { type: 'reset'; epoch: string; lastSeq: number }
  | { type: 'typing'; personIds: PersonId[] }
