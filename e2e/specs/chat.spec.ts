import { expect, test } from '@playwright/test'
import type { CDPSession } from '@playwright/test'
import type { History } from '#shared/chat.ts'
import { ChatPage } from '../pages/chat.ts'
import { openRoomOf } from '../pages/presence.ts'
import { nth, PHONE, putForward, GROUND, sitDown } from '../pages/seats.ts'

/** Writes as a Korean keyboard does: the syllable grows under the caret until it is confirmed. */
async function compose(cdp: CDPSession, ...growing: string[]): Promise<void> {
  for (const text of growing)
    await cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
}
/** The key as browsers hand it out while a composition is open: 229, whatever was pressed. */
async function pressInComposition(cdp: CDPSession): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 }
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}

test('messages arrive in one order, are kept, point at places by number, and are counted while unread', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], GROUND)
  const host = nth(room.members, 0)
  await putForward(host, room.roomId, ['동일루', '빈대떡마을'])
  const a = await sitDown(browser, room, host)
  const b = await sitDown(browser, room, nth(room.members, 1), PHONE)
  const [mine, theirs] = [new ChatPage(a.page), new ChatPage(b.page)]
  await mine.open()
  await mine.send('안녕하세요')
  await expect(theirs.button).toHaveAccessibleName('대화 열기, 안 읽은 메시지 1개')
  await theirs.open()
  await expect(theirs.lines.filter({ hasText: '안녕하세요' })).toContainText('서연')
  await expect(theirs.button).not.toHaveAccessibleName(/못 읽은/)

  // Both write at once: everybody reads the same order.
  const say = async (chat: ChatPage, ...texts: string[]): Promise<void> => {
    for (const text of texts) await chat.send(text)
  }
  await Promise.all([say(mine, '첫째', '셋째'), say(theirs, '둘째', '넷째')])
  for (const chat of [mine, theirs])
    for (const text of ['첫째', '둘째', '셋째', '넷째'])
      await expect(chat.log.getByText(text, { exact: true })).toHaveCount(1)
  await expect(mine.log.getByText('보내는 중')).toHaveCount(0)
  const order = async (chat: ChatPage): Promise<string[]> =>
    (await chat.log.innerText()).split('\n').filter((line) => /^[첫둘셋넷]째$/.test(line))
  expect(await order(mine)).toEqual(await order(theirs))

  // "2 " becomes the place as it is typed; the reader's token shows it on the map.
  await theirs.input.pressSequentially('가자 2 어때')
  await expect(theirs.composer).toContainText('빈대떡마을')
  await theirs.input.press('Enter')
  const token = mine.lines.getByRole('button', { name: '2 빈대떡마을' })
  await token.click()
  await expect(a.dish(2, '빈대떡마을')).toHaveAttribute('data-picked', '')

  await a.page.reload()
  await a.untilInside()
  await mine.open()
  await expect(mine.log).toContainText('안녕하세요')
  const { channelId } = await host.query<{ channelId: string }>('rooms.snapshot', {
    roomId: room.roomId,
  })
  const { messages } = await host.query<History>('chat.history', { channelId })
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
  expect(messages.at(-1)?.body).toBe('가자 #2 어때')
  await a.leaveAll()
  await b.leaveAll()
})

test('Enter within a Korean composition sends nothing; the next Enter sends once', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연'], GROUND)
  const a = await sitDown(browser, room, nth(room.members, 0))
  const chat = new ChatPage(a.page)
  await chat.open()
  await chat.input.focus()
  const cdp = await a.context.newCDPSession(a.page)
  const heard: string[] = []
  await a.page.exposeFunction('heardKey', (what: string) => heard.push(what))
  await a.page.evaluate(() =>
    document.addEventListener(
      'keydown',
      (event) =>
        void (window as unknown as { heardKey(what: string): void }).heardKey(
          `${event.key} ${event.isComposing}`,
        ),
      true,
    ),
  )
  await compose(cdp, 'ㅁ', '마', '만', '만ㄷ', '만두')
  await expect(chat.input).toHaveValue('만두')
  await pressInComposition(cdp)
  await expect
    .poll(() => heard, 'the page did get the key, while composing')
    .toEqual(['Enter true'])
  await expect(chat.input).toHaveValue('만두')
  await expect(chat.lines).toHaveCount(0)
  // The keyboard confirms the syllables, then Enter means "send".
  await cdp.send('Input.insertText', { text: '만두' })
  await expect(chat.input).toHaveValue('만두')
  await expect(chat.lines).toHaveCount(0)
  await chat.input.press('Enter')
  await expect(chat.lines).toHaveText([/만두/])
  await expect(chat.input).toHaveValue('')
  const { channelId } = await nth(room.members, 0).query<{ channelId: string }>('rooms.snapshot', {
    roomId: room.roomId,
  })
  const stored = await nth(room.members, 0).query<History>('chat.history', { channelId })
  expect(stored.messages.map(({ body }) => body)).toEqual(['만두'])
  await a.leaveAll()
})

test('a message written without network outlives a reload, and arrives once', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], GROUND)
  const [host, guest] = [nth(room.members, 0), nth(room.members, 1)]
  const a = await sitDown(browser, room, host)
  const b = await sitDown(browser, room, guest, PHONE)
  const [mine, theirs] = [new ChatPage(a.page), new ChatPage(b.page)]
  await mine.open()
  await theirs.open()
  await b.context.setOffline(true)
  await theirs.send('지하철에서 썼어요')
  await expect(theirs.log).toContainText('다시 연결되면 보내요')
  // The page is gone, with all that it remembered; what comes back is what the device kept.
  await b.page.goto('about:blank')
  await b.context.setOffline(false)
  await b.goto(guest.origin, room.code)
  await expect(mine.lines).toHaveText([/지하철에서 썼어요/])
  await theirs.open()
  await expect(theirs.lines).toHaveText([/지하철에서 썼어요/])
  await expect(theirs.log).not.toContainText(/보내는 중|다시 연결되면 보내요/)
  await b.page.reload()
  await b.untilInside()
  await theirs.open()
  await expect(theirs.lines).toHaveCount(1)
  const { channelId } = await host.query<{ channelId: string }>('rooms.snapshot', {
    roomId: room.roomId,
  })
  const { messages } = await host.query<History>('chat.history', { channelId })
  expect(messages.map(({ seq, body }) => [seq, body])).toEqual([[1, '지하철에서 썼어요']])
  await a.leaveAll()
  await b.leaveAll()
})
