import { expect, test } from '@playwright/test'
import { expectAccessible } from '../pages/axe.ts'
import { ExplorePage } from '../pages/explore.ts'
import { expectFits } from '../pages/layout.ts'
import { importPlaces } from '../pages/places.ts'
import { PHONE } from '../pages/seats.ts'

/** A coast of its own, so that other tests' maps stay as they are. */
const HERE = { lat: 34.8118, lng: 126.3922, zoom: 17 }
const FAR = { ...HERE, zoom: 13 }
const spot = (id: number, name: string) => `${id},${name},34.8118,126.3922,korean,목포 수문로 3`
const CSV = `id,name,lat,lon,category,address
${[spot(1, '목포홍어집'), spot(2, '유달산국밥'), spot(3, '세발낙지')].join('\n')}
4,평화광장피자,34.8127,126.3933,pizza,목포 평화로 1
5,갓바위카페,34.8109,126.3911,cafe,목포 남농로 1
`

test.beforeAll(async () => {
  expect(await importPlaces('e2e-mokpo', CSV)).toMatch(/rejected 0/)
})

test('from clusters to places on one point, to one of them, to a room that starts there', async ({
  browser,
  baseURL,
}) => {
  const far = await ExplorePage.open(browser, baseURL ?? '', FAR)
  await far.expectCount(5)
  await expectAccessible(far.page, 'map, far out')
  await far.plates(5).click()
  await expect(far.plates(5)).toHaveCount(0)
  await far.close()
  const nowhere = await ExplorePage.open(browser, baseURL ?? '', { ...HERE, lat: HERE.lat + 0.06 })
  await nowhere.page.getByRole('button', { name: '가장 가까운 곳 보기' }).click()
  await expect(nowhere.card).toBeVisible()
  await expect(nowhere.page.getByRole('heading', { name: /^여기 \d+곳$/ })).toBeVisible()
  await nowhere.close()
  const map = await ExplorePage.open(browser, baseURL ?? '', HERE)
  const { page } = map
  // The list and the map point at each other.
  await map.row('갓바위카페').hover()
  await expect(map.map.locator('.browse[data-pointed]')).toContainText('갓바위카페')
  await map.pin('평화광장피자').hover()
  await expect(map.row('평화광장피자')).toHaveAttribute('data-pointed', '')

  await map.plates(3).click()
  const fan = map.fan(3)
  await expect(fan.getByRole('button')).toHaveText(['', '목포홍어집', '유달산국밥', '세발낙지'])
  await expectAccessible(page, 'places on one point')
  await page.keyboard.press('Escape')
  await expect(fan).toHaveCount(0)
  await map.plates(3).click()
  await fan.getByRole('button', { name: '유달산국밥' }).click()
  await expect(fan).toHaveCount(0)
  await expect(map.card).toContainText('목포 수문로 3')
  await map.card.getByRole('link', { name: '자세히' }).click()

  await expect(page.getByRole('heading', { level: 1, name: '유달산국밥' })).toBeVisible()
  await expect(page.getByText('보던 지도에서')).toBeVisible()
  await expect(page.getByText('여는 시간을 몰라요')).toBeVisible()
  await expectAccessible(page, 'a place')
  await page.getByRole('button', { name: '알려 주기' }).click()
  const tell = page.getByRole('dialog', { name: '언제 여나요?' })
  await expect(tell.getByRole('button', { name: '알려 주기' })).toBeDisabled()
  await tell.getByRole('textbox', { name: '여는 시간' }).fill('일요일은 쉬어요')
  await tell.getByRole('button', { name: '알려 주기' }).click()
  await expect(map.note).toContainText('고마워요')
  await page.getByRole('button', { name: /더 보기$/ }).click()
  await page.getByRole('menuitem', { name: '잘못된 정보 알리기' }).click()
  const report = page.getByRole('dialog', { name: '무엇이 다른가요?' })
  await report.getByRole('radio', { name: '메뉴나 값이 달라요' }).check()
  await expect(report.getByRole('button', { name: '알리기' })).toBeDisabled()
  await report.getByRole('textbox', { name: '어떤 메뉴가 얼마인가요?' }).fill('국밥 9,000원')
  await report.getByRole('button', { name: '알리기' }).click()
  await expect(report).toHaveCount(0)
  await page.getByRole('button', { name: '여기로 방 열기' }).click()
  await expect(page).toHaveURL(/\/r\//)
  await expect(page.getByRole('main').getByText('유달산국밥').first()).toBeVisible()
  await map.close()
})

test('where nothing is known the island is one tap away; what is seen stays while nobody answers, and goes on by itself', async ({
  browser,
  baseURL,
}) => {
  const map = await ExplorePage.open(browser, baseURL ?? '', { lat: 34.2, lng: 125.2, zoom: 17 })
  const { page } = map
  await expect(page.getByRole('heading', { name: '여기에는 아는 곳이 없어요' })).toBeVisible()
  await expect(page.getByText('이 동네는 아직 비어 있어요')).toBeVisible()
  await expect(page.getByRole('link', { name: '밥섬에서 연습하기' })).toHaveAttribute(
    'href',
    '/island',
  )
  await expectAccessible(page, 'map of nowhere')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '작게' }).click()
  await expect(page.getByText('지금은 연결이 안 돼요')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('지금은 연결이 안 돼요')).toBeHidden({ timeout: 15_000 })
  await expect(page.getByText('이 동네는 아직 비어 있어요')).toBeVisible()
  await map.close()
})

