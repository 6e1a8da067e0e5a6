import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { VoiceStatus, VoiceToken } from '#shared/voice.ts'
import { offerDrill } from '../../lib/drills.ts'
import type { MicrophoneChoice, VoicePeer, VoiceSession } from '../../lib/livekit.ts'
import { deviceId, readSettings, writeSettings } from './state.settings.ts'
import type { VoiceSettings } from './state.settings.ts'
import { claimDevice } from './state.tab.ts'

export type VoicePhase =
  /** The SFU doesn't answer; asked again from time to time. */
  | 'unavailable'
  /** Not joined in this tab. */
  | 'out'
  /** Another tab of this browser has this device's voice. */
  | 'elsewhere'
  | 'joining'
  | 'in'
  | 'reconnecting'

/** In it, or on the way. */
export const isJoining = (phase: VoicePhase): boolean =>
  phase === 'joining' || phase === 'in' || phase === 'reconnecting'

export interface VoiceApi {
  token(roomId: string, device: string, signal: AbortSignal): Promise<VoiceToken>
  status(roomId: string): Promise<VoiceStatus>
}
/** What others see of it, carried by presence. */
export interface VoiceFlags {
  inVoice: boolean
  muted: boolean
  speaking: boolean
}

export interface Voice {
  phase: Accessor<VoicePhase>
  /** Microphone is open (by switch or while pushed). */
  open: Accessor<boolean>
  /** The browser or the person refused the microphone. */
  microphone: Accessor<'ok' | 'denied' | 'missing'>
  soundBlocked: Accessor<boolean>
  peers: Accessor<VoicePeer[]>
  speaking: Accessor<boolean>
  settings: Accessor<VoiceSettings>
  level(): number
  join(): Promise<void>
  leave(): Promise<void>
  /** Takes this device's voice from another tab. */
  moveHere(): Promise<void>
  setOpen(open: boolean): Promise<void>
  /** Push to talk: held, released. Nothing happens in open-microphone mode. */
  push(held: boolean): Promise<void>
  startSound(): Promise<void>
  change(settings: Partial<VoiceSettings>): Promise<void>
  setVolume(personId: string, volume: number): void
  volumeOf(personId: string): number
}

/** Between two questions whether the SFU is there, while it isn't. */
const ASK_AGAIN_MS = 5_000

/**
 * Voice of one room in one tab. Joins as a listener; the microphone is asked for when it is first opened, never before. `tell` hands
 * what others may see to presence. Taken out of voice is just out: who is out of the room too hears it by the room's events.
 * Must be called under a Solid root, which ends it.
 */
