import { createRoot } from 'solid-js'
import { expect, test, vi } from 'vitest'
import type { Place } from '#shared/places.ts'
import { createBrowse } from './state.browse.ts'

const bounds = { south: 37, west: 126, north: 38, east: 128 }
/** Friday noon. */
const NOON = Date.parse('2026-11-20T12:00:00+09:00')
const place = (name: string, hours: string | null, price: number | null = null): Place => ({
  id: name,
  name,
  nameEn: null,
  addressEn: null,
  menuEn: null,
  category: 'korean',
  address: null,
  lat: 37.5 + name.length / 100,
  lng: 127,
  price,
  menu: null,
  hours,
  source: 'test',
})

test('who wants open ones sees those of unknown hours too, as in the search; a price is promised or not', async () => {
  const places = [
    place('열린', '11:00-21:00', 9_000),
    place('모르는', null),
    place('못 읽는 곳', '기분 내키면', 12_000),
    place('닫힌 곳이다', '18:00-21:00', 9_000),
  ]
  const { browse, end } = createRoot((dispose) => ({
    end: dispose,
    browse: createBrowse({
      onMap: () => Promise.resolve({ clusters: [], places, coming: false }),
      inView: () => Promise.resolve({ places: [], more: false, coming: false }),
      ofKind: () => Promise.resolve({ places, more: false, coming: false }),
      now: () => NOON,
      zone: () => 'Asia/Seoul',
    }),
  }))
  const names = (): string[] => browse.listed().map(({ name }) => name)
  browse.look({ around: bounds, free: bounds, zoom: 17 })
  await vi.waitFor(() => expect(names()).toHaveLength(4))
  browse.setFilters({ category: null, openNow: true, cheap: false })
  await vi.waitFor(() => expect(names()).toEqual(['열린', '모르는', '못 읽는 곳']))
  expect(browse.total()).toBe(3)
  browse.setFilters({ category: null, openNow: true, cheap: true })
  await vi.waitFor(() => expect(names()).toEqual(['열린']))
  end()
})