test('a missing place is added where it is, found at once, told apart from its like, and taken back; on a phone', async ({
  browser,
  baseURL,
}) => {
  const map = await ExplorePage.open(browser, baseURL ?? '', HERE, { ...PHONE, locale: 'ko-KR' })
  const { page } = map
  await map.expectCount(5)
  await expectFits(page)
  await expectAccessible(page, 'map on a phone')
  // The list is of the same places however high its sheet stands, and nothing floats over what is fully raised.
  const grab = page.getByRole('button', { name: /^이 지도에 있는 곳/ })
  for (const stop of ['half', 'full']) {
    await grab.click()
    await expect(page.locator(`.sheet[data-stop=${stop}]`)).toBeVisible()
    await expect(map.row('목포홍어집')).toBeVisible()
    await map.expectCount(5)
  }
  await expect(page.getByRole('button', { name: '이 화면으로 방 열기' })).toHaveCount(0)
  await grab.click()
  await grab.click()
  const add = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: '이름, 메뉴, 주소로 찾기' }).click()
    const search = page.getByRole('dialog', { name: '장소 찾기' })
    await search.getByRole('combobox').fill(name)
    await expect(search.getByText(/없어요$|찾았어요$/)).toBeVisible()
    await search.getByRole('button', { name: '없는 가게 추가' }).click()
    await page.getByRole('button', { name: '여기예요' }).click()
  }
  await add('새로 연 갈치집')
  const form = page.getByRole('dialog', { name: '어떤 가게인가요?' })
  await expect(form.getByRole('textbox', { name: '가게 이름' })).toHaveValue('새로 연 갈치집')
  await form.getByRole('textbox', { name: '가게 이름' }).fill('!!!!')
  await expect(form.getByText('글자나 숫자가 있는 이름을 적어 주세요')).toBeVisible()
  await form.getByRole('textbox', { name: '가게 이름' }).fill('새로 연 갈치집')
  await form.getByRole('textbox', { name: /여는 시간/ }).fill('기분 내키면')
  await expect(form.getByText('이 시간은 읽지 못했어요')).toBeVisible()
  await expect(form.getByRole('button', { name: '추가하기' })).toBeDisabled()
  await form.getByRole('textbox', { name: /여는 시간/ }).fill('매일 00:00-24:00')
  await form.getByRole('combobox', { name: '종류' }).selectOption({ label: '해산물' })
  await form.getByRole('button', { name: '추가하기' }).click()
  await expect(map.note).toContainText('새로 연 갈치집을 추가했어요')
  await expect(map.card).toContainText('해산물')
  // Everybody finds it from now on; who adds it again is told.
  await add('갈치집')
  await expect(form.getByText('비슷한 곳이 있어요')).toBeVisible()
  await form.getByRole('link', { name: '새로 연 갈치집' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '새로 연 갈치집' })).toBeVisible()
  await expect(page.getByText('영업 중')).toBeVisible()
  await expectFits(page)
  await expectAccessible(page, 'an own place on a phone')
  await page.getByRole('button', { name: /더 보기$/ }).click()
  await page.getByRole('menuitem', { name: '내가 더한 곳 지우기' }).click()
  await page.getByRole('button', { name: '지우기', exact: true }).click()
  await expect(map.note).toContainText('지웠어요')
  await map.expectCount(5)
  await page.goto(`${baseURL}/place/00000000-0000-4000-8000-000000000000`)
  await expect(page.getByRole('heading', { name: '이 곳을 찾지 못했어요' })).toBeVisible()
  await map.close()
})
