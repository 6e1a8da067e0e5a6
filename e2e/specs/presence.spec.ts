import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { Guest } from '../api.ts'
import { ANCHOR, latLngOf, serveGround } from '../pages/ground.ts'
import { cookiesOf, openRoomOf } from '../pages/presence.ts'
import type { RoomOfGuests } from '../pages/presence.ts'

const at = latLngOf(ANCHOR)
const NAMES = ['서연', '하린', '알렉스']

interface Seen {
  context: BrowserContext
  page: Page
}
async function enter(
  browser: Browser,
  room: RoomOfGuests,
  guest: Guest | undefined,
  options: Parameters<Browser['newContext']>[0],
): Promise<Seen> {
  if (!guest) throw new Error('nobody to enter')
  const context = await browser.newContext(options)
  await context.addCookies(cookiesOf(guest))
  await serveGround(context)
  const page = await context.newPage()
  await page.goto(`${guest.origin}/r/${room.code}`)
  await page.locator('.leaflet-tile-loaded').first().waitFor()
  return { context, page }
}
const desk = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const cursorOf = (page: Page, seat: number) => page.locator(`.bm-cursor[data-seat="${seat}"]`)
const frameOf = (page: Page, seat: number) => page.locator(`.bm-frame[data-seat="${seat}"]`)
const pingOf = (page: Page, seat: number) => page.locator(`.bm-ping[data-seat="${seat}"]`)

test('cursor, frame and ping are seen by the other, on a mouse and on a phone', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', NAMES, { ...at, zoom: 15 })
  const [a, b] = room.members
  const left = await enter(browser, room, a, desk)
  const right = await enter(browser, room, b, phone)
  await left.page.mouse.move(800, 500)
  await left.page.mouse.move(820, 480)
  await expect(cursorOf(right.page, 1).locator('svg')).toBeVisible()
  await expect(cursorOf(right.page, 1)).toContainText('서연')
  // The phone has no cursor: its view is the presence.
  await expect(frameOf(left.page, 2)).toBeVisible()
  await expect(frameOf(left.page, 2)).toContainText('하린')
  await expect(cursorOf(left.page, 2)).toHaveCount(0)

  await left.page.mouse.click(820, 480, { button: 'right' })
  await expect(pingOf(right.page, 1)).toContainText('서연')
  const mine = pingOf(left.page, 1)
  await mine.getByRole('button').first().click()
  await left.page.keyboard.type('여기 어때?')
  await left.page.keyboard.press('Enter')
  await expect(pingOf(right.page, 1)).toContainText('서연 · 여기 어때?')
  await expect(pingOf(right.page, 1)).toHaveCount(0, { timeout: 15_000 })

  await left.context.close()
  await expect(cursorOf(right.page, 1)).toHaveCount(0)
  await right.context.close()
})

test('following fits another aspect ratio, and an own move ends it', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', NAMES, { ...at, zoom: 15 })
  const [a, b] = room.members
  const leader = await enter(browser, room, a, desk)
  const follower = await enter(browser, room, b, phone)
  await follower.page
    .getByRole('list', { name: '사람들' })
    .getByRole('button', { name: /서연/ })
    .click()
  await follower.page.getByRole('button', { name: '따라가기' }).click()
  await expect(follower.page.getByText('서연을 따라가고 있어요')).toBeVisible()
  await leader.page.mouse.move(900, 400)
  await leader.page.mouse.wheel(0, -60)
  await leader.page.waitForTimeout(600)
  await leader.page.mouse.down()
  for (let i = 1; i <= 10; i++) await leader.page.mouse.move(900 - i * 12, 400 + i * 8)
  await leader.page.mouse.up()
  await follower.page.waitForTimeout(1_500)
  // All four corners of what the leader sees are inside what the follower sees: the leader's frame is whole.
  const frame = frameOf(follower.page, 1)
  await expect(frame).toBeVisible()
  const box = await frame.boundingBox()
  expect(box).not.toBeNull()
  expect(box?.x).toBeGreaterThanOrEqual(23)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390 - 23)
  expect(box?.y).toBeGreaterThanOrEqual(115)
  await follower.page.mouse.move(200, 250)
  await follower.page.mouse.wheel(0, 60)
  await expect(follower.page.getByText('서연을 따라가고 있어요')).toHaveCount(0)
  await leader.context.close()
  await follower.context.close()
})

test('who and what is far away is an arrow at the edge that leads there; a map that nobody moved goes to a new place', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', NAMES, { ...at, zoom: 16 })
  const [a, b] = room.members
  const left = await enter(browser, room, a, desk)
  const right = await enter(browser, room, b, desk)
  await a?.mutate('rooms.propose', {
    roomId: room.roomId,
    key: randomUUID(),
    what: { kind: 'pin', name: '동일루', lat: at.lat, lng: at.lng + 0.05, category: 'chinese' },
  })
  const dishOn = ({ page }: Seen) => page.locator('.place[data-number="1"] .dish')
  for (const seen of [left, right]) await expect(dishOn(seen)).toBeInViewport({ ratio: 1 })
  await right.page.mouse.move(900, 400)
  for (let drags = 0; drags < 3; drags++) {
    await right.page.mouse.move(1_300, 400)
    await right.page.mouse.down()
    for (let i = 1; i <= 20; i++) await right.page.mouse.move(1_300 - i * 40, 400)
    await right.page.waitForTimeout(150)
    await right.page.mouse.up()
  }
  const arrow = left.page.locator('.bm-edge[data-seat="2"]')
  await expect(arrow).toBeVisible()
  await expect(arrow).toHaveAttribute('data-side', 'right')
  await expect(arrow).toHaveAccessibleName(/하린, .*(m|km) 떨어진 곳을 보고 있어요/)
  await arrow.click()
  await expect(arrow).toHaveCount(0)
  const toDish = right.page.locator('.bm-edge[data-number="1"]')
  await expect(toDish).toHaveAccessibleName(/^1번 동일루, 여기서 .*(m|km)$/)
  await toDish.click()
  await expect(toDish).toHaveCount(0)
  await expect(dishOn(right)).toBeInViewport({ ratio: 1 })
  await left.context.close()
  await right.context.close()
})
