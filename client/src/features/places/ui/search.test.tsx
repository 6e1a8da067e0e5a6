import { TRPCClientError } from '@trpc/client'
import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OnlineState, PlaceHit, SearchFilters, SearchResult } from '#shared/places.ts'
import { setLang } from '../../../lib/i18n/i18n.ts'
import { SearchPlaces } from './search.tsx'

const hit = (name: string): PlaceHit => ({
  id: `id ${name}`,
  name,
  nameEn: null,
  addressEn: null,
  menuEn: null,
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

const answerOf = (hits: PlaceHit[], more: Partial<SearchResult> = {}): SearchResult => ({
  hits,
  more: false,
  filteredOut: 0,
  known: true,
  online: 'joined',
  ...more,
})

interface Asked {
  q: string
  signal: AbortSignal
  filters: SearchFilters | undefined
  answer: (result: SearchResult) => void
  fail: (error?: Error) => void
}
let asked: Asked[] = []
let put: string[] = []
let shown: string[] = []
let pointed: (string | null)[] = []
let pins = 0
let joins: ((state: OnlineState) => void)[] = []
const join = (): Promise<OnlineState> => new Promise((resolve) => joins.push(resolve))
const [inline, setInline] = createSignal(false)
const search = (
  q: string,
  _near: unknown,
  signal: AbortSignal,
  filters?: SearchFilters,
): Promise<SearchResult> =>
  new Promise((resolve, reject) =>
    asked.push({
      q,
      signal,
      filters,
      answer: resolve,
      fail: (error = new Error('network')) => reject(error),
    }),
  )

beforeEach(() => {
  setLang('ko')
  asked = []
  put = []
  shown = []
  pointed = []
  pins = 0
  joins = []
  setInline(false)
  Element.prototype.scrollIntoView = () => undefined
  render(() => (
    <SearchPlaces
      near={() => ({ lat: 37.5, lng: 127 })}
      numberOf={(id) => (id === 'id 동일루' ? 2 : null)}
      now={0}
      zone="Asia/Seoul"
      onPut={(one) => put.push(one.name)}
      onShow={(one) => shown.push(one.name)}
      onPoint={(one) => pointed.push(one?.name ?? null)}
      onDropPin={() => (pins += 1)}
      onText={(text) => text.includes('https://')}
      inline={inline()}
      search={search}
      join={join}
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
  asked[1]?.answer(answerOf([hit('고향집 칼국수')]))
  await waitFor(() => expect(options()).toEqual(['고향집 칼국수']))
  asked[0]?.answer(answerOf([hit('오래된 답')]))
  await Promise.resolve()
  expect(options()).toEqual(['고향집 칼국수'])
  expect(screen.getByRole('option').querySelector('mark')?.textContent).toBe('칼국수')
})

test('arrows walk, Enter puts forward, not while composing; what is a candidate already is not put again', async () => {
  write('집')
  await asks(1)
  asked[0]?.answer(answerOf([hit('고향집'), hit('동일루')]))
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
  expect(screen.getAllByRole('option')[1]?.textContent).toContain('올렸어요')
  fireEvent.click(screen.getAllByRole('option')[0] ?? document.body)
  expect(shown).toEqual(['고향집'])
  fireEvent.click(screen.getByText('올리기'))
  expect(put).toEqual(['고향집', '고향집'])
})

test('nothing found, nothing known, nothing reached: each says so', async () => {
  write('없음')
  await asks(1)
  asked[0]?.answer(answerOf([]))
  await screen.findByText('맞는 곳이 없어요')
  write('없음2')
  await asks(2)
  asked[1]?.answer(answerOf([], { known: false }))
  await screen.findByText('지도에 보이는 동네의 장소를 아직 몰라요')
  write('없음3')
  await asks(3)
  asked[2]?.fail()
  fireEvent.click(await screen.findByRole('button', { name: '다시 해 보기' }))
  await asks(4)
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(field().value).toBe('')
})

test('in a panel the way on is said in words once nothing is found, and not before', async () => {
  setInline(true)
  expect(screen.queryByText('지도에 핀 꽂기')).toBeNull()
  write('없음')
  await asks(1)
  asked[0]?.answer(answerOf([]))
  fireEvent.click(await screen.findByText('지도에 핀 꽂기'))
  expect(pins).toBe(1)
})

test('two of one name are told apart by distance and address; more than a page is not counted as all', async () => {
  write('국수')
  await asks(1)
  const far = { ...hit('국수집'), distanceM: 1_240, address: '서울 강동구 천호동 1' }
  asked[0]?.answer(answerOf([hit('국수집'), far], { more: true }))
  await waitFor(() => expect(options()).toHaveLength(2))
  const [first, second] = screen.getAllByRole('option')
  expect(first?.textContent).toContain('400m')
  expect(second?.textContent).toContain('1.2km · 서울 강동구 천호동 1')
  const facts = [...(first?.querySelectorAll('.place-facts > span') ?? [])]
  expect(facts.slice(0, 2).map(({ textContent }) => textContent)).toEqual(['국수', '7,000원'])
  expect(screen.getByRole('status').textContent).toBe('2곳 넘게 있어요. 더 적으면 좁혀져요')
  expect(screen.getByText('거리는 지도 가운데부터')).toBeTruthy()
})

test('the result under pointer or arrows is pointed at, and no longer once it is gone', async () => {
  write('집')
  await asks(1)
  asked[0]?.answer(answerOf([hit('고향집'), hit('새집')]))
  await waitFor(() => expect(options()).toHaveLength(2))
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  expect(pointed.at(-1)).toBe('고향집')
  const second = screen.getAllByRole('option')[1] ?? document.body
  fireEvent.pointerEnter(second, { pointerType: 'mouse' })
  expect(pointed.at(-1)).toBe('새집')
  fireEvent.pointerLeave(second, { pointerType: 'mouse' })
  expect(pointed.at(-1)).toBe('고향집')
  write('')
  expect(pointed.at(-1)).toBeNull()
})

test('a shared link is no search: typed or pasted it stands there alone, without what was found before', async () => {
  const found = async (q: string): Promise<void> => {
    write(q)
    await asks(asked.length + 1)
    asked.at(-1)?.answer(answerOf([hit('고향집')]))
    await waitFor(() => expect(options()).toEqual(['고향집']))
  }
  await found('고향')
  write('https://naver.me/abcd')
  expect([options(), field().value]).toEqual([[], 'https://naver.me/abcd'])
  expect(screen.getByRole('status').textContent).toBe('')
  await found('고향집')
  const clipboardData = { getData: () => '[네이버 지도]\nhttps://naver.me/abcd' }
  fireEvent.paste(field(), { clipboardData })
  expect([options(), field().value]).toEqual([[], '[네이버 지도] https://naver.me/abcd'])
  // The same text is looked for anew.
  await found('고향집')
})

test('a server that was asked too often is asked again by itself, for what is written then', async () => {
  write('칼')
  await asks(1)
  const retryAt = Date.now() + 1_200
  const data = { code: 'slow_down', params: { retryAt } }
  asked[0]?.fail(new TRPCClientError('slow_down', { result: { error: { data } } }))
  await screen.findByText('조금 빨라요. 곧 이어서 찾아요')
  expect(screen.queryByRole('button', { name: '다시 해 보기' })).toBeNull()
  write('칼국수')
  await asks(2)
  expect(Date.now()).toBeGreaterThanOrEqual(retryAt - 20)
  expect(asked[1]?.q).toBe('칼국수')
  asked[1]?.answer(answerOf([hit('고향집 칼국수')]))
  await waitFor(() => expect(options()).toEqual(['고향집 칼국수']))
})

test('filters stay while one types, and find what is near by themselves; older answers never replace newer ones', async () => {
  fireEvent.click(screen.getByRole('button', { name: '지금 영업 중' }))
  await asks(1)
  expect(asked[0]).toMatchObject({ q: '', filters: { openNow: true } })
  fireEvent.click(screen.getByRole('button', { name: '치킨' }))
  await asks(2)
  write('동')
  await asks(3)
  expect(asked[2]).toMatchObject({ q: '동', filters: { openNow: true, categories: ['chicken'] } })
  asked[2]?.answer(answerOf([hit('동네 치킨')]))
  await waitFor(() => expect(options()).toEqual(['동네 치킨']))
  for (const late of [1, 0]) asked[late]?.answer(answerOf([hit('오래된 답')]))
  await Promise.resolve()
  expect(options()).toEqual(['동네 치킨'])
  expect(screen.getByRole('option').textContent).toContain('여는 시간을 몰라요')
  expect(screen.getByRole('button', { name: '지금 영업 중' }).getAttribute('aria-pressed')).toBe(
    'true',
  )
})

test('filters that leave nothing say how many they left out, and are cleared by one tap', async () => {
  fireEvent.click(screen.getByRole('button', { name: '걸어서 10분' }))
  write('냉면')
  await asks(1)
  asked[0]?.answer(answerOf([], { filteredOut: 7 }))
  await screen.findByText('고른 조건에 맞는 곳이 없어요')
  expect(screen.getByRole('button', { name: '더 멀리까지' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: '조건 지우고 7곳 보기' }))
  await asks(2)
  expect(asked[1]).toMatchObject({ q: '냉면', filters: undefined })
  asked[1]?.answer(answerOf([hit('을밀면옥')]))
  await waitFor(() => expect(options()).toEqual(['을밀면옥']))
})

test('what the network adds joins below, without moving a row or the walk; a later question drops it', async () => {
  const answer = (names: string[], online: OnlineState) => ({
    hits: names.map(hit),
    more: false,
    filteredOut: 0,
    known: true,
    online,
  })
  write('국수')
  await asks(1)
  asked[0]?.answer(answer(['고향집 국수', '잔치국수'], 'coming'))
  await waitFor(() => expect(options()).toEqual(['고향집 국수', '잔치국수']))
  screen.getByText('온라인에서 더 찾고 있어요')
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  joins[0]?.('joined')
  await asks(2)
  asked[1]?.answer(answer(['새 국수', '고향집 국수', '잔치국수'], 'joined'))
  await waitFor(() => expect(options()).toEqual(['고향집 국수', '잔치국수', '새 국수']))
  expect(field().getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id)
  expect(screen.queryByText('온라인에서 더 찾고 있어요')).toBeNull()
  write('만두')
  await asks(3)
  asked[2]?.answer(answer(['만두집'], 'coming'))
  await waitFor(() => expect(joins).toHaveLength(2))
  write('만두국')
  await asks(4)
  asked[3]?.answer(answer(['만두국집'], 'joined'))
  joins[1]?.('joined')
  await waitFor(() => expect(options()).toEqual(['만두국집']))
  expect(asked).toHaveLength(4)
})

test('without a network that is said quietly, beside what is known', async () => {
  write('국수')
  await asks(1)
  asked[0]?.answer(answerOf([hit('고향집 국수')], { online: 'unreachable' }))
  await screen.findByText('인터넷에 닿지 않아서 저장된 곳에서만 찾았어요')
  expect(options()).toEqual(['고향집 국수'])
})
