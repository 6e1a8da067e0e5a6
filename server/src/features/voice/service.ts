import { TrackSource } from 'livekit-server-sdk'
import type { WebhookEvent } from 'livekit-server-sdk'
import type { Rooms } from '#server/features/rooms/index.ts'
import type { Log } from '#server/platform/log.ts'
import type { Sfu } from '#server/platform/sfu.ts'
import { AppError } from '#shared/errors.ts'
import type { PersonId } from '#shared/users.ts'
import { personOfIdentity, voiceIdentity } from '#shared/voice.identity.ts'
import type { VoiceStatus, VoiceToken } from '#shared/voice.ts'
import type { VoiceLive } from './live.ts'
import { roomOfSfu, sfuRoomOf } from './policy.ts'

export interface VoiceParts {
  sfu: Sfu
  rooms: Pick<Rooms, 'requireMember'>
  live: VoiceLive
  log: Log
  /** Where browsers find the SFU's signalling. */
  publicUrl: string
}

export interface Voice {
  /**
   * A join token of 10 minutes with the smallest grants (microphone only), after the membership check. The SFU room is made anew if a
   * restart lost it. Throws not_a_member, room_closed, voice_unavailable.
   */
  token(personId: PersonId, roomId: string, device: string): Promise<VoiceToken>
  /** Whether the SFU answers, and who is in the room's voice. */
  status(personId: PersonId, roomId: string): Promise<VoiceStatus>
  /** A verified webhook; repeated ids are ignored, and lost ones are made up for by `sweep`. */
  receive(event: WebhookEvent): Promise<void>
  /** Takes every device of a person out of a room's voice, now if the SFU answers, else with the next sweep. Never rejects. */
  removePerson(roomId: string, personId: PersonId): Promise<void>
  /** One poll over all rooms with voice: who is not a member any more is removed (a token outlives a removal). */
  sweep(): Promise<void>
  /** The same, unless some server did it less than `intervalMs` ago: one polls for all. */
  sweepInTurn(intervalMs: number): Promise<void>
}

export function makeVoice({ sfu, rooms, live, log, publicUrl }: VoiceParts): Voice {
  const isMember = async (roomId: string, personId: PersonId): Promise<boolean> => {
    try {
      await rooms.requireMember(roomId, personId)
      return true
    } catch (error) {
      if (error instanceof AppError && refusals.has(error.code)) return false
      throw error
    }
  }
  const removeStrangers = async (roomId: string): Promise<number> => {
    const inside = await sfu.listParticipants(sfuRoomOf(roomId))
    for (const { identity } of inside) {
      if (await isMember(roomId, personOfIdentity(identity))) continue
      await sfu.removeParticipant(sfuRoomOf(roomId), identity)
      log.info({ roomId }, 'somebody without a seat was taken out of voice')
    }
    return inside.length
  }
  const sweep = async (): Promise<void> => {
    if (!(await sfu.isAvailable())) return
    for (const roomId of await live.noted()) {
      if ((await removeStrangers(roomId)) === 0) await live.forgetIfOld(roomId)
    }
  }
  return {
    async token(personId, roomId, device) {
      const member = await rooms.requireMember(roomId, personId)
      if (!member.writable) throw new AppError('room_closed')
      await sfu.createRoom(sfuRoomOf(roomId))
      await live.note(roomId)
      const identity = voiceIdentity(personId, device)
      const token = await sfu.mintToken({
        room: sfuRoomOf(roomId),
        identity,
        grant: microphoneOnly,
      })
      return { url: publicUrl, token, identity }
    },
    async status(personId, roomId) {
      await rooms.requireMember(roomId, personId)
      const inside = (await sfu.isAvailable())
        ? await sfu.listParticipants(sfuRoomOf(roomId)).catch(nullIfAbsent)
        : null
      return {
        available: inside !== null,
        people: [...new Set(inside?.map(({ identity }) => personOfIdentity(identity)))],
      }
    },
    async receive(event) {
      const roomId = roomOfSfu(event.room?.name ?? '')
      if (roomId === null || event.event !== 'participant_joined' || !event.participant) return
      if (!(await live.firstSight(event.id))) return
      if (await isMember(roomId, personOfIdentity(event.participant.identity))) return
      await sfu.removeParticipant(sfuRoomOf(roomId), event.participant.identity)
    },
    async removePerson(roomId, personId) {
      try {
        if (!(await sfu.isAvailable())) return
        const inside = await sfu.listParticipants(sfuRoomOf(roomId))
        const theirs = inside.filter(({ identity }) => personOfIdentity(identity) === personId)
        await Promise.all(
          theirs.map(({ identity }) => sfu.removeParticipant(sfuRoomOf(roomId), identity)),
        )
      } catch (error) {
        log.warn(
          { err: error, roomId },
          'taking somebody out of voice failed; the next sweep does it',
        )
      }
    },
    sweep,
    async sweepInTurn(intervalMs) {
      if (await live.takeTurn(intervalMs)) await sweep()
    },
  }
}

/** It ended after it last answered. */
function nullIfAbsent(error: unknown): null {
  if (error instanceof AppError && error.code === 'voice_unavailable') return null
  throw error
}

const refusals = new Set<string>(['not_a_member', 'room_removed', 'room_unknown', 'room_expired'])

const microphoneOnly = {
  canPublish: true,
  canPublishSources: [TrackSource.MICROPHONE],
  canPublishData: false,
  canSubscribe: true,
  canUpdateOwnMetadata: false,
}
