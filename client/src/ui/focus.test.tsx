import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { createSignal, Show } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setLang } from '../lib/i18n/i18n.ts'
import { holdFocusInMain } from './focus.ts'
import { Modal } from './modal.tsx'

/** Dialogs are loaded when the first is opened; a busy machine takes its time. */
const LOADED_WITHIN = { timeout: 10_000 }

beforeEach(() => setLang('ko'))
afterEach(cleanup)

test('a page that takes the focused link with it gives the focus to the next main, until the person acts', async () => {
  const [page, go] = createSignal('home')
  render(() => (
    <>
      <Show when={page() === 'home'}>
        <main>
          <a href="/island">밥섬</a>
        </main>
      </Show>
      <Show when={page() === 'room'}>
        <main aria-label="목록" />
      </Show>
    </>
  ))
  screen.getByRole('link').focus()
  const end = holdFocusInMain()
  go('nowhere yet')
  expect(document.activeElement).toBe(document.body)
  go('room')
  const main = screen.getByRole('main', { name: '목록' })
  await waitFor(() => expect(document.activeElement).toBe(main))
  main.blur()
  fireEvent.pointerDown(document.body)
  main.append('줄')
  await new Promise((resolve) => setTimeout(resolve))
  expect(document.activeElement).toBe(document.body)
  end()
})

test('a dialog whose opener is gone gives the focus to main', async () => {
  const [open, setOpen] = createSignal(false)
  render(() => (
    <main>
      <Show when={!open()}>
        <button type="button" onClick={() => setOpen(true)}>
          열기
        </button>
      </Show>
      <Modal open={open()} onClose={() => setOpen(false)} title="투표 시작">
        <input aria-label="시간" />
      </Modal>
    </main>
  ))
  const opener = screen.getByRole('button', { name: '열기' })
  opener.focus()
  fireEvent.click(opener)
  await screen.findByRole('dialog', { name: '투표 시작' }, LOADED_WITHIN)
  await waitFor(() => expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull())
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')))
})
