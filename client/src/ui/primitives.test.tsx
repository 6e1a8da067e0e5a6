import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setLang } from '../lib/i18n/i18n.ts'
import { Button } from './button.tsx'
import { Clock } from './clock.tsx'
import { SearchField, Segmented } from './field.tsx'
import { Modal } from './modal.tsx'
import { PersonButton, Portrait } from './portrait.tsx'
import { Seats } from './seats.tsx'
import { BottomSheet, type SheetStop } from './sheet.tsx'
import { createPatience, StatePage } from './states.tsx'
import { dismissToast, showRefusal, showToast, Toaster } from './toast.tsx'
import { VoteButton } from './vote.tsx'

/** Dialogs are loaded when the first is opened; a busy machine takes its time. */
const LOADED_WITHIN = { timeout: 10_000 }

beforeEach(() => setLang('ko'))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const minsu = { id: 'a', name: '민수', portrait: 'abcd1234', colour: 3 }

test('a busy button keeps its place and ignores taps', () => {
  const press = vi.fn<() => void>()
  const [busy, setBusy] = createSignal(true)
  render(() => (
    <Button busy={busy()} onClick={press}>
      들어가기
    </Button>
  ))
  const button = screen.getByRole('button', { name: '들어가기' })
  fireEvent.click(button)
  expect(press).not.toHaveBeenCalled()
  expect(button.getAttribute('aria-busy')).toBe('true')
  setBusy(false)
  fireEvent.click(button)
  expect(press).toHaveBeenCalledOnce()
})

test('the plate tells its state and shakes once for each refusal', () => {
  const [refusals, setRefusals] = createSignal(0)
  render(() => (
    <VoteButton label="2번 동일루 고르기" chosen onToggle={() => {}} refusals={refusals()} />
  ))
  const plate = screen.getByRole('button', { name: '2번 동일루 고르기', pressed: true })
  expect(plate.classList.contains('nudge')).toBe(false)
  setRefusals(1)
  expect(plate.classList.contains('nudge')).toBe(true)
  fireEvent.animationEnd(plate)
  expect(plate.classList.contains('nudge')).toBe(false)
})

describe('a portrait', () => {
  test('is the picture, else the drawn face, else the first letter', () => {
    const { container } = render(() => (
      <>
        <Portrait of={{ ...minsu, picture: '/pic.webp' }} size={36} />
        <Portrait of={minsu} size={36} />
        <Portrait of={{ name: 'alex', colour: 4 }} size={36} />
      </>
    ))
    const [picture, face, letter] = container.querySelectorAll('.pt')
    expect(picture?.querySelector('img')?.getAttribute('src')).toBe('/pic.webp')
    expect(face?.querySelector('svg path')).not.toBeNull()
    expect(letter?.textContent).toBe('A')
  })

  test('in the strip says name and state in words', () => {
    render(() => <PersonButton of={minsu} mark="choosing" speaking />)
    expect(screen.getByRole('button', { name: '민수, 말하는 중, 고르는 중' })).toBeTruthy()
  })
})

test('seats fill up with empty ones to all present, and over eight become a number', () => {
  const people = Array.from({ length: 10 }, (_, at) => ({ ...minsu, id: `p${at}` }))
  const { container } = render(() => (
    <>
      <Seats of={people.slice(0, 2)} places={5} me="p1" label="둘" />
      <Seats of={people} places={12} label="열" />
    </>
  ))
  const [few, many] = container.querySelectorAll('.seats')
  expect(few?.querySelectorAll('.pt')).toHaveLength(2)
  expect(few?.querySelectorAll('.empty')).toHaveLength(3)
  expect(few?.querySelectorAll('.pt[data-me]')).toHaveLength(1)
  expect(many?.querySelectorAll('.pt')).toHaveLength(7)
  expect(many?.textContent).toBe('+3')
})

describe('toasts', () => {
  afterEach(() => dismissToast())

  test('stand alone, 4 s without an act and 6 s with one', () => {
    vi.useFakeTimers()
    render(() => <Toaster />)
    showToast('첫 번째')
    showToast('복사했어요')
    expect(screen.queryByText('첫 번째')).toBeNull()
    vi.advanceTimersByTime(3_900)
    expect(screen.queryByText('복사했어요')).not.toBeNull()
    vi.advanceTimersByTime(200)
    expect(screen.queryByText('복사했어요')).toBeNull()
    const undo = vi.fn<() => void>()
    showToast('고향집을 뺐어요', { label: '되돌리기', run: undo })
    vi.advanceTimersByTime(5_900)
    fireEvent.click(screen.getByRole('button', { name: '되돌리기' }))
    expect(undo).toHaveBeenCalledOnce()
    expect(screen.queryByText('고향집을 뺐어요')).toBeNull()
  })

  test('with an act are not replaced by news, which comes after them', () => {
    vi.useFakeTimers()
    render(() => <Toaster />)
    showToast('고향집을 뺐어요', { label: '되돌리기', run: () => undefined })
    showToast('두 명이 보고 있어요')
    expect(screen.queryByText('두 명이 보고 있어요')).toBeNull()
    vi.advanceTimersByTime(6_100)
    expect(screen.queryByText('고향집을 뺐어요')).toBeNull()
    expect(screen.queryByText('두 명이 보고 있어요')).not.toBeNull()
    vi.advanceTimersByTime(4_100)
    expect(screen.getByRole('status').textContent).toBe('')
  })

  test('are a status, refusals an alert', () => {
    render(() => <Toaster />)
    showToast('복사했어요')
    expect(screen.getByRole('status').textContent).toBe('복사했어요')
    showRefusal('방금 끝나서 세지 못했어요')
    expect(screen.getByRole('alert').textContent).toBe('방금 끝나서 세지 못했어요')
    expect(screen.getByRole('status').textContent).toBe('')
  })
})

