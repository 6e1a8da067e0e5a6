import { createMemo, createSignal } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { LatLng } from '#shared/geo.ts'
import type { Candidate, Seat, ShareTextReading } from '#shared/rooms.ts'
import type { Question } from '../../features/rooms/index.ts'
import type { RoomMapHandle } from './map.tsx'

export type OverlayName =
  | 'menu'
  | 'invite'
  | 'naming'
  | 'handoff'
  | 'round'
  | 'propose'
  | 'profile'
  | 'rename'

/** Which sheet is open: one at a time, never more than one panel deep. */
export interface RoomOverlays {
  shown: Accessor<OverlayName | null>
  open(name: OverlayName): void
  close(): void
  person: Accessor<Seat | null>
  showPerson(seat: Seat | null): void
  noted: Accessor<number | null>
  annotate(candidate: Candidate | null): void
  pin: Accessor<LatLng | null>
  /** Opens the sheet that asks for the pin's name; `shared`: what a map app's text said of it. */
  dropPin(at: LatLng | null, shared?: ShareTextReading): void
  shared: Accessor<ShareTextReading | null>
  /** What was read of a shared text, whose place is still to be found; null: nothing, or no longer that. */
  read(shared: ShareTextReading | null): void
  /** What was searched for before a result was looked at on the map: the search opens with it again. */
  sought: Accessor<string>
  seek(text: string): void
  /** The person is choosing where the shared place is, on the map. */
  placing: Accessor<boolean>
  place(on: boolean): void
  question: Accessor<Question | null>
  ask(question: Question | null): void
  map: Accessor<RoomMapHandle | undefined>
  /** Something was opened once: the sheets are loaded then, not with the room. */
  used: Accessor<boolean>
}

export function createOverlays(map: Accessor<RoomMapHandle | undefined>): RoomOverlays {
  const [shown, setShown] = createSignal<OverlayName | null>(null)
  const [person, setPerson] = createSignal<Seat | null>(null)
  const [noted, setNoted] = createSignal<number | null>(null)
  const [pin, setPin] = createSignal<LatLng | null>(null)
  const [shared, setShared] = createSignal<ShareTextReading | null>(null)
  const [placing, setPlacing] = createSignal(false)
  const [sought, setSought] = createSignal('')
  const [question, setQuestion] = createSignal<Question | null>(null)
  return {
    shown,
    open: (name) => void setShown(name),
    close: () => void setShown(null),
    person,
    showPerson: (seat) => void setPerson(seat),
    noted,
    annotate: (candidate) => void setNoted(candidate?.number ?? null),
    pin,
    shared,
    read: (shared) => void setShared(shared),
    sought,
    seek: (text) => void setSought(text),
    placing,
    place: (on) => {
      setPlacing(on)
      if (on) setShown(null)
    },
    dropPin: (at, reading) => {
      setShared(reading ?? (placing() ? shared() : null))
      setPlacing(false)
      setPin(at)
      if (at) setShown('propose')
    },
    question,
    ask: (next) => void setQuestion(next),
    map,
    used: createMemo(
      (before: boolean) =>
        before ||
        shown() !== null ||
        person() !== null ||
        noted() !== null ||
        question() !== null ||
        placing(),
      false,
    ),
  }
}
