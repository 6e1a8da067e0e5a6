import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presenceState, stateFlag } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceState, PresenceUp } from '#shared/rooms.presence.ts'
import { makePresenceRoom, mergeFlags } from './live.presenceRoom.ts'
import type { PresenceRoom } from './live.presenceRoom.ts'

const { here, away, gone } = presenceState
const at = (lat: number) => ({ lat, lng: 127 })
const cursor = (lat: number): PresenceUp => ({ kind: 'cursor', lastTick: 0, at: at(lat) })
const state = (flags: number, follow = 0): PresenceUp => ({
  kind: 'state',
  lastTick: 0,
  flags,
  follow,
})
const lift: PresenceUp = { kind: 'lift', lastTick: 0 }

function roomWith(...seats: number[]): PresenceRoom {
  const room = makePresenceRoom()
  room.applySeats(new Map(seats.map((seat) => [seat, here])), false)
  for (const seat of seats) room.applyUp(`tab${seat}`, seat, state(0))
  room.takeChanges()
  room.takeOwnChanges()
  return room
}
const entryOf = (entries: PresenceEntry[], seat: number): PresenceEntry | undefined =>
  entries.find((entry) => entry.seat === seat)

describe('merging a room', () => {
  it('tells only the latest of a tick, once', () => {
    const room = roomWith(1)
    room.applyUp('tab1', 1, cursor(1))
    room.applyUp('tab1', 1, cursor(2))
    expect(room.takeChanges()).toEqual([{ seat: 1, cursor: at(2) }])
    expect(room.takeChanges()).toEqual([])
  })
  it('shows the cursor of the last active of two tabs, and lifts only that one', () => {
    const room = roomWith(1)
    room.applyUp('a', 1, cursor(1))
    room.applyUp('b', 1, cursor(2))
    expect(room.applyUp('a', 1, lift)).toBe(false)
    expect(room.takeChanges()).toEqual([{ seat: 1, cursor: at(2) }])
    expect(room.applyUp('b', 1, lift)).toBe(true)
    expect(room.takeChanges()).toEqual([{ seat: 1, cursor: null }])
  })
  it('says nothing of who is not present yet, and everything once they are', () => {
    const room = makePresenceRoom()
    room.applyUp('t', 4, state(stateFlag.touch))
    room.applyUp('t', 4, cursor(3))
    expect(room.takeChanges()).toEqual([])
    expect(room.takeOwnChanges()).toEqual([])
    room.applySeats(new Map([[4, here]]), false)
    expect(room.takeChanges()).toEqual([
      { seat: 4, presence: here, state: { flags: stateFlag.touch, follow: 0 }, cursor: at(3) },
    ])
    expect(entryOf(room.takeOwnChanges(), 4)?.cursor).toEqual(at(3))
  })
  it('tells a leave once and forgets what the person pointed at', () => {
    const room = roomWith(1, 2)
    room.applyUp('tab1', 1, cursor(1))
    room.dropTab('tab1', 1)
    room.takeChanges()
    room.applySeats(new Map([[2, here]]), false)
    expect(room.takeChanges()).toEqual([{ seat: 1, presence: gone }])
    room.applySeats(
      new Map([
        [1, here],
        [2, here],
      ]),
      false,
    )
    expect(entryOf(room.all(), 1)?.cursor).toBeUndefined()
  })
  it('keeps everybody while the registry may be incomplete', () => {
    const room = roomWith(1, 2)
    room.applySeats(new Map([[2, away]]), true)
    expect(room.takeChanges()).toEqual([{ seat: 2, presence: away }])
    expect(room.presentCount()).toBe(2)
  })
  it('neither cursor nor view of who hides leaves, in any tab, and followers are let go', () => {
    const room = roomWith(1, 2)
    room.applyUp('tab1', 1, cursor(1))
    room.applyUp('tab2', 2, state(0, 1))
    expect(entryOf(room.takeChanges(), 2)?.state?.follow).toBe(1)
    room.applyUp('tab1', 1, state(stateFlag.hideMine))
    const told = room.takeChanges()
    expect(entryOf(told, 1)).toEqual({
      seat: 1,
      state: { flags: stateFlag.hideMine, follow: 0 },
      cursor: null,
    })
    expect(entryOf(told, 2)?.state?.follow).toBe(0)
    room.applyUp('other', 1, cursor(5))
    room.applyUp('other', 1, {
      kind: 'view',
      lastTick: 0,
      view: { south: 0, west: 0, north: 1, east: 1 },
    })
    room.takeOwnChanges()
    room.applyServer('far', [{ seat: 1, cursor: at(9) }], false)
    expect(room.takeChanges().some((entry) => entry.cursor || entry.view)).toBe(false)
    expect(entryOf(room.all(), 1)?.cursor).toBeUndefined()
  })
  it('passes what another server told to clients, and never back', () => {
    const room = roomWith(1, 2)
    room.applyServer('far', [{ seat: 2, cursor: at(7), ping: { at: at(7), words: '' } }], false)
    expect(room.takeChanges()).toEqual([{ seat: 2, cursor: at(7), ping: { at: at(7), words: '' } }])
    expect(room.takeOwnChanges()).toEqual([])
    expect(room.takeChanges()).toEqual([])
  })
  it('tells a ping once to clients and once to servers', () => {
    const room = roomWith(1)
    room.applyUp('tab1', 1, { kind: 'ping', lastTick: 0, at: at(1), words: '여기' })
    expect(room.takeChanges()).toEqual([{ seat: 1, ping: { at: at(1), words: '여기' } }])
    expect(room.takeOwnChanges()).toEqual([{ seat: 1, ping: { at: at(1), words: '여기' } }])
    expect(room.takeChanges()).toEqual([])
    expect(room.takeOwnChanges()).toEqual([])
  })
  it('forgets what a server said that is not heard any longer', () => {
    const room = roomWith(1)
    room.applyServer(
      'far',
      [{ seat: 1, state: { flags: stateFlag.speaking | stateFlag.inVoice, follow: 0 } }],
      false,
    )
    expect(entryOf(room.takeChanges(), 1)?.state?.flags).toBe(
      stateFlag.speaking | stateFlag.inVoice,
    )
    room.dropServer('far')
    expect(entryOf(room.takeChanges(), 1)?.state?.flags).toBe(0)
  })
  it('two servers that exchange every tick agree, whatever was said where', () => {
    const said = fc.record({
      near: fc.boolean(),
      seat: fc.integer({ min: 1, max: 3 }),
      message: fc.oneof(
        fc.nat(80).map(cursor),
        fc.constant(lift),
        fc
          .constantFrom(0, stateFlag.hideMine, stateFlag.idle, stateFlag.touch)
          .map((flags) => state(flags)),
      ),
    })
    fc.assert(
      fc.property(fc.array(said, { maxLength: 60 }), (script) => {
        const [near, far] = [makePresenceRoom(), makePresenceRoom()]
        const seats = new Map<number, PresenceState>([1, 2, 3].map((seat) => [seat, here]))
        for (const room of [near, far]) room.applySeats(seats, false)
        for (const { near: isNear, seat, message } of script) {
          const [mine, other, name] = isNear ? [near, far, 'near'] : [far, near, 'far']
          mine.applyUp(`${name}${seat}`, seat, message)
          mine.takeChanges()
          other.applyServer(name, mine.takeOwnChanges(), false)
        }
        // A server's own lift doesn't undo the other's cursor, so compare what both must agree on.
        const flagsOf = (room: PresenceRoom) =>
          room.all().map(({ seat, state: told }) => [seat, told?.flags])
        expect(flagsOf(near)).toEqual(flagsOf(far))
        const hidden = [...near.all(), ...far.all()].filter(
          (one) => ((one.state?.flags ?? 0) & stateFlag.hideMine) !== 0,
        )
        expect(hidden.filter((one) => one.cursor)).toEqual([])
      }),
    )
  })
})

describe('flags of several tabs', () => {
  it('idle and hidden only if all are, hiding if any, muted if every voice is', () => {
    const { idle, tabHidden, hideMine, inVoice, muted } = stateFlag
    expect(mergeFlags([idle, 0])).toBe(0)
    expect(mergeFlags([idle | tabHidden, idle])).toBe(idle)
    expect(mergeFlags([hideMine, 0])).toBe(hideMine)
    expect(mergeFlags([inVoice | muted, 0])).toBe(inVoice | muted)
    expect(mergeFlags([inVoice | muted, inVoice])).toBe(inVoice)
    expect(mergeFlags([])).toBe(0)
  })
})
