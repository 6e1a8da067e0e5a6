import { createSignal, onCleanup } from 'solid-js'
import type { Accessor } from 'solid-js'
import type { Bounds } from '#shared/geo.ts'
import type { Seat } from '#shared/rooms.ts'

/** "Come here": somebody shows all a view; each goes or stays, and who went can go back to where they were. */
export interface ComeHere<Place> {
  /** The room's event `come`. */
  offer(event: { bySeat: Seat; view: Bounds; at: number }): void
  asked: Accessor<{ bySeat: Seat; view: Bounds } | null>
  go(): void
  stay(): void
  /** Where I was before I went; null: nothing to go back to. */
  before: Accessor<Place | null>
  goBack(): void
  /** I stay here: no way back is offered any longer. */
  forget(): void
}
export interface ComeHereDeps<Place> {
  mySeat(): Seat
  /** Server's time, ms. */
  now(): number
  where(): Place
  show(view: Bounds): void
  goTo(place: Place): void
}

/** An invitation that was not answered is over; one that old is not asked at all (a late joiner reads old events). */
export const COME_ASKED_MS = 30_000
/** The way back is offered for so long. */
export const COME_BACK_MS = 120_000

export function createComeHere<Place>(deps: ComeHereDeps<Place>): ComeHere<Place> {
  const [asked, setAsked] = createSignal<{ bySeat: Seat; view: Bounds } | null>(null)
  const [before, setBefore] = createSignal<Place | null>(null)
  let askTimer: ReturnType<typeof setTimeout> | undefined
  let backTimer: ReturnType<typeof setTimeout> | undefined
  const stay = (): void => {
    clearTimeout(askTimer)
    setAsked(null)
  }
  const forget = (): void => {
    clearTimeout(backTimer)
    setBefore(null)
  }
  onCleanup(() => {
    clearTimeout(askTimer)
    clearTimeout(backTimer)
  })
  return {
    offer: ({ bySeat, view, at }) => {
      const left = at + COME_ASKED_MS - deps.now()
      if (bySeat === deps.mySeat() || left <= 0) return
      clearTimeout(askTimer)
      setAsked({ bySeat, view })
      askTimer = setTimeout(stay, left)
    },
    asked,
    go: () => {
      const call = asked()
      if (!call) return
      // Called on from one place to the next, the way back leads to where I was on my own.
      const place = before() ?? deps.where()
      setBefore(() => place)
      clearTimeout(backTimer)
      backTimer = setTimeout(forget, COME_BACK_MS)
      stay()
      deps.show(call.view)
    },
    stay,
    before,
    goBack: () => {
      const place = before()
      forget()
      if (place !== null) deps.goTo(place)
    },
    forget,
  }
}
