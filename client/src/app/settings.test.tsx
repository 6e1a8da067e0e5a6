import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setLang } from '../lib/i18n/i18n.ts'
import { Page } from './settings.page.tsx'

/** A device whose pointers are these. */
function holdDevice(pointer: 'fine' | 'coarse'): void {
  const media = (query: string): Partial<MediaQueryList> => ({
    matches: query === `(pointer: ${pointer})`,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })
  vi.stubGlobal('matchMedia', media)
}

beforeEach(() => {
  setLang('ko')
  localStorage.clear()
  // Nobody answers: the page has to stand all the same.
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const shortcuts = (): HTMLElement | null => screen.queryByRole('switch', { name: '키보드 단축키' })

test('shortcuts say what each key does, where there are keys', () => {
  holdDevice('fine')
  render(() => <Page />)
  expect(shortcuts()?.closest('li')?.textContent).toMatch(/V 고르기N 패스P 지도에 콕/)
})

test('a device for fingers alone shows none until a key is pressed', () => {
  holdDevice('coarse')
  render(() => <Page />)
  expect(shortcuts()).toBeNull()
  fireEvent.keyDown(document.body, { key: 'Tab' })
  expect(shortcuts()).not.toBeNull()
})
