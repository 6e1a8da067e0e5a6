import { createRoot, createSignal } from 'solid-js'
import { expect, test, vi } from 'vitest'
import { createBackCloses } from './backCloses.ts'

const back = async (): Promise<void> => {
  const arrived = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }))
  history.back()
  await arrived
}

test('back closes the topmost layer and stays; with nothing open it leaves, over the spare entry', async () => {
  history.replaceState(null, '', '/before')
  history.pushState(null, '', '/room')
  const [below, setBelow] = createSignal(false)
  const [above, setAbove] = createSignal(false)
  const end = createRoot((dispose) => {
    createBackCloses(below, () => setBelow(false))
    createBackCloses(above, () => setAbove(false))
    return dispose
  })
  setBelow(true)
  setAbove(true)
  await back()
  expect([location.pathname, below(), above()]).toEqual(['/room', true, false])

  await back()
  expect([location.pathname, below()]).toEqual(['/room', false])

  setAbove(true)
  setAbove(false)
  await back()
  await vi.waitFor(() => expect(location.pathname).toBe('/before'))
  end()
})
