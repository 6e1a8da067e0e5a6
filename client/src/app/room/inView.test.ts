import { createRoot, createSignal } from 'solid-js'
import { expect, test } from 'vitest'
import type { Seat } from '#shared/rooms.ts'
import { createInView } from './inView.ts'
import type { InViewDeps, KeptMap } from './inView.ts'

const ME: Seat = 1
const FRIEND: Seat = 2
const placeOf = (number: number, lng: number, proposerSeat = FRIEND) => ({
  number,
  lat: 37,
  lng,
  proposerSeat,
})
type Place = ReturnType<typeof placeOf>

/** A map that sees what is west of 127, and writes down where it goes. */
function scene(first: Place[] = []) {
  const moves: string[] = []
  const state = { kept: true, moving: false, following: 0, near: true }
  const map: KeptMap = {
    layer: { camera: { isKept: () => state.kept, isMoving: () => state.moving } },
    fitAll: () => void moves.push('all'),
    canShowAll: () => state.near,
    sees: ({ lng }) => lng < 127,
    show: ({ lng }) => void moves.push(`to ${lng}`),
  }
  const [standing, setStanding] = createSignal(first)
  const [padding, setPadding] = createSignal(0)
  const [open, setOpen] = createSignal<ReturnType<InViewDeps['open']>>(null)
  const end = createRoot((dispose) => {
    createInView({
      map: () => map,
      standing,
      open,
      mySeat: () => ME,
      following: () => state.following,
      padding,
      isSteady: () => true,
    })
    return dispose
  })
  const put = (...places: Place[]): void => void setStanding((all) => [...all, ...places])
  return { moves, state, put, setOpen, setPadding, end }
}

test('the map goes to the first place, and to each one later that isn’t seen', () => {
  const { moves, put, state, end } = scene()
  put(placeOf(1, 128))
  put(placeOf(2, 126))
  expect(moves).toEqual(['all'])
  put(placeOf(3, 129))
  // Seen only because the map is on its way past it.
  state.moving = true
  put(placeOf(4, 126))
  expect(moves).toEqual(['all', 'all', 'all'])
  end()
})

test('a place in another city moves nobody but who put it forward', () => {
  const { moves, put, state, end } = scene([placeOf(1, 126)])
  state.near = false
  put(placeOf(2, 140))
  expect(moves).toEqual(['all'])
  put(placeOf(3, 141, ME))
  expect(moves).toEqual(['all', 'to 141'])
  end()
})

test('what stood there on entering is shown', () => {
  const { moves, end } = scene([placeOf(1, 128)])
  expect(moves).toEqual(['all'])
  end()
})

test('who moved the map is left alone, but for a place of their own', () => {
  const { moves, put, state, setOpen, end } = scene()
  state.kept = false
  put(placeOf(1, 128), placeOf(2, 129))
  setOpen({ id: 'a', kind: 'first' })
  expect(moves).toEqual([])
  put(placeOf(3, 130, ME))
  expect(moves).toEqual(['to 130'])
  end()
})

test('who follows somebody sees what they see', () => {
  const { moves, put, state, setOpen, end } = scene()
  state.following = FRIEND
  put(placeOf(1, 128, ME))
  setOpen({ id: 'a', kind: 'first' })
  setOpen({ id: 'b', kind: 'runoff' })
  expect(moves).toEqual([])
  end()
})

test('a round’s start shows all, once a round; a run-off also to who moved the map', () => {
  const { moves, state, setOpen, end } = scene()
  setOpen({ id: 'a', kind: 'first' })
  setOpen({ id: 'a', kind: 'first' })
  expect(moves).toEqual(['all'])
  state.kept = false
  setOpen({ id: 'b', kind: 'runoff' })
  expect(moves).toEqual(['all', 'all'])
  end()
})

test('what the chat covers on opening is shown beside it, unless somebody moved the map', () => {
  const { moves, state, setPadding, end } = scene([placeOf(1, 128)])
  setPadding(404)
  expect(moves).toEqual(['all', 'all'])
  state.kept = false
  setPadding(16)
  expect(moves).toEqual(['all', 'all'])
  end()
})
