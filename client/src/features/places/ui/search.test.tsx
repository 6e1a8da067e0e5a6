import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PlaceHit, SearchResult } from '#shared/places.ts'
import { setLang } from '../../../lib/i18n/i18n.ts'
import { SearchPlaces } from './search.tsx'

const hit = (name: string): PlaceHit => ({
  id: `id ${name}`,
  name,
  nameEn: null,
  category: 'noodles',
  address: null,
  lat: 37.5,
  lng: 127,
  price: 7_000,
  menu: '칼국수',
  hours: null,
  source: 'test',
  distanceM: 400,
})

interface Asked {
  q: string
  signal: AbortSignal
  answer: (result: SearchResult) => void
  fail: () => void
}
let asked: Asked[] = []
let put: string[] = []
let shown: string[] = []
const search = (q: string, _near: unknown, signal: AbortSignal): Promise<SearchResult> =>
  new Promise((resolve, reject) =>
    asked.push({ q, signal, answer: resolve, fail: () => reject(new Error('network')) }),
  )

beforeEach(() => {
  setLang('ko')
  asked = []
  put = []
  shown = []
  Element.prototype.scrollIntoView = () => undefined
  render(() => (
    <SearchPlaces
      near={() => ({ lat: 37.5, lng: 127 })}
      distanceOf={() => null}
      numberOf={(id) => (id === 'id 동일루' ? 2 : null)}
      now={0}
      zone="Asia/Seoul"
      onPut={(one) => put.push(one.name)}
      onShow={(one) => shown.push(one.name)}
      onDropPin={() => undefined}
      search={search}
    />
  ))
})
afterEach(cleanup)

const field = (): HTMLInputElement => screen.getByRole<HTMLInputElement>('combobox')
const write = (value: string): void => void fireEvent.input(field(), { target: { value } })
const options = (): string[] =>
  screen.queryAllByRole('option').map((each) => each.querySelector('b')?.textContent ?? '')
const asks = (count: number): Promise<void> =>
  waitFor(() => expect(asked).toHaveLength(count), { timeout: 2_000 })

test('the steps of one composition are one question, and an older answer never replaces a newer one', async () => {
  fireEvent.compositionStart(field())
  for (const step of ['ㅋ', '카', '칼', '칼ㄱ', '칼구', '칼국']) write(step)
  await asks(1)
  expect(asked[0]?.q).toBe('칼국')
  write('칼국수')
  fireEvent.compositionEnd(field())
  await asks(2)
  expect(asked[0]?.signal.aborted).toBe(true)
  asked[1]?.answer({ hits: [hit('고향집 칼국수')], known: true })
  await waitFor(() => expect(options()).toEqual(['고향집 칼국수']))
  asked[0]?.answer({ hits: [hit('오래된 답')], known: true })
  await Promise.resolve()
  expect(options()).toEqual(['고향집 칼국수'])
  expect(screen.getByRole('option').querySelector('mark')?.textContent).toBe('칼국수')
})

test('arrows walk, Enter puts forward, not while composing; what is a candidate already is not put again', async () => {
  write('집')
  await asks(1)
  asked[0]?.answer({ hits: [hit('고향집'), hit('동일루')], known: true })
  await waitFor(() => expect(options()).toHaveLength(2))
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  expect(field().getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id)
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true, keyCode: 229 })
  expect(put).toEqual([])
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 13 })
  expect(put).toEqual(['고향집'])
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 13 })
  expect(put).toEqual(['고향집'])
  expect(screen.getAllByRole('option')[1]?.textContent).toContain('후보예요')
  fireEvent.click(screen.getAllByRole('option')[0] ?? document.body)
  expect(shown).toEqual(['고향집'])
  fireEvent.click(screen.getByText('올리기'))
  expect(put).toEqual(['고향집', '고향집'])
})

test('nothing found, nothing known, nothing reached: each says so', async () => {
  write('없음')
  await asks(1)
  asked[0]?.answer({ hits: [], known: true })
  await screen.findByText('맞는 곳이 없어요')
  write('없음2')
  await asks(2)
  asked[1]?.answer({ hits: [], known: false })
  await screen.findByText('이 동네의 장소를 아직 몰라요')
  write('없음3')
  await asks(3)
  asked[2]?.fail()
  fireEvent.click(await screen.findByRole('button', { name: '다시 해 보기' }))
  await asks(4)
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(field().value).toBe('')
})
