import { expect, test } from '@playwright/test'
import { Guest } from '../api.ts'
import type { RoomSnapshot } from '#shared/rooms.ts'
import { HomePage } from '../pages/home.ts'
import { JoinPage } from '../pages/join.ts'
import { openRoomOf, PresenceTab } from '../pages/presence.ts'
import { InsidePage } from '../pages/inside.ts'
import { contextOf, nth, PHONE, roomOfTwo, GROUND, sitDown } from '../pages/seats.ts'

const NAMES = ['동일루', '빈대떡마을']

test('home opens a room in one tap; a link brings a friend in by a suggested name', async ({
  browser,
  page,
}) => {
  await page.goto('/')
  const cookies = await page.context().cookies()
  expect(cookies, 'looking makes no guest').toEqual([])
  await page.getByRole('button', { name: '방 열기' }).click()
  const mine = new InsidePage(page)
  await mine.untilInside()
  await expect(page).toHaveURL(/\/r\/[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}$/)

  await page.getByRole('button', { name: '초대하기' }).first().click()
  // Opening took one tap; before friends see the name it is asked for, once.
  const naming = page.getByRole('dialog', { name: '뭐라고 불러 드릴까요?' })
  await expect(naming).toBeVisible()
  // Who turns away from it isn't led on.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: '친구 초대하기' }).click()
  await naming.getByRole('textbox', { name: '이름' }).fill('서연')
  await naming.getByRole('button', { name: '이 이름으로 초대하기' }).click()
  const invite = page.getByRole('dialog', { name: '친구 초대하기' })
  await expect(invite.getByRole('img', { name: /QR 코드/ })).toBeVisible()
  await invite.getByRole('button', { name: '링크 복사' }).click()
  await expect(mine.note).toContainText('링크를 복사했어요')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())

  const phone = await browser.newContext(PHONE)
  const join = new JoinPage(await phone.newPage())
  await join.page.goto(link)
  await expect(join.page.getByText('서연이 초대했어요')).toBeVisible()
  await expect(join.name).not.toHaveValue('')
  const suggested = await join.name.inputValue()
  await join.page.getByRole('button', { name: '다른 이름' }).click()
  await expect(join.name).not.toHaveValue(suggested)
  const face = join.page.locator('main svg').first()
  const before = await face.innerHTML()
  await join.page.getByRole('button', { name: '다른 얼굴' }).click()
  await expect.poll(() => face.innerHTML()).not.toBe(before)
  const name = await join.name.inputValue()
  expect(await phone.cookies(), 'nor does looking at a link').toEqual([])
  const theirs = await join.enter()
  await expect(theirs.person('나')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(mine.person(name)).toBeVisible()
  const [session] = await phone.cookies()
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  await phone.close()
})

test('before entering: who invited, how many, which places; nobody is named, nobody is watched', async ({
  browser,
  baseURL,
}) => {
  const room = await roomOfTwo(baseURL, NAMES)
  const seoyeon = await sitDown(browser, room, room.host)
  await seoyeon.page.mouse.move(800, 400)
  await seoyeon.page.mouse.move(820, 420)

  const visitor = await browser.newContext()
  const join = new JoinPage(await visitor.newPage())
  const sockets: string[] = []
  join.page.on('websocket', (socket) => sockets.push(socket.url()))
  await join.goto(room.code)
  await expect(join.page.getByText('서연이 초대했어요')).toBeVisible()
  await expect(join.page.getByText(/명이 보고 있어요 · 후보 2곳/)).toBeVisible()
  for (const name of NAMES) await expect(join.dish(name)).toBeVisible()
  await expect(join.page.getByText('하린')).toHaveCount(0)
  await expect(join.page.locator('.bm-cursor, .bm-frame')).toHaveCount(0)
  expect(sockets.filter((url) => url.includes('/presence'))).toEqual([])

  // An equal name gets a number, so that two are told apart.
  const theirs = await join.enter('하린')
  await expect(seoyeon.person(/^하린 ?2/)).toBeVisible()
  await theirs.expectCandidates(...NAMES)
  await visitor.close()
  await seoyeon.leaveAll()
})

