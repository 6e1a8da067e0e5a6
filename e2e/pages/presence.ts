import { WebSocket } from 'ws'
import { decodeFrame, encodeUp } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceUp } from '#shared/rooms.presence.ts'
import type { Seat } from '#shared/rooms.ts'
import { Guest, portrait } from '../api.ts'

type Said = PresenceUp extends infer M
  ? M extends PresenceUp
    ? Omit<M, 'lastTick'>
    : never
  : never

/** A tab without a browser: says what a person's pointer would, and keeps what it is told. */
export class PresenceTab {
  readonly #socket: WebSocket
  #lastTick = 0
  /** The latest of every seat that was told. */
  readonly seats = new Map<Seat, PresenceEntry>()
  constructor(guest: Guest, roomId: string) {
    const tab = portrait() + portrait()
    const url = `${guest.origin.replace('http', 'ws')}/presence?room=${roomId}&tab=${tab}`
    this.#socket = new WebSocket(url, { headers: { cookie: guest.cookie, origin: guest.origin } })
    this.#socket.on('message', (data: Buffer) => this.#read(data))
  }
  #read(data: Buffer): void {
    const frame = decodeFrame(data)
    this.#lastTick = frame.tick
    if (frame.full) this.seats.clear()
    for (const entry of frame.entries) {
      if (entry.presence === 0) this.seats.delete(entry.seat)
      else this.seats.set(entry.seat, { ...this.seats.get(entry.seat), ...entry })
    }
    this.#send({ kind: 'ack' })
  }
  #send(message: Said): void {
    this.#socket.send(encodeUp({ ...message, lastTick: this.#lastTick }))
  }
  /** Resolves when the tab is open and has said that it is here. */
  async open(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('open', resolve)
      this.#socket.once('error', reject)
    })
    this.#send({ kind: 'state', flags: 0, follow: 0 })
    return this
  }
  say(message: Said): void {
    this.#send(message)
  }
  close(): void {
    this.#socket.close()
  }
}

export interface RoomOfGuests {
  roomId: string
  code: string
  members: Guest[]
}
/** A room with so many members, opened at a view. */
export async function openRoomOf(
  origin: string,
  names: readonly string[],
  view: { lat: number; lng: number; zoom: number },
): Promise<RoomOfGuests> {
  const members: Guest[] = []
  let room: { roomId: string; code: string } | undefined
  for (const nickname of names) {
    const guest = await new Guest(origin).signIn()
    const me = { nickname, portrait: portrait() }
    if (room) await guest.mutate('rooms.join', { code: room.code, ...me })
    else {
      const anchor = { kind: 'view', ...view }
      room = await guest.mutate('rooms.open', { anchor, locale: 'ko', zone: 'Asia/Seoul', ...me })
    }
    members.push(guest)
  }
  if (!room) throw new Error('a room needs somebody')
  return { roomId: room.roomId, code: room.code, members }
}

/** The guest's cookies as a browser context takes them. */
export function cookiesOf(guest: Guest): { name: string; value: string; url: string }[] {
  return guest.cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: guest.origin }
  })
}
