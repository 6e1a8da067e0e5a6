import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Locator, Page } from '@playwright/test'

/* What a person does before a picture is taken. Names of buttons in both languages; what has none, by its class. */

const either = (ko: string, en: string): RegExp => new RegExp(`^(?:${ko}|${en})`, 'i')
async function press(page: Page, ko: string, en: string): Promise<void> {
  await page
    .getByRole('button', { name: either(ko, en) })
    .first()
    .click()
}
async function pressForSheet(page: Page, ko: string, en: string): Promise<void> {
  await press(page, ko, en)
  await page.getByRole('dialog').first().waitFor()
}

/** In the panel at a desk, in a sheet of its own on the phone. */
async function openSearch(page: Page): Promise<Locator> {
  const field = page.getByRole('button', {
    name: either('이름, 메뉴, 주소로 찾기', 'Name, menu or address'),
  })
  const inPanel = page.getByRole('search')
  await inPanel.or(field).first().waitFor()
  if (await inPanel.isVisible()) return inPanel
  await field.first().click()
  return page.getByRole('dialog')
}
export async function search(page: Page): Promise<void> {
  const where = await openSearch(page)
  await where.getByRole('combobox').fill('국수')
  await where
    .getByText(/조개껍데기 국수|Seashell Noodles/)
    .first()
    .waitFor()
}
export async function searchNothing(page: Page): Promise<void> {
  const where = await openSearch(page)
  await where.getByRole('combobox').fill('우주 정거장 분식')
  await sleep(1_200)
}
export async function dropPin(page: Page): Promise<void> {
  const where = await openSearch(page)
  await where
    .getByRole('button', { name: either('지도에 핀', 'Drop a pin') })
    .first()
    .click()
  await page.getByRole('dialog').last().waitFor()
}
/** On the island, with all three friends and what they put forward. */
export async function island(page: Page): Promise<void> {
  await page.locator('[data-simulated]').nth(2).waitFor()
  await page.locator('.cand').nth(2).waitFor()
}
export async function followMina(page: Page): Promise<void> {
  await island(page)
  await page.locator('[data-simulated] button').first().click()
  await page.locator('.person-follow').click()
  await page.locator('.bm-banner').waitFor()
}
export async function islandVote(page: Page): Promise<void> {
  await island(page)
  await page.locator('.room-start').first().click()
  await page.getByRole('dialog').locator('.btn[data-look=pri]').click()
  await page.locator('.vote').first().click()
  await page.locator('.tick[data-mark=chosen]').nth(2).waitFor()
}
export async function islandResult(page: Page): Promise<void> {
  await islandVote(page)
  await page.waitForURL('**/d/*', { timeout: 40_000 })
  await page.locator('.lesson-over').waitFor()
}
export async function checkMicrophone(page: Page): Promise<void> {
  await island(page)
  await page.locator('.voice-check').click()
  await page.getByRole('dialog').locator('footer .btn').click()
  await page.locator('.check-level').waitFor()
}
export const invite = (page: Page): Promise<void> => pressForSheet(page, '초대', 'Invite')
export async function openRoom(page: Page): Promise<void> {
  await press(page, '방 열기', 'Open a room')
  await page.locator('.room-people').waitFor()
}
export async function openAndInvite(page: Page): Promise<void> {
  await openRoom(page)
  await invite(page)
}
export const openSheet = (page: Page): Promise<void> => pressForSheet(page, '투표 시작', 'Start')
export async function openMenu(page: Page): Promise<void> {
  await page.locator('.room-title, .room-panelhead > button[aria-haspopup]').first().click()
  await page.getByRole('dialog').waitFor()
}
export async function openPerson(page: Page): Promise<void> {
  await page.locator('.room-people button').nth(1).click()
  await page.getByRole('dialog').waitFor()
}
export async function openProfile(page: Page): Promise<void> {
  await page.locator('.room-people button').first().click()
  await page.getByRole('dialog').waitFor()
}
export async function follow(page: Page): Promise<void> {
  await openPerson(page)
  await press(page, '따라가기', 'Follow')
  await page.locator('.bm-banner').waitFor()
}
/** A place that nobody put forward. */
export async function pickDot(page: Page): Promise<void> {
  await page.locator('.poi-dot').first().waitFor()
  await page.locator('.poi-dot').first().dispatchEvent('click', { bubbles: true })
  await page.locator('.place-card').waitFor()
}
export async function raise(page: Page): Promise<void> {
  await page.locator('.grab').click()
  await sleep(500)
}
export async function raiseToTheEnd(page: Page): Promise<void> {
  await raise(page)
  await page.locator('.cand').last().scrollIntoViewIfNeeded()
  await page.locator('.room-foot').last().scrollIntoViewIfNeeded()
}
/** The last that may be passed on. */
export async function pass(page: Page): Promise<void> {
  if (await page.locator('.grab').isVisible()) await raise(page)
  const nope = page.locator('.nope[aria-pressed=false]').last()
  await nope.scrollIntoViewIfNeeded()
  await nope.dispatchEvent('click', { bubbles: true })
  await page.locator('.cand[data-passed]').waitFor()
}
export async function unpass(page: Page): Promise<void> {
  for (const nope of await page.locator('.nope[aria-pressed=true]').all())
    await nope.dispatchEvent('click', { bubbles: true })
}
export async function openChat(page: Page): Promise<void> {
  const log = page.getByRole('log')
  if (!(await log.isVisible())) await press(page, '대화', '(?:Open )?chat')
  await log.waitFor()
}
export async function joinVoice(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /음성 참여|Join voice/i })
    .first()
    .click()
  await page.locator('.room-dock [aria-pressed]').first().waitFor({ timeout: 20_000 })
}
export async function talkAloud(page: Page): Promise<void> {
  await joinVoice(page)
  await page.locator('.room-dock [aria-pressed]').first().click()
  await sleep(1_000)
}
export async function openSounds(page: Page): Promise<void> {
  await joinVoice(page)
  await press(page, '소리 설정', 'Sound settings')
  await page.getByRole('dialog').waitFor()
}
export async function voiceGone(page: Page): Promise<void> {
  await page.locator('.voice[data-phase=unavailable]').waitFor({ timeout: 20_000 })
}
export async function askHowToSpeak(page: Page): Promise<void> {
  await talkAloud(page)
  await pressForSheet(page, '방법 보기', 'See how')
}
/** As if the person had said no once. */
export async function refuseMicrophone(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const refuse = (): Promise<never> =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: refuse })
  })
}
export async function goOffline(page: Page): Promise<void> {
  await page.locator('.room-people').waitFor()
  await page.context().setOffline(true)
  await page.locator('.room-banners .banner').waitFor()
}
/** Sockets fall and can't be had again, though the device has a network. */
export async function cutSockets(context: BrowserContext): Promise<void> {
  const cutAt = Date.now() + CUT_AFTER_MS
  await context.routeWebSocket(/\/trpc/, (socket) => {
    if (Date.now() > cutAt) return void socket.close()
    socket.connectToServer()
    setTimeout(() => void socket.close(), Math.max(0, cutAt - Date.now()))
  })
}
const CUT_AFTER_MS = 5_000
export async function untilReconnects(page: Page): Promise<void> {
  await page.locator('.room-banners .banner').waitFor({ timeout: 20_000 })
}
/** Answers of the server that nobody understands. */
export async function breakAnswers(context: BrowserContext): Promise<void> {
  await context.route(/\/trpc\/|\/peek/, (route) => route.fulfill({ status: 500, body: 'x' }))
  await context.route(/\/r\//, async (route) => {
    const page = await route.fetch()
    const body = (await page.text()).replace(/<script[^>]*id="early">.*?<\/script>/s, '')
    return route.fulfill({ response: page, body })
  })
}
export async function untilPlain(page: Page): Promise<void> {
  await page.locator('.room-tiles').waitFor({ timeout: 15_000 })
}
