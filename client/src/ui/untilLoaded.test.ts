import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilLoaded } from './untilLoaded.ts'

let online = true
beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online)
})
afterEach(() => {
  online = true
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('without network a part is waited for, however long', async () => {
  online = false
  let asked = 0
  const part = untilLoaded(async () => {
    asked += 1
    if (!online) throw new Error('network')
    return 'part'
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toBeGreaterThan(20)
  online = true
  window.dispatchEvent(new Event('online'))
  expect(await part).toBe('part')
})

test('with a network a file that is gone is said to be, after three tries', async () => {
  let asked = 0
  const part = untilLoaded(async () => {
    asked += 1
    throw new Error('gone')
  })
  const failed = part.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await failed).toEqual(new Error('gone'))
  expect(asked).toBe(3)
})
