import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { History } from '#shared/chat.ts'
import { cleanMessage } from '#shared/chat.text.ts'
import type { RoomSnapshot } from '#shared/rooms.ts'
import { cleanName, graphemeCount } from '#shared/users.names.ts'
import { Guest, portrait } from '../api.ts'
import { ChatPage } from '../pages/chat.ts'
import { openRoomOf } from '../pages/presence.ts'
import { nth, GROUND, sitDown } from '../pages/seats.ts'
import { refusalOf } from '../pages/wire.ts'

const { strings: NAUGHTY } = JSON.parse(
  readFileSync(new URL('../naughty.json', import.meta.url), 'utf8'),
) as { strings: string[] }
/** What one person may rename themselves in a minute, and say in ten seconds. */
const EACH = 20

const snapshotOf = (guest: Guest, roomId: string): Promise<RoomSnapshot> =>
  guest.query<RoomSnapshot>('rooms.snapshot', { roomId })

function cleaned(text: string, clean: (raw: string) => string): string | null {
  try {
    return clean(text)
  } catch {
    return null
  }
}

/** One guest in a room of their own takes these as names and says them. Returns how many names were kept. */
async function tryOn(origin: string, texts: readonly string[]): Promise<number> {
  const guest = await new Guest(origin).signIn()
  const { roomId } = await guest.mutate<{ roomId: string }>('rooms.open', {
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname: '처음',
    portrait: portrait(),
  })
  const { channelId } = await snapshotOf(guest, roomId)
  const said: string[] = []
  let kept = 0
  for (const text of texts) {
    const name = cleaned(text, cleanName)
    const change = guest.mutate('rooms.changeMe', { roomId, nickname: text, portrait: portrait() })
    if (name === null) expect(await refusalOf(change)).toBe('name_invalid')
    else {
      kept++
      await change
      const stored = (await snapshotOf(guest, roomId)).members[0]?.name ?? ''
      expect(stored).toBe(name)
      expect(stored).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
      expect(graphemeCount(stored)).toBeLessThanOrEqual(20)
    }
    const body = cleaned(text, cleanMessage)
    const send = guest.mutate('chat.send', { channelId, clientId: randomUUID(), body: text })
    if (body === null) expect(await refusalOf(send)).toBe('message_empty')
    else {
      await send
      said.push(body)
    }
  }
  const { messages } = await guest.query<History>('chat.history', { channelId, limit: 100 })
  expect(messages.map(({ body }) => body)).toEqual(said)
  return kept
}

test('hundreds of naughty names and messages are refused, or kept letter by letter', async ({
  baseURL,
}) => {
  const groups = Array.from({ length: Math.ceil(NAUGHTY.length / EACH) }, (_, i) =>
    NAUGHTY.slice(i * EACH, (i + 1) * EACH),
  )
  let kept = 0
  for (let i = 0; i < groups.length; i += 4)
    for (const each of await Promise.all(
      groups.slice(i, i + 4).map((texts) => tryOn(baseURL ?? '', texts)),
    ))
      kept += each
  expect(kept).toBeGreaterThan(100)
})

test('on the page they are text: no markup, no script, no request, nothing moves out of its line', async ({
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const room = await openRoomOf(origin, ['<b onmouseover=x>', '"><svg/onload=1', '😍👨‍👩‍👧‍👦'], GROUND)
  const { channelId } = await snapshotOf(nth(room.members, 0), room.roomId)
  const nasty = NAUGHTY.filter(
    (text) =>
      /[<>&\u200f\u202e]|\p{M}{3}|script|%0|\$\{|\{\{/iu.test(text) &&
      cleaned(text, cleanMessage) !== null,
  )
  const step = Math.floor(nasty.length / 48)
  const chosen = nasty.filter((_, index) => index % step === 0).slice(0, 48)
  const bodies: string[] = []
  for (const [index, body] of chosen.entries()) {
    await nth(room.members, index % 3).mutate('chat.send', {
      channelId,
      clientId: randomUUID(),
      body,
    })
    bodies.push(cleanMessage(body))
  }
  expect(bodies.length).toBe(48)
  const reader = await sitDown(browser, room, nth(room.members, 0))
  const trouble: string[] = []
  reader.page.on(
    'dialog',
    (dialog) => void dialog.dismiss().then(() => trouble.push(dialog.message())),
  )
  reader.page.on('pageerror', (error) => trouble.push(error.message))
  reader.page.on('request', (request) => {
    const own = new URL(request.url()).origin === new URL(origin).origin
    if (!own && !/\/\d+\/\d+\/\d+\.png|^(blob|data):/.test(request.url()))
      trouble.push(request.url())
  })
  const chat = new ChatPage(reader.page)
  await chat.open()
  await expect(chat.lines).toHaveCount(bodies.length)
  const texts = chat.log.locator('.chat-text')
  const shown = await texts.evaluateAll((all) => all.map((each) => each.textContent ?? ''))
  const bare = (text: string): string => text.replace(/https?:\/\//g, '')
  expect(shown.map(bare)).toEqual(bodies.map(bare))
  const markup = 'img, script, iframe, svg, style, video, audio, object, form, input, b, marquee'
  await expect(texts.locator(markup)).toHaveCount(0)
  await expect(reader.page.locator('[onmouseover], [onload], [onerror]')).toHaveCount(0)
  expect(trouble).toEqual([])
  await reader.leaveAll()
})
