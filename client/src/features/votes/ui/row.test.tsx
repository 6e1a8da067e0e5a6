import { cleanup, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { PassNote, RowActs } from './row.tsx'

afterEach(cleanup)

test('that a pass can be guessed is told in the same words to eyes and to readers', () => {
  setLang('ko')
  render(() => (
    <>
      <PassNote />
      <RowActs
        number={1}
        name="동일루"
        stance="none"
        kept={false}
        guessable
        refusals={0}
        passable
        onAct={() => undefined}
      />
    </>
  ))
  const said = '패스는 나만 보지만, 사람이 적어 짐작될 수 있어요'
  expect(screen.getByText(said).isConnected).toBe(true)
  expect(screen.getByRole('button', { name: `1번 동일루 패스. ${said}` }).isConnected).toBe(true)
})