test('who comes late sees all: places, votes, messages, people, in the middle of a round', async ({
  browser,
  baseURL,
}) => {
  const room = await roomOfTwo(baseURL, NAMES)
  const { host, guest } = room
  const { id } = await host.mutate<{ id: string }>('votes.open', {
    roomId: room.roomId,
    lengthMs: 180_000,
  })
  for (const voter of [host, guest])
    await voter.mutate('votes.act', {
      roundId: id,
      key: crypto.randomUUID(),
      act: { kind: 'choose', number: 1 },
    })
  const { channelId } = await host.query<{ channelId: string }>('rooms.snapshot', {
    roomId: room.roomId,
  })
  await host.mutate('chat.send', { channelId, clientId: crypto.randomUUID(), body: '#1 어때요?' })

  const there = await new PresenceTab(host, room.roomId).open()

  const late = new JoinPage(await (await browser.newContext(PHONE)).newPage())
  const theirs = await (await late.goto(room.code)).enter('지각생')
  await expect(theirs.note).toContainText('후보가 2곳 나왔어요')
  await theirs.expectCount(2, 3)
  await expect(theirs.dish(1, '동일루')).toHaveAccessibleName('1번 동일루, 2명이 골랐어요, 선두')
  await expect(
    theirs.row('동일루').getByRole('img', { name: '서연, 하린이 골랐어요' }),
  ).toBeVisible()
  await expect(theirs.person(/서연, 골랐어요/)).toBeVisible()
  await theirs.page.getByRole('button', { name: /^대화 열기/ }).click()
  await expect(theirs.page.getByRole('log')).toContainText('어때요?')
  there.close()
  await theirs.leaveAll()
})

test('a link that leads nowhere says why', async ({ browser, baseURL }) => {
  const origin = baseURL ?? ''
  const room = await openRoomOf(origin, ['서연', '하린', '알렉스'], GROUND)
  const host = nth(room.members, 0)
  const context = await browser.newContext()
  const page = await context.newPage()

  await page.goto('/r/aaaa-aaaa-aaaa')
  await expect(page.getByRole('heading', { name: '그런 방을 찾지 못했어요' })).toBeVisible()
  await page.evaluate((link) => navigator.clipboard.writeText(link), `${origin}/r/${room.code}`)
  await page.getByRole('button', { name: '링크 붙여넣기' }).click()
  await expect(new JoinPage(page).name).toBeVisible()

  await host.mutate('rooms.changeRoom', { roomId: room.roomId, locked: true })
  await page.reload()
  await expect(page.getByRole('heading', { name: '잠긴 방이에요' })).toBeVisible()
  await expect(page.getByText('서연')).toHaveCount(0)
  // Whoever was here returns all the same.
  const member = await sitDown(browser, room, nth(room.members, 1))
  await host.mutate('rooms.changeRoom', { roomId: room.roomId, locked: false })
  await page.getByRole('button', { name: '다시 해 보기' }).click()
  await expect(new JoinPage(page).name).toBeVisible()

  await host.mutate('rooms.removePerson', { roomId: room.roomId, seat: 2 })
  await expect(member.page.getByRole('heading', { name: '방에서 나왔어요' })).toBeVisible()
  await member.page.reload()
  await expect(member.page.getByRole('heading', { name: '방에서 나왔어요' })).toBeVisible()
  await member.leaveAll()

  await host.mutate('rooms.close', { roomId: room.roomId })
  await page.reload()
  await expect(page.getByRole('heading', { name: '닫힌 방이에요' })).toBeVisible()
  await context.close()
})

test('a full room lets the next one in by itself', async ({ browser, baseURL }) => {
  const names = Array.from({ length: 20 }, (_, seat) => `친구 ${seat + 1}`)
  const room = await openRoomOf(baseURL ?? '', names, GROUND)
  const context = await contextOf(browser, await new Guest(baseURL ?? '').signIn())
  const page = await context.newPage()
  await page.goto(`/r/${room.code}`)
  await expect(page.getByRole('heading', { name: '자리가 꽉 찼어요' })).toBeVisible()
  await expect(page.getByText('20명이 함께 보고 있어요')).toBeVisible()
  await nth(room.members, 7).mutate('rooms.leave', { roomId: room.roomId })
  await expect(new JoinPage(page).name).toBeVisible({ timeout: 8_000 })
  await context.close()
})

