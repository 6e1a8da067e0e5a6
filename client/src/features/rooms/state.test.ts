import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Candidate, Member, RoomFeed, RoomInfo, RoomSnapshot } from '#shared/rooms.ts'
import { makeRoomState } from './state.ts'

const room = { id: 'r', hostSeat: 1 } as RoomInfo
const member = (seat: number): Member => ({
  seat,
  personId: `p${seat}`,
  name: `n${seat}`,
  portrait: 'abcd',
  joinedAt: seat,
  simulated: false,
})
const candidate = (number: number): Candidate =>
  ({ number, name: `c${number}`, withdrawnAt: null }) as Candidate
const snapshot = (seq: number, numbers: number[]): RoomSnapshot => ({
  room,
  seq,
  mySeat: 1,
  members: [member(1)],
  leftSeats: [],
  candidates: numbers.map(candidate),
  channelId: 'c',
  now: 0,
})
const added = (seq: number, number: number): RoomFeed => ({
  kind: 'event',
  seq,
  at: 0,
  event: { type: 'candidate', candidate: candidate(number) },
})
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

afterEach(() => void vi.useRealTimers())

/** Each read takes the next of `reads`; after the last one, and where an error stands, it is refused. */
function openRoom(reads: (RoomSnapshot | Error)[]) {
  const asked: number[] = []
  const events: string[] = []
  let hear: (feed: RoomFeed) => void = () => {}
  let refuse: (error: unknown) => void = () => {}
  const end = new AbortController()
  const state = makeRoomState(
    {
      readSnapshot: async () => {
        const next = reads.shift() ?? new Error('removed')
        if (next instanceof Error) throw next
        return next
      },
      subscribe: (seq, heard, failed) => {
        asked.push(seq)
        hear = heard
        refuse = failed
        return () => {}
      },
      onEvent: (event) => void events.push(event.type),
      onMine: () => void events.push('mine'),
      onRead: () => void events.push('read'),
      onLost: () => void events.push('lost'),
      isOut: (error) => error instanceof Error && error.message === 'removed',
    },
    end.signal,
  )
  return {
    state,
    asked,
    events,
    hear: (feed: RoomFeed) => hear(feed),
    refuse: (why: string) => refuse(new Error(why)),
  }
}
const numbers = (state: { view?: { candidates: Candidate[] } | undefined }): number[] =>
  state.view?.candidates.map(({ number }) => number) ?? []

describe('the feed of a room', () => {
  test('goes on from the number of the snapshot and keeps candidates in order of their numbers', async () => {
    const { state, asked, hear } = openRoom([snapshot(4, [2])])
    await settle()
    hear(added(5, 3))
    hear(added(6, 1))
    expect(asked).toEqual([4])
    expect(numbers(state)).toEqual([1, 2, 3])
  })
  test('ignores what is older than known', async () => {
    const { state, events, hear } = openRoom([snapshot(4, [2])])
    await settle()
    hear(added(4, 9))
    hear(added(3, 8))
    expect(numbers(state)).toEqual([2])
    expect(events).toEqual(['read'])
  })
  test('reads the room again after a gap and after a reset, and then goes on from the new number', async () => {
    const { state, asked, hear } = openRoom([
      snapshot(4, [2]),
      snapshot(9, [2, 3, 4]),
      snapshot(12, [2]),
    ])
    await settle()
    hear(added(7, 4))
    await settle()
    expect(numbers(state)).toEqual([2, 3, 4])
    hear({ kind: 'reset', seq: 12 })
    await settle()
    expect(numbers(state)).toEqual([2])
    expect(asked).toEqual([4, 9, 12])
  })
  test('says that the room is lost when my own seat is removed', async () => {
    const { events, hear } = openRoom([snapshot(4, [])])
    await settle()
    hear({ kind: 'event', seq: 5, at: 0, event: { type: 'removed', seat: 1 } })
    await settle()
    expect(events).toEqual(['read', 'lost'])
  })
  test('a subscription that is refused because I was removed ends the room at once, not a second later', async () => {
    vi.useFakeTimers()
    const { events, refuse } = openRoom([snapshot(4, [])])
    await vi.advanceTimersByTimeAsync(0)
    refuse('removed')
    await vi.advanceTimersByTimeAsync(0)
    expect(events).toEqual(['read', 'lost'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(events, 'and is not asked for again').toEqual(['read', 'lost'])
  })
  test('goes on by itself after a refusal that passes, however often the room can’t be read meanwhile', async () => {
    vi.useFakeTimers()
    const away = (): Error => new Error('not_ready')
    const { asked, state, hear, refuse } = openRoom([
      snapshot(4, [2]),
      away(),
      away(),
      snapshot(6, [2, 3]),
    ])
    await vi.advanceTimersByTimeAsync(0)
    refuse('not_ready')
    await vi.advanceTimersByTimeAsync(8_000)
    expect(asked).toEqual([4, 6])
    hear(added(7, 5))
    expect(numbers(state)).toEqual([2, 3, 5])
  })
  test('a room that can’t be read at first is read again', async () => {
    vi.useFakeTimers()
    const { state } = openRoom([new Error('not_ready'), snapshot(4, [2])])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(numbers(state)).toEqual([2])
  })
})
