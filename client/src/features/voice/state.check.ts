import { createSignal, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { VoiceSettings } from './state.settings.ts'

/** off: nothing was asked for. ready: the microphone is on and its level moves. */
export type CheckPhase = 'off' | 'asking' | 'ready' | 'recording' | 'playing'

/** Why there is no sound: `silent` with a microphone that brings none, all others without one. */
export type CheckProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'silent' | 'failed'

/** Hears the visitor's microphone and plays three seconds of it back. Nothing of it leaves the page. */
export interface VoiceCheck {
  phase: Accessor<CheckPhase>
  problem: Accessor<CheckProblem | null>
  /** 0 to 1. */
  level: Accessor<number>
  /** ms of the recording that are still to come. */
  leftMs: Accessor<number>
  /** There is a recording to listen to. */
  recorded: Accessor<boolean>
  /** Asks the browser for the microphone; again after another one was chosen. */
  begin(): Promise<void>
  /** Three seconds, then plays them. */
  record(): Promise<void>
  play(): Promise<void>
  /** Microphone and sound off, the recording forgotten. */
  end(): void
}

export const RECORDING_MS = 3_000
const LEVEL_EVERY_MS = 60
/** The loudest sample of a room with nobody speaking is below it (-40 dB of full scale). */
const SILENT_BELOW = 0.01
/** Speech is far from full scale: its loud parts fill the meter. */
const METER_GAIN = 2.5

/** What `getUserMedia` threw, in our words. */
export function problemOf(error: unknown): CheckProblem {
  switch (error instanceof DOMException || error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}

/** A microphone that is on, and how loud it is now. */
interface Microphone {
  stream: MediaStream
  /** Loudest sample of the last moment, 0 to 1. */
  peak(): number
  close(): void
}

async function openMicrophone(settings: VoiceSettings): Promise<Microphone> {
  const { microphone, echoCancellation, noiseSuppression } = settings
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation,
      noiseSuppression,
      ...(microphone !== null && { deviceId: { exact: microphone } }),
    },
  })
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 2_048 })
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    stream,
    peak: () => {
      analyser.getFloatTimeDomainData(samples)
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    },
    close: () => {
      for (const track of stream.getTracks()) track.stop()
      void context.close()
    },
  }
}

/** Records until `signal` says stop. */
function recordUntil(stream: MediaStream, signal: AbortSignal): Promise<Blob> {
  const recorder = new MediaRecorder(stream)
  const parts: Blob[] = []
  return new Promise((resolve, reject) => {
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    recorder.addEventListener('error', () => reject(new Error('the recorder failed')))
    recorder.addEventListener('stop', () => resolve(new Blob(parts, { type: recorder.mimeType })))
    signal.addEventListener('abort', () => recorder.state !== 'inactive' && recorder.stop())
    recorder.start()
  })
}

/** Must be created under an owner, which ends it. */
export function createVoiceCheck(settings: Accessor<VoiceSettings>): VoiceCheck {
  const [phase, setPhase] = createSignal<CheckPhase>('off')
  const [problem, setProblem] = createSignal<CheckProblem | null>(null)
  const [level, setLevel] = createSignal(0)
  const [leftMs, setLeftMs] = createSignal(0)
  const [recording, setRecording] = createSignal<string | null>(null)
  let player: HTMLAudioElement | undefined
  let microphone: Microphone | null = null
  let timer: number | undefined
  let attempt = 0
  /** Ends what is being recorded; its result counts only for who still waits for it. */
  let stop: AbortController | undefined

  const forget = (): void => {
    player?.pause()
    player = undefined
    const old = recording()
    if (old) URL.revokeObjectURL(old)
    setRecording(null)
  }
  const off = (): void => {
    attempt++
    stop?.abort()
    window.clearInterval(timer)
    microphone?.close()
    microphone = null
    setLevel(0)
  }
  const end = (): void => {
    off()
    forget()
    setProblem(null)
    setPhase('off')
  }
  const fail = (why: CheckProblem): void => {
    off()
    setProblem(why)
    setPhase('off')
  }
  const begin = async (): Promise<void> => {
    off()
    forget()
    setProblem(null)
    // Browsers give microphones to pages of https and of this device alone.
    if (!navigator.mediaDevices) return fail('insecure')
    const mine = attempt
    setPhase('asking')
    try {
      const opened = await openMicrophone(settings())
      if (mine !== attempt) return opened.close()
      microphone = opened
    } catch (error) {
      if (mine === attempt) fail(problemOf(error))
      return
    }
    const { stream, peak } = microphone
    // Pulled out, or taken back in the browser's settings.
    for (const track of stream.getTracks())
      track.addEventListener('ended', () => mine === attempt && fail('missing'))
    timer = window.setInterval(
      () => setLevel(Math.min(1, Math.sqrt(peak() * METER_GAIN))),
      LEVEL_EVERY_MS,
    )
    setPhase('ready')
  }
  const record = async (): Promise<void> => {
    if (!microphone || phase() === 'recording') return
    const [mine, { stream, peak }] = [attempt, microphone]
    forget()
    setProblem(null)
    setPhase('recording')
    const until = performance.now() + RECORDING_MS
    let loudest = 0
    const ending = (stop = new AbortController())
    const watch = window.setInterval(() => {
      loudest = Math.max(loudest, peak())
      setLeftMs(Math.max(0, until - performance.now()))
      if (performance.now() >= until) ending.abort()
    }, LEVEL_EVERY_MS)
    try {
      const sound = await recordUntil(stream, ending.signal)
      if (mine !== attempt) return
      setPhase('ready')
      if (loudest < SILENT_BELOW) return void setProblem('silent')
      setRecording(URL.createObjectURL(sound))
      await play()
    } catch {
      if (mine === attempt) fail('failed')
    } finally {
      window.clearInterval(watch)
    }
  }
  const play = async (): Promise<void> => {
    const sound = recording()
    if (!sound) return
    player ??= new Audio(sound)
    player.onended = () => phase() === 'playing' && setPhase('ready')
    const { speaker } = settings()
    // A speaker that is gone: the browser's own plays.
    if (speaker !== null) await player.setSinkId?.(speaker).catch(() => undefined)
    setPhase('playing')
    // A browser that wants another tap before it plays: the button stands there.
    await player.play().catch(() => setPhase('ready'))
  }
  onCleanup(end)
  return {
    phase,
    problem,
    level,
    leftMs,
    recorded: () => recording() !== null,
    begin,
    record,
    play,
    end,
  }
}
