import type { Bounds, LatLng } from './geo.ts'
import type { Seat } from './rooms.ts'

/**
 * The wire format of `/presence?room=<id>&tab=<8 to 32 of a-z0-9>`: binary both ways, little endian. Positions are int32 of 1e-7 degrees
 * (1.1 cm at the equator; Float32 would be off by 13 px at zoom 22). Everything here may be dropped; the latest value wins.
 *
 * Up:   u8 kind, u32 lastTick (the last tick this client has painted), then
 *       1 cursor  i32 lat, i32 lng
 *       2 view    i32 south, i32 west, i32 north, i32 east
 *       3 state   u8 flags (`stateFlag`), u16 followed seat (0: nobody)
 *       4 ping    i32 lat, i32 lng, u8 byte length, UTF-8 words
 *       5 ack     nothing more
 *       6 lift    nothing more: the cursor has left the map
 * Down: u8 16 (changes) or 17 (everything: who isn't named is gone, what isn't named is unset), u32 tick, u16 my seat, u16 tick length in ms, u16 entries, then for each entry u16 seat, u8 fields, then in this order
 *       1 presence u8 (0 gone, 1 here, 2 away)   2 state u8 flags, u16 followed seat   4 cursor i32, i32   8 cursor lifted (nothing more)
 *       16 view 4 × i32   32 ping i32, i32, u8 length, UTF-8
 */
export const presenceKind = {
  cursor: 1,
  view: 2,
  state: 3,
  ping: 4,
  ack: 5,
  lift: 6,
  frame: 16,
  full: 17,
} as const
export const stateFlag = {
  /** The tab is hidden. Sent 1 s after hiding, so that closing never sends it. */
  tabHidden: 1,
  /** Cursor and view are hidden by their owner: the server sends neither and lets followers go. */
  hideMine: 2,
  idle: 4,
  speaking: 8,
  /** No pointer: the view is the presence. */
  touch: 16,
  inVoice: 32,
  muted: 64,
} as const
export const presenceState = { gone: 0, here: 1, away: 2 } as const
export type PresenceState = (typeof presenceState)[keyof typeof presenceState]

const E7 = 1e7
/** Longest message a client may send: a ping with 20 graphemes of at most 12 bytes each. */
export const PRESENCE_UP_MAX_BYTES = 512
export const PING_WORDS_MAX_BYTES = 240

export type PresenceUp =
  | { kind: 'cursor'; lastTick: number; at: LatLng }
  | { kind: 'view'; lastTick: number; view: Bounds }
  | { kind: 'state'; lastTick: number; flags: number; follow: Seat }
  | { kind: 'ping'; lastTick: number; at: LatLng; words: string }
  | { kind: 'ack'; lastTick: number }
  | { kind: 'lift'; lastTick: number }

export interface PresenceEntry {
  seat: Seat
  presence?: PresenceState
  state?: { flags: number; follow: Seat }
  /** `null`: the cursor has left the map. */
  cursor?: LatLng | null
  view?: Bounds
  ping?: { at: LatLng; words: string }
}
export interface PresenceFrame {
  /** Everything about everybody: replaces what was known. Sent on opening, on becoming visible, and after a stall. */
  full: boolean
  tick: number
  mySeat: Seat
  tickMs: number
  entries: PresenceEntry[]
}

const utf8 = new TextEncoder()
const utf8Strict = new TextDecoder('utf-8', { fatal: true })
const toE7 = (degrees: number): number => Math.round(degrees * E7)

function latOk(e7: number): boolean {
  return e7 >= -850_600_000 && e7 <= 850_600_000
}
function lngOk(e7: number): boolean {
  return e7 >= -1_800_000_000 && e7 <= 1_800_000_000
}

