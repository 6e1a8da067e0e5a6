import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The permanent page of a decision, as a member or a visitor sees it. */
export class DecisionPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 })
  }
  get proof(): Locator {
    return this.page.getByTestId('proof')
  }
  /** Address of the decision; resolves once the page is on it. */
  async untilShown(place: string): Promise<string> {
    await expect(this.page).toHaveURL(/\/d\/[0-9A-Za-z]{22}$/, { timeout: 20_000 })
    await expect(this.title).toHaveText(new RegExp(`^${place}(로|으로) 가요$`))
    return this.page.url()
  }
}
