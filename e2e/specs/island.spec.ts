import { expect, test } from '@playwright/test'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { expectAccessible } from '../pages/axe.ts'
import { IslandPage } from '../pages/island.ts'
import { DESK, PHONE } from '../pages/seats.ts'

interface Device {
  name: string
  options: BrowserContextOptions
  /** Bare map on it. */
  ground: { x: number; y: number }
}
const DEVICES: readonly Device[] = [
  { name: 'phone', options: PHONE, ground: { x: 240, y: 210 } },
  { name: 'desktop', options: DESK, ground: { x: 1_000, y: 260 } },
]

for (const { name, options, ground } of DEVICES)
  test(`who is alone understands it within minutes, on a ${name}`, async ({ browser }) => {
    test.setTimeout(150_000)
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const island = new IslandPage(page)
    const since = Date.now()
    await page.goto('/')
    await island.enter()
    await test.step('friends come, say who they are, move and write', async () => {
      await expect(island.friends).toHaveCount(3)
      await expect(island.note).toBeVisible()
      const first = await island.pointerOf(0)
      await expect.poll(() => island.pointerOf(0)).not.toBe(first)
      await expect(page.getByRole('button', { name: /^대화 열기, 안 읽은/ })).toBeVisible()
    })
    await test.step('each step is ticked off by doing it, in any order', async () => {
      await island.follow('미나')
      await island.expectDone(1)
      await island.moveMap(ground)
      await island.expectDone(2)
      await expect(page.getByText('미나를 따라가고 있어요')).toBeHidden()
      await island.ping(ground)
      await island.expectDone(3)
      if (name === 'desktop') await island.putFromDot()
      else await island.putFromSearch('만두')
      await island.expectDone(4)
    })
    await test.step('a reload forgets nothing', async () => {
      if (name === 'phone') return
      await page.reload()
      await island.expectDone(4)
    })
    await island.room.startVote()
    await island.chooseFirst()
    await expect(page).toHaveURL(/\/d\/\w+$/, { timeout: 60_000 })
    await expect(page.getByRole('heading', { level: 1 })).toContainText('가요')
    process.stdout.write(
      `${name}: ${((Date.now() - since) / 1_000).toFixed(1)} s from the page to the result\n`,
    )
    await expectPractice(page)
    await expectAccessible(page, `practice result on a ${name}`)
    const practice = page.url()
    const known = await island.whoAmI()
    await page.getByRole('button', { name: '진짜 방 열기' }).click()
    await expect(page).toHaveURL(/\/r\/[\w-]+$/)
    await island.room.untilInside()
    await expect(island.room.people.getByRole('button')).toHaveCount(1)
    await expect(island.friends).toHaveCount(0)
    await expect(island.lesson).toHaveCount(0)
    expect(await island.whoAmI(), 'the same person in the real room').toEqual(known)
    expect(page.url()).not.toBe(practice)
    await context.close()
  })

/** A practice result says what it is: nobody is sent it, and nobody is shown a way to what isn't there. */
async function expectPractice(page: Page): Promise<void> {
  const learned = page.getByRole('region', { name: '이제 다 알아요' })
  await expect(learned.getByRole('listitem')).toHaveCount(6)
  await expect(page.getByText('밥섬에서 연습한 결과예요')).toBeVisible()
  await expect(page.getByRole('button', { name: /링크 복사|공유/ })).toHaveCount(0)
  await expect(page.getByText('길찾기')).toHaveCount(0)
}

test('three seconds of the microphone are heard, and then it is off', async ({ browser }) => {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(window, { tracks })
    const devices = navigator.mediaDevices
    const ask = devices.getUserMedia.bind(devices)
    devices.getUserMedia = async (wish) => {
      const stream = await ask(wish)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
  const states = (): Promise<string[]> =>
    page.evaluate(() =>
      (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map(
        ({ readyState }) => readyState,
      ),
    )
  // By its own address, too.
  await page.goto('/island')
  const island = new IslandPage(page)
  await island.room.untilInside()
  await page.getByRole('button', { name: '마이크 확인' }).click()
  const check = page.getByRole('dialog', { name: '마이크 확인' })
  await expect(check).toContainText('이 기기에만 있고')
  expect(await states()).toEqual([])
  await check.getByRole('button', { name: '마이크 켜기' }).click()
  const level = check.getByRole('meter')
  await expect
    .poll(async () => Number(await level.getAttribute('aria-valuenow')), { intervals: [60] })
    .toBeGreaterThan(10)
  await check.getByRole('button', { name: '3초 녹음하고 듣기' }).click()
  await expect(check.getByText('방금 녹음한 소리예요.')).toBeVisible()
  await expect(check.getByText(/^잘 들렸나요/)).toBeVisible()
  expect(await states()).toEqual(['live'])
  await check.getByRole('button', { name: '다 됐어요' }).click()
  await expect.poll(states).toEqual(['ended'])
  await context.close()
})

test('who follows without a network is told so, and learns nothing by it', async ({ browser }) => {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  await page.goto('/island')
  const island = new IslandPage(page)
  await expect(island.friends).toHaveCount(3)
  const card = await island.openCard('미나')
  await context.setOffline(true)
  await card.getByRole('button', { name: '따라가기' }).click()
  await expect(island.room.refusal).toContainText('연결이 끊겨 있어요')
  await expect(page.getByText('미나를 따라가고 있어요')).toHaveCount(0)
  await expect(island.lesson.getByText(/개 했어요/)).toHaveCount(0)
  await context.setOffline(false)
  await expect(async () => island.follow('미나')).toPass()
  await island.expectDone(1)
  await context.close()
})

test('a microphone that is refused is told of in words, with a way to mend it', async ({
  browser,
}) => {
  const context = await browser.newContext(DESK)
  const page = await context.newPage()
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
  })
  await page.goto('/island')
  await page.getByRole('button', { name: '마이크 확인' }).click()
  const check = page.getByRole('dialog', { name: '마이크 확인' })
  await check.getByRole('button', { name: '마이크 켜기' }).click()
  await expect(check).toContainText('마이크가 막혀 있어요')
  await expect(check).toContainText('주소창')
  await expect(check.getByRole('button', { name: '다시 켜 보기' })).toBeEnabled()
  await context.close()
})

for (const [options, words] of [
  [
    { ...PHONE, locale: 'ko-KR' },
    { lesson: '해 보기', check: '마이크 확인' },
  ],
  [
    { ...DESK, locale: 'en-US' },
    { lesson: 'Try these', check: 'Check your mic' },
  ],
] as const)
  test(`nothing serious for axe on the island, ${options.locale}`, async ({ browser }) => {
    test.setTimeout(120_000)
    const context = await browser.newContext(options)
    const page = await context.newPage()
    await page.goto('/island')
    await expect(page.locator('[data-simulated]')).toHaveCount(3)
    const lesson = page.getByRole('region', { name: words.lesson })
    await expect(lesson).toBeVisible()
    const strip = lesson.getByRole('button', { expanded: false })
    if ((await strip.count()) > 0) await strip.click()
    await expect(lesson.getByRole('listitem')).toHaveCount(6)
    await expectAccessible(page, 'island')
    await page.getByRole('button', { name: words.check }).click()
    await expect(page.getByRole('dialog', { name: words.check })).toBeVisible()
    await expectAccessible(page, 'check of the microphone')
    await context.close()
  })
