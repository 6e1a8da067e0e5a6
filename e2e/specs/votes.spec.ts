import { createHash, createHmac } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { DecisionPage } from '../pages/decision.ts'
import { openRoomOf } from '../pages/presence.ts'
import type { RoomOfGuests } from '../pages/presence.ts'
import { InsidePage } from '../pages/inside.ts'
import { contextOf, DESK, nth, PHONE, putForward, GROUND, sitDown } from '../pages/seats.ts'

const PLACES = ['동일루', '빈대떡마을', '김씨네']
const PEOPLE = ['서연', '하린', '알렉스']

/** A room with three places and so many people at it: the host at a desk unless said otherwise, the others on phones with the list raised. */
async function gather(
  browser: Browser,
  origin: string,
  count: number,
  hosts = DESK,
): Promise<{ room: RoomOfGuests; pages: InsidePage[] }> {
  const room = await openRoomOf(origin, PEOPLE.slice(0, count), GROUND)
  await putForward(nth(room.members, 0), room.roomId, PLACES)
  const pages = await Promise.all(
    room.members.map((guest, seat) => sitDown(browser, room, guest, seat === 0 ? hosts : PHONE)),
  )
  for (const page of pages.slice(1)) await page.raiseSheet()
  return { room, pages }
}
const leave = (pages: readonly InsidePage[]): Promise<void[]> =>
  Promise.all(pages.map((page) => page.leaveAll()))

test('a vote: names at once, a pass that nobody sees, the host closes, takes back and closes', async ({
  browser,
  baseURL,
}) => {
  const { room, pages } = await gather(browser, baseURL ?? '', 3)
  const [host, harin, alex] = [nth(pages, 0), nth(pages, 1), nth(pages, 2)]
  await host.startVote()
  for (const page of pages) await page.expectCount(0, 3)

  await host.choose(1, '동일루')
  await harin.choose(1, '동일루')
  // A pass is no tick, and a choice takes its place.
  await alex.passOn(2, '빈대떡마을').click()
  await expect(alex.row('빈대떡마을')).toContainText('나만 보여요')
  await host.expectCount(2, 3)
  await alex.choose(2, '빈대떡마을')
  await expect(alex.row('빈대떡마을')).not.toContainText('나만 보여요')
  for (const page of pages) {
    await page.expectCount(3, 3)
    const told = page === host ? '나, 하린이' : page === harin ? '나, 서연이' : '서연, 하린이'
    await expect(
      page.row('동일루').getByRole('img', { name: `${told} 골랐어요`, exact: true }),
    ).toBeVisible()
    await expect(page.dish(1, '동일루')).toHaveAccessibleName(/2명이 골랐어요, 선두/)
  }
  // Two for it and one pass on it: the place without a pass wins, and nobody sees whose pass it was.
  const list = host.panel.getByRole('list', { name: '후보' })
  const before = await list.ariaSnapshot()
  await alex.passOn(1, '동일루').click()
  await expect(alex.row('동일루')).toContainText('나만 보여요')
  await harin.choose(3, '김씨네')
  await expect(host.dish(3, '김씨네')).toHaveAccessibleName(/1명이 골랐어요/)
  await harin.plate(3, '김씨네').click()
  await expect(host.dish(3, '김씨네')).toHaveAccessibleName(/0명이 골랐어요/)
  expect(await list.ariaSnapshot()).toBe(before)
  await expect(host.passOn(1, '동일루')).toHaveCount(0)

  const rows = () => Promise.all([host, harin].map((page) => page.row('동일루').boundingBox()))
  const stood = await rows()
  await host.close()
  for (const page of pages) await expect(page.closing).toContainText(/초 뒤에 끝나요/)
  expect(await rows(), 'no row moves under a finger').toEqual(stood)
  await expect(harin.closing.getByRole('button')).toHaveCount(0)
  await host.closing.getByRole('button', { name: '끝내기 취소' }).click()
  for (const page of pages) await expect(page.closing).toHaveCount(0)
  await host.close()
  await expect(harin.closing).toBeVisible()

  const decided = pages.map(({ page }) => new DecisionPage(page))
  const addresses = await Promise.all(decided.map((page) => page.untilShown('빈대떡마을')))
  expect(new Set(addresses).size, 'one page for all').toBe(1)
  const shown = nth(decided, 1).page
  await expect(shown.getByText('누군가에게 어려운 곳이었어요')).toBeVisible()
  // Who looks at the result is still present to who goes back to the room.
  await alex.goto(baseURL ?? '', room.code)
  for (const name of ['서연', '하린'])
    await expect(alex.person(new RegExp(`^${name}$`))).toBeVisible()
  await leave(pages)
})