/** Encodes one message of a client. Values are trusted: the server checks what it reads. */
export function encodeUp(message: PresenceUp): Uint8Array<ArrayBuffer> {
  const words = message.kind === 'ping' ? utf8.encode(message.words) : undefined
  const size = { cursor: 13, view: 21, state: 8, ping: 14 + (words?.length ?? 0), ack: 5, lift: 5 }[
    message.kind
  ]
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, presenceKind[message.kind])
  view.setUint32(1, message.lastTick, true)
  switch (message.kind) {
    case 'cursor':
      view.setInt32(5, toE7(message.at.lat), true)
      view.setInt32(9, toE7(message.at.lng), true)
      break
    case 'view':
      view.setInt32(5, toE7(message.view.south), true)
      view.setInt32(9, toE7(message.view.west), true)
      view.setInt32(13, toE7(message.view.north), true)
      view.setInt32(17, toE7(message.view.east), true)
      break
    case 'state':
      view.setUint8(5, message.flags)
      view.setUint16(6, message.follow, true)
      break
    case 'ping':
      view.setInt32(5, toE7(message.at.lat), true)
      view.setInt32(9, toE7(message.at.lng), true)
      view.setUint8(13, words?.length ?? 0)
      bytes.set(words ?? [], 14)
      break
    case 'ack':
    case 'lift':
      break
  }
  return bytes
}

/** Reads one message of a client; null for anything malformed, outside the world or longer than allowed. */
export function decodeUp(bytes: Uint8Array): PresenceUp | null {
  if (bytes.length < 5 || bytes.length > PRESENCE_UP_MAX_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lastTick = view.getUint32(1, true)
  const point = (offset: number): LatLng | null => {
    const lat = view.getInt32(offset, true)
    const lng = view.getInt32(offset + 4, true)
    return latOk(lat) && lngOk(lng) ? { lat: lat / E7, lng: lng / E7 } : null
  }
  switch (view.getUint8(0)) {
    case presenceKind.cursor: {
      const at = bytes.length === 13 ? point(5) : null
      return at && { kind: 'cursor', lastTick, at }
    }
    case presenceKind.view: {
      const southWest = bytes.length === 21 ? point(5) : null
      const northEast = southWest && point(13)
      if (
        !southWest ||
        !northEast ||
        southWest.lat > northEast.lat ||
        southWest.lng > northEast.lng
      )
        return null
      return {
        kind: 'view',
        lastTick,
        view: {
          south: southWest.lat,
          west: southWest.lng,
          north: northEast.lat,
          east: northEast.lng,
        },
      }
    }
    case presenceKind.state:
      return bytes.length === 8
        ? { kind: 'state', lastTick, flags: view.getUint8(5), follow: view.getUint16(6, true) }
        : null
    case presenceKind.ping: {
      const at = bytes.length >= 14 ? point(5) : null
      if (
        !at ||
        view.getUint8(13) > PING_WORDS_MAX_BYTES ||
        bytes.length !== 14 + view.getUint8(13)
      )
        return null
      try {
        return { kind: 'ping', lastTick, at, words: utf8Strict.decode(bytes.subarray(14)) }
      } catch {
        return null
      }
    }
    case presenceKind.ack:
      return bytes.length === 5 ? { kind: 'ack', lastTick } : null
    case presenceKind.lift:
      return bytes.length === 5 ? { kind: 'lift', lastTick } : null
    default:
      return null
  }
}

const FIELD = { presence: 1, state: 2, cursor: 4, lift: 8, view: 16, ping: 32 } as const
export const FRAME_HEADER_BYTES = 11
/** Where a frame holds the reader's own seat, so that one encoded frame serves a room: only these two bytes differ. */
export const FRAME_SEAT_OFFSET = 5

/** Encodes one frame; the caller may send the same buffer to every socket of the room with `mySeat` 0. */
export function encodeFrame(frame: PresenceFrame): Uint8Array<ArrayBuffer> {
  const words = frame.entries.map((entry) =>
    entry.ping ? utf8.encode(entry.ping.words) : undefined,
  )
  let size = FRAME_HEADER_BYTES
  for (const [i, entry] of frame.entries.entries()) {
    size +=
      3 + (entry.presence === undefined ? 0 : 1) + (entry.state ? 3 : 0) + (entry.cursor ? 8 : 0)
    size += (entry.view ? 16 : 0) + (entry.ping ? 9 + (words[i]?.length ?? 0) : 0)
  }
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, frame.full ? presenceKind.full : presenceKind.frame)
  view.setUint32(1, frame.tick, true)
  view.setUint16(FRAME_SEAT_OFFSET, frame.mySeat, true)
  view.setUint16(7, frame.tickMs, true)
  view.setUint16(9, frame.entries.length, true)
  let at = FRAME_HEADER_BYTES
  const point = (p: LatLng): void => {
    view.setInt32(at, toE7(p.lat), true)
    view.setInt32(at + 4, toE7(p.lng), true)
    at += 8
  }
  for (const [i, entry] of frame.entries.entries()) {
    view.setUint16(at, entry.seat, true)
    const fields =
      (entry.presence === undefined ? 0 : FIELD.presence) |
      (entry.state ? FIELD.state : 0) |
      (entry.cursor ? FIELD.cursor : 0) |
      (entry.cursor === null ? FIELD.lift : 0) |
      (entry.view ? FIELD.view : 0) |
      (entry.ping ? FIELD.ping : 0)
    view.setUint8(at + 2, fields)
    at += 3
    if (entry.presence !== undefined) view.setUint8(at++, entry.presence)
    if (entry.state) {
      view.setUint8(at, entry.state.flags)
      view.setUint16(at + 1, entry.state.follow, true)
      at += 3
    }
    if (entry.cursor) point(entry.cursor)
    if (entry.view) {
      point({ lat: entry.view.south, lng: entry.view.west })
      point({ lat: entry.view.north, lng: entry.view.east })
    }
    if (entry.ping) {
      point(entry.ping.at)
      const text = words[i] ?? new Uint8Array()
      view.setUint8(at++, text.length)
      bytes.set(text, at)
      at += text.length
    }
  }
  return bytes
}

