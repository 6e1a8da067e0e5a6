import { expect, test } from '@playwright/test'
import type { BrowserContextOptions, Page } from '@playwright/test'
import type { VotesState } from '#shared/votes.ts'
import type { Guest } from '../api.ts'
import { expectAccessible } from '../pages/axe.ts'
import { expectRoomForLargeText } from '../pages/large.ts'
import { cookiesOf, openRoomOf, PresenceTab } from '../pages/presence.ts'
import { DESK, nth, PHONE, putForward, GROUND } from '../pages/seats.ts'

/** Korean on a phone, English at a desk: between them every text and both layouts. */
const VIEWS: { device: BrowserContextOptions; words: Record<Word, RegExp> }[] = [
  {
    device: { ...PHONE, locale: 'ko-KR' },
    words: {
      inside: /^사람들$/,
      add: /이름, 메뉴, 주소로 찾기/,
      pin: /지도에 핀 꽂기/,
      invite: /^초대하기$/,
      menu: /보고 있어요|나 혼자예요/,
      start: /^투표 시작$/,
      chat: /^대화 열기/,
      voice: /음성 참여/,
      speak: /마이크 켜기/,
      friend: /^하린/,
      closeChat: /^대화 닫기$/,
    },
  },
  {
    device: { ...DESK, locale: 'en-US' },
    words: {
      inside: /^People$/,
      // Its search stands in the panel; what opens is the pin's sheet.
      add: /Drop a pin/,
      pin: /Drop a pin/,
      invite: /^Invite$/,
      menu: /inside|Just you/,
      start: /^Start the vote$/,
      chat: /^Open chat/,
      voice: /Join voice/,
      speak: /^Unmute$/,
      friend: /^하린/,
      closeChat: /^Close chat$/,
    },
  },
]
type Word =
  | 'inside'
  | 'add'
  | 'pin'
  | 'invite'
  | 'menu'
  | 'start'
  | 'chat'
  | 'voice'
  | 'speak'
  | 'friend'
  | 'closeChat'

// A trace would keep the page once more for each of the rules' passes; the messages below tell all.
test.use({ trace: 'off' })
test.describe('nothing serious for axe, in both themes', () => {
  for (const { device, words } of VIEWS)
    test(`${device.locale} pages before and around the room`, async ({ browser, baseURL }) => {
      test.setTimeout(180_000)
      const context = await browser.newContext(device)
      const page = await context.newPage()
      const see = async (path: string, state: string): Promise<void> => {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        await expectAccessible(page, state)
        await expectRoomForLargeText(page, state)
      }
      const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], GROUND)
      const host = nth(room.members, 0)
      await putForward(host, room.roomId, ['동일루', '빈대떡마을'])
      await see('/', 'home, empty')
      await see('/r/aaaa-aaaa-aaaa', 'unknown room')
      await see(`/r/${room.code}`, 'join')
      await see('/continue#x', 'continue on this device')
      await see('/nowhere', 'no such page')
      for (const path of ['/settings', '/privacy', '/terms']) await see(path, path)
      await host.mutate('rooms.changeRoom', { roomId: room.roomId, locked: true })
      await see(`/r/${room.code}`, 'locked room')
      await context.addCookies(cookiesOf(host))
      await see('/', 'home, with rooms')
      await host.mutate('rooms.close', { roomId: room.roomId })
      await page.goto(`/r/${room.code}`)
      await expect(page.getByRole('list', { name: words.inside })).toBeVisible()
      await expectAccessible(page, 'closed room, as a member')
      await context.close()
    })

  for (const { device, words } of VIEWS)
    test(`${device.locale} room, its sheets, vote, run-off, draw, decision`, async ({
      browser,
      baseURL,
    }) => {
      test.setTimeout(240_000)
      const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], GROUND)
      const [host, friend] = [nth(room.members, 0), nth(room.members, 1)]
      const { roomId } = room
      const context = await browser.newContext(device)
      await context.addCookies(cookiesOf(host))
      const page = await context.newPage()
      const there = await new PresenceTab(friend, roomId).open()
      const press = (word: Word): Promise<void> =>
        page.getByRole('button', { name: words[word] }).first().click()
      const sheet = async (word: Word, state: string): Promise<void> => {
        await press(word)
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectAccessible(page, state)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await page.goto(`/r/${room.code}`)
      await expect(page.getByRole('list', { name: words.inside })).toBeVisible()
      await expectAccessible(page, 'room without places')
      await putForward(host, roomId, ['동일루', '빈대떡마을'])
      there.say({ kind: 'cursor', at: { lat: GROUND.lat, lng: GROUND.lng } })
      await expect(page.locator('.bm-cursor svg')).toBeVisible()
      await expectAccessible(page, 'choosing')
      for (const [word, state] of [
        ['add', 'search'],
        ['invite', 'invitation'],
        ['menu', 'room menu'],
        ['start', 'opening a vote'],
        ['friend', 'a person'],
      ] as const)
        await sheet(word, state)

      const { channelId } = await host.query<{ channelId: string }>('rooms.snapshot', { roomId })
      for (const guest of [host, friend])
        await guest.mutate('chat.send', {
          channelId,
          clientId: crypto.randomUUID(),
          body: '#1 좋아요 https://example.com',
        })
      await press('chat')
      await expect(page.getByRole('log').locator('.chat-line')).toHaveCount(2)
      await expectAccessible(page, 'chat')
      await press('closeChat')
      await press('voice')
      await press('speak')
      await expectAccessible(page, 'in voice')
      await voteThrough(page, host, friend, roomId)
      there.close()
      await context.close()
    })
})

async function voteThrough(page: Page, host: Guest, friend: Guest, roomId: string): Promise<void> {
  const roundOf = async (): Promise<{ id: string; kind: string; state: string }> => {
    const { round } = await host.query<VotesState>('votes.state', { roomId })
    if (!round) throw new Error('no round')
    return round
  }
  const act = async (guest: Guest, kind: string, number: number): Promise<void> =>
    void (await guest.mutate('votes.act', {
      roundId: (await roundOf()).id,
      key: crypto.randomUUID(),
      act: { kind, number },
    }))
  await host.mutate('votes.open', { roomId, lengthMs: 180_000 })
  await act(host, 'choose', 1)
  await act(friend, 'choose', 2)
  await act(host, 'pass', 2)
  await act(host, 'unpass', 2)
  await expect(page.locator('.cand-who').first()).toBeVisible()
  await expectAccessible(page, 'voting')
  await host.mutate('votes.close', { roundId: (await roundOf()).id })
  await expect(page.getByTestId('closing')).toBeVisible()
  await expect(page.locator('.duel')).toBeVisible({ timeout: 15_000 })
  await act(host, 'choose', 1)
  await act(friend, 'choose', 2)
  await expectAccessible(page, 'run-off')
  await host.mutate('votes.close', { roundId: (await roundOf()).id })
  await expect(page.getByTestId('draw')).toBeVisible({ timeout: 15_000 })
  await expectAccessible(page, 'draw')
  const { decisions } = await host.query<VotesState>('votes.state', { roomId })
  const address = `/d/${decisions.at(-1)?.id}`
  await page.goto(address)
  await expect(page.getByTestId('proof')).toBeVisible()
  await expectAccessible(page, 'decision, as a member')
  await page.context().clearCookies()
  await page.goto(address)
  await expect(page.getByTestId('proof')).toBeVisible()
  await expectAccessible(page, 'decision, as a visitor')
}
