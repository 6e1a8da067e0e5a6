import { describe, expect, test } from 'vitest'
import type { Candidate, Member, RoomFeed, RoomInfo, RoomSnapshot } from '#shared/rooms.ts'
import { makeRoomState } from './state.ts'

const room = { id: 'r', hostSeat: 1 } as RoomInfo
const member = (seat: number): Member => ({
  seat,
  personId: `p${seat}`,
  name: `n${seat}`,
  portrait: 'abcd',
  joinedAt: seat,
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

function openRoom(reads: RoomSnapshot[]) {
  const asked: number[] = []
  const events: string[] = []
  let hear: (feed: RoomFeed) => void = () => {}
  const end = new AbortController()
  const state = makeRoomState(
    {
      readSnapshot: async () => reads.shift() ?? Promise.reject(new Error('removed')),
      subscribe: (seq, heard) => {
        asked.push(seq)
        hear = heard
        return () => {}
      },
      onEvent: (event) => void events.push(event.type),
      onMine: () => void events.push('mine'),
      onRead: () => void events.push('read'),
      onLost: () => void events.push('lost'),
    },
    end.signal,
  )
  return { state, asked, events, hear: (feed: RoomFeed) => hear(feed) }
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
})
