import { describe, expect, it } from 'vitest'
import { stateFlag } from '#shared/rooms.presence.ts'
import type { PresenceEntry, PresenceFrame } from '#shared/rooms.presence.ts'
import { makePeople } from './state.presencePeople.ts'

const at = { lat: 37, lng: 127 }
const frame = (full: boolean, ...entries: PresenceEntry[]): PresenceFrame => ({
  full,
  tick: 1,
  mySeat: 0,
  tickMs: 33,
  entries,
})
const none = (): void => undefined

describe('reading frames', () => {
  it('keeps what a change does not name', () => {
    const { people, live, apply } = makePeople()
    apply(
      frame(true, {
        seat: 2,
        presence: 1,
        state: { flags: stateFlag.speaking, follow: 3 },
        cursor: at,
      }),
      none,
    )
    apply(frame(false, { seat: 2, cursor: { lat: 38, lng: 127 } }), none)
    expect(people[2]).toMatchObject({ presence: 'here', speaking: true, follows: 3 })
    expect(live.get(2)).toMatchObject({ cursor: { lat: 38, lng: 127 }, fresh: false })
    apply(frame(false, { seat: 2, presence: 2 }), none)
    expect(people[2]).toMatchObject({ presence: 'away', speaking: true })
    expect(live.has(2)).toBe(false)
  })
  it('forgets in a full frame who and what is not named', () => {
    const { people, live, apply } = makePeople()
    apply(
      frame(true, { seat: 2, presence: 1, cursor: at }, { seat: 3, presence: 1, cursor: at }),
      none,
    )
    const changed: number[] = []
    apply(frame(true, { seat: 3, presence: 1 }), (seat) => changed.push(seat))
    expect(people[2]).toBeUndefined()
    expect(live.has(2)).toBe(false)
    expect(live.get(3)?.cursor).toBeNull()
    expect(changed.toSorted((a, b) => a - b)).toEqual([2, 3])
  })
  it('shows nothing on the map of who hides', () => {
    const { live, apply } = makePeople()
    apply(frame(true, { seat: 2, presence: 1, cursor: at }), none)
    apply(frame(false, { seat: 2, state: { flags: stateFlag.hideMine, follow: 0 } }), none)
    expect(live.has(2)).toBe(false)
  })
  it('does not take a cursor for a person who was never told to be here', () => {
    const { people, live, apply } = makePeople()
    apply(frame(false, { seat: 9, cursor: at }), none)
    expect(people[9]).toBeUndefined()
    expect(live.has(9)).toBe(false)
  })
})
