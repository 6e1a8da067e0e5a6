import { cleanup, render, screen, waitFor } from '@solidjs/testing-library'
import { createSignal, Show } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { DrawPage } from './draw.tsx'

beforeEach(() => {
  setLang('ko')
  // The turning needs a browser.
  Element.prototype.animate = () => ({}) as Animation
})
afterEach(cleanup)

test('while the draw is shown it is the page: the room under it is set aside, and comes back', async () => {
  const [shown, setShown] = createSignal(false)
  const proof = {
    seedHash: 'x',
    seed: 'y',
    firstRoundId: 'r',
    numbers: [1, 2],
    picked: 2,
    sealedAt: 0,
  }
  render(() => (
    <div>
      <main data-testid="room">
        <h1>후보 2곳</h1>
      </main>
      <Show when={shown()}>
        <DrawPage
          proof={proof}
          kick=""
          candidate={() => ({ name: '동일루', category: 'chinese', menu: null })}
          onResult={() => undefined}
        />
      </Show>
    </div>
  ))
  const room = screen.getByTestId('room')
  setShown(true)
  expect(room.inert).toBe(true)
  const titles = [...document.querySelectorAll('h1')].filter((each) => !each.closest('main')?.inert)
  expect(titles.map((each) => each.textContent)).toEqual(['추첨으로 동일루가 뽑혔어요'])
  expect(document.activeElement).toBe(titles[0])
  // The panel changes shape with the window, and the bar over the map comes and goes.
  const late = document.createElement('header')
  room.after(late)
  await waitFor(() => expect(late.inert).toBe(true))
  setShown(false)
  expect(late.inert).toBe(false)
  expect(room.inert).toBe(false)
})
