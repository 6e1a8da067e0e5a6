import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The chat of a room. */
export class ChatPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get panel(): Locator {
    return this.page.getByRole('region', { name: '대화', exact: true })
  }
  get button(): Locator {
    return this.page.getByRole('button', { name: /^대화 열기/ })
  }
  get log(): Locator {
    return this.page.getByRole('log')
  }
  /** Messages of people; notes and dividers are none. */
  get lines(): Locator {
    return this.log.locator('.chat-line')
  }
  get input(): Locator {
    return this.panel.getByRole('textbox', { name: '메시지 보내기' })
  }
  get composer(): Locator {
    return this.panel.locator('form')
  }

  async open(): Promise<void> {
    await this.button.click()
    await expect(this.panel).toBeVisible()
  }
  /** Resolves when the page has taken it, before anybody acknowledged it. */
  async send(text: string): Promise<void> {
    await this.input.fill(text)
    await this.input.press('Enter')
    await expect(this.log).toContainText(text)
  }
}