export function createVoice(
  roomId: Accessor<string>,
  api: VoiceApi,
  tell: (flags: VoiceFlags) => void,
): Voice {
  const [phase, setPhase] = createSignal<VoicePhase>('out')
  const [open, setOpenSignal] = createSignal(false)
  const [microphone, setMicrophone] = createSignal<'ok' | 'denied' | 'missing'>('ok')
  const [soundBlocked, setSoundBlocked] = createSignal(false)
  const [peers, setPeers] = createSignal<VoicePeer[]>([], { equals: samePeers })
  const [speaking, setSpeaking] = createSignal(false)
  const [settings, setSettings] = createSignal(readSettings())
  let session: VoiceSession | undefined
  let attempt = 0
  const tab = claimDevice({
    taken: () => {
      if (isJoining(phase())) void end('elsewhere')
      else if (phase() === 'out') setPhase('elsewhere')
    },
    freed: () => {
      if (phase() === 'elsewhere') setPhase('out')
    },
  })

  const read = (): void => {
    if (!session) return
    setPhase(
      session.state === 'connected'
        ? 'in'
        : session.state === 'connecting'
          ? 'joining'
          : 'reconnecting',
    )
    setSoundBlocked(session.soundBlocked)
    setPeers(session.peers)
    setSpeaking(open() && session.self.speaking)
  }
  const end = async (next: VoicePhase): Promise<void> => {
    attempt++
    const last = session
    session = undefined
    setPhase(next)
    setOpenSignal(false)
    setPeers([])
    setSpeaking(false)
    setSoundBlocked(false)
    if (next !== 'elsewhere') tab.release()
    await last?.leave()
  }
  const join = async (): Promise<void> => {
    if (session || phase() === 'joining') return
    const mine = ++attempt
    setPhase('joining')
    tab.claim()
    try {
      const { joinVoice } = await import('../../lib/livekit.ts')
      const joined = await joinVoice(
        {
          token: (signal) => api.token(roomId(), deviceId(), signal),
          changed: read,
          ended: (reason) => {
            void end(reason === 'moved' ? 'elsewhere' : 'out')
          },
        },
        volumeOf,
      )
      if (mine !== attempt) {
        await joined.leave()
        return
      }
      session = joined
      read()
    } catch {
      if (mine !== attempt) return
      await end('out')
      await ask()
    }
  }
  const choice = (): MicrophoneChoice => ({
    deviceId: settings().microphone ?? undefined,
    echoCancellation: settings().echoCancellation,
    noiseSuppression: settings().noiseSuppression,
  })
  const setOpen = async (next: boolean): Promise<void> => {
    if (!session) return
    setOpenSignal(next)
    try {
      await session.setMicrophone(next, choice())
      if (next) setMicrophone('ok')
    } catch (error) {
      setOpenSignal(false)
      setMicrophone(
        error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing',
      )
    }
    read()
  }
  const volumeOf = (personId: string): number => settings().volumes[personId] ?? 1

  const ask = async (): Promise<void> => {
    if (session || phase() === 'joining') return
    const available = await api.status(roomId()).then(
      (status) => status.available,
      () => null,
    )
    if (session || available === null) return
    if (!available && phase() === 'out') setPhase('unavailable')
    if (available && phase() === 'unavailable') setPhase('out')
  }
  const timer = setInterval(() => phase() === 'unavailable' && void ask(), ASK_AGAIN_MS)
  createEffect(on(roomId, () => void ask()))
  createEffect(() => {
    const inVoice = phase() === 'in' || phase() === 'reconnecting'
    tell({ inVoice, muted: inVoice && !open(), speaking: inVoice && speaking() })
  })
  const withdrawDrill = offerDrill('voice', async (scenario) =>
    session?.simulate(scenario as Parameters<VoiceSession['simulate']>[0]),
  )
  onCleanup(() => {
    withdrawDrill()
    clearInterval(timer)
    void end('out')
    tab.close()
  })

  return {
    phase,
    open,
    microphone,
    soundBlocked,
    peers,
    speaking,
    settings,
    level: () => session?.level() ?? 0,
    join,
    leave: () => end('out'),
    async moveHere() {
      tab.claim()
      setPhase('out')
      await join()
    },
    setOpen,
    push: async (held) => {
      if (settings().mode === 'push' && held !== open()) await setOpen(held)
    },
    startSound: async () => {
      await session?.startSound()
      read()
    },
    async change(part) {
      const next = writeSettings({ ...settings(), ...part })
      const before = settings()
      setSettings(next)
      if (next.speaker !== before.speaker && next.speaker !== null)
        await session?.setSpeaker(next.speaker)
      if (microphoneDiffers(before, next)) await session?.changeMicrophone(choice())
      if (next.mode !== before.mode && next.mode === 'push') await setOpen(false)
    },
    setVolume(personId, volume) {
      setSettings(
        writeSettings({ ...settings(), volumes: { ...settings().volumes, [personId]: volume } }),
      )
      session?.setVolume(personId, volume)
    },
    volumeOf,
  }
}

function microphoneDiffers(a: VoiceSettings, b: VoiceSettings): boolean {
  return (
    a.microphone !== b.microphone ||
    a.echoCancellation !== b.echoCancellation ||
    a.noiseSuppression !== b.noiseSuppression
  )
}

function samePeers(a: VoicePeer[], b: VoicePeer[]): boolean {
  return (
    a.length === b.length &&
    a.every((peer, i) => {
      const other = b[i]
      return (
        other !== undefined &&
        peer.identity === other.identity &&
        peer.speaking === other.speaking &&
        peer.muted === other.muted &&
        peer.quality === other.quality
      )
    })
  )
}
