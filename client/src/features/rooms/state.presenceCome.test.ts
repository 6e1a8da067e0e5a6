import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { COME_ASKED_MS, createComeHere } from './state.presenceCome.ts'

const view = { south: 1, west: 1, north: 2, east: 2 }
beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function makeCome() {
  const went: unknown[] = []
  const come = createRoot(() =>
    createComeHere<string>({
      mySeat: () => 1,
      now: () => Date.now(),
      where: () => `place ${went.length}`,
      show: (to) => went.push(to),
      goTo: (place) => went.push(place),
    }),
  )
  return { come, went }
}

describe('come here', () => {
  it('asks first, goes only with consent, and leads back to where I was', () => {
    const { come, went } = makeCome()
    come.offer({ bySeat: 2, view, at: Date.now() })
    expect(went).toEqual([])
    come.go()
    expect(went).toEqual([view])
    expect(come.asked()).toBeNull()
    come.goBack()
    expect(went).toEqual([view, 'place 0'])
    expect(come.before()).toBeNull()
  })
  it('leads back to the first place when called on', () => {
    const { come, went } = makeCome()
    for (const bySeat of [2, 3]) {
      come.offer({ bySeat, view, at: Date.now() })
      come.go()
    }
    come.goBack()
    expect(went.at(-1)).toBe('place 0')
  })
  it('does not ask about my own call or an old one, and takes an unanswered one back', () => {
    const { come, went } = makeCome()
    come.offer({ bySeat: 1, view, at: Date.now() })
    come.offer({ bySeat: 2, view, at: Date.now() - COME_ASKED_MS })
    expect(come.asked()).toBeNull()
    come.offer({ bySeat: 2, view, at: Date.now() })
    vi.advanceTimersByTime(COME_ASKED_MS)
    expect(come.asked()).toBeNull()
    come.go()
    expect(went).toEqual([])
  })
})
