import { cleanup, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { Bar } from './bar.tsx'

afterEach(cleanup)

test('the way back of a member is the room, with home beside it; a visitor’s is home', () => {
  setLang('ko')
  const ways = (roomCode: string | null) => {
    cleanup()
    const decision = { roomCode, host: false, published: true } as Parameters<
      typeof Bar
    >[0]['decision']
    render(() => <Bar decision={decision} onPublished={() => undefined} />)
    return screen
      .getAllByRole('link')
      .map((link) => [link.getAttribute('aria-label'), link.getAttribute('href')])
  }
  const [back, home] = ways('abcdefghjk')
  expect(back?.[0]).toBe('방으로')
  expect(back?.[1]).toMatch(/^\/r\/abc/)
  expect(home).toEqual(['홈으로', '/'])
  expect(ways(null)).toEqual([['홈으로', '/']])
})
