import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { RoomSnapshot } from '#shared/rooms.ts'
import { importPlaces } from '../pages/places.ts'
import { openRoomOf } from '../pages/presence.ts'
import { contextOf, nth, PHONE, putForward, sitDown } from '../pages/seats.ts'

/** A spot of its own, so that other tests' maps stay as they are. */
const HERE = { lat: 37.2636, lng: 127.0286, zoom: 16 }
/** Where no place is known: the ground is bare. */
const ASIDE = { lat: 37.3, lng: 127.2, zoom: 16 }
const CSV = `id,name,lat,lon,category,address
1,행궁칼국수,37.26362,127.02864,noodles,경기 수원시 팔달구 행궁로 1
2,수원갈비집,37.2645,127.0296,korean,경기 수원시 팔달구 행궁로 2
3,이름만 있는 곳,,,korean,
4,바다 건너,137.2,227.1,korean,
`

test.beforeAll(async () => {
  const said = await importPlaces('e2e-suwon', CSV)
  expect(said).toMatch(/rejected 2\n.*no coordinates/)
  expect(await importPlaces('e2e-suwon', CSV), 'safe to repeat').toMatch(
    /added 0, updated 0, unchanged 2/,
  )
})

test('put forward by search, from the map and by a pin; taken back with undo', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], HERE)
  const a = await sitDown(browser, room, nth(room.members, 0))
  const b = await sitDown(browser, room, nth(room.members, 1), PHONE)
  // By half a word, as it is being typed; what isn't there is said.
  const search = await a.openSearch()
  await search.getByRole('combobox').fill('없는집이름')
  await expect(search.getByText('맞는 곳이 없어요')).toBeVisible()
  await search.getByRole('combobox').fill('행궁칼')
  const hit = search.getByRole('option', { name: /행궁칼국수/ })
  await expect(hit.getByText('행궁칼', { exact: true })).toBeVisible()
  await hit.getByText('올리기').click()
  await expect(a.note).toContainText('1번 행궁칼국수를 올렸어요')
  for (const page of [a, b]) {
    await page.expectCandidates('행궁칼국수')
    await expect(page.dish(1, '행궁칼국수').locator('.place-name')).toBeVisible()
  }
  const again = await b.openSearch()
  const asked = again.getByRole('combobox')
  await expect(asked, 'the phone’s keyboard comes with the sheet').toBeFocused()
  await asked.fill('행궁칼국수')
  await expect(again.getByText('올렸어요')).toBeVisible()
  // A look at where it is before it is put forward; the way back leads to what was found.
  await asked.fill('수원갈비')
  await again.getByRole('option', { name: /수원갈비집/ }).click({ position: { x: 90, y: 30 } })
  await expect(again).toBeHidden()
  const seen = b.page.getByRole('article', { name: '고른 장소' })
  await expect(seen).toContainText('경기 수원시 팔달구 행궁로 2')
  await expect(seen.getByRole('button', { name: '올리기' })).toBeVisible()
  await b.openSearch()
  await expect(asked).toHaveValue('수원갈비')
  await expect(again.getByRole('option', { name: /수원갈비집/ })).toBeVisible()
  await b.page.keyboard.press('Escape')
  await b.page.keyboard.press('Escape')
  await expect(again).toBeHidden()
  await seen.getByRole('button', { name: '닫기' }).click()

  // A known place is a dot on the map; what is a candidate already has no dot.
  const dot = a.map.getByTitle('수원갈비집 보기')
  await expect(dot).toBeVisible()
  await expect(a.map.getByTitle('행궁칼국수 보기')).toHaveCount(0)
  // Pointing at a result finds it on the map.
  await search.getByRole('combobox').fill('수원갈비')
  await search.getByRole('option', { name: /수원갈비집/ }).hover()
  await expect(a.map.locator('.poi[data-pointed]')).toHaveText('수원갈비집')
  await search.getByRole('combobox').fill('')
  await expect(a.map.locator('.poi[data-pointed]')).toHaveCount(0)
  await dot.click()
  const card = a.page.getByRole('article', { name: '고른 장소' })
  await card.getByRole('button', { name: '올리기' }).click()
  await b.expectCandidates('행궁칼국수', '수원갈비집')

  // A pin with a name, and the flag of an own ping.
  await b.putPin('골목 안 그 집')
  await a.expectCandidates('행궁칼국수', '수원갈비집', '골목 안 그 집')
  await a.page.mouse.click(1_000, 300, { button: 'right' })
  await a.page.getByRole('button', { name: '여기 올리기' }).click()
  const sheet = a.page.getByRole('dialog', { name: '장소 올리기' })
  await sheet.getByRole('textbox', { name: '이 곳의 이름' }).fill('콕 찍은 집')
  await sheet.getByRole('button', { name: '올리기', exact: true }).click()
  await b.expectCandidates('행궁칼국수', '수원갈비집', '골목 안 그 집', '콕 찍은 집')

  // A toast with its undo hides neither the map's source nor what one works with.
  await a.fromMenuOf('수원갈비집', '수원갈비집 빼기')
  await a.expectClear(a.note.locator('.toast'), a.map.getByText('© OpenStreetMap contributors'))
  await a.expectClear(a.note.locator('.toast'), a.dock)
  await b.expectCandidates('행궁칼국수', '골목 안 그 집', '콕 찍은 집')
  await a.note.getByRole('button', { name: '되돌리기' }).click()
  await b.expectCandidates('행궁칼국수', '수원갈비집', '골목 안 그 집', '콕 찍은 집')
  // The number stays its own: the next one is five, whatever was taken back.
  await a.fromMenuOf('콕 찍은 집', '콕 찍은 집 빼기')
  await b.putPin('다섯째')
  await expect(a.dish(5, '다섯째')).toHaveCount(1)
  // Later than its toast it comes back from the end of the list, as the number it was; for who took it off alone.
  await expect(b.panel.getByRole('button', { name: '콕 찍은 집 다시 올리기' })).toHaveCount(0)
  await a.panel.getByRole('button', { name: '콕 찍은 집 다시 올리기' }).click()
  await expect(b.dish(4, '콕 찍은 집')).toHaveCount(1)
  // Who neither proposed it nor hosts has no way to take it back.
  await b.raiseSheet()
  await b
    .row('행궁칼국수')
    .getByRole('button', { name: /더 보기$/ })
    .click()
  await expect(b.page.getByRole('menuitem', { name: '링크나 메모 붙이기' })).toBeVisible()
  await expect(b.page.getByRole('menuitem', { name: /빼기$/ })).toHaveCount(0)
  await a.leaveAll()
  await b.leaveAll()
})

