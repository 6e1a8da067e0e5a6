import { createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Speaker, Voice } from '../features/voice/index.ts'

/** Who was there when the room's screen closed: names for those who are heard on. */
export interface Company {
  me: Speaker
  people: readonly Speaker[]
}

/** Voice of one room, which outlives the room's screen: a group that looks at its result goes on talking. */
export interface HeldVoice {
  roomId: string
  /** Of the room's link as it was when its screen closed. */
  code: Accessor<string>
  voice: Voice
  /** Null while the room's own screen shows it. */
  aside: Accessor<Company | null>
  end(): void
}

const [heldVoice, setHeldVoice] = createSignal<HeldVoice | null>(null)
export { heldVoice, setHeldVoice }

/** True where talking goes on without the room's screen: the result, and the room's own link while it loads. */
export function keepsVoice(path: string, held: Pick<HeldVoice, 'code'>): boolean {
  return path.startsWith('/d/') || path.replaceAll('-', '') === `/r/${held.code()}`
}