test('a hidden tally shows ticks alone until the close, also on the wire', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', PEOPLE.slice(0, 2), GROUND)
  await putForward(nth(room.members, 0), room.roomId, PLACES)
  const host = await sitDown(browser, room, nth(room.members, 0))
  const told: string[] = []
  const phone = await contextOf(browser, nth(room.members, 1), PHONE)
  const harin = new InsidePage(await phone.newPage())
  harin.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') told.push(payload)
    }),
  )
  await harin.goto(baseURL ?? '', room.code)
  await harin.raiseSheet()
  await host.startVote({ hidden: true })
  await expect(harin.panel.getByText('결과는 끝나면 함께 열어요')).toBeVisible()
  await expect(harin.panel.getByText('끝나면 누가 골랐는지 보여요')).toBeVisible()
  await host.choose(1, '동일루')
  await harin.expectCount(1, 2)
  await expect(harin.person(/서연, 골랐어요/)).toBeVisible()
  await expect(harin.dish(1, '동일루')).toHaveAccessibleName('1번 동일루')
  await expect(harin.row('동일루').getByRole('img')).toHaveCount(0)
  const rounds = told.filter((text) => text.includes('"type":"round"'))
  expect(rounds.length).toBeGreaterThan(0)
  for (const text of rounds) expect(text).toContain('"chosen":null')
  await harin.choose(1, '동일루')
  await host.close()
  await new DecisionPage(harin.page).untilShown('동일루')
  await expect(
    harin.page.getByRole('img', { name: '나, 서연이 골랐어요', exact: true }),
  ).toBeVisible()
  await leave([host, harin])
})

