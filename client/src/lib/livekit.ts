import {
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  RemoteAudioTrack,
  Room,
  RoomEvent,
  Track,
  createLocalAudioTrack,
} from 'livekit-client'
import type {
  LocalAudioTrack,
  Participant,
  RemoteParticipant,
  RemoteTrackPublication,
} from 'livekit-client'
import { personOfIdentity } from '#shared/voice.identity.ts'
import type { VoiceToken } from '#shared/voice.ts'

/** Loaded on the first tap on "Join voice" and never before: livekit-client is larger than the rest of the room. */
export interface VoiceCallbacks {
  /** A fresh token for every connect; tokens live ten minutes. */
  token(signal: AbortSignal): Promise<VoiceToken>
  /** Anything below may have changed. */
  changed(): void
  /** Out for good: removed, or voice was moved to another tab of this device. */
  ended(reason: 'removed' | 'moved'): void
}

export type Quality = 'good' | 'fair' | 'poor'
export interface VoicePeer {
  identity: string
  personId: string
  speaking: boolean
  muted: boolean
  quality: Quality
}

export interface MicrophoneChoice {
  deviceId: string | undefined
  echoCancellation: boolean
  noiseSuppression: boolean
}

export interface VoiceSession {
  readonly state: 'connecting' | 'connected' | 'reconnecting'
  /** True while the browser refuses to play until a tap. */
  readonly soundBlocked: boolean
  /** Others in voice, without this person's other devices. */
  readonly peers: VoicePeer[]
  readonly self: { speaking: boolean; quality: Quality }
  /** 0 to 1, of the own microphone; 0 while it is off. */
  level(): number
  startSound(): Promise<void>
  /** Asks the browser for the microphone the first time. Throws what getUserMedia throws. */
  setMicrophone(on: boolean, choice: MicrophoneChoice): Promise<void>
  changeMicrophone(choice: MicrophoneChoice): Promise<void>
  setSpeaker(deviceId: string): Promise<void>
  /** 0 to 1.5. Kept over reconnects by the caller's `volumeOf`. */
  setVolume(personId: string, volume: number): void
  leave(): Promise<void>
  /** For drills in tests; see LiveKit's `simulateScenario`. */
  simulate(scenario: Parameters<Room['simulateScenario']>[0]): Promise<void>
}

const RETRY_FIRST_MS = 300
const RETRY_MAX_MS = 1_000
/**
 * Waits before LiveKit's own tries to mend a connection, ms; then it is made anew with a fresh token. By itself it would go on for
 * half a minute with waits of 7 s, and an SFU that was started again no longer knows the room that only a fresh token makes.
 */
const MEND_AFTER_MS = [0, 300, 1_000]

/** A connection that was lost takes its voices with it: whoever speaks in the next one gets a new element. */
function dropVoices(): void {
  for (const element of document.querySelectorAll('audio[data-voice]')) element.remove()
}

const qualities: Record<string, Quality> = {
  [ConnectionQuality.Excellent]: 'good',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Poor]: 'fair',
  [ConnectionQuality.Lost]: 'poor',
}
const qualityOf = (participant: Participant): Quality =>
  qualities[participant.connectionQuality] ?? 'good'

/**
 * Joins a room's voice as a listener. Reconnects by itself: LiveKit's own way first, and when that gives up with a fresh token and a new
 * connection, until `leave`. Microphone state and volumes are kept over reconnects.
 */
