import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { InsidePage } from './inside.ts'

/** The room as its host has it: the menu, and people's cards. */
export class HostPage {
  readonly room: InsidePage
  constructor(page: Page) {
    this.room = new InsidePage(page)
  }
  get page(): Page {
    return this.room.page
  }

  /** The room's own menu; its title is the room's name. */
  async menu(): Promise<Locator> {
    const menu = await this.room.openMenu()
    await expect(menu.getByRole('button', { name: '나가기' })).toBeVisible()
    return menu
  }
  async fromMenu(item: string): Promise<void> {
    await (await this.menu()).getByRole('button', { name: item }).click()
  }
  async closeMenu(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.page.getByRole('dialog')).toBeHidden()
  }
  async setLock(on: boolean): Promise<void> {
    const lock = (await this.menu()).getByRole('switch', { name: '잠그기' })
    await lock.click()
    await expect(lock).toBeChecked({ checked: on })
    await this.closeMenu()
  }
  /** What is offered on somebody's card. */
  async fromCard(name: string, act: string): Promise<void> {
    await this.room.person(new RegExp(`^${name}`)).click()
    await this.page.getByRole('dialog', { name }).getByRole('button', { name: act }).click()
  }
  /** Answers the question that stands before what can't be taken back. */
  async confirm(title: string, yes: string): Promise<void> {
    const question = this.page.getByRole('dialog', { name: title })
    await question.getByRole('button', { name: yes }).click()
    await expect(question).toBeHidden()
  }
}
