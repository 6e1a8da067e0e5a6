import { afterEach, expect, test, vi } from 'vitest'
import { askEarly, readPageAnswers, takeEarly } from './early.ts'

afterEach(() => vi.unstubAllGlobals())

const pageWith = (answers: unknown): Document => {
  const page = document.implementation.createHTMLDocument()
  const data = page.createElement('script')
  data.id = 'early'
  data.textContent = JSON.stringify(answers)
  page.head.append(data)
  return page
}

test('an answer that came with the page is taken once, and nothing is asked for it', async () => {
  const asked = vi.fn<typeof fetch>(async () =>
    Response.json({ result: { data: 'over the wire' } }),
  )
  vi.stubGlobal('fetch', asked)
  vi.stubGlobal('performance', { now: () => 700, getEntriesByType: () => [WAY] })
  readPageAnswers(pageWith([{ path: 'rooms.peek', input: { code: 'a' }, data: 'in the page' }]))
  expect(await askEarly('rooms.peek', { code: 'a' })).toBe('in the page')
  const again = vi.fn<() => Promise<string>>(async () => 'anew')
  const heard = await takeEarly('rooms.peek', { code: 'a' }, again)
  expect(heard.data).toBe('in the page')
  // The way there and back is the page's own: by it the server's clock is learned.
  expect(heard.receivedAt - heard.sentAt).toBe(150)
  expect(asked).not.toHaveBeenCalled()
  expect((await takeEarly('rooms.peek', { code: 'a' }, again)).data).toBe('anew')
  expect((await takeEarly('rooms.peek', { code: 'b' }, again)).data).toBe('anew')
})
const WAY = { requestStart: 50, responseStart: 200 }

test('a page without answers asks as ever', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ result: { data: 'over the wire' } }))
  readPageAnswers(document.implementation.createHTMLDocument())
  expect(await askEarly('auth.me')).toBe('over the wire')
})
