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
  /** Beside the result: the same bar, by itself. */
  get beside(): Locator {
    return this.page.getByRole('navigation', { name: '음성', exact: true })
  }
  async openSounds(): Promise<Locator> {
    await this.page.getByRole('button', { name: '사람별 소리' }).click()
    return this.page.getByRole('dialog', { name: '소리', exact: true })
  }
  async openDevices(): Promise<Locator> {
    await this.bar.getByRole('button', { name: '소리 설정' }).click()
    return this.page.getByRole('dialog', { name: '소리 설정' })
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

/**
 * Opens a room and joins its voice without anybody having touched the page, as a browser sees it that was opened by a script: then it
 * may not play. Locators would count as a touch, so the page itself is asked, in words that don't.
 */
export async function joinUntouched(page: Page, address: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const ask = async (expression: string): Promise<unknown> => {
    const { result } = await session.send('Runtime.evaluate', { expression, userGesture: false })
    return result.value
  }
  await page.goto(address)
  const join = `(() => {
    const join = document.querySelector('.voice-pill[data-join]')
    join?.click()
    return join !== null
  })()`
  await expect.poll(() => ask(join)).toBe(true)
  await expect.poll(() => ask(`document.querySelector('.voice')?.dataset.phase`)).toBe('in')
}
