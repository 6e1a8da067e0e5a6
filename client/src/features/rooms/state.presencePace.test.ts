import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cursorEveryMs, makePaced } from './state.presencePace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('pace of sending', () => {
  it('sends the first at once, then the latest of each interval, and never loses the last', () => {
    const sent: number[] = []
    const paced = makePaced<number>(
      (value) => sent.push(value),
      () => 50,
    )
    for (let i = 0; i <= 10; i++) {
      paced.push(i)
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(100)
    expect(sent).toEqual([0, 4, 9, 10])
  })
  it('drops what waits when held', () => {
    const sent: number[] = []
    const paced = makePaced<number>(
      (value) => sent.push(value),
      () => 50,
    )
    paced.push(1)
    paced.push(2)
    paced.hold()
    vi.advanceTimersByTime(200)
    expect(sent).toEqual([1])
  })
  it('is 20 to 30 a second with others, one a second alone', () => {
    expect(cursorEveryMs(0, 33)).toBe(1_000)
    expect(cursorEveryMs(1, 33)).toBe(33)
    expect(cursorEveryMs(60, 50)).toBe(50)
    expect(cursorEveryMs(150, 100)).toBe(100)
  })
})