test('a text shared out of a map app is looked for by its name; without a match its person points at the spot', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연'], HERE)
  const host = nth(room.members, 0)
  const page = await sitDown(browser, room, host)
  const paste = async (text: string): Promise<void> => {
    const field = (await page.openSearch()).getByRole('combobox')
    await page.page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await field.press('ControlOrMeta+v')
  }
  await paste('[네이버 지도]\n행궁칼국수\n경기 수원시 팔달구 행궁로 1\nhttps://naver.me/5xAbCdEf')
  const search = await page.openSearch()
  await search
    .getByRole('option', { name: /행궁칼국수/ })
    .getByText('올리기')
    .click()
  await page.expectCandidates('행궁칼국수')

  await paste('[카카오맵] 새로 연 집\n경기 수원시 팔달구 정조로 1\nhttps://kko.to/abc')
  await expect(search.getByText('맞는 곳이 없어요')).toBeVisible()
  await search.getByRole('button', { name: '지도에서 위치 짚기' }).click()
  await expect(page.page.getByText('지도에서 새로 연 집이 있는 곳을 눌러 주세요')).toBeVisible()
  await page.expectCandidates('행궁칼국수')
  await page.page.mouse.click(1_000, 300)
  const spot = page.page.getByRole('article', { name: '이 자리' })
  await spot.getByRole('button', { name: '올리기' }).click()
  const sheet = page.page.getByRole('dialog', { name: '장소 올리기' })
  await expect(sheet.getByRole('textbox', { name: '이 곳의 이름' })).toHaveValue('새로 연 집')
  await sheet.getByRole('button', { name: '올리기', exact: true }).click()
  await page.expectCandidates('행궁칼국수', '새로 연 집')
  await expect(search.getByRole('combobox')).toHaveValue('')
  const { candidates } = await host.query<RoomSnapshot>('rooms.snapshot', { roomId: room.roomId })
  const [found, pinned] = [nth(candidates, 0), nth(candidates, 1)]
  expect([found.placeId === null, found.link]).toEqual([false, 'https://naver.me/5xAbCdEf'])
  expect([pinned.placeId, pinned.link]).toEqual([null, 'https://kko.to/abc'])
  expect(pinned.lng, 'where it was tapped, right of the middle').toBeGreaterThan(HERE.lng + 1e-4)
  await page.leaveAll()
})

