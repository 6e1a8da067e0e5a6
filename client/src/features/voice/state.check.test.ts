import { createRoot } from 'solid-js'
import { afterEach, expect, test, vi } from 'vitest'
import { createVoiceCheck, problemOf } from './state.check.ts'
import { readSettings } from './state.settings.ts'

afterEach(() => void vi.unstubAllGlobals())

test('each way in which a browser refuses the microphone has its own words', () => {
  const named = (name: string) => problemOf(new DOMException('', name))
  expect(
    ['NotAllowedError', 'NotFoundError', 'OverconstrainedError', 'NotReadableError'].map(named),
  ).toEqual(['denied', 'missing', 'missing', 'busy'])
  expect(problemOf(new TypeError('no AudioContext'))).toBe('failed')
})

test('a page that gets no microphone at all says why, and asks nobody', async () => {
  vi.stubGlobal('navigator', { ...navigator, mediaDevices: undefined })
  await createRoot(async (dispose) => {
    const check = createVoiceCheck(readSettings)
    await check.begin()
    expect([check.phase(), check.problem()]).toEqual(['off', 'insecure'])
    dispose()
  })
})

test('a microphone that comes after the check was closed is turned off at once', async () => {
  const stop = vi.fn<() => void>()
  let give = (): void => undefined
  const getUserMedia = () =>
    new Promise((resolve) => {
      give = () => resolve({ getTracks: () => [{ stop, addEventListener: () => undefined }] })
    })
  vi.stubGlobal('navigator', { ...navigator, mediaDevices: { getUserMedia } })
  vi.stubGlobal(
    'AnalyserNode',
    class {
      fftSize = 1
      getFloatTimeDomainData(): void {}
    },
  )
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamSource = () => ({ connect: () => undefined })
      close = async (): Promise<void> => undefined
    },
  )
  await createRoot(async (dispose) => {
    const check = createVoiceCheck(readSettings)
    const asked = check.begin()
    expect(check.phase()).toBe('asking')
    check.end()
    give()
    await asked
    expect([stop.mock.calls.length, check.phase()]).toEqual([1, 'off'])
    dispose()
  })
})
