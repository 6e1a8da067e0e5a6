import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { InsidePage } from './inside.ts'

/** What a link shows to who is not inside yet. */
export class JoinPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get name(): Locator {
    return this.page.getByRole('textbox', { name: '이름' })
  }
  get go(): Locator {
    return this.page.getByRole('button', { name: '들어가기' })
  }
  /** The dishes of what was put forward, drawn on the still map behind. */
  dish(name: string): Locator {
    return this.page.locator('.place-name', { hasText: name })
  }
  async goto(code: string): Promise<this> {
    await this.page.goto(`/r/${code}`)
    await expect(this.name).toBeVisible()
    return this
  }
  async enter(name?: string): Promise<InsidePage> {
    if (name !== undefined) await this.name.fill(name)
    await this.go.click()
    const room = new InsidePage(this.page)
    await room.untilInside()
    return room
  }
}
