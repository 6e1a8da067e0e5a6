import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The voice bar, as everyone in the room has it. */
export class VoicePage {
  readonly page: Page
  readonly bar: Locator
  constructor(page: Page) {
    this.page = page
    this.bar = page.getByRole('navigation', { name: '음성과 대화' })
  }

  async join(): Promise<void> {
    await this.bar.getByRole('button', { name: /음성 참여/ }).click()
    await expect(this.microphone).toBeVisible({ timeout: 20_000 })
  }
  get microphone(): Locator {
    return this.bar.getByRole('button', { name: /마이크 (켜기|끄기)/ })
  }
  async speak(): Promise<void> {
    await this.bar.getByRole('button', { name: '마이크 켜기' }).click()
    await expect(this.bar.getByRole('button', { name: '마이크 끄기' })).toBeVisible()
  }
  async mute(): Promise<void> {
    await this.bar.getByRole('button', { name: '마이크 끄기' }).click()
    await expect(this.bar.getByRole('button', { name: '마이크 켜기' })).toBeVisible()
  }
  get moveHere(): Locator {
    return this.bar.getByRole('button', { name: '음성 여기로 옮기기' })
  }
}

/** Breaks this page's voice connection as LiveKit's own drills do. */
export function drillVoice(
  page: Page,
  scenario: 'signal-reconnect' | 'full-reconnect' | 'node-failure' | 'force-tcp',
): Promise<void> {
  return page.evaluate(async (how) => {
    const { bapmapDrills } = window as unknown as {
      bapmapDrills?: Record<string, (what: string) => Promise<void>>
    }
    if (!bapmapDrills?.['voice']) throw new Error('the page offers no drill of its voice')
    await bapmapDrills['voice'](how)
  }, scenario)
}