test('a refresh and a second tab are the same seat, with the same votes', async ({
  browser,
  baseURL,
}) => {
  const room = await roomOfTwo(baseURL, NAMES)
  const { host, guest } = room
  await host.mutate('votes.open', { roomId: room.roomId, lengthMs: 180_000 })
  const other = await sitDown(browser, room, host)
  const first = await sitDown(browser, room, guest)
  await first.choose(2, '빈대떡마을')
  await first.passOn(1, '동일루').click()
  await expect(first.passOn(1, '동일루')).toHaveAttribute('aria-pressed', 'true')
  await other.expectCount(1, 2)

  const second = new InsidePage(await first.context.newPage())
  await second.goto(guest.origin, room.code)
  await first.page.reload()
  await first.untilInside()
  for (const tab of [first, second]) {
    await expect(tab.plate(2, '빈대떡마을')).toHaveAttribute('aria-pressed', 'true')
    await expect(tab.passOn(1, '동일루')).toHaveAttribute('aria-pressed', 'true')
  }
  // What one tab takes back, the other tab shows; nobody counts twice.
  await second.plate(2, '빈대떡마을').click()
  await expect(first.plate(2, '빈대떡마을')).toHaveAttribute('aria-pressed', 'false')
  await other.expectCount(0, 2)
  await expect(other.people.getByRole('button')).toHaveCount(2)
  await first.leaveAll()
  await other.leaveAll()
})

test('another browser goes on as the same person by a link that works once', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연'], GROUND)
  const { url } = await nth(room.members, 0).mutate<{ url: string }>('auth.startHandoff', {
    roomCode: room.code,
  })
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: '여기서 이어 하기' }).click()
  const here = new InsidePage(page)
  await here.untilInside()
  await expect(here.people.getByRole('button')).toHaveCount(1)
  const late = await (await browser.newContext()).newPage()
  await late.goto(url)
  await late.getByRole('button', { name: '여기서 이어 하기' }).click()
  await expect(late.getByText(/이미 쓴 링크/)).toBeVisible()
  await context.close()
  await late.context().close()
})

test('at home a room can be hidden or left, either is taken back, and a lost network is said', async ({
  browser,
  baseURL,
}) => {
  const room = await roomOfTwo(baseURL, NAMES)
  const { host, guest } = room
  const context = await contextOf(browser, guest)
  const home = new HomePage(await context.newPage())
  await home.goto(guest.origin)
  await expect(home.rooms).toHaveText([/후보 2곳/])
  for (const [act, said] of [
    ['목록에서 숨기기', '목록에서 숨겼어요'],
    ['방 나가기', '방에서 나왔어요'],
  ] as const) {
    await home.fromMenu(act)
    await expect(home.rooms).toHaveCount(0)
    await expect(home.note).toContainText(said)
    await home.note.getByRole('button', { name: '되돌리기' }).click()
    await expect(home.rooms).toHaveText([/후보 2곳/])
  }
  // Without network the list says from when it is, and goes on by itself.
  await context.setOffline(true)
  await expect(home.page.getByText('연결이 끊겼어요')).toBeVisible()
  await expect(home.rooms).toHaveText([/후보 2곳/])
  await context.setOffline(false)
  await expect(home.page.getByText('연결이 끊겼어요')).toHaveCount(0)
  await host.mutate('rooms.changeRoom', { roomId: room.roomId, name: '점심 팀' })
  await expect(home.rooms).toHaveText([/점심 팀/])
  const { mySeat, leftSeats } = await guest.query<RoomSnapshot>('rooms.snapshot', {
    roomId: room.roomId,
  })
  expect([mySeat, leftSeats], 'the same seat as before').toEqual([2, []])
  await context.close()
})
