import { expect } from '@playwright/test'
import type { BrowserContext, Locator, Page } from '@playwright/test'

export interface RoundWish {
  hidden?: boolean
  quorum?: boolean
}

/** The room in one browser, in the words of who sits before it. */
export class InsidePage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get context(): BrowserContext {
    return this.page.context()
  }
  get panel(): Locator {
    return this.page.getByRole('main', { name: '후보' })
  }
  get headline(): Locator {
    return this.panel.getByRole('heading', { level: 1 })
  }
  get people(): Locator {
    return this.page.getByRole('list', { name: '사람들' })
  }
  get map(): Locator {
    return this.page.getByRole('region', { name: '지도' })
  }
  /** What was done, for a moment. */
  get note(): Locator {
    return this.page.locator('.toasts output')
  }
  /** What was refused, and why. */
  get refusal(): Locator {
    return this.page.locator('.toasts').getByRole('alert')
  }
  get closing(): Locator {
    return this.page.getByTestId('closing')
  }

  async goto(origin: string, code: string): Promise<void> {
    await this.page.goto(`${origin}/r/${code}`)
    await this.untilInside()
  }
  async untilInside(): Promise<void> {
    await expect(this.people).toBeVisible()
  }
  /** On a phone rows below the dock are reached with the list fully open. */
  async raiseSheet(): Promise<void> {
    await this.page.getByRole('button', { name: '후보 높이 바꾸기, 지금 반만 펼침' }).click()
    await expect(
      this.page.getByRole('button', { name: '후보 높이 바꾸기, 지금 모두 펼침' }),
    ).toBeVisible()
  }
  /** Back from there, so that the map is seen again. */
  async lowerSheet(): Promise<void> {
    await this.page.getByRole('button', { name: '후보 높이 바꾸기, 지금 모두 펼침' }).click()
    await expect(
      this.page.getByRole('button', { name: '후보 높이 바꾸기, 지금 반만 펼침' }),
    ).toBeVisible()
  }
  get dock(): Locator {
    return this.page.getByRole('navigation', { name: '음성과 대화' })
  }
  /** Both are seen, and the first hides nothing of the second. */
  async expectClear(over: Locator, under: Locator): Promise<void> {
    await expect(over).toBeVisible()
    await expect(under).toBeVisible()
    // Panels slide in: they are judged where they come to rest.
    await expect
      .poll(async () => {
        const [a, b] = [await over.boundingBox(), await under.boundingBox()]
        if (!a || !b) return false
        return (
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y ||
          a.x + a.width <= b.x ||
          b.x + b.width <= a.x
        )
      })
      .toBe(true)
  }
  async leaveAll(): Promise<void> {
    await this.context.close()
  }

  person(name: string | RegExp): Locator {
    return this.people.getByRole('button', { name })
  }
  /** The row of one candidate in the list. */
  row(name: string): Locator {
    return this.panel.getByRole('listitem').filter({ hasText: name })
  }
  dish(number: number, name: string): Locator {
    return this.map.getByRole('button', { name: new RegExp(`^${number}번 ${name}`) })
  }
  async expectCandidates(...names: string[]): Promise<void> {
    const rows = this.panel.getByRole('list', { name: '후보' }).getByRole('listitem')
    await expect(rows).toHaveCount(names.length)
    for (const [index, name] of names.entries()) await expect(rows.nth(index)).toContainText(name)
  }

  /** Where places are searched for: in the panel, on the phone and during a round in a sheet. */
  async openSearch(): Promise<Locator> {
    const inPanel = this.page.getByRole('search')
    const dialog = this.page.getByRole('dialog', { name: '장소 올리기' })
    const field = this.page
      .getByRole('button', { name: /이름, 메뉴, 주소로 찾기|^장소 올리기$/ })
      .first()
    await expect(inPanel.or(field).first()).toBeVisible()
    if (await inPanel.isVisible()) return inPanel
    await field.click()
    await expect(dialog).toBeVisible()
    return dialog
  }
  /** Drops a pin in the middle of what the map shows, and puts it forward under this name. */
  async putPin(name: string): Promise<void> {
    await this.tryPin(name)
    await expect(this.page.getByRole('dialog', { name: '장소 올리기' })).toBeHidden()
  }
  /** Taps bare ground, and puts that spot forward under this name. */
  async putSpot(x: number, y: number, name: string): Promise<void> {
    const touch = await this.page.evaluate(() => navigator.maxTouchPoints > 0)
    if (touch) await this.page.touchscreen.tap(x, y)
    else await this.page.mouse.click(x, y)
    await this.nameSpot(name)
  }
  /** Answers the card of a spot: its name is asked for. */
  async nameSpot(name: string): Promise<void> {
    const card = this.page.getByRole('article', { name: '이 자리' })
    await card.getByRole('button', { name: '올리기' }).click()
    const dialog = this.page.getByRole('dialog', { name: '장소 올리기' })
    await dialog.getByRole('textbox', { name: '이 곳의 이름' }).fill(name)
    await dialog.getByRole('button', { name: '올리기', exact: true }).click()
    await expect(dialog).toBeHidden()
  }
  /** The same, whatever comes of it. */
  async tryPin(name: string): Promise<void> {
    const search = await this.openSearch()
    await search.getByRole('button', { name: '지도에 핀 꽂기' }).click()
    const dialog = this.page.getByRole('dialog', { name: '장소 올리기' })
    await dialog.getByRole('textbox', { name: '이 곳의 이름' }).fill(name)
    await dialog.getByRole('button', { name: '올리기', exact: true }).click()
  }
  /** Opens the menu of a row and chooses from it. */
  async fromMenuOf(name: string, item: string | RegExp): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: /더 보기$/ })
      .click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }
  /** Opens the room's own menu. */
  async openMenu(): Promise<Locator> {
    await this.page.locator('header button[aria-haspopup="dialog"]').first().click()
    const menu = this.page.getByRole('dialog')
    await expect(menu).toBeVisible()
    return menu
  }

  async startVote({ hidden = false, quorum = false }: RoundWish = {}): Promise<void> {
    await this.panel.getByRole('button', { name: '투표 시작', exact: true }).click()
    const sheet = this.page.getByRole('dialog', { name: '투표 시작' })
    if (hidden) await sheet.getByText('가리고 고르기').click()
    if (quorum) await sheet.getByRole('switch', { name: '모두 고르면 끝내기' }).click()
    await sheet.getByRole('button', { name: '투표 시작' }).click()
    await expect(sheet).toBeHidden()
  }
  plate(number: number, name: string): Locator {
    return this.panel.getByRole('button', { name: `${number}번 ${name} 고르기` })
  }
  passOn(number: number, name: string): Locator {
    return this.panel.getByRole('button', { name: new RegExp(`^${number}번 ${name} 패스`) })
  }
  async choose(number: number, name: string): Promise<void> {
    await this.plate(number, name).click()
    await expect(this.plate(number, name)).toHaveAttribute('aria-pressed', 'true')
  }
  async close(): Promise<void> {
    await this.panel.getByRole('button', { name: '투표 끝내기' }).click()
  }
  async expectCount(done: number, total: number): Promise<void> {
    await expect(this.headline).toHaveText(`${total}명 중 ${done}명이 골랐어요`)
  }
}
