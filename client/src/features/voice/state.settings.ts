import { z } from 'zod'

const KEY = 'bapmap.voice'
const DEVICE_KEY = 'bapmap.device'
/** Volumes of people met once are forgotten at this many. */
const VOLUMES_MAX = 200

const settingsSchema = z.object({
  mode: z.enum(['open', 'push']).catch('open'),
  microphone: z.string().nullable().catch(null),
  speaker: z.string().nullable().catch(null),
  echoCancellation: z.boolean().catch(true),
  noiseSuppression: z.boolean().catch(true),
  /** By person, 0 to 1.5. */
  volumes: z.record(z.string(), z.number().min(0).max(1.5)).catch({}),
})
export type VoiceSettings = z.infer<typeof settingsSchema>

/** This browser's settings; the defaults where storage is empty, broken or refused. */
export function readSettings(): VoiceSettings {
  try {
    return settingsSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return settingsSchema.parse({})
  }
}

/** Keeps the settings as far as the browser allows and returns them. */
export function writeSettings(settings: VoiceSettings): VoiceSettings {
  const volumes = Object.fromEntries(Object.entries(settings.volumes).slice(-VOLUMES_MAX))
  const kept = { ...settings, volumes }
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // Storage is full or refused: the settings hold for this page.
  }
  return kept
}

let fallback: string | undefined

/** Names this browser towards the SFU, 16 characters. Kept, so that a second tab is seen to be the same device. */
export function deviceId(): string {
  const fresh = (): string =>
    (fallback ??= crypto
      .getRandomValues(new Uint32Array(2))
      .reduce((id, n) => id + n.toString(16).padStart(8, '0'), ''))
  try {
    const known = localStorage.getItem(DEVICE_KEY)
    if (known && /^[a-z0-9]{8,32}$/.test(known)) return known
    localStorage.setItem(DEVICE_KEY, fresh())
  } catch {
    // As above.
  }
  return fresh()
}
