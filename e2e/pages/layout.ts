import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

interface Part {
  name: string
  box: { x: number; y: number; width: number; height: number }
}

/** Nothing reaches out of the window sideways, and no button's words out of their button. */
export async function expectFits(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth
    const cut = [...document.querySelectorAll<HTMLElement>('.btn')]
      .filter((button) => button.checkVisibility() && button.scrollWidth > button.clientWidth + 1)
      .map((button) => button.innerText)
    return { wide, cut }
  })
  expect(found).toEqual({ wide: expect.any(Number), cut: [] })
  expect(found.wide, 'px to scroll sideways').toBeLessThanOrEqual(0)
}

/** These parts are on screen as a whole, and none lies over another. */
export async function expectApart(page: Page, parts: Record<string, Locator>): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const seen: Part[] = []
  for (const [name, locator] of Object.entries(parts)) {
    await expect(locator, name).toBeVisible()
    const box = await locator.boundingBox()
    if (!box) throw new Error(`${name} has no box`)
    expect(box.x, `${name} begins`).toBeGreaterThanOrEqual(0)
    expect(box.y, `${name} begins`).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width, `${name} ends`).toBeLessThanOrEqual(width + 0.5)
    expect(box.y + box.height, `${name} ends`).toBeLessThanOrEqual(height + 0.5)
    for (const other of seen)
      expect(overlap(box, other.box), `${name} lies over ${other.name}, px`).toBeLessThanOrEqual(0)
    seen.push({ name, box })
  }
}

/** How far two boxes reach into each other, px; 0 or less: apart. */
function overlap(a: Part['box'], b: Part['box']): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.min(across, down)
}
