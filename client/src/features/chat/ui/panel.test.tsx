import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChannelEvent, History, Message, SendResult } from '#shared/chat.ts'
import { AppError } from '#shared/errors.ts'
import { TRPCClientError } from '@trpc/client'
import { setLang } from '../../../lib/i18n/i18n.ts'
import { forgetKept, keptKeys, roomKeys } from '../../../lib/storage.ts'
import type { ChatWire } from '../api.ts'
import { makeChat } from '../state.ts'
import type { Chat } from '../state.ts'
import { ChatPanel } from './panel.tsx'

const channelId = '00000000-0000-4000-8000-000000000001'
const message = (seq: number, body: string, authorId = 'other'): Message => ({
  channelId,
  seq,
  clientId: `c${seq}`,
  authorId,
  authorName: authorId === 'me' ? '나' : '하린',
  authorPortrait: 'abcd1234',
  body,
  at: 1_700_000_000_000 + seq * 1_000,
})

/** A server of one channel, in memory: numbers without gaps, one answer for a repeated client id. */
function makeServer(stored: Message[] = []) {
  const sent: string[] = []
  const listeners = new Set<(event: ChannelEvent) => void>()
  const trouble: (() => unknown)[] = []
  const put = (next: Message): void => {
    stored.push(next)
    for (const hear of listeners) hear({ type: 'message', message: next })
  }
  const wire: ChatWire = {
    history: async (_id, before = Infinity): Promise<History> => {
      const older = stored.filter((each) => each.seq < before)
      return { epoch: 'e', messages: older.slice(-50), more: older.length > 50 }
    },
    send: async (_id, clientId, body): Promise<SendResult> => {
      const fault = trouble.shift()
      if (fault) throw fault()
      sent.push(body)
      const known = stored.find((each) => each.clientId === clientId)
      const seq = known?.seq ?? stored.length + 1
      if (!known) put({ ...message(seq, body, 'me'), clientId })
      return { seq, at: 0 }
    },
    typing: async () => undefined,
    listen: (_id, _after, onEvent) => {
      listeners.add(onEvent)
      return () => listeners.delete(onEvent)
    },
  }
  return {
    wire,
    sent,
    put,
    trouble,
    say: (event: ChannelEvent) => listeners.forEach((hear) => hear(event)),
  }
}

let end = new AbortController()
let chat: Chat
const names = new Map([
  [1, '빈대떡마을'],
  [2, '동일루'],
])

const makeOf = (server: ReturnType<typeof makeServer>, personId = 'me'): Chat =>
  createRoot(() =>
    makeChat({
      channelId,
      me: () => ({ personId, name: '나', portrait: null }),
      wire: server.wire,
      keepUnder: roomKeys('room'),
      signal: end.signal,
    }),
  )

async function open(server: ReturnType<typeof makeServer>, named = names) {
  chat = makeOf(server)
  await waitFor(() => expect(chat.phase()).toBe('ready'))
  render(() => (
    <ChatPanel
      chat={chat}
      shape="desk"
      me="me"
      personOf={() => ({ name: '하린', portrait: null, colour: 2 })}
      names={named}
      onShow={(number) => shown.push(number)}
      onClose={() => undefined}
    />
  ))
  return screen.getByRole<HTMLInputElement>('textbox')
}
const shown: number[] = []
const log = (): string => screen.getByRole('log').textContent ?? ''
const write = (input: HTMLInputElement, text: string): void =>
  void fireEvent.input(input, { target: { value: text } })

beforeEach(() => {
  setLang('ko')
  localStorage.clear()
  Element.prototype.scrollTo = () => undefined
  Element.prototype.scrollIntoView = () => undefined
  end = new AbortController()
})
afterEach(() => {
  end.abort()
  cleanup()
})

