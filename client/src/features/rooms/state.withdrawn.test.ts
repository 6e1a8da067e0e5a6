import { expect, test } from 'vitest'
import type { Candidate } from '#shared/rooms.ts'
import { restorable } from './state.withdrawn.ts'

const candidate = (number: number, rest: Partial<Candidate>): Candidate => ({
  number,
  placeId: null,
  name: `후보 ${number}`,
  category: 'other',
  address: null,
  lat: 37.55,
  lng: 126.9,
  price: null,
  menu: null,
  hours: null,
  note: null,
  link: null,
  proposerSeat: 2,
  addedAt: 0,
  withdrawnAt: null,
  withdrawnBySeat: null,
  ...rest,
})
const numbers = (who: Parameters<typeof restorable>[1], all: Candidate[]): number[] =>
  restorable(all, who).map(({ number }) => number)

test('who took a place off may put it back, and a host any; not after a close, nor what stands again', () => {
  const all = [
    candidate(1, { placeId: 'p1' }),
    candidate(2, { withdrawnAt: 50, withdrawnBySeat: 2 }),
    candidate(3, { withdrawnAt: 60, withdrawnBySeat: 1 }),
    candidate(4, { placeId: 'p1', withdrawnAt: 60, withdrawnBySeat: 2 }),
    candidate(5, { withdrawnAt: 20, withdrawnBySeat: 2 }),
  ]
  expect(numbers({ mySeat: 2, host: false, lastCloseAt: 30 }, all)).toEqual([2])
  expect(numbers({ mySeat: 1, host: true, lastCloseAt: 30 }, all)).toEqual([2, 3])
  expect(numbers({ mySeat: 3, host: false, lastCloseAt: 0 }, all)).toEqual([])
})
