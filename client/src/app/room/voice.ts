import { createMemo, createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import { createVoice, voiceApi } from '../../features/voice/index.ts'
import type { Speaker, Voice } from '../../features/voice/index.ts'
import type { useScene } from './scene.ts'

export type VoiceSheet = 'sounds' | 'devices' | 'help'

export interface RoomVoice {
  voice: Voice
  me: Accessor<Speaker>
  /** Others in voice as presence tells, so that it is known before joining too. */
  inside: Accessor<Speaker[]>
  speakers: Accessor<Speaker[]>
  speakerOf(seat: Seat): Speaker
  sheet: Accessor<VoiceSheet | null>
  show(sheet: VoiceSheet | null): void
}

/** Voice of this room, tied to its people. Must be created under an owner, which ends it. */
export function createRoomVoice(scene: ReturnType<typeof useScene>): RoomVoice {
  const voice = createVoice(
    () => scene.roomId,
    voiceApi,
    (flags) => scene.presence.setVoice(flags),
  )
  const [sheet, show] = createSignal<VoiceSheet | null>(null)
  const speakerOf = (seat: Seat): Speaker => {
    const person = scene.person(seat)
    return { ...person, personId: person.personId }
  }
  const others = createMemo(() => scene.present().filter((seat) => seat !== scene.me().seat))
  return {
    voice,
    me: () => speakerOf(scene.me().seat),
    inside: createMemo(() =>
      others()
        .filter((seat) => scene.presence.people[seat]?.inVoice)
        .map(speakerOf),
    ),
    speakers: createMemo(() =>
      others()
        .filter((seat) => scene.presence.people[seat]?.speaking)
        .map(speakerOf),
    ),
    speakerOf,
    sheet,
    show: (next) => void show(next),
  }
}
