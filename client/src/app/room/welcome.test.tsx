import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createSignal, Show } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setLang } from '../../lib/i18n/i18n.ts'
import { WelcomeLine } from './welcome.tsx'

beforeEach(() => {
  vi.useFakeTimers()
  setLang('ko')
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function show() {
  const [interrupted, setInterrupted] = createSignal(false)
  const [there, setThere] = createSignal(true)
  const onName = vi.fn<() => void>()
  render(() => (
    <Show when={there()}>
      <WelcomeLine
        me={{ name: '배고픈 소라', portrait: 'abcd1234', colour: 1 }}
        interrupted={interrupted()}
        onName={onName}
        onGone={() => setThere(false)}
      />
    </Show>
  ))
  return { setInterrupted, onName }
}
const line = () => screen.queryByRole('status')

test('the welcome says the name and leaves by itself', () => {
  show()
  expect(line()?.textContent).toContain('배고픈 소라')
  vi.advanceTimersByTime(14_000)
  expect(line()).not.toBeNull()
  vi.advanceTimersByTime(2_000)
  expect(line()).toBeNull()
})

test('it makes room at once for others, for a vote, and for changing the name', () => {
  const { setInterrupted } = show()
  setInterrupted(true)
  expect(line()).toBeNull()
  const { onName } = show()
  fireEvent.click(screen.getByRole('button', { name: '바꾸기' }))
  expect(onName).toHaveBeenCalledOnce()
  expect(line()).toBeNull()
})
