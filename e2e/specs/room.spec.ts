import { randomUUID } from 'node:crypto'
import { expect, test, type Browser, type BrowserContext } from '@playwright/test'
import { Guest } from '../api.ts'
import { RoomPage } from '../pages/room.ts'

const MANGWON = { kind: 'view', lat: 37.556, lng: 126.906, zoom: 16 }
/** The host's close leaves ten seconds in which choices count. */
const CLOSING_MS = 15_000

interface Opened {
  host: Guest
  roomId: string
  path: string
}

/** A room opened over the wire; its link is what people get. */
async function openRoom(origin: string, nickname = '민수'): Promise<Opened> {
  const host = await new Guest(origin).signIn()
  const opened = await host.mutate<{ roomId: string; code: string }>('rooms.open', {
    locale: 'ko',
    zone: 'Asia/Seoul',
    nickname,
    portrait: 'minsu123',
    anchor: MANGWON,
  })
  return { host, roomId: opened.roomId, path: `/r/${opened.code}` }
}

async function putPin(guest: Guest, roomId: string, name: string, by: number): Promise<number> {
  const what = {
    kind: 'pin',
    name,
    lat: 37.556 + by / 1_000,
    lng: 126.906 + by / 1_500,
    category: 'korean',
  }
  const { number } = await guest.mutate<{ number: number }>('rooms.propose', {
    roomId,
    key: randomUUID(),
    what,
  })
  return number
}

/** A browser that is the person of `guest`. */
async function browserOf(browser: Browser, guest: Guest): Promise<BrowserContext> {
  const context = await browser.newContext()
  const cookies = guest.cookie.split('; ').map((pair) => ({
    name: pair.slice(0, pair.indexOf('=')),
    value: pair.slice(pair.indexOf('=') + 1),
    url: guest.origin,
  }))
  await context.addCookies(cookies)
  return context
}

test('join by link, put forward, vote, result: two people see the same', async ({
  browser,
  baseURL,
}) => {
  const { host, path } = await openRoom(baseURL ?? '')
  const mine = await browserOf(browser, host)
  const theirs = await browser.newContext()
  const [a, b] = [new RoomPage(await mine.newPage()), new RoomPage(await theirs.newPage())]
  await a.page.goto(path)
  await a.isInside()
  await b.join(path, '하린')
  await expect(a.person('하린')).toBeVisible()
  await a.dropPin('빈대떡마을')
  await b.dropPin('동일루')
  await expect(a.row(2)).toContainText('동일루')
  await expect(b.marker(1)).toBeVisible()
  await a.startVote({ minutes: 3 })
  await b.vote(1).click()
  await expect(b.vote(1)).toHaveAttribute('aria-pressed', 'true')
  await a.vote(1).click()
  await expect(a.page.getByRole('heading', { name: '2명 중 2명이 골랐어요' })).toBeVisible()
  await expect(a.row(1)).toContainText('선두')
  await expect(a.row(1).getByRole('img', { name: /하린/ })).toBeVisible()
  await a.closeVote()
  await expect(b.page.getByTestId('closing')).toBeVisible()
  await expect(a.page).toHaveURL(/\/d\/[0-9A-Za-z]{22}$/, { timeout: CLOSING_MS })
  await expect(b.page).toHaveURL(a.page.url(), { timeout: CLOSING_MS })
  await mine.close()
  await theirs.close()
})

test('a pass is seen by its owner alone, and a choice takes its place', async ({
  browser,
  baseURL,
}) => {
  const { host, roomId, path } = await openRoom(baseURL ?? '')
  await putPin(host, roomId, '고향집', 1)
  await putPin(host, roomId, '동일루', 2)
  const contexts = [await browser.newContext(), await browser.newContext()] as const
  const [a, b] = [
    new RoomPage(await contexts[0].newPage()),
    new RoomPage(await contexts[1].newPage()),
  ]
  await a.join(path, '서연')
  await b.join(path, '도윤')
  await host.mutate('votes.open', { roomId, lengthMs: 180_000 })
  await a.pass(1).click()
  await expect(a.row(1)).toContainText('나만 보여요')
  await b.vote(2).click()
  await expect(a.row(2).getByRole('img', { name: /도윤/ })).toBeVisible()
  await expect(b.row(1)).not.toContainText('나만 보여요')
  await expect(b.person('서연')).toHaveAccessibleName(/고르는 중/)
  await a.vote(1).click()
  await expect(a.row(1)).not.toContainText('나만 보여요')
  await expect(b.person('서연')).toHaveAccessibleName(/골랐어요/)
  for (const context of contexts) await context.close()
})

