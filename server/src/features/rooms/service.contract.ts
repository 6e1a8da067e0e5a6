import type { Transaction } from 'kysely'
import type { DB } from '#server/platform/db.generated.ts'
import type { DbOrTx } from '#server/platform/db.ts'
import type { Candidate, Member, RoomEvent, RoomInfo, Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { DecisionSummary } from '#shared/votes.ts'

export type Tx = Transaction<DB>

/** A round that is open, its row locked by the transaction that asked. */
export interface OpenRound {
  id: string
  kind: 'first' | 'runoff'
  hidden: boolean
}

/**
 * What rooms must ask or tell a feature outside it; wired in `app.ts`. Every method runs in the caller's transaction, may refuse by
 * throwing AppError, and may call `appendEvent`. Lock order everywhere: the round's row first, then the room's row.
 */
export interface RoomHooks {
  /** First statement of every transaction that changes candidates or members. */
  lockOpenRound(tx: Tx, roomId: string): Promise<OpenRound | null>
  /** Before a candidate is withdrawn. `isHost`: host or acting host. Refuses: candidate_chosen, runoff_fixed, too_few_candidates. */
  candidateWithdrawing(
    tx: Tx,
    round: OpenRound,
    number: number,
    bySeat: Seat,
    isHost: boolean,
  ): Promise<void>
  /** Added (`restored` false) or back. Refuses: runoff_fixed. A closing by quorum starts over. */
  candidateStanding(tx: Tx, round: OpenRound, number: number, restored: boolean): Promise<void>
  /** Takes the person's choices, passes and tick out of the open round. */
  personRemoving(tx: Tx, round: OpenRound, seat: Seat, personId: PersonId): Promise<void>
  /** When the room's newest closed round closed, ms; what was withdrawn before that can't be restored. Null: none closed yet. */
  lastCloseAt(tx: Tx, roomId: string): Promise<number | null>
  /** A read outside any transaction, for home cards and closed rooms. Nothing in it may tell counts of a hidden round. Rooms without rounds may be left out. */
  votesOf(roomIds: readonly string[]): Promise<Map<string, RoomVotes>>
  /** A room of Bap Island is deleted, and its results with it. */
  dropDecisions(tx: Tx, roomId: string): Promise<void>
  /** Latest decision of a room that has expired (it may be deleted already) in which this person took part. */
  decisionFor(roomId: string, personId: PersonId): Promise<string | null>
}
/** What a home card says of a room's votes. */
export interface RoomVotes {
  voting: { openedAt: number; deadlineAt: number; ticked: Seat[] } | null
  /** Whether strangers may see that decision too: false once the host took its page down. */
  published: boolean
  /** The latest decision. */
  decided: DecisionSummary | null
}

/** What rooms need of presence; given to `makeRooms`. */
export interface RoomPresence {
  /** Seats present now over all servers, ascending (rules.md "Present"). */
  presentSeats(roomId: string): Promise<Seat[]>
  /** As above, with how long each has been present without a break. */
  presentPeople(roomId: string): Promise<{ seat: Seat; forMs: number }[]>
  /** As above for each of these; rooms where nobody is cost one call together. */
  presentIn(roomIds: readonly string[]): Promise<{ seat: Seat; forMs: number }[][]>
  /** Called on every server, for every room, when the answer of `presentSeats` has changed. */
  onChange(listener: (roomId: string) => void): void
  /** Closes the person's presence sockets in this room, on every server. */
  disconnect(roomId: string, personId: PersonId, seat?: Seat): void
}
/** Told after commit, and again by a poll if lost: nothing here may be needed for correctness. */
export interface RoomListeners {
  /** Somebody became present or stopped being so; called on every server, for every room. */
  presenceChanged?(roomId: string): void
  /** Removed: voice, chat and sockets must let them go at once. */
  personRemoved?(roomId: string, personId: PersonId, channelId: string): void
  /** Went out by themselves. */
  personLeft?(roomId: string, personId: PersonId, channelId: string): void
}

/** What other features may use of rooms. */
export interface Rooms {
  /** Seat and rights of a person who entered and was not removed. Throws not_a_member, room_removed, room_unknown, room_expired. */
  requireMember(roomId: string, personId: PersonId): Promise<Membership>
  /** As above, and host or acting host; `trueHost`: not by acting. Throws host_only, acting_host_cannot. */
  requireHost(roomId: string, personId: PersonId, trueHost?: boolean): Promise<Membership>
  roomInfo(roomId: string): Promise<RoomInfo>
  members(roomId: string): Promise<Member[]>
  candidates(roomId: string): Promise<Candidate[]>
  /** The same within a transaction that already holds the round's row, or under its fencing token. */
  candidatesIn(db: DbOrTx, roomId: string): Promise<Candidate[]>
  /** As `members`, within a transaction. */
  membersIn(db: DbOrTx, roomId: string): Promise<Member[]>
  /** Seats of those among these persons who entered and neither left nor were removed, within a transaction or under a fencing token. */
  insideIn(db: DbOrTx, roomId: string, personIds: readonly PersonId[]): Promise<Map<PersonId, Seat>>
  /**
   * Adds the next numbered event in the caller's transaction (it locks the room's row: call it last). After commit call `announce`.
   */
  appendEvent(tx: Tx, roomId: string, event: RoomEvent): Promise<number>
  /** Wakes every server's hub after commit. If it is lost the hubs find the event within 2 s. */
  announce(roomId: string): void
  /** Tells the person's own tabs on every server to read `votes.mine` again. */
  announceMine(roomId: string, ...personIds: PersonId[]): void
  /** Moves last activity and expiry: 24 h from now, never before `notBefore` (ms; an open round's deadline). */
  touch(db: DbOrTx, roomId: string, notBefore?: number): Promise<void>
  /** Seats present now, over all servers (rules.md "Present"). */
  presentSeats(roomId: string): Promise<Seat[]>
  listen(listeners: RoomListeners): void
  /** Access rule of the room's chat channel. Throws as `requireMember`; `write` is false in a closed room. */
  channelAccess(
    channelId: string,
    personId: PersonId,
  ): Promise<{ write: boolean; name: string; portrait: string }>
  /** A message was stored: moves last activity and expiry (at most once in 10 s) and wakes home cards. */
  channelActive(channelId: string): void
  setHooks(hooks: RoomHooks): void
}

export interface Membership {
  roomId: string
  seat: Seat
  personId: PersonId
  name: string
  portrait: string
  host: boolean
  acting: boolean
  /** False once the room is closed: read-only. */
  writable: boolean
}
