import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** Nothing serious or critical on what this page shows now, in either theme. Of all rules only contrast depends on the theme. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await settleColours(page)
    const axe = new AxeBuilder({ page })
    if (colorScheme === 'dark') axe.withRules('color-contrast')
    const { violations } = await axe.analyze()
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim()})`).join('; ')}`,
      )
    expect
      .soft(
        serious,
        `${state}, ${colorScheme}, ${await page.evaluate(() => document.documentElement.lang)}`,
      )
      .toEqual([])
  }
}

/** Colours cross over; a contrast measured halfway is nobody's. */
function settleColours(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    return Promise.all(ending.map((each) => each.finished.catch(() => undefined)))
  })
}
