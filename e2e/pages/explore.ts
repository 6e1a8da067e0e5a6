import { expect } from '@playwright/test'
import type { Browser, BrowserContextOptions, Locator, Page } from '@playwright/test'

export interface View {
  lat: number
  lng: number
  zoom: number
}

/** The map without a room. */
export class ExplorePage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  /** A browser that last looked there. */
  static async open(
    browser: Browser,
    origin: string,
    view: View,
    device: BrowserContextOptions = {},
  ): Promise<ExplorePage> {
    const context = await browser.newContext(device)
    await context.addInitScript(
      (area) => localStorage.setItem('bapmap.areas', JSON.stringify([area])),
      { label: '여기', ...view },
    )
    const page = await context.newPage()
    await page.goto(`${origin}/map`)
    return new ExplorePage(page)
  }

  get map(): Locator {
    return this.page.getByRole('region', { name: '지도' })
  }
  /** Stacked plates that stand for so many places. */
  plates(count: number): Locator {
    return this.map.getByTitle(`${count}곳 모여 있어요`)
  }
  pin(name: string): Locator {
    return this.map.getByTitle(`${name} 보기`)
  }
  fan(count: number): Locator {
    return this.page.getByRole('region', { name: `한자리에 있는 ${count}곳` })
  }
  get card(): Locator {
    return this.page.getByRole('article', { name: '고른 장소' })
  }
  row(name: string): Locator {
    return this.page.getByRole('main', { name: '이 지도에 있는 곳' }).getByRole('link', { name })
  }
  get note(): Locator {
    return this.page.locator('.toasts output')
  }
  async expectCount(count: number): Promise<void> {
    await expect(this.page.getByRole('heading', { name: `여기 ${count}곳` })).toBeVisible()
  }
  async close(): Promise<void> {
    await this.page.context().close()
  }
}
