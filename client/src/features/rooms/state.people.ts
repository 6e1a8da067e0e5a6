import { colourOfSeat } from '#shared/rooms.code.ts'
import type { Member, RoomInfo, Seat } from '#shared/rooms.ts'
import { t } from '../../lib/i18n/i18n.ts'

/** A person as the primitives draw them. `id` is the seat. */
export interface RoomPerson {
  id: string
  seat: Seat
  personId: string
  name: string
  portrait: string | null
  colour: number
  /** Removed, or erased since: seat, number and acts stay, name and face don't. */
  gone: boolean
  /** Run by the server, on Bap Island. */
  simulated: boolean
}

/** Who sits on a seat; of someone who was removed the seat is all that is known. */
export function personOn(members: Readonly<Record<Seat, Member>>, seat: Seat): RoomPerson {
  const member = members[seat]
  return {
    id: String(seat),
    seat,
    personId: member?.personId ?? '',
    name: member?.name ?? t('common.someoneWhoLeft'),
    portrait: member?.portrait ?? null,
    colour: colourOfSeat(seat),
    gone: member === undefined,
    simulated: member?.simulated ?? false,
  }
}

/** `true`: may do all a host may; 'acting': not remove the host, hand over or close the room. */
export function hostRights(room: RoomInfo, seat: Seat): boolean | 'acting' {
  if (room.hostSeat === seat) return true
  return room.actingSeat === seat ? 'acting' : false
}