test('a tie goes to a run-off, a second tie to a draw that this browser computes again', async ({
  browser,
  baseURL,
}) => {
  const { host, roomId, path } = await openRoom(baseURL ?? '')
  await putPin(host, roomId, '빈대떡마을', 1)
  await putPin(host, roomId, '동일루', 2)
  const context = await browser.newContext()
  const a = new RoomPage(await context.newPage())
  await a.join(path, '서연')
  const act = (roundId: string, number: number): Promise<unknown> =>
    host.mutate('votes.act', { roundId, key: randomUUID(), act: { kind: 'choose', number } })
  const first = await host.mutate<{ id: string }>('votes.open', { roomId, lengthMs: 10_000 })
  await act(first.id, 1)
  await a.vote(2).click()
  await expect(a.page.getByRole('heading', { name: '동점이라 결선이에요' })).toBeVisible({
    timeout: CLOSING_MS,
  })
  const { round } = await host.query<{ round: { id: string } }>('votes.state', { roomId })
  await act(round.id, 1)
  await a.page.getByRole('button', { name: '2번 동일루 고르기' }).click()
  await expect(a.page.getByRole('button', { name: '2번 동일루 고르기' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await host.mutate('votes.close', { roundId: round.id })
  await expect(a.page.getByTestId('draw')).toBeVisible({ timeout: CLOSING_MS })
  await expect(a.page.getByTestId('proof')).toContainText('이 기기에서도 같은 결과가 나와요')
  await a.page.getByRole('button', { name: '결과 보기' }).click()
  await expect(a.page).toHaveURL(/\/d\/[0-9A-Za-z]{22}$/)
  await context.close()
})

test('refresh, a second tab and the network gone for a while keep what was chosen', async ({
  browser,
  baseURL,
}) => {
  const { host, roomId, path } = await openRoom(baseURL ?? '')
  await putPin(host, roomId, '빈대떡마을', 1)
  await putPin(host, roomId, '동일루', 2)
  await host.mutate('votes.open', { roomId, lengthMs: 180_000 })
  const context = await browser.newContext()
  const a = new RoomPage(await context.newPage())
  await a.join(path, '서연')
  await a.vote(1).click()
  await expect(a.page.getByRole('heading', { name: /1명이 골랐어요/ })).toBeVisible()
  await expect.poll(async () => ticked(host, roomId)).toEqual([2])
  await a.page.reload()
  await expect(a.vote(1)).toHaveAttribute('aria-pressed', 'true')
  const second = new RoomPage(await context.newPage())
  await second.page.goto(path)
  await expect(second.vote(1)).toHaveAttribute('aria-pressed', 'true')
  await context.setOffline(true)
  await a.vote(2).click()
  await expect(a.vote(2)).toHaveAttribute('data-waiting', '')
  await context.setOffline(false)
  await expect(a.vote(2)).not.toHaveAttribute('data-waiting', '', { timeout: 20_000 })
  await expect(second.vote(2)).toHaveAttribute('aria-pressed', 'true', { timeout: 20_000 })
  await context.close()
})

async function ticked(guest: Guest, roomId: string): Promise<number[]> {
  return (await guest.query<{ round: { ticked: number[] } }>('votes.state', { roomId })).round
    .ticked
}

test('doors: unknown, locked, removed', async ({ browser, baseURL }) => {
  const { host, roomId, path } = await openRoom(baseURL ?? '')
  const context = await browser.newContext()
  const a = new RoomPage(await context.newPage())
  await a.page.goto('/r/0000-0000-0000')
  await expect(a.page.getByRole('heading', { name: '그런 방을 찾지 못했어요' })).toBeVisible()
  await a.join(path, '서연')
  await host.mutate('rooms.changeRoom', { roomId, locked: true })
  const newcomer = await (await browser.newContext()).newPage()
  await newcomer.goto(path)
  await expect(newcomer.getByRole('heading', { name: '잠긴 방이에요' })).toBeVisible()
  await a.page.reload()
  await a.isInside()
  await host.mutate('rooms.removePerson', { roomId, seat: 2 })
  await expect(a.page.getByRole('heading', { name: '방에서 나왔어요' })).toBeVisible()
  await newcomer.context().close()
  await context.close()
})
