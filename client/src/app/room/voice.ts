import { createMemo, createRoot, createSignal, onCleanup, untrack } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Seat } from '#shared/rooms.ts'
import { createVoice, isJoining, voiceApi } from '../../features/voice/index.ts'
import type { Speaker, Voice, VoiceFlags } from '../../features/voice/index.ts'
import { setHeldVoice } from '../heldVoice.ts'
import type { Company, HeldVoice } from '../heldVoice.ts'
import type { useScene } from './scene.ts'

export type VoiceSheet = 'sounds' | 'devices' | 'help' | 'check'

export interface RoomVoice {
  voice: Voice
  me: Accessor<Speaker>
  /** Others in voice: before joining as presence tells, joined as the SFU does, which also knows who looks at the result. */
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
        if (isJoining(voice.phase())) setAside(company)
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
  /** By person, whether they speak; null until joined. */
  const heard = createMemo(() =>
    voice.phase() === 'in'
      ? new Map(voice.peers().map((peer) => [peer.personId, peer.speaking]))
      : null,
  )
  const others = (is: (seat: Seat, personId: string) => boolean | undefined): Speaker[] =>
    members()
      .filter((seat) => seat !== scene.me().seat && is(seat, scene.person(seat).personId))
      .map(speakerOf)
  return {
    voice,
    me: () => speakerOf(scene.me().seat),
    inside: createMemo(() =>
      others((seat, id) => heard()?.has(id) ?? scene.presence.people[seat]?.inVoice),
    ),
    speakers: createMemo(() =>
      others((seat, id) => {
        const peers = heard()
        return peers ? peers.get(id) : scene.presence.people[seat]?.speaking
      }),
    ),
    speakerOf,
    sheet,
    show: (next) => void show(next),
  }
}
