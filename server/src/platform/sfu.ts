import {
  AccessToken,
  RoomServiceClient,
  type VideoGrant,
  type WebhookEvent,
  WebhookReceiver,
} from 'livekit-server-sdk'
import { AppError } from '#shared/errors.ts'

export interface SfuOptions {
  url: string | undefined
  key: string | undefined
  secret: string | undefined
}

export interface SfuToken {
  room: string
  identity: string
  /** Smallest grants; `roomJoin` and `room` are added here. */
  grant: Omit<VideoGrant, 'room' | 'roomJoin'>
  name?: string
  ttlSeconds?: number
}

export interface SfuParticipant {
  identity: string
  joinedAtMs: number
}

/** The media server. Every call but `isAvailable` throws AppError('voice_unavailable') when there is none or it does not answer. */
export interface Sfu {
  /** Asked at most every 2 s; answers within 1 s. */
  isAvailable(): Promise<boolean>
  mintToken(token: SfuToken): Promise<string>
  /** Also right when the room exists; brings it back after a restart of the media server. */
  createRoom(
    name: string,
    options?: { emptySeconds?: number; maxParticipants?: number },
  ): Promise<void>
  deleteRoom(name: string): Promise<void>
  listParticipants(room: string): Promise<SfuParticipant[]>
  /** True when someone was removed, false when the participant or room was not there. */
  removeParticipant(room: string, identity: string): Promise<boolean>
  /** Checks the signature over the raw body; throws AppError('unauthenticated') when it is not LiveKit's. */
  verifyWebhook(rawBody: string, authorization: string | undefined): Promise<WebhookEvent>
}

const PROBE_EVERY_MS = 2_000
const PROBE_TIMEOUT_MS = 1_000
const TOKEN_SECONDS = 600

export function makeSfu(options: SfuOptions): Sfu {
  const { url, key, secret } = options
  if (!url || !key || !secret) return absent
  const base = url.replace(/^ws/, 'http').replace(/\/+$/, '')
  const rooms = new RoomServiceClient(base, key, secret, { requestTimeout: 5 })
  const webhooks = new WebhookReceiver(key, secret)
  return {
    isAvailable: makeProbe(base),
    mintToken: ({ room, identity, grant, name, ttlSeconds = TOKEN_SECONDS }) => {
      const token = new AccessToken(key, secret, {
        identity,
        ttl: ttlSeconds,
        ...(name === undefined ? {} : { name }),
      })
      token.addGrant({ ...grant, roomJoin: true, room })
      return token.toJwt()
    },
    createRoom: (name, { emptySeconds = 300, maxParticipants = 0 } = {}) =>
      ask(async () => {
        await rooms.createRoom({ name, emptyTimeout: emptySeconds, maxParticipants })
      }),
    deleteRoom: (name) =>
      ask(async () => {
        await orNull(rooms.deleteRoom(name))
      }),
    listParticipants: (room) =>
      ask(async () => {
        const people = (await orNull(rooms.listParticipants(room))) ?? []
        return people.map(({ identity, joinedAt }) => ({
          identity,
          joinedAtMs: Number(joinedAt) * 1_000,
        }))
      }),
    removeParticipant: (room, identity) =>
      ask(
        async () =>
          (await orNull(rooms.removeParticipant(room, identity).then(() => true))) ?? false,
      ),
    verifyWebhook: async (rawBody, authorization) => {
      try {
        return await webhooks.receive(rawBody, authorization)
      } catch {
        throw new AppError('unauthenticated')
      }
    },
  }
}

function makeProbe(base: string): () => Promise<boolean> {
  let askedAt = -Infinity
  let answer: Promise<boolean> = Promise.resolve(false)
  return () => {
    if (performance.now() - askedAt < PROBE_EVERY_MS) return answer
    askedAt = performance.now()
    answer = fetch(base, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
      async (response) => (await response.text(), response.ok),
      () => false,
    )
    return answer
  }
}

/** A room or participant that is gone is an answer, not a failure. */
async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return null
    throw error
  }
}

async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw Object.assign(new AppError('voice_unavailable'), { cause: error })
  }
}

const refuse = async (): Promise<never> => {
  throw new AppError('voice_unavailable')
}

const absent: Sfu = {
  isAvailable: async () => false,
  mintToken: refuse,
  createRoom: refuse,
  deleteRoom: refuse,
  listParticipants: refuse,
  removeParticipant: refuse,
  verifyWebhook: refuse,
}
