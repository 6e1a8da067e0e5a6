import { z } from 'zod'
import { boundsSchema, latLngSchema } from './geo.ts'
import type { Bounds, LatLng } from './geo.ts'
import { categorySchema, placeIdSchema } from './places.ts'
import type { Category, PlaceFacts } from './places.ts'
import { readRoomCode } from './rooms.code.ts'
import { localeSchema, portraitSchema, rawNameSchema } from './users.ts'
import type { Locale, PersonId } from './users.ts'
import type { DecisionSummary, RoundView } from './votes.ts'

export const roomIdSchema = z.uuid()

/** As `readRoomCode`, for inputs. */
export const roomCodeSchema = z.string().transform((raw, ctx) => {
  const code = readRoomCode(raw)
  if (code !== null) return code
  ctx.addIssue({ code: 'custom', message: 'not a room code' })
  return z.NEVER
})

/** Number of a person in one room, from 1 in order of arrival, never given to another; its colour is `colourOfSeat`. */
export type Seat = number

export interface Member {
  seat: Seat
  personId: PersonId
  name: string
  portrait: string
  /** ms */
  joinedAt: number
  /** Run by the server, in a room of Bap Island: said beside the name wherever it is shown. */
  simulated: boolean
}

/** Where a room was opened: the first camera. Zoom as in Leaflet. */
export const anchorSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('view'),
    lat: latLngSchema.shape.lat,
    lng: latLngSchema.shape.lng,
    zoom: z.number().min(2).max(20),
  }),
  z.object({ kind: z.literal('place'), placeId: placeIdSchema }),
])
export type Anchor = z.infer<typeof anchorSchema>

export interface RoomInfo {
  id: string
  code: string
  /** Null: the default from weekday and meal of `createdAt` in `zone`, said in the reader's language. */
  name: string | null
  /** When they want to eat, ms; null: not said. */
  when: number | null
  locale: Locale
  zone: string
  createdAt: number
  hostSeat: Seat | null
  /** Set while the host is gone: the longest-present member. */
  actingSeat: Seat | null
  locked: boolean
  closedAt: number | null
  expiresAt: number
  meeting: LatLng | null
  /** First camera of the room. */
  view: { lat: number; lng: number; zoom: number } | null
  /** On Bap Island: for trying alone. Places and the friends in it are made up. */
  demo: boolean
}

export interface Candidate extends PlaceFacts {
  number: number
  placeId: string | null
  name: string
  category: Category
  note: string | null
  link: string | null
  proposerSeat: Seat
  addedAt: number
  /** ms; null while it stands. */
  withdrawnAt: number | null
  withdrawnBySeat: Seat | null
}

/** What a link shows before entering: no names but the inviter's, no cursors, no speech. */
export type RoomPeek =
  | {
      state: 'open' | 'full' | 'closed'
      roomId: string
      code: string
      name: string | null
      createdAt: number
      zone: string
      invitedBy: { name: string; portrait: string; colour: number } | null
      /** Colour that the caller has here, or gets by entering now: the face that is offered is the face that goes in. */
      colour: number
      /** Present or online within the last two minutes. */
      inside: number
      max: number
      candidates: { number: number; name: string; category: Category; lat: number; lng: number }[]
      view: RoomInfo['view']
      /** The caller's seat, when this session is a member already: no nickname is asked. */
      mySeat: Seat | null
      /** Latest decision, for closed rooms. */
      decisionId: string | null
    }
  | { state: 'locked' | 'removed' | 'unknown' }
  /** Expired rooms say only so, and where the caller's own decisions are. */
  | { state: 'expired'; decisionId: string | null }

/**
 * The room as one read sees it. `seq` is the number of the last room event in it: the client subscribes from there.
 * Votes and chat have reads of their own (`votes.state`, `chat.history`), asked in the same batch.
 */
export interface RoomSnapshot {
  room: RoomInfo
  seq: number
  mySeat: Seat
  /** Everybody who entered and was not removed, by seat; who left is kept for names on choices. */
  members: Member[]
  leftSeats: Seat[]
  /** In order of their numbers; withdrawn ones included while they can be restored or a round counts them. */
  candidates: Candidate[]
  channelId: string
  now: number
}