test('the empty field names a place as an example, if its name fits', async () => {
  const short = await open(makeServer())
  expect(short.placeholder).toBe('메시지, 2를 쓰면 동일루')
  expect(log()).toContain('2번 후보를 가리켜요')
  cleanup()
  const long = await open(makeServer(), new Map([[1, '할머니가 삼대째 이어 온 손칼국수']]))
  expect(long.placeholder).toBe('메시지 보내기')
  expect(log(), 'nobody is told of a second place that is not there').not.toContain('2번')
})

test('Enter sends; the Enter that ends a Korean composition sends nothing', async () => {
  const server = makeServer()
  const input = await open(server)
  fireEvent.compositionStart(input)
  write(input, '안녕')
  fireEvent.keyDown(input, { key: 'Enter', isComposing: true, keyCode: 229 })
  fireEvent.compositionEnd(input)
  fireEvent.keyDown(input, { key: 'Enter', keyCode: 229 })
  expect(server.sent).toEqual([])
  expect(input.value).toBe('안녕')
  fireEvent.keyDown(input, { key: 'Enter', keyCode: 13 })
  await waitFor(() => expect(server.sent).toEqual(['안녕']))
  expect(input.value).toBe('')
  expect(log().split('안녕')).toHaveLength(2)
})

test('a number becomes a token after a space, Backspace turns it back, and the message carries it', async () => {
  const server = makeServer()
  const input = await open(server)
  write(input, '가자 2')
  write(input, '가자 2 ')
  expect(input.value).toBe('')
  expect(input.closest('form')?.querySelector('.tok')?.textContent).toContain('동일루')
  fireEvent.keyDown(input, { key: 'Backspace' })
  expect(input.value).toBe('가자 2')
  expect(input.closest('form')?.querySelector('.tok')).toBeNull()
  write(input, '가자 2 ')
  write(input, '로')
  fireEvent.keyDown(input, { key: 'Enter', keyCode: 13 })
  await waitFor(() => expect(server.sent).toEqual(['가자 #2 로']))
  fireEvent.click(screen.getByRole('button', { name: /동일루/ }))
  expect(shown.at(-1)).toBe(2)
})

test('other numbers stay text; markup and script addresses are only text; links tell nothing to where they lead', async () => {
  const server = makeServer([
    message(
      1,
      '<img src=x onerror=alert(9)> 9번 javascript:alert(9) https://map.naver.com/p/1?a=2).',
    ),
  ])
  await open(server)
  expect(log()).toContain('<img src=x onerror=alert(9)> 9번 javascript:alert(9)')
  const links = screen.getByRole('log').querySelectorAll('a')
  expect([...links].map((each) => each.href)).toEqual(['https://map.naver.com/p/1?a=2'])
  expect(links[0]?.rel).toBe('noopener nofollow noreferrer')
})

test('a lost answer is sent again and shown once, in the order written', async () => {
  const server = makeServer()
  const input = await open(server)
  server.trouble.push(() => new TypeError('network'))
  for (const text of ['하나', '둘']) {
    write(input, text)
    fireEvent.keyDown(input, { key: 'Enter', keyCode: 13 })
  }
  expect(log()).toMatch(/하나.*둘/)
  await waitFor(() => expect(server.sent).toEqual(['하나', '둘']), { timeout: 3_000 })
  await waitFor(() => expect(chat.pending()).toEqual([]))
  expect(chat.messages().map(({ seq, body }) => `${seq} ${body}`)).toEqual(['1 하나', '2 둘'])
})

test('a refusal stays with its reason until it is sent again or deleted', async () => {
  const server = makeServer()
  const input = await open(server)
  const refusal = new AppError('room_closed')
  const failure = () =>
    Object.assign(new TRPCClientError('room_closed'), {
      data: { code: refusal.code, params: refusal.params },
    })
  server.trouble.push(failure, failure)
  write(input, '늦은 말')
  fireEvent.keyDown(input, { key: 'Enter', keyCode: 13 })
  expect((await screen.findByRole('alert')).textContent).toContain('닫힌 방')
  fireEvent.click(screen.getByRole('button', { name: '다시' }))
  await waitFor(() => expect(chat.pending()[0]?.state).toBe('failed'))
  fireEvent.click(screen.getByRole('button', { name: '지우기' }))
  expect(chat.pending()).toEqual([])
  expect(server.sent).toEqual([])
})

