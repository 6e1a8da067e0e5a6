import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import type { RoundWish } from '../api.ts'
import { OpenRoundSheet } from './openRound.tsx'

/** Dialogs are loaded when the first is opened; a busy machine takes its time. */
const LOADED_WITHIN = { timeout: 10_000 }

beforeEach(() => setLang('ko'))
afterEach(cleanup)

test.each([true, false])(
  'the sheet says how the vote will end (%s), and what is switched is what is asked for',
  async (quorum) => {
    const asked: RoundWish[] = []
    render(() => (
      <OpenRoundSheet
        open
        onClose={() => undefined}
        now={Date.now}
        quorum={quorum}
        backTo={() => undefined}
        onStart={async (wish) => {
          asked.push(wish)
          return false
        }}
      />
    ))
    const ends = await screen.findByRole('switch', { name: '모두 고르면 끝내기' }, LOADED_WITHIN)
    const start = screen.getByRole('button', { name: '투표 시작' })
    expect(ends.getAttribute('aria-checked')).toBe(String(quorum))
    fireEvent.click(start)
    await waitFor(() => expect(asked.map((wish) => wish.quorum)).toEqual([quorum]))
    fireEvent.click(ends)
    await waitFor(() => expect(start.getAttribute('aria-busy')).toBeNull())
    fireEvent.click(start)
    await waitFor(() => expect(asked.map((wish) => wish.quorum)).toEqual([quorum, !quorum]))
  },
)
