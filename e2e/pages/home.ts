import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The first page of who has been in a room. */
export class HomePage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get rooms(): Locator {
    return this.page.getByRole('region', { name: '우리 방' }).getByRole('listitem')
  }
  /** What was done, for a moment. */
  get note(): Locator {
    return this.page.locator('.toasts output')
  }

  async goto(origin: string): Promise<void> {
    await this.page.goto(origin)
    await expect(this.page.getByRole('heading', { name: '우리 방' })).toBeVisible()
  }
  /** Chooses from the menu of the only room. */
  async fromMenu(item: string): Promise<void> {
    await this.rooms.getByRole('button', { name: /메뉴$/ }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }
}