test('tie, run-off, tie again, draw: the proof holds on a stranger’s device', async ({
  browser,
  baseURL,
}) => {
  const { room, pages } = await gather(browser, baseURL ?? '', 2, PHONE)
  const [host, harin] = [nth(pages, 0), nth(pages, 1)]
  const { round: none } = await nth(room.members, 0).query<{ round: unknown }>('votes.state', {
    roomId: room.roomId,
  })
  expect(none).toBeNull()
  await host.startVote()
  const { round } = await nth(room.members, 0).query<{ round: { id: string; seedHash: string } }>(
    'votes.state',
    { roomId: room.roomId },
  )
  await host.choose(1, '동일루')
  await harin.choose(2, '빈대떡마을')
  await host.raiseSheet()
  await host.close()
  await host.lowerSheet()

  for (const page of pages)
    await expect(page.headline).toHaveText('동점이라 결선이에요', { timeout: 15_000 })
  const plates = harin.panel.getByRole('group', { name: '이번에는 하나만 골라요' })
  await expect(plates.getByRole('heading')).toHaveText(['동일루', '빈대떡마을'])
  await expect(harin.panel.getByRole('button', { name: /패스/ })).toHaveCount(0)
  // All of it above the dock; the map shows the tied, the others step back; a raised list keeps the clock.
  await host.expectClear(host.panel.getByRole('button', { name: '투표 끝내기' }), host.dock)
  for (const [number, name] of [
    [1, '동일루'],
    [2, '빈대떡마을'],
  ] as const)
    await host.expectClear(host.dish(number, name).locator('.dish'), host.panel)
  await expect(host.dish(3, '김씨네').locator('.dish')).toHaveCount(0)
  await expect(harin.panel.getByRole('timer')).toBeVisible()
  // What a draw would come of is sealed, and to be seen by all before it happens.
  const seal = harin.page.getByTestId('seal')
  await seal.getByText('또 동점이면 추첨이에요.').click()
  await expect(seal).toContainText(round.seedHash)
  await expect(seal).toContainText(round.id)
  await seal.getByText('또 동점이면 추첨이에요.').click()
  // One choice each: the second takes the first one back.
  await harin.context.setOffline(true)
  await harin.choose(1, '동일루')
  await expect(plates).toContainText('다시 연결되면 보내요')
  await harin.context.setOffline(false)
  await expect(plates).not.toContainText('다시 연결되면 보내요')
  await harin.choose(2, '빈대떡마을')
  await expect(harin.plate(1, '동일루')).toHaveAttribute('aria-pressed', 'false')
  await host.choose(1, '동일루')
  await host.close()

  const draw = harin.page.getByTestId('draw')
  await expect(draw.getByRole('heading', { name: /^추첨으로 .+ 뽑혔어요$/ })).toBeVisible({
    timeout: 25_000,
  })
  await draw.getByText('추첨 확인').click()
  await expect(draw.getByText('이 기기에서 확인해도 결과가 같아요')).toBeVisible()
  await draw.getByRole('button', { name: '결과 보기' }).click()
  const title = /^(동일루|빈대떡마을)(로|으로) 가요$/
  const address = await new DecisionPage(harin.page).untilShown('(동일루|빈대떡마을)')

  const stranger = await browser.newContext()
  const visit = new DecisionPage(await stranger.newPage())
  await visit.page.goto(address)
  await expect(visit.title).toHaveText(title)
  await expect(visit.page.getByText(/서연|하린/)).toHaveCount(0)
  await visit.proof.getByText('추첨 확인').click()
  await expect(visit.proof.getByText('이 기기에서 확인해도 결과가 같아요')).toBeVisible()
  await expect(visit.proof).toContainText(`HMAC-SHA-256(seed, "${round.id}:1,2") mod 2`)
  await visit.proof.getByRole('button', { name: '확인 내용 복사' }).click()
  const sum = await visit.page.evaluate(() => navigator.clipboard.readText())
  const [, hash] = /SHA-256\(seed\) = (\w{64})/.exec(sum) ?? []
  const [, seed] = /^seed = (\w{64})$/m.exec(sum) ?? []
  const [, message] = /^message = (.+)$/m.exec(sum) ?? []
  const [, picked] = /→ (\d+)$/.exec(sum) ?? []
  // The same sum by another program, and the very hash that stood there before anybody chose.
  expect(hash).toBe(round.seedHash)
  expect(message).toBe(`${round.id}:1,2`)
  expect(
    createHash('sha256')
      .update(Buffer.from(seed ?? '', 'hex'))
      .digest('hex'),
  ).toBe(hash)
  const mac = createHmac('sha256', Buffer.from(seed ?? '', 'hex'))
    .update(message ?? '')
    .digest('hex')
  expect(Number(picked)).toBe([1, 2][Number(BigInt(`0x${mac}`) % 2n)])
  await expect(visit.title).toHaveText(new RegExp(`^${PLACES[Number(picked) - 1]}`))
  await stranger.close()
  // Who comes back to the room sees the answer first.
  await host.goto(baseURL ?? '', room.code)
  await expect(host.panel.getByRole('link', { name: /정했어요/ })).toHaveAttribute(
    'href',
    new URL(address).pathname,
  )
  await leave(pages)
})

test('by quorum: ten seconds after all have a tick; a change starts them anew, "wait" holds them', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(150_000)
  const { pages } = await gather(browser, baseURL ?? '', 2)
  const [host, harin] = [nth(pages, 0), nth(pages, 1)]
  const openedAt = Date.now()
  await host.startVote({ quorum: true })
  await host.choose(1, '동일루')
  await harin.panel.getByRole('button', { name: '아무거나 좋아요' }).click()
  await host.expectCount(2, 2)
  await expect(harin.closing).toBeVisible({ timeout: 40_000 })
  expect(Date.now() - openedAt, 'never in the first 30 s').toBeGreaterThan(29_000)
  await harin.closing.getByRole('button', { name: '조금 더 고를게요' }).click()
  for (const page of pages) await expect(page.closing).toHaveCount(0)
  // Held: a change alone doesn't end it.
  await host.choose(2, '빈대떡마을')
  await expect(host.dish(2, '빈대떡마을')).toHaveAccessibleName(/1명이 골랐어요/)
  await host.page.waitForTimeout(1_500)
  await expect(host.closing).toHaveCount(0)
  await leave(pages)
})
