import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { readSettings } from '../state.settings.ts'
import { MicrophoneCheck } from './check.tsx'
import type { SheetProps } from './sheets.tsx'

/** Dialogs are loaded when the first is opened; a busy machine takes its time. */
const LOADED_WITHIN = { timeout: 10_000 }

class Analyser {
  fftSize = 1
  getFloatTimeDomainData(): void {}
}
class Context {
  createMediaStreamSource = () => ({ connect: () => undefined })
  close = () => Promise.resolve()
}
const microphone = { kind: 'audioinput', deviceId: 'a', label: 'USB' }

beforeEach(() => {
  setLang('ko')
  vi.stubGlobal('AnalyserNode', Analyser)
  vi.stubGlobal('AudioContext', Context)
  const mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia: () => Promise.resolve({ getTracks: () => [] }),
    enumerateDevices: () => Promise.resolve([microphone]),
  })
  vi.stubGlobal('navigator', { ...navigator, mediaDevices })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('who turns the microphone on by keyboard stays on the one act, and Escape still closes', async () => {
  const onClose = vi.fn<() => void>()
  const voice = { settings: readSettings, change: () => Promise.resolve() }
  render(() => (
    <MicrophoneCheck voice={voice as unknown as SheetProps['voice']} open onClose={onClose} />
  ))
  const act = await screen.findByRole('button', { name: '마이크 켜기' }, LOADED_WITHIN)
  await waitFor(() => expect(document.activeElement).not.toBe(document.body))
  act.focus()
  fireEvent.click(act)
  await screen.findByRole('option', { name: 'USB' })
  expect(document.activeElement).toBe(screen.getByRole('button', { name: '3초 녹음하고 듣기' }))
  fireEvent.keyDown(document.activeElement ?? act, { key: 'Escape' })
  expect(onClose).toHaveBeenCalledOnce()
})
