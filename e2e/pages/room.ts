import { expect, type Locator, type Page } from '@playwright/test'

/** The room as a person uses it: by roles and names in Korean. */
export class RoomPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** Opens a link and goes in as `name`. */
  async join(path: string, name: string): Promise<void> {
    await this.page.goto(path)
    await this.page.getByRole('textbox', { name: '이름' }).fill(name)
    await this.page.getByRole('button', { name: '들어가기' }).click()
    await this.isInside()
  }

  async isInside(): Promise<void> {
    await expect(this.page.getByRole('list', { name: '사람들' })).toBeVisible()
  }

  person(name: string): Locator {
    return this.page
      .getByRole('list', { name: '사람들' })
      .getByRole('button', { name: new RegExp(`^${name}`) })
  }

  row(number: number): Locator {
    return this.page.locator(`.cand[data-number="${number}"]`)
  }

  /** The dish on the map; its button is a point. */
  marker(number: number): Locator {
    return this.page.locator(`.place[data-number="${number}"] .dish`)
  }

  vote(number: number): Locator {
    return this.row(number).getByRole('button', { name: new RegExp(`^${number}번 .* 고르기$`) })
  }

  pass(number: number): Locator {
    return this.row(number).getByRole('button', { name: /패스/ })
  }

  /** Puts a pin with a name forward, in the middle of what the map shows. */
  async dropPin(name: string): Promise<void> {
    const inPanel = this.page.getByRole('search')
    const field = this.page.getByRole('button', { name: '이름, 메뉴, 주소로 찾기' })
    await expect(inPanel.or(field).first()).toBeVisible()
    if (!(await inPanel.isVisible())) await field.click()
    await this.page.getByRole('button', { name: '지도에 핀 꽂기' }).click()
    await this.page.getByRole('dialog').getByRole('textbox', { name: '이 곳의 이름' }).fill(name)
    await this.page.getByRole('dialog').getByRole('button', { name: '올리기' }).click()
    await expect(this.page.getByRole('dialog')).toBeHidden()
  }

  /** Starts a vote from the sheet; everything not named stays as offered. */
  async startVote(wish: { minutes?: 1 | 3 | 10 | 30; hidden?: boolean } = {}): Promise<void> {
    await this.page.getByRole('button', { name: '투표 시작' }).click()
    const sheet = this.page.getByRole('dialog', { name: '투표 시작' })
    if (wish.minutes) await sheet.getByText(`${wish.minutes}분`, { exact: true }).click()
    if (wish.hidden) await sheet.getByText('가리고 고르기').click()
    await sheet.getByRole('button', { name: '투표 시작' }).click()
    await expect(sheet).toBeHidden()
  }

  async closeVote(): Promise<void> {
    await this.page.getByRole('button', { name: '투표 끝내기' }).click()
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: text })
  }
}
