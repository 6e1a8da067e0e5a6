import type { LatLng } from '#shared/geo.ts'
import type { Candidate, Member, RoomEvent, RoomInfo, RoomSnapshot, Seat } from '#shared/rooms.ts'
import type { RoundView } from '#shared/votes.ts'

/** What a member knows of the room. */
export interface RoomView {
  info: RoomInfo
  /** Inside now, by seat. */
  members: ReadonlyMap<Seat, Member>
  /** By number, withdrawn ones included. */
  candidates: ReadonlyMap<number, Candidate>
  /** The newest one. */
  round: RoundView | null
}

/** What happened, as far as it is worth a friend's while. `seat`: of a person, never of a friend. */
export type News =
  /** The friends are here, anew or again. */
  | { kind: 'woke' }
  | { kind: 'candidate'; seat: Seat; number: number }
  | { kind: 'ping'; seat: Seat; at: LatLng }
  /** Follows a friend now. */
  | { kind: 'followed'; seat: Seat; leader: Seat }
  | { kind: 'said'; seat: Seat; seq: number; body: string }
  | { kind: 'come'; seat: Seat; at: LatLng }
  | { kind: 'round' }
  | { kind: 'chose'; seat: Seat }
  | { kind: 'closed' }
  /** Something else changed: duties may have. */
  | { kind: 'changed' }
  /** Nobody did anything for so long. */
  | { kind: 'idle'; forMs: number }

export function viewOfRoom(
  snapshot: Pick<RoomSnapshot, 'room' | 'members' | 'leftSeats' | 'candidates'>,
  round: RoundView | null,
): RoomView {
  const left = new Set(snapshot.leftSeats)
  const inside = snapshot.members.filter(({ seat }) => !left.has(seat))
  return {
    info: snapshot.room,
    members: new Map(inside.map((member) => [member.seat, member])),
    candidates: new Map(snapshot.candidates.map((each) => [each.number, each])),
    round,
  }
}

export const isPerson = (view: RoomView, seat: Seat | null): boolean =>
  seat !== null && view.members.get(seat)?.simulated === false

export function standing(view: RoomView): Candidate[] {
  return [...view.candidates.values()].filter((each) => each.withdrawnAt === null)
}

export function openRound(view: RoomView): RoundView | null {
  return view.round?.state === 'open' ? view.round : null
}

/** What a seat chose, ascending; nothing in a hidden round, whoever asks. */
export function chosenBy(round: RoundView, seat: Seat): number[] {
  return (round.chosen ?? []).filter(([, seats]) => seats.includes(seat)).map(([number]) => number)
}

/** The room after an event, and what of it is news. */
export function applyEvent(view: RoomView, event: RoomEvent): { view: RoomView; news: News } {
  const changed = (change: Partial<RoomView>, news: News = { kind: 'changed' }) => ({
    view: { ...view, ...change },
    news,
  })
  switch (event.type) {
    case 'member':
      return changed({ members: new Map(view.members).set(event.member.seat, event.member) })
    case 'left':
    case 'removed': {
      const members = new Map(view.members)
      members.delete(event.seat)
      return changed({ members })
    }
    case 'room':
      return changed({ info: event.room })
    case 'candidate': {
      const { number, proposerSeat: seat, withdrawnAt } = event.candidate
      const fresh = !view.candidates.has(number) && withdrawnAt === null && isPerson(view, seat)
      const candidates = new Map(view.candidates).set(number, event.candidate)
      return changed({ candidates }, fresh ? { kind: 'candidate', seat, number } : undefined)
    }
    case 'come': {
      const { south, west, north, east } = event.view
      const at = { lat: (south + north) / 2, lng: (west + east) / 2 }
      return changed(
        {},
        isPerson(view, event.bySeat) ? { kind: 'come', seat: event.bySeat, at } : undefined,
      )
    }
    case 'round':
      return changed({ round: event.round }, newsOfRound(view, event.round))
    case 'decision':
      return changed({})
  }
}

function newsOfRound(view: RoomView, round: RoundView): News {
  const before = view.round?.id === round.id ? view.round : null
  if (round.state === 'closed') return { kind: 'closed' }
  if (!before) return { kind: 'round' }
  const ofRound = (each: RoundView, seat: Seat): string =>
    `${each.ticked.includes(seat)} ${chosenBy(each, seat).join()}`
  for (const [seat, { simulated }] of view.members)
    if (!simulated && ofRound(before, seat) !== ofRound(round, seat)) return { kind: 'chose', seat }
  return { kind: 'changed' }
}
