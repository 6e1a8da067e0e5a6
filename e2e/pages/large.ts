import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** With text twice as large nothing is wider than the window and no control leaves it. What scrolls by itself may. */
export async function expectRoomForLargeText(page: Page, state: string): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  const outside = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - innerWidth
    const controls = [...document.querySelectorAll('button, a, input, h1, h2')].filter(
      (element) => {
        if (element.closest('.leaflet-container, .room-people, .bm-edges, .sr')) return false
        const { left, right, width, height } = element.getBoundingClientRect()
        return width > 1 && height > 1 && (left < -1 || right > innerWidth + 1)
      },
    )
    const named = controls.map((element) => element.outerHTML.slice(0, 90))
    return wide > 1 ? [`the page is ${wide} px too wide`, ...named] : named
  })
  expect.soft(outside, `${state}, text twice as large`).toEqual([])
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
}
