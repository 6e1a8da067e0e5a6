import { createMemo, createRoot, createSignal, onCleanup, untrack } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import { createVoice, voiceApi } from '../../features/voice/index.ts'
import type { Speaker, Voice, VoiceFlags } from '../../features/voice/index.ts'
import { setHeldVoice } from '../heldVoice.ts'
import type { Company, HeldVoice } from '../heldVoice.ts'
import type { useScene } from './scene.ts'

export type VoiceSheet = 'sounds' | 'devices' | 'help'

export interface RoomVoice {
  voice: Voice
  me: Accessor<Speaker>
  /** Others in voice as presence tells, so that it is known before joining too; joined, also who is only heard. */
  inside: Accessor<Speaker[]>
  speakers: Accessor<Speaker[]>
  speakerOf(seat: Seat): Speaker
  sheet: Accessor<VoiceSheet | null>
  show(sheet: VoiceSheet | null): void
}

/** What the room's screen holds on to of its voice. */
interface Tied extends HeldVoice {
  /** Others see my voice by presence while I am in the room. */
  tie(tell: (flags: VoiceFlags) => void): void
  /** The screen closes: talking goes on, if it was on. */
  untie(company: Company, code: string): void
}

let tied: Tied | undefined

function startVoice(roomId: string): Tied {
  return createRoot((dispose) => {
    const [tell, setTell] = createSignal<((flags: VoiceFlags) => void) | null>(null)
    const [code, setCode] = createSignal('')
    const [aside, setAside] = createSignal<Company | null>(null)
    const voice = createVoice(
      () => roomId,
      voiceApi,
      (flags) => {
        const teller = tell()
        untrack(() => teller?.(flags))
      },
    )
    const end = (): void => {
      if (tied !== made) return
      tied = undefined
      setHeldVoice(null)
      dispose()
    }
    const made: Tied = {
      roomId,
      code,
      voice,
      aside,
      end,
      tie: (teller) => {
        setAside(null)
        setTell(() => teller)
      },
      untie: (company, link) => {
        setTell(null)
        setCode(link)
        if (['in', 'reconnecting', 'joining'].includes(voice.phase())) setAside(company)
        else end()
      },
    }
    return made
  })
}

/** The room's voice that goes on from its result, or a new one. */
function tiedVoice(roomId: string): Tied {
  if (tied?.roomId === roomId) return tied
  tied?.end()
  tied = startVoice(roomId)
  setHeldVoice(tied)
  return tied
}

/** Voice of this room, tied to its people while its screen is open. Must be created under an owner, which unties it. */
export function createRoomVoice(scene: ReturnType<typeof useScene>): RoomVoice {
  const held = untrack(() => tiedVoice(scene.roomId))
  const { voice } = held
  held.tie((flags) => scene.presence.setVoice(flags))
  const [sheet, show] = createSignal<VoiceSheet | null>(null)
  const speakerOf = (seat: Seat): Speaker => {
    const person = scene.person(seat)
    return { ...person, personId: person.personId }
  }
  const members = (): Seat[] => Object.keys(scene.state.view?.members ?? {}).map(Number)
  onCleanup(() =>
    untrack(() =>
      held.untie(
        { me: speakerOf(scene.me().seat), people: members().map(speakerOf) },
        scene.state.view?.room.code ?? '',
      ),
    ),
  )
  /** Heard, though they are not in the room's screen now: they look at the result. */
  const heard = createMemo(
    () => new Map(voice.peers().map((peer) => [peer.personId, peer.speaking])),
  )
  const others = (is: (seat: Seat, personId: string) => boolean | undefined): Speaker[] =>
    members()
      .filter((seat) => seat !== scene.me().seat && is(seat, scene.person(seat).personId))
      .map(speakerOf)
  return {
    voice,
    me: () => speakerOf(scene.me().seat),
    inside: createMemo(() =>
      others((seat, id) => scene.presence.people[seat]?.inVoice ?? heard().has(id)),
    ),
    speakers: createMemo(() =>
      others((seat, id) => scene.presence.people[seat]?.speaking ?? heard().get(id)),
    ),
    speakerOf,
    sheet,
    show: (next) => void show(next),
  }
}
