import { holds } from '#shared/geo.measure.ts'
import { expect, test } from 'vitest'
import { aboveCard, toastInset } from './layout.ts'
import type { ToastSpot } from './layout.ts'

const phone: ToastSpot = {
  shape: 'phone',
  stop: 'half',
  padding: { top: 116, right: 24, bottom: 418, left: 24 },
  chatOpen: false,
  standing: 0,
}
const desk: ToastSpot = {
  ...phone,
  shape: 'desk',
  padding: { top: 16, right: 16, bottom: 112, left: 464 },
}
/** top, right, bottom, left in px; null is auto. */
const read = (spot: ToastSpot): (number | null)[] =>
  toastInset(spot)
    .split(/ (?=auto|calc|max|\d)/)
    .map((side) => (side === 'auto' ? null : Number(/\d+/.exec(side)?.[0])))

test('on the phone a toast stands above the sheet, with room for the attribution', () => {
  expect(read(phone)).toEqual([null, 12, 448, 12])
})

test('a fully raised sheet and the chat leave it the top', () => {
  const full = { ...phone, stop: 'full' as const, padding: { ...phone.padding, bottom: 780 } }
  expect(read(full)).toEqual([6, 12, null, 12])
  expect(read({ ...full, chatOpen: true })).toEqual([192, 12, null, 12])
})

test('above a card that is open, and beside the zoom buttons', () => {
  expect(read({ ...phone, standing: 92 })[2]).toBe(418 + 92 + 12)
  expect(read(desk)).toEqual([null, 84, 142, 532])
  expect(read({ ...desk, padding: { ...desk.padding, right: 404 } })[1]).toBe(472)
})

test('a place low on the free map is under the card that it gets', () => {
  const clear = aboveCard({ south: 37.5, west: 127, north: 37.6, east: 127.1 })
  expect(holds(clear, { lat: 37.52, lng: 127.05 })).toBe(false)
  expect(holds(clear, { lat: 37.55, lng: 127.05 })).toBe(true)
})
