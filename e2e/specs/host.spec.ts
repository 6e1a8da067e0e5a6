import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { newDatabase, startCluster } from '../cluster.ts'
import { HostPage } from '../pages/host.ts'
import { JoinPage } from '../pages/join.ts'
import { openRoomOf } from '../pages/presence.ts'
import type { RoomOfGuests } from '../pages/presence.ts'
import { nth, PHONE, putForward, roomOfTwo, GROUND, sitDown } from '../pages/seats.ts'

const PLACES = ['동일루', '빈대떡마을']

/** A stranger's browser on a link. */
async function strangerAt(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext(PHONE)).newPage()
  await page.goto(link)
  return page
}
async function hostOf(browser: Browser, room: RoomOfGuests): Promise<HostPage> {
  return new HostPage((await sitDown(browser, room, nth(room.members, 0))).page)
}
/** The host at a desk, the guest on a phone, two places between them. */
async function bothInside(browser: Browser, origin: string | undefined) {
  const room = await roomOfTwo(origin, PLACES)
  const host = await hostOf(browser, room)
  return { room, host, guest: await sitDown(browser, room, room.guest, PHONE) }
}
const titled = (page: Page, title: string) => page.getByRole('heading', { name: title })

test('the host renames, locks, extends, closes and reopens; everybody sees it at once', async ({
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const { room, host, guest } = await bothInside(browser, origin)

  await host.fromMenu('방 이름과 시간 바꾸기')
  const sheet = host.page.getByRole('dialog', { name: '방 이름과 시간 바꾸기' })
  await sheet.getByRole('textbox', { name: '방 이름' }).fill('성수 회식')
  await sheet.getByRole('button', { name: '저장' }).click()
  await expect(guest.page.locator('header').getByText('성수 회식')).toBeVisible()

  await host.setLock(true)
  const outside = await strangerAt(browser, `${origin}/r/${room.code}`)
  await expect(titled(outside, '잠긴 방이에요')).toBeVisible()
  await expect(outside.getByText('성수 회식')).toHaveCount(0)
  // Whoever was here comes back all the same.
  await guest.page.reload()
  await guest.untilInside()
  await host.setLock(false)
  await outside.getByRole('button', { name: '다시 해 보기' }).click()
  await expect(new JoinPage(outside).name).toBeVisible()

  await host.fromMenu('하루 더 열어 두기')
  await expect(host.room.note).toContainText(/까지 열려 있어요/)

  await host.fromMenu('방 닫기')
  await host.confirm('방을 닫을까요?', '방 닫기')
  await expect(host.page.getByText('닫힌 방이라 볼 수만 있어요').first()).toBeVisible()
  await expect(guest.page.getByText('닫힌 방이라 볼 수만 있어요').first()).toBeVisible()
  await expect(guest.page.getByRole('button', { name: /음성 참여/ })).toHaveCount(0)
  await guest.expectCandidates(...PLACES)
  await outside.reload()
  await expect(titled(outside, '닫힌 방이에요')).toBeVisible()
  // A guest's menu offers nothing that is the host's alone.
  const theirs = await new HostPage(guest.page).menu()
  for (const act of ['다시 열기', '방 닫기', '링크 바꾸기', '방 이름과 시간 바꾸기'])
    await expect(theirs.getByRole('button', { name: act })).toHaveCount(0)
  await new HostPage(guest.page).closeMenu()
  // Nobody is asked to come; who closed it opens it again where it says so.
  for (const { page } of [host, guest])
    await expect(page.getByRole('button', { name: '초대하기' })).toHaveCount(0)
  await expect(guest.page.getByRole('button', { name: '다시 열기' })).toHaveCount(0)
  await host.page.getByRole('button', { name: '다시 열기' }).click()
  await expect(guest.page.getByText('닫힌 방이라 볼 수만 있어요')).toHaveCount(0)
  await outside.reload()
  await expect(new JoinPage(outside).name).toBeVisible()
  await outside.context().close()
  await guest.leaveAll()
  await host.room.leaveAll()
})

test('a changed link leads in, the old one nowhere; who is inside stays, also over a refresh', async ({
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const { room, host, guest } = await bothInside(browser, origin)
  await host.fromMenu('링크 바꾸기')
  await expect(host.room.note).toContainText('링크를 바꿨어요')
  const before = new RegExp(room.code.replaceAll('-', '').replace(/(.{4})(?=.)/g, '$1-?'))
  await expect(guest.page).not.toHaveURL(before)
  await guest.page.reload()
  await guest.untilInside()
  const late = await strangerAt(browser, `${origin}/r/${room.code}`)
  await expect(titled(late, '그런 방을 찾지 못했어요')).toBeVisible()
  await late.goto(guest.page.url())
  await expect(new JoinPage(late).name).toBeVisible()
  await late.context().close()
  await guest.leaveAll()
  await host.room.leaveAll()
})

test('handing over moves the menu; the new host removes, and the removed one is out for good', async ({
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const room = await openRoomOf(origin, ['서연', '하린', '알렉스'], GROUND)
  await putForward(nth(room.members, 2), room.roomId, PLACES)
  const first = await hostOf(browser, room)
  const heir = new HostPage((await sitDown(browser, room, nth(room.members, 1))).page)
  const third = await sitDown(browser, room, nth(room.members, 2), PHONE)
  await first.fromCard('하린', '방장 넘기기')
  await first.confirm('하린에게 방장을 넘길까요?', '방장 넘기기')
  await expect(first.room.note).toContainText('이제 하린이 방장이에요')
  await expect((await first.menu()).getByRole('button', { name: '방 닫기' })).toHaveCount(0)
  await first.closeMenu()
  await expect((await heir.menu()).getByRole('button', { name: '방 닫기' })).toBeVisible()
  await heir.closeMenu()

  await heir.fromCard('알렉스', '내보내기')
  // Offered for some seconds only: waited for before it is there.
  const change = heir.room.note.getByRole('button', { name: '링크 바꾸기' }).click()
  await Promise.all([change, heir.confirm('알렉스를 내보낼까요?', '내보내기')])
  await expect(heir.room.note).toContainText('링크를 바꿨어요')
  await expect(titled(third.page, '방에서 나왔어요')).toBeVisible()
  await expect(third.page.locator('.room')).toHaveCount(0)
  await expect(heir.room.person(/^알렉스/)).toHaveCount(0)
  // What they put forward stays.
  await heir.room.expectCandidates(...PLACES)
  // The new link bars the same person.
  await expect(heir.page).not.toHaveURL(third.page.url())
  await third.page.goto(heir.page.url())
  await expect(titled(third.page, '방에서 나왔어요')).toBeVisible()
  for (const page of [first.room, heir.room, third]) await page.leaveAll()
})

test('come here: asked, declined, followed, and back to where one was', async ({
  browser,
  baseURL,
}) => {
  const { host: caller, guest: called } = await bothInside(browser, baseURL)
  const dish = called.page.locator('.place[data-number="1"] .dish')
  await expect(dish).toBeVisible()
  const spot = async (): Promise<{ x: number; y: number }> => {
    const box = await dish.boundingBox()
    return { x: Math.round(box?.x ?? -999), y: Math.round(box?.y ?? -999) }
  }
  /** Once nothing has moved for a while: a map that is about to go somewhere stands still too. */
  const settled = async (): Promise<{ x: number; y: number }> => {
    let last = await spot()
    let still = 0
    await expect
      .poll(
        async () => {
          const now = await spot()
          still = now.x === last.x && now.y === last.y ? still + 1 : 0
          last = now
          return still
        },
        { intervals: [200] },
      )
      .toBeGreaterThan(5)
    return last
  }
  const atFirst = await settled()
  // The caller looks two window widths further east.
  for (let drag = 0; drag < 2; drag++) {
    await caller.page.mouse.move(1_300, 500)
    await caller.page.mouse.down()
    await caller.page.mouse.move(600, 500, { steps: 8 })
    await caller.page.waitForTimeout(120)
    await caller.page.mouse.up()
  }
  const question = called.page.getByText('서연이 여기로 모이자고 해요')

  await caller.fromMenu('모두 여기로 부르기')
  await called.page.getByRole('button', { name: '있기' }).click()
  await expect(question).toHaveCount(0)
  expect(await settled(), 'who stays is left alone').toEqual(atFirst)
  // The caller is asked nothing.
  await expect(caller.page.getByRole('button', { name: '가기', exact: true })).toHaveCount(0)

  await caller.fromMenu('모두 여기로 부르기')
  await called.page.getByRole('button', { name: '가기', exact: true }).click()
  await expect.poll(async () => Math.abs((await spot()).x - atFirst.x)).toBeGreaterThan(150)
  await called.page.getByRole('button', { name: '보던 곳으로' }).click()
  await expect.poll(spot, { timeout: 5_000 }).toEqual(atFirst)
  await expect(called.page.getByRole('button', { name: '보던 곳으로' })).toHaveCount(0)
  await called.leaveAll()
  await caller.room.leaveAll()
})

/** Two servers on the run's data, with limits of their own. */
const startWith = async (count: number, limits: string) =>
  startCluster(count, {
    DATABASE_URL: await newDatabase(),
    LIVEKIT_URL: '',
    LIMITS: `SIGN_INS_PER_ADDRESS=2000,${limits}`,
    REDIS_PREFIX: `${randomUUID().slice(0, 8)}:`,
    LOG_LEVEL: 'warn',
  })

test('who the acting host removes is out, on another server too', async ({ browser }) => {
  const cluster = await startWith(2, 'ACTING_HOST_AFTER_MS=1000')
  try {
    const room = await openRoomOf(cluster.url, ['서연', '하린', '알렉스'], GROUND)
    cluster.pin(nth(cluster.nodes, 0))
    const acting = new HostPage((await sitDown(browser, room, nth(room.members, 1))).page)
    const menu = await acting.menu()
    await expect(menu.getByRole('switch', { name: '잠그기' })).toBeVisible({ timeout: 20_000 })
    // What an acting host may not.
    await expect(menu.getByRole('button', { name: '방 닫기' })).toHaveCount(0)
    await acting.closeMenu()
    cluster.pin(nth(cluster.nodes, 1))
    const third = await sitDown(browser, room, nth(room.members, 2), PHONE)
    await expect(acting.room.person(/^알렉스/)).toBeVisible()
    await acting.room.person(/^서연/).click()
    await expect(acting.page.getByRole('dialog', { name: '서연' })).toBeVisible()
    await expect(acting.page.getByRole('button', { name: '내보내기' })).toHaveCount(0)
    await acting.closeMenu()
    await acting.fromCard('알렉스', '내보내기')
    await acting.confirm('알렉스를 내보낼까요?', '내보내기')
    await expect(third.page.locator('.room')).toHaveCount(0)
    await expect(titled(third.page, '방에서 나왔어요')).toBeVisible()
    await third.leaveAll()
    await acting.room.leaveAll()
  } finally {
    await cluster.close()
  }
})

test('an expired room says so, to who is inside and to who comes later', async ({ browser }) => {
  const cluster = await startWith(1, 'ROOM_IDLE_EXPIRY_MS=6000')
  try {
    const room = await openRoomOf(cluster.url, ['서연'], GROUND)
    const inside = await sitDown(browser, room, nth(room.members, 0))
    await expect(titled(inside.page, '이 방은 기한이 지났어요')).toBeVisible({ timeout: 15_000 })
    await expect(inside.page.locator('.room')).toHaveCount(0)
    const late = await strangerAt(browser, `${cluster.url}/r/${room.code}`)
    await expect(titled(late, '이 방은 기한이 지났어요')).toBeVisible()
    await expect(late.getByRole('link', { name: '결과 보기' })).toHaveCount(0)
    await late.getByRole('link', { name: '새 방 열기' }).click()
    await expect(late).toHaveURL(`${cluster.url}/`)
    await late.context().close()
    await inside.leaveAll()
  } finally {
    await cluster.close()
  }
})
