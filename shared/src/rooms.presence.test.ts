import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeFrame,
  decodeUp,
  encodeFrame,
  encodeUp,
  FRAME_SEAT_OFFSET,
  PRESENCE_UP_MAX_BYTES,
  presenceKind,
} from './rooms.presence.ts'
import type { PresenceEntry, PresenceUp } from './rooms.presence.ts'

const e7 = (max: number) => fc.integer({ min: -max * 1e7, max: max * 1e7 }).map((n) => n / 1e7)
const at = fc.record({ lat: e7(85), lng: e7(180) })
const view = fc.tuple(at, at).map(([a, b]) => ({
  south: Math.min(a.lat, b.lat),
  west: Math.min(a.lng, b.lng),
  north: Math.max(a.lat, b.lat),
  east: Math.max(a.lng, b.lng),
}))
const lastTick = fc.nat(0xffffffff)
const words = fc.string({ unit: 'grapheme', maxLength: 20 })
const up: fc.Arbitrary<PresenceUp> = fc.oneof(
  fc.record({ kind: fc.constant('cursor' as const), lastTick, at }),
  fc.record({ kind: fc.constant('view' as const), lastTick, view }),
  fc.record({
    kind: fc.constant('state' as const),
    lastTick,
    flags: fc.nat(255),
    follow: fc.nat(0xffff),
  }),
  fc.record({ kind: fc.constant('ping' as const), lastTick, at, words }),
  fc.record({ kind: fc.constant('ack' as const), lastTick }),
  fc.record({ kind: fc.constant('lift' as const), lastTick }),
)
const entry: fc.Arbitrary<PresenceEntry> = fc.record(
  {
    seat: fc.integer({ min: 1, max: 0xffff }),
    presence: fc.constantFrom(0 as const, 1 as const, 2 as const),
    state: fc.record({ flags: fc.nat(255), follow: fc.nat(0xffff) }),
    cursor: fc.oneof(at, fc.constant(null)),
    view,
    ping: fc.record({ at, words }),
  },
  { requiredKeys: ['seat'] },
)

describe('presence on the wire', () => {
  it('brings every message of a client back as it was', () => {
    fc.assert(
      fc.property(up, (message) => void expect(decodeUp(encodeUp(message))).toEqual(message)),
    )
  })
  it('brings every frame back as it was', () => {
    const frame = fc.record({
      full: fc.boolean(),
      tick: lastTick,
      mySeat: fc.nat(0xffff),
      tickMs: fc.nat(0xffff),
      entries: fc.array(entry, { maxLength: 30 }),
    })
    fc.assert(
      fc.property(frame, (said) => void expect(decodeFrame(encodeFrame(said))).toEqual(said)),
    )
  })
  it('reads any bytes without throwing, and refuses a valid message cut short or made longer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const read = decodeUp(bytes)
        if (read) expect(encodeUp(read)).toEqual(Uint8Array.from(bytes))
      }),
    )
    fc.assert(
      fc.property(up, fc.nat(20), (message, cut) => {
        const bytes = encodeUp(message)
        if (cut > 0) expect(decodeUp(bytes.subarray(0, Math.max(0, bytes.length - cut)))).toBeNull()
        expect(decodeUp(new Uint8Array([...bytes, 0]))).toBeNull()
      }),
    )
  })
  it('refuses places outside the world, a view upside down, and words that are no text', () => {
    const outside = encodeUp({ kind: 'cursor', lastTick: 0, at: { lat: 86, lng: 0 } })
    expect(decodeUp(outside)).toBeNull()
    expect(decodeUp(encodeUp({ kind: 'cursor', lastTick: 0, at: { lat: 0, lng: 181 } }))).toBeNull()
    const upsideDown = { south: 2, west: 0, north: 1, east: 1 }
    expect(decodeUp(encodeUp({ kind: 'view', lastTick: 0, view: upsideDown }))).toBeNull()
    const ping = encodeUp({ kind: 'ping', lastTick: 0, at: { lat: 0, lng: 0 }, words: 'a' })
    ping[14] = 0xff
    expect(decodeUp(ping)).toBeNull()
    expect(decodeUp(new Uint8Array(PRESENCE_UP_MAX_BYTES + 1).fill(presenceKind.ack))).toBeNull()
  })
  it('keeps the reader’s seat where one buffer for all can be patched', () => {
    const bytes = encodeFrame({ full: true, tick: 7, mySeat: 0x1234, tickMs: 33, entries: [] })
    expect(new DataView(bytes.buffer).getUint16(FRAME_SEAT_OFFSET, true)).toBe(0x1234)
  })
  it('throws on a frame that is cut short', () => {
    const bytes = encodeFrame({
      full: false,
      tick: 1,
      mySeat: 0,
      tickMs: 33,
      entries: [{ seat: 1, cursor: { lat: 1, lng: 2 } }],
    })
    expect(() => decodeFrame(bytes.subarray(0, bytes.length - 3))).toThrow(RangeError)
  })
})
