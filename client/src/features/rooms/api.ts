import type { Anchor, RoomCardsFeed, RoomFeed, RoomSnapshot, Seat } from '#shared/rooms.ts'
import type { Locale } from '#shared/users.ts'
import type { Bounds, LatLng } from '#shared/geo.ts'
import { learnServerTime } from '../../lib/clock.ts'
import { takeEarly } from '../../lib/early.ts'
import { ensureSession, rememberMe } from '../../lib/session.ts'
import { forgetKept, roomKeys } from '../../lib/storage.ts'
import { trpc } from '../../lib/trpc.ts'

/** What a link shows before entering. */
export async function peekRoom(code: string) {
  const { data } = await takeEarly('rooms.peek', { code }, () => trpc.rooms.peek.query({ code }))
  return data
}

/** Enters a room; the first act of a stranger, so it makes the session. */
export async function joinRoom(code: string, nickname: string, portrait: string) {
  await ensureSession()
  const entered = await trpc.rooms.join.mutate({ code, nickname, portrait })
  rememberMe(nickname, portrait)
  return entered
}

export async function readSnapshot(roomId: string, signal: AbortSignal): Promise<RoomSnapshot> {
  const {
    data: snapshot,
    sentAt,
    receivedAt,
  } = await takeEarly('rooms.snapshot', { roomId }, () =>
    trpc.rooms.snapshot.query({ roomId }, { signal }),
  )
  learnServerTime(snapshot.now, sentAt, receivedAt)
  return snapshot
}

/** The room's numbered events after `seq`; the answer stops them. After a lost socket it goes on by itself. */
export function followRoom(
  roomId: string,
  seq: number,
  heard: (feed: RoomFeed) => void,
  failed: (error: unknown) => void,
): () => void {
  const { unsubscribe } = trpc.rooms.events.subscribe(
    { roomId, lastEventId: String(seq) },
    { onData: ({ data }) => heard(data), onError: failed },
  )
  return unsubscribe
}

type PropositionKind = Parameters<typeof trpc.rooms.propose.mutate>[0]['what']
export type Proposition = PropositionKind

export interface ProposeExtras {
  note?: string
  link?: string
}

/** Puts a place forward. One key per intent, so that a second try adds nothing. */
export const propose = (
  roomId: string,
  key: string,
  what: Proposition,
  extras: ProposeExtras = {},
) => trpc.rooms.propose.mutate({ roomId, key, what, ...extras })

export const withdraw = (roomId: string, number: number) =>
  trpc.rooms.withdraw.mutate({ roomId, number })
export const restore = (roomId: string, number: number) =>
  trpc.rooms.restore.mutate({ roomId, number })
export const annotate = (
  roomId: string,
  number: number,
  note: string | null,
  link: string | null,
) => trpc.rooms.annotate.mutate({ roomId, number, note, link })
export const readShareText = (text: string) => trpc.rooms.readShareText.query({ text })

export interface RoomChange {
  name?: string | null
  when?: number | null
  meeting?: LatLng | null
  locked?: boolean
}
export const changeRoom = (roomId: string, change: RoomChange) =>
  trpc.rooms.changeRoom.mutate({ roomId, ...change })
export const closeRoom = (roomId: string) => trpc.rooms.close.mutate({ roomId })
export const reopenRoom = (roomId: string) => trpc.rooms.reopen.mutate({ roomId })
export const extendRoom = (roomId: string) => trpc.rooms.extend.mutate({ roomId })
export const changeLink = (roomId: string) => trpc.rooms.changeLink.mutate({ roomId })
export const handOver = (roomId: string, seat: Seat) => trpc.rooms.handOver.mutate({ roomId, seat })
export const removePerson = (roomId: string, seat: Seat) =>
  trpc.rooms.removePerson.mutate({ roomId, seat })
export async function changeMe(roomId: string, nickname: string, portrait: string): Promise<void> {
  await trpc.rooms.changeMe.mutate({ roomId, nickname, portrait })
  rememberMe(nickname, portrait)
}
/** What was kept on this device for the room, such as unsent messages, goes with its person. */
export async function leaveRoom(roomId: string): Promise<void> {
  await trpc.rooms.leave.mutate({ roomId })
  forgetKept(roomKeys(roomId))
}
export const comeHere = (roomId: string, view: Bounds) =>
  trpc.rooms.comeHere.mutate({ roomId, view })

export interface NewRoom {
  nickname: string
  portrait: string
  locale: Locale
  zone: string
  anchor?: Anchor
}
/**
 * Opens a room; a first act, so it makes the session. A place that it is opened at is put forward as the first one. The answer is the
 * room's code.
 */
export async function openRoom(wish: NewRoom): Promise<string> {
  await ensureSession()
  const { roomId, code } = await trpc.rooms.open.mutate(wish)
  rememberMe(wish.nickname, wish.portrait)
  // The room is there either way: what could not be put forward is seen to be missing, and is one tap away.
  if (wish.anchor?.kind === 'place')
    await propose(roomId, crypto.randomUUID(), wish.anchor).catch(() => undefined)
  return code
}

/** Cards of my rooms: all of them first, then each as it changes. The answer stops it. */
export function followCards(heard: (feed: RoomCardsFeed) => void): () => void {
  return trpc.rooms.cards.subscribe(undefined, { onData: heard }).unsubscribe
}
/** Takes a room off my list at home, or puts it back. */
export const hideRoom = (roomId: string, hidden = true) =>
  trpc.rooms.hide.mutate({ roomId, hidden })