export async function joinVoice(
  callbacks: VoiceCallbacks,
  volumeOf: (personId: string) => number,
): Promise<VoiceSession> {
  const stop = new AbortController()
  let ownPerson = ''
  let room: Room | undefined
  let wanted: { on: boolean; choice: MicrophoneChoice } | undefined
  let microphone: LocalAudioTrack | undefined
  let speaker: string | undefined
  let state: VoiceSession['state'] = 'connecting'

  const wire = (fresh: Room): void => {
    // Own devices are never subscribed to: the tone that A sends must not come back from A's other phone.
    const subscribe = (
      publication: RemoteTrackPublication,
      participant: RemoteParticipant,
    ): void => {
      if (
        publication.kind === Track.Kind.Audio &&
        personOfIdentity(participant.identity) !== ownPerson
      ) {
        publication.setSubscribed(true)
      }
    }
    fresh.on(RoomEvent.TrackPublished, subscribe)
    const subscribeTo = (participant: RemoteParticipant): void => {
      for (const publication of participant.trackPublications.values())
        subscribe(publication, participant)
    }
    const subscribeAll = (): void => {
      for (const participant of fresh.remoteParticipants.values()) subscribeTo(participant)
    }
    // What was published before we came, or came back, is not always told track by track.
    fresh.on(RoomEvent.Connected, subscribeAll)
    fresh.on(RoomEvent.Reconnected, subscribeAll)
    fresh.on(RoomEvent.ParticipantConnected, subscribeTo)
    fresh.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
      if (!(track instanceof RemoteAudioTrack)) return
      const element = track.attach()
      element.dataset['voice'] = participant.identity
      element.hidden = true
      document.body.append(element)
      track.setVolume(volumeOf(personOfIdentity(participant.identity)))
      callbacks.changed()
    })
    fresh.on(RoomEvent.TrackUnsubscribed, (track) => {
      for (const element of track.detach()) element.remove()
      callbacks.changed()
    })
    for (const event of [
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted,
      RoomEvent.ConnectionQualityChanged,
      RoomEvent.AudioPlaybackStatusChanged,
    ] as const) {
      fresh.on(event, () => callbacks.changed())
    }
    fresh.on(RoomEvent.ConnectionStateChanged, (now) => {
      if (room !== fresh) return
      if (now === ConnectionState.Connected) state = 'connected'
      if (now === ConnectionState.Reconnecting || now === ConnectionState.SignalReconnecting)
        state = 'reconnecting'
      callbacks.changed()
    })
    fresh.on(RoomEvent.Disconnected, (reason) => {
      if (room !== fresh || stop.signal.aborted) return
      if (reason === DisconnectReason.DUPLICATE_IDENTITY) end('moved')
      else if (reason === DisconnectReason.PARTICIPANT_REMOVED) end('removed')
      else void connectAgain()
    })
  }
  const end = (reason: 'removed' | 'moved'): void => {
    release()
    callbacks.ended(reason)
  }
  const release = (): void => {
    stop.abort()
    microphone?.stop()
    microphone = undefined
    const last = room
    room = undefined
    void last?.disconnect(true)
    dropVoices()
  }
  const connect = async (): Promise<void> => {
    const { url, token, identity } = await callbacks.token(stop.signal)
    stop.signal.throwIfAborted()
    ownPerson = personOfIdentity(identity)
    const fresh = new Room({
      adaptiveStream: true,
      dynacast: true,
      // Volumes over 1, and any volume at all on an iPhone, need the Web Audio mix.
      webAudioMix: true,
      // A lost connection would end the microphone with it; ours goes on in the next one, and ends in `release`.
      stopLocalTrackOnUnpublish: false,
      reconnectPolicy: {
        nextRetryDelayInMs: ({ retryCount }) => MEND_AFTER_MS[retryCount] ?? null,
      },
      publishDefaults: { dtx: true, red: true, stopMicTrackOnMute: false },
      ...(speaker === undefined ? {} : { audioOutput: { deviceId: speaker } }),
    })
    room = fresh
    wire(fresh)
    // No public STUN server is ever asked: the SFU's own candidates are enough.
    await fresh.connect(url, token, { autoSubscribe: false, rtcConfig: { iceServers: [] } })
    stop.signal.throwIfAborted()
    state = 'connected'
    if (microphone && wanted) {
      await fresh.localParticipant.publishTrack(microphone, { source: Track.Source.Microphone })
      await (wanted.on ? microphone.unmute() : microphone.mute())
    }
    callbacks.changed()
  }
  const connectAgain = async (): Promise<void> => {
    state = 'reconnecting'
    callbacks.changed()
    for (let wait = RETRY_FIRST_MS; !stop.signal.aborted; wait = Math.min(wait * 2, RETRY_MAX_MS)) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (stop.signal.aborted) return
      const failed = room
      room = undefined
      // The microphone outlives its connection: it is asked for once.
      if (failed && microphone)
        await failed.localParticipant.unpublishTrack(microphone, false).catch(() => undefined)
      dropVoices()
      try {
        await connect()
        return
      } catch (error) {
        if (isRefusal(error)) {
          end('removed')
          return
        }
      }
    }
  }
  try {
    await connect()
  } catch (error) {
    release()
    throw error
  }

  const publish = async (on: boolean, choice: MicrophoneChoice): Promise<void> => {
    wanted = { on, choice }
    if (!microphone) {
      if (!on) return
      const track = await createLocalAudioTrack(constraintsOf(choice))
      if (stop.signal.aborted) {
        track.stop()
        return
      }
      microphone = track
      await room?.localParticipant.publishTrack(track, { source: Track.Source.Microphone })
    }
    // Several quick taps: the last one wins, whatever the order in which these end.
    if (wanted.on) await microphone.unmute()
    else await microphone.mute()
    callbacks.changed()
  }
  return {
    get state() {
      return state
    },
    get soundBlocked() {
      return room !== undefined && !room.canPlaybackAudio
    },
    get peers() {
      return room ? peersOf(room, ownPerson) : []
    },
    get self() {
      return {
        speaking: room?.localParticipant.isSpeaking ?? false,
        quality: room ? qualityOf(room.localParticipant) : 'good',
      }
    },
    level: () => (wanted?.on ? (room?.localParticipant.audioLevel ?? 0) : 0),
    startSound: async () => {
      await room?.startAudio()
      callbacks.changed()
    },
    setMicrophone: publish,
    async changeMicrophone(choice) {
      if (wanted) wanted.choice = choice
      await microphone?.restartTrack(constraintsOf(choice))
    },
    async setSpeaker(deviceId) {
      speaker = deviceId
      await room?.switchActiveDevice('audiooutput', deviceId)
    },
    setVolume(personId, volume) {
      for (const participant of room?.remoteParticipants.values() ?? []) {
        if (personOfIdentity(participant.identity) === personId) participant.setVolume(volume)
      }
    },
    leave: async () => {
      release()
      await Promise.resolve()
    },
    simulate: async (scenario) => {
      await room?.simulateScenario(scenario)
    },
  }
}

function peersOf(room: Room, ownPerson: string): VoicePeer[] {
  return [...room.remoteParticipants.values()]
    .map((participant) => ({
      identity: participant.identity,
      personId: personOfIdentity(participant.identity),
      speaking: participant.isSpeaking,
      muted: !participant.isMicrophoneEnabled,
      quality: qualityOf(participant),
    }))
    .filter((peer) => peer.personId !== ownPerson)
}

function constraintsOf(choice: MicrophoneChoice): Parameters<typeof createLocalAudioTrack>[0] {
  return {
    echoCancellation: choice.echoCancellation,
    noiseSuppression: choice.noiseSuppression,
    autoGainControl: true,
    ...(choice.deviceId === undefined ? {} : { deviceId: choice.deviceId }),
  }
}

/** A refusal of our own server (no seat any more) ends trying; a network or SFU that is away doesn't. */
function isRefusal(error: unknown): boolean {
  const code = (error as { data?: { code?: unknown } } | null)?.data?.code
  return (
    typeof code === 'string' &&
    !['voice_unavailable', 'unexpected', 'slow_down', 'not_ready'].includes(code)
  )
}
