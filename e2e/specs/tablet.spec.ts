import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { BrowserContextOptions, Locator } from '@playwright/test'
import { DecisionPage } from '../pages/decision.ts'
import type { InsidePage } from '../pages/inside.ts'
import { JoinPage } from '../pages/join.ts'
import { expectApart, expectFits } from '../pages/layout.ts'
import { openRoomOf } from '../pages/presence.ts'
import { nth, PHONE, putForward, GROUND } from '../pages/seats.ts'

const TABLET: BrowserContextOptions = {
  viewport: { width: 820, height: 1180 },
  hasTouch: true,
  isMobile: true,
}

/** What always stands on the map. On the phone the list is a sheet that begins below the people and goes on under the dock. */
function chromeOf(inside: InsidePage, panelled: boolean): Record<string, Locator> {
  const { page } = inside
  const dock = page.getByRole('navigation', { name: '음성과 대화' })
  return panelled
    ? {
        panel: inside.panel,
        people: inside.people,
        voice: dock.locator('.voice'),
        chat: page.getByRole('button', { name: /^대화 열기/ }),
        zoom: page.locator('.room-zoom'),
      }
    : { top: page.locator('.room-top'), people: inside.people, dock }
}
/** The colours a face is drawn in. */
const coloursOf = (face: Locator): Promise<string> =>
  face.evaluate((element) => getComputedStyle(element).getPropertyValue('--c'))

for (const [name, device] of [
  ['a tablet', TABLET],
  ['a small phone', PHONE],
] as const)
  test(`${name}: join, put forward, vote, result; nothing lies over anything`, async ({
    browser,
    baseURL,
  }) => {
    const panelled = device === TABLET
    const room = await openRoomOf(baseURL ?? '', ['서연'], GROUND)
    const host = nth(room.members, 0)
    await putForward(host, room.roomId, ['빈대떡마을'])
    const context = await browser.newContext(device)
    const join = await new JoinPage(await context.newPage()).goto(room.code)
    await expectFits(join.page)
    const offered = await coloursOf(join.page.locator('main .pt').first())

    const inside = await join.enter('하린')
    const mine = inside.person('나').locator('.pt')
    expect(await coloursOf(mine), 'the face that was offered is the face that came in').toBe(
      offered,
    )
    await inside.putPin('동일루')
    await inside.expectCandidates('빈대떡마을', '동일루')
    await expectFits(inside.page)
    await expectApart(inside.page, chromeOf(inside, panelled))
    await inside.page.getByRole('button', { name: '초대하기', exact: true }).click()
    await expect(inside.page.getByRole('dialog')).toBeVisible()
    await inside.page.goBack()
    await expect(inside.page.getByRole('dialog')).toHaveCount(0)
    await expect(inside.panel).toBeVisible()
    if (panelled) {
      await inside.map.click({ position: { x: 560, y: 950 } })
      const card = inside.page.getByRole('article', { name: '이 자리' })
      await expectApart(inside.page, { card, zoom: inside.page.locator('.room-zoom') })
      await card.getByRole('button', { name: '닫기' }).click()
    }

    const { id } = await host.mutate<{ id: string }>('votes.open', {
      roomId: room.roomId,
      lengthMs: 60_000,
    })
    const act = { kind: 'choose', number: 2 }
    await host.mutate('votes.act', { roundId: id, key: randomUUID(), act })
    await expect(inside.panel.getByText('나를 기다리고 있어요')).toBeVisible()
    await inside.choose(2, '동일루')
    await inside.expectCount(2, 2)
    await expectFits(inside.page)
    await expectApart(inside.page, chromeOf(inside, panelled))

    await inside.page.getByRole('button', { name: /^대화 열기/ }).click()
    const chat = inside.page.getByRole('region', { name: '대화' })
    if (panelled) await expectApart(inside.page, { chat, zoom: inside.page.locator('.room-zoom') })
    await host.mutate('votes.close', { roundId: id })
    // The last seconds are seen in the chat too, where it lies over the list.
    await expect((panelled ? inside.panel : chat).getByTestId('closing')).toBeVisible()
    if (panelled) await inside.page.keyboard.press('Escape')
    else await inside.page.goBack()
    await expect(chat).toHaveCount(0)
    const result = new DecisionPage(inside.page)
    await result.untilShown('동일루')
    await expectFits(inside.page)
    const dock = inside.page.getByRole('navigation', { name: '길찾기' })
    const parts: Record<string, Locator> = panelled
      ? { side: inside.page.getByRole('main'), dock }
      : { dock }
    await expectApart(inside.page, parts)
    await context.close()
  })