/** Reads a frame of the server. Throws RangeError when it is cut short: the client then asks for nothing and waits for the next. */
export function decodeFrame(bytes: Uint8Array): PresenceFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = FRAME_HEADER_BYTES
  const point = (): LatLng => {
    const p = { lat: view.getInt32(at, true) / E7, lng: view.getInt32(at + 4, true) / E7 }
    at += 8
    return p
  }
  const entries: PresenceEntry[] = []
  for (let left = view.getUint16(9, true); left > 0; left--) {
    const entry: PresenceEntry = { seat: view.getUint16(at, true) }
    const fields = view.getUint8(at + 2)
    at += 3
    if (fields & FIELD.presence) entry.presence = view.getUint8(at++) as PresenceState
    if (fields & FIELD.state) {
      entry.state = { flags: view.getUint8(at), follow: view.getUint16(at + 1, true) }
      at += 3
    }
    if (fields & FIELD.cursor) entry.cursor = point()
    if (fields & FIELD.lift) entry.cursor = null
    if (fields & FIELD.view) {
      const southWest = point()
      const northEast = point()
      entry.view = {
        south: southWest.lat,
        west: southWest.lng,
        north: northEast.lat,
        east: northEast.lng,
      }
    }
    if (fields & FIELD.ping) {
      const where = point()
      const length = view.getUint8(at++)
      entry.ping = { at: where, words: utf8Strict.decode(bytes.subarray(at, at + length)) }
      at += length
    }
    entries.push(entry)
  }
  return {
    full: view.getUint8(0) === presenceKind.full,
    tick: view.getUint32(1, true),
    mySeat: view.getUint16(FRAME_SEAT_OFFSET, true),
    tickMs: view.getUint16(7, true),
    entries,
  }
}