test('a tap on the map, or Enter on it, offers that spot', async ({ browser, baseURL }) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], ASIDE)
  const a = await sitDown(browser, room, nth(room.members, 0))
  const b = await sitDown(browser, room, nth(room.members, 1), PHONE)
  await expect(b.panel.getByText('지도를 누르거나 이름으로 찾아')).toBeVisible()
  await b.putSpot(180, 250, '누른 집')
  await a.expectCandidates('누른 집')
  await a.putSpot(1_000, 300, '클릭한 집')
  await a.map.focus()
  await a.page.keyboard.press('Enter')
  await expect(
    a.page.getByRole('article', { name: '이 자리' }).getByRole('button', { name: '올리기' }),
  ).toBeFocused()
  await a.nameSpot('글쇠로 올린 집')
  await b.expectCandidates('누른 집', '클릭한 집', '글쇠로 올린 집')
  // With a card open a tap only closes it, and one on a dish is none on the ground.
  await a.page.mouse.click(1_100, 250)
  const card = a.page.getByRole('article', { name: '이 자리' })
  await expect(card).toBeVisible()
  await a.page.mouse.click(900, 250)
  await expect(card).toHaveCount(0)
  // The raised list has each control once.
  await b.raiseSheet()
  await expect(b.panel.getByRole('button', { name: '이름, 메뉴, 주소로 찾기' })).toHaveCount(1)
  await b.fromMenuOf('누른 집', '누른 집 빼기')
  await b.expectClear(b.note.locator('.toast'), b.panel)
  await b.note.getByRole('button', { name: '되돌리기' }).click()
  await a.expectCandidates('누른 집', '클릭한 집', '글쇠로 올린 집')
  await a.leaveAll()
  await b.leaveAll()
})

test('a limit says why, and leaves what was there', async ({ browser, baseURL }) => {
  const room = await openRoomOf(baseURL ?? '', ['서연', '하린'], HERE)
  const guest = nth(room.members, 1)
  await putForward(guest, room.roomId, ['하나', '둘', '셋', '넷', '다섯'])
  const page = await sitDown(browser, room, guest)
  const dialog = await page.openSearch()
  await expect(dialog.getByText('더 올리려면 하나를 빼 주세요')).toBeVisible()
  await page.page.keyboard.press('Escape')
  await page.tryPin('여섯')
  await expect(page.refusal).toContainText(
    '한 사람이 5곳까지 올릴 수 있어요. 하나를 빼고 올려 주세요',
  )
  await page.expectClear(
    page.refusal.locator('.toast'),
    page.page.getByRole('dialog', { name: '장소 올리기' }),
  )
  const { candidates } = await guest.query<RoomSnapshot>('rooms.snapshot', { roomId: room.roomId })
  expect(candidates.map(({ name }) => name)).toEqual(['하나', '둘', '셋', '넷', '다섯'])
  await page.leaveAll()
})

test('with no tiles reachable the room still works on plain ground, and says so', async ({
  browser,
  baseURL,
}) => {
  const room = await openRoomOf(baseURL ?? '', ['서연'], HERE)
  const host = nth(room.members, 0)
  await host.mutate('rooms.propose', {
    roomId: room.roomId,
    key: randomUUID(),
    what: { kind: 'pin', name: '그 집', ...HERE, category: 'korean' },
  })
  const context = await contextOf(browser, host)
  await context.route(/\/\d+\/\d+\/\d+\.png/, (route) => route.abort())
  const page = await context.newPage()
  await page.goto(`/r/${room.code}`)
  await expect(page.getByText('배경 지도를 못 불러왔어요')).toBeVisible()
  await expect(
    page.getByRole('region', { name: '지도' }).getByText('그 집', { exact: true }),
  ).toBeVisible()
  await expect(page.getByText('© OpenStreetMap contributors')).toBeVisible()
  await page.mouse.click(1_000, 300)
  const card = page.getByRole('article', { name: '이 자리' })
  await expect(card).toBeVisible()
  await expect(page.getByText('배경 지도를 못 불러왔어요'), 'gives way to a card').toBeHidden()
  await card.getByRole('button', { name: '닫기' }).click()
  await expect(page.getByText('배경 지도를 못 불러왔어요')).toBeVisible()
  // A map that still moves asks for tiles by itself, and the notice would go before it is tapped.
  const dish = page.locator('.place[data-number="1"] .dish')
  let last = ''
  await expect
    .poll(
      async () => {
        const before = last
        last = JSON.stringify(await dish.boundingBox())
        return last === before
      },
      { intervals: [400] },
    )
    .toBe(true)
  await context.unroute(/\/\d+\/\d+\/\d+\.png/)
  await page.getByRole('button', { name: '다시', exact: true }).click()
  await expect(page.getByText('배경 지도를 못 불러왔어요')).toHaveCount(0)
  await context.close()
})