/** The page goes away as it is, and comes back. */
async function reload(server: ReturnType<typeof makeServer>, personId?: string): Promise<Chat> {
  end.abort()
  end = new AbortController()
  const next = makeOf(server, personId)
  await waitFor(() => expect(next.phase()).toBe('ready'))
  return next
}
const lost = (): unknown => new TypeError('network')

test('what was not acknowledged outlives a reload, and is stored once also when only the answer was lost', async () => {
  const server = makeServer()
  chat = makeOf(server)
  await waitFor(() => expect(chat.phase()).toBe('ready'))
  // Stored, but the answer never came; and one that never left.
  const { send } = server.wire
  server.wire.send = async (...args) => {
    await send(...args)
    throw lost()
  }
  chat.send('가는 중')
  chat.send('거의 왔어')
  await waitFor(() => expect(server.sent).toEqual(['가는 중']))
  server.wire.send = send
  chat = await reload(server)
  await waitFor(() => expect(chat.pending()).toEqual([]))
  expect(chat.messages().map(({ seq, body }) => `${seq} ${body}`)).toEqual([
    '1 가는 중',
    '2 거의 왔어',
  ])
  expect(keptKeys('bapmap.room.'), 'nothing of it is left behind').toEqual([])
})

test('what waited is its writer’s alone, asks after an hour, and goes with leaving', async () => {
  const server = makeServer()
  chat = makeOf(server)
  await waitFor(() => expect(chat.phase()).toBe('ready'))
  server.trouble.push(lost, lost, lost)
  chat.send('아까 쓴 말')
  await waitFor(() => expect(chat.pending()[0]?.state).toBe('waiting'))
  expect((await reload(server, 'other')).pending()).toEqual([])

  const [key = ''] = keptKeys(roomKeys('room'))
  const kept = JSON.parse(localStorage.getItem(key) ?? '') as { at: number }
  const age = (ms: number): void =>
    localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - ms }))
  age(3_601_000)
  chat = await reload(server)
  expect(chat.pending()).toMatchObject([{ body: '아까 쓴 말', state: 'failed', failure: null }])
  expect(server.sent).toEqual([])
  server.trouble.length = 0
  chat.retry(chat.pending()[0]?.clientId ?? '')
  await waitFor(() => expect(server.sent).toEqual(['아까 쓴 말']))

  age(0)
  forgetKept(roomKeys('room'))
  expect((await reload(server)).pending()).toEqual([])
  age(8 * 86_400_000)
  expect((await reload(server)).pending()).toEqual([])
  expect(keptKeys('bapmap.room.')).toEqual([])
})

test('unread is counted while closed, divided once, and read when seen; typing is said', async () => {
  const server = makeServer([message(1, '처음')])
  chat = makeOf(server)
  await waitFor(() => expect(chat.phase()).toBe('ready'))
  expect(chat.unread()).toBe(0)
  for (const seq of [2, 3]) server.put(message(seq, `말 ${seq}`))
  server.put(message(4, '내 말', 'me'))
  expect(chat.unread()).toBe(2)
  render(() => (
    <ChatPanel
      chat={chat}
      shape="phone"
      me="me"
      personOf={() => ({ name: '하린', portrait: null, colour: 2 })}
      names={names}
      onShow={() => undefined}
      onClose={() => undefined}
    />
  ))
  expect(screen.getAllByText('여기부터 못 읽었어요')).toHaveLength(1)
  await waitFor(() => expect(chat.unread()).toBe(0))
  server.say({ type: 'typing', personIds: ['other'] })
  expect(screen.getByText(/하린이 쓰고 있어요/)).toBeTruthy()
  server.put(message(4, '다시 온 것', 'me'))
  expect(chat.messages().filter((each) => each.seq === 4)).toHaveLength(1)
})