/** Events of a room: at least once, in order, numbered without gaps by the transaction that made them. */
export type RoomEvent =
  | { type: 'member'; member: Member }
  | { type: 'left'; seat: Seat }
  | { type: 'removed'; seat: Seat }
  | { type: 'room'; room: RoomInfo }
  | { type: 'candidate'; candidate: Candidate }
  | { type: 'come'; bySeat: Seat; view: Bounds; at: number }
  | { type: 'round'; round: RoundView }
  | { type: 'decision'; decision: DecisionSummary }

export type RoomFeed =
  | { kind: 'event'; seq: number; event: RoomEvent; at: number }
  /** The asked-for number is gone from the log: read the snapshot again. */
  | { kind: 'reset'; seq: number }
  /** Something of the person's own (passes, choices) changed in another tab: read `votes.mine` again. Not numbered. */
  | { kind: 'mine' }

export const openRoomInput = z.object({
  anchor: anchorSchema.optional(),
  locale: localeSchema,
  /** IANA zone of the creator's browser. */
  zone: z.string().min(1).max(64),
  name: rawNameSchema.optional(),
  when: z.number().int().optional(),
  /** Nickname and portrait of the creator for this room. */
  nickname: rawNameSchema,
  portrait: portraitSchema,
})
export const peekInput = z.object({ code: z.string().max(60) })
export const joinInput = z.object({
  code: z.string().max(60),
  nickname: rawNameSchema,
  portrait: portraitSchema,
})
export const roomInput = z.object({ roomId: roomIdSchema })
/** False brings it back: the undo at home. */
export const hideRoomInput = roomInput.extend({ hidden: z.boolean().default(true) })
export const roomEventsInput = z.object({
  roomId: roomIdSchema,
  lastEventId: z.string().max(20).nullish(),
})
export const changeRoomInput = z.object({
  roomId: roomIdSchema,
  name: rawNameSchema.nullable().optional(),
  when: z.number().int().nullable().optional(),
  meeting: latLngSchema.nullable().optional(),
  locked: z.boolean().optional(),
})
export const seatInput = z.object({ roomId: roomIdSchema, seat: z.number().int().positive() })
export const changeMeInput = z.object({
  roomId: roomIdSchema,
  nickname: rawNameSchema,
  portrait: portraitSchema,
})
export const proposeInput = z.object({
  roomId: roomIdSchema,
  /** The same key returns the same candidate: a retry adds nothing. */
  key: z.uuid(),
  what: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('place'), placeId: placeIdSchema }),
    z.object({
      kind: z.literal('pin'),
      name: rawNameSchema,
      lat: latLngSchema.shape.lat,
      lng: latLngSchema.shape.lng,
      category: categorySchema.default('other'),
    }),
  ]),
  note: rawNameSchema.optional(),
  link: z.url().max(500).optional(),
})
export const candidateInput = z.object({
  roomId: roomIdSchema,
  number: z.number().int().min(1).max(999),
})
export const annotateInput = candidateInput.extend({
  note: rawNameSchema.nullable(),
  link: z.url().max(500).nullable(),
})
export const comeInput = z.object({ roomId: roomIdSchema, view: boundsSchema })

/** Text shared out of Naver or Kakao maps; the answer is what could be read of it. */
export const shareTextInput = z.object({ text: z.string().max(2_000) })
export interface ShareTextReading {
  name: string
  address: string | null
  link: string | null
  /** Where its link says that it is; most links don't. */
  at?: LatLng
}

/** One line of "my rooms" at home. A hidden round's card holds no counts of choices, only who has a tick. */
export interface RoomCard {
  roomId: string
  code: string
  name: string | null
  createdAt: number
  zone: string
  /** Seats present now. */
  present: Seat[]
  members: Member[]
  state:
    | { kind: 'choosing'; candidates: number }
    | { kind: 'voting'; deadlineAt: number; openedAt: number; ticked: Seat[]; waiting: Seat[] }
    | { kind: 'decided'; decisionId: string; name: string; category: Category; at: number }
  closed: boolean
  lastActivityAt: number
  expiresAt: number
  mySeat: Seat
}
/** "Right within 1 s": the card is sent anew when its room changes. */
export type RoomCardsFeed =
  | { kind: 'all'; cards: RoomCard[] }
  | { kind: 'card'; card: RoomCard }
  | { kind: 'gone'; roomId: string }
