import { keep, readKept } from '../../lib/storage.ts'

const KEY = 'bapmap.voice'
const DEVICE_KEY = 'bapmap.device'
/** Volumes of people met once are forgotten at this many. */
const VOLUMES_MAX = 200

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export interface VoiceSettings {
  mode: 'open' | 'push'
  /** Ids of the browser's devices; null is its default. */
  microphone: string | null
  speaker: string | null
  echoCancellation: boolean
  noiseSuppression: boolean
  /** By person, 0 to 1.5. */
  volumes: Record<string, number>
}

const VOLUME_MAX = 1.5

/** What is kept may be of an older release, or touched by hand: each part stands for itself. */
function settingsFrom(kept: Partial<Record<keyof VoiceSettings, unknown>>): VoiceSettings {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const volumes = Object.entries(kept.volumes ?? {}).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === 'number' && entry[1] >= 0 && entry[1] <= VOLUME_MAX,
  )
  return {
    mode: kept.mode === 'push' ? 'push' : 'open',
    microphone: text(kept.microphone),
    speaker: text(kept.speaker),
    echoCancellation: kept.echoCancellation !== false,
    noiseSuppression: kept.noiseSuppression !== false,
    volumes: Object.fromEntries(volumes),
  }
}

/** This browser's settings; the defaults where storage is empty, broken or refused. */
export function readSettings(): VoiceSettings {
  return settingsFrom(readKept(KEY, isRecord) ?? {})
}

/** Keeps the settings as far as the browser allows and returns them. */
export function writeSettings(settings: VoiceSettings): VoiceSettings {
  const volumes = Object.fromEntries(Object.entries(settings.volumes).slice(-VOLUMES_MAX))
  const kept = { ...settings, volumes }
  keep(KEY, kept)
  return kept
}

const isDevice = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9]{8,32}$/.test(value)
let unkept: string | undefined

/** Names this browser towards the SFU, 16 characters. Kept, so that a second tab is seen to be the same device. */
export function deviceId(): string {
  const known = unkept ?? readKept(DEVICE_KEY, isDevice)
  if (known) return known
  const words = crypto.getRandomValues(new Uint32Array(2))
  unkept = [...words].map((word) => word.toString(16).padStart(8, '0')).join('')
  keep(DEVICE_KEY, unkept)
  return unkept
}