test('the clock is announced at 60, 30 and 10 seconds only', () => {
  vi.useFakeTimers()
  const endsAt = Date.now() + 61_500
  const { container } = render(() => <Clock endsAt={endsAt} totalMs={180_000} />)
  const said: string[] = []
  for (let step = 0; step < 62 * 4; step++) {
    vi.advanceTimersByTime(250)
    const text = container.querySelector('[aria-live]')?.textContent ?? ''
    if (text !== '' && said.at(-1) !== text) said.push(text)
  }
  expect(said).toEqual(['60초 남았어요', '30초 남았어요', '10초 남았어요'])
  expect(screen.getByRole('timer').textContent).toBe('0초')
})

test('a skeleton waits 150 ms and then stays 400 ms', () => {
  vi.useFakeTimers()
  const [loading, setLoading] = createSignal(true)
  const { shown, dispose } = createRoot((end) => ({ shown: createPatience(loading), dispose: end }))
  vi.advanceTimersByTime(140)
  expect(shown()).toBe(false)
  vi.advanceTimersByTime(20)
  expect(shown()).toBe(true)
  setLoading(false)
  vi.advanceTimersByTime(380)
  expect(shown()).toBe(true)
  vi.advanceTimersByTime(30)
  expect(shown()).toBe(false)
  setLoading(true)
  vi.advanceTimersByTime(100)
  setLoading(false)
  vi.advanceTimersByTime(1_000)
  expect(shown()).toBe(false)
  dispose()
})

test('Escape in a search clears it before it closes anything', () => {
  const [query, setQuery] = createSignal('국밥')
  const outer = vi.fn<() => void>()
  render(() => (
    <div role="presentation" onKeyDown={outer}>
      <SearchField label="찾기" value={query()} onInput={setQuery} />
    </div>
  ))
  const field = screen.getByRole('searchbox', { name: '찾기' })
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(query()).toBe('')
  expect(outer).not.toHaveBeenCalled()
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(outer).toHaveBeenCalledOnce()
})

test('a segmented control is a radio group', () => {
  const [value, setValue] = createSignal(3)
  render(() => (
    <Segmented
      label="시간"
      value={value()}
      onChange={setValue}
      options={[
        { value: 1, label: '1분' },
        { value: 3, label: '3분' },
      ]}
    />
  ))
  fireEvent.click(screen.getByRole('radio', { name: '1분' }))
  expect(value()).toBe(1)
  expect(screen.getByRole('radiogroup', { name: '시간' })).toBeTruthy()
})

test('the grab of the sheet cycles its stops and says where it is', () => {
  const [stop, setStop] = createSignal<SheetStop>('half')
  render(() => (
    <BottomSheet label="목록" stop={stop()} onStop={setStop}>
      <p>줄</p>
    </BottomSheet>
  ))
  const grab = screen.getByRole('button', { name: '목록 높이 바꾸기, 지금 반만 펼침' })
  fireEvent.click(grab)
  expect(stop()).toBe('full')
  expect(screen.getByText('목록, 모두 펼침').getAttribute('aria-live')).toBe('polite')
  fireEvent.click(grab)
  fireEvent.click(grab)
  expect(stop()).toBe('peek')
  fireEvent.keyDown(grab, { key: 'ArrowUp' })
  expect(stop()).toBe('half')
})

test('a modal takes the focus, closes with Escape and gives the focus back', async () => {
  const [open, setOpen] = createSignal(false)
  render(() => (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        열기
      </button>
      <Modal open={open()} onClose={() => setOpen(false)} title="방 설정">
        <input aria-label="방 이름" />
      </Modal>
    </>
  ))
  const opener = screen.getByRole('button', { name: '열기' })
  opener.focus()
  fireEvent.click(opener)
  const dialog = await screen.findByRole('dialog', { name: '방 설정' }, LOADED_WITHIN)
  await vi.waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true))
  fireEvent.keyDown(document.activeElement ?? dialog, { key: 'Escape' })
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await vi.waitFor(() => expect(document.activeElement).toBe(opener))
})

test('a state that is the page is its main with its title; a part of one is neither', () => {
  render(() => (
    <>
      <StatePage page title="그런 방을 찾지 못했어요" />
      <StatePage title="아직 빈 접시예요" />
    </>
  ))
  expect(screen.getAllByRole('main')).toHaveLength(1)
  expect(screen.getAllByRole('heading', { level: 1 }).map((each) => each.textContent)).toEqual([
    '그런 방을 찾지 못했어요',
  ])
})

test('someone who is gone is drawn as somebody, not as a letter', () => {
  const { container } = render(() => (
    <Portrait of={{ name: '떠난 사람', portrait: null, colour: 3, gone: true }} size={16} />
  ))
  expect(container.querySelector('svg.pt-gone')).not.toBeNull()
  expect(container.textContent).toBe('')
})
