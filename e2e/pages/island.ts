import { expect } from '@playwright/test'
import type { CDPSession, Locator, Page } from '@playwright/test'
import { InsidePage } from './inside.ts'

interface Spot {
  x: number
  y: number
}

/** Bap Island as its visitor has it, by hand or by finger. */
export class IslandPage {
  readonly page: Page
  readonly room: InsidePage
  constructor(page: Page) {
    this.page = page
    this.room = new InsidePage(page)
  }

  /** From the first page in one tap. */
  async enter(): Promise<void> {
    await this.page.getByRole('link', { name: /^밥섬에서 연습하기/ }).click()
    await this.room.untilInside()
    await expect(this.page).toHaveURL(/\/r\/[\w-]+$/)
  }
  /** Name and face that the next room will suggest. */
  async whoAmI(): Promise<{ name: string; portrait: string }> {
    const answer = await this.page.request.get('/trpc/auth.me')
    const { result } = (await answer.json()) as {
      result: { data: { person: { name: string; portrait: string } } }
    }
    const { name, portrait } = result.data.person
    return { name, portrait }
  }
  get friends(): Locator {
    return this.room.people.getByRole('button', { name: /연습 친구/ })
  }
  /** That all of it is made up. */
  get note(): Locator {
    return this.page.getByText('여기 사람과 가게는 모두 지어냈어요')
  }
  get lesson(): Locator {
    return this.page.getByRole('region', { name: '해 보기' })
  }
  /** So many of the steps are ticked off, as a reader hears it. */
  async expectDone(count: number): Promise<void> {
    await expect(this.lesson.getByText(new RegExp(`^6개 중 ${count}개 했어요`))).toHaveCount(1)
  }
  /** Where a friend's pointer stands on the page. */
  async pointerOf(index: number): Promise<string> {
    const box = await this.page.locator('.bm-cursor').nth(index).boundingBox()
    return box ? `${Math.round(box.x)},${Math.round(box.y)}` : ''
  }

  #finger: Promise<CDPSession> | undefined
  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Spot): Promise<void> {
    this.#finger ??= this.page.context().newCDPSession(this.page)
    const finger = await this.#finger
    await finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  }
  async #isTouch(): Promise<boolean> {
    return this.page.evaluate(() => navigator.maxTouchPoints > 0)
  }
  /** Drags the map a little. */
  async moveMap(from: Spot): Promise<void> {
    const to = { x: from.x - 60, y: from.y }
    if (await this.#isTouch()) {
      await this.#touch('touchStart', from)
      for (const x of [from.x - 15, from.x - 35, to.x]) await this.#touch('touchMove', { ...to, x })
      return this.#touch('touchEnd')
    }
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(to.x, to.y, { steps: 4 })
    await this.page.mouse.up()
  }
  /** Long press, or right click. */
  async ping(at: Spot): Promise<void> {
    if (!(await this.#isTouch()))
      return void (await this.page.mouse.click(at.x, at.y, { button: 'right' }))
    await this.#touch('touchStart', at)
    // Friends ping too; mine alone has offers.
    await expect(this.page.locator('.bm-ping-offers')).toBeAttached()
    await this.#touch('touchEnd')
  }
  /** Taps on a friend, and follows. */
  async follow(name: string): Promise<void> {
    const card = await this.openCard(name)
    await card.getByRole('button', { name: '따라가기' }).click()
    await expect(this.page.getByText(`${name}를 따라가고 있어요`)).toBeVisible()
  }
  /** The card of a friend, with the act of following them. */
  async openCard(name: string): Promise<Locator> {
    await this.room.person(new RegExp(`^${name}, 연습 친구`)).click()
    const card = this.page.getByRole('dialog', { name })
    await expect(card).toContainText('연습 친구')
    return card
  }
  /** Taps a dot that nothing covers, and puts its place forward; its name. */
  async putFromDot(): Promise<string> {
    const spot = await this.page.waitForFunction(() => {
      const middle = { x: innerWidth / 2 + 150, y: innerHeight / 2 - 60 }
      const far = ({ x, y }: DOMRect): number => Math.hypot(x - middle.x, y - middle.y)
      const free = [...document.querySelectorAll('.poi')]
        .map((dot) => ({ dot, box: dot.getBoundingClientRect() }))
        .filter(({ dot, box }) => dot.contains(document.elementFromPoint(box.x, box.y)))
        .toSorted((a, b) => far(a.box) - far(b.box))[0]
      return free && { x: free.box.x, y: free.box.y }
    })
    const at = await spot.jsonValue()
    if (!at) throw new Error('no dot is free')
    await this.page.mouse.click(at.x, at.y)
    return this.#put(this.page.getByRole('article'))
  }
  async #put(card: Locator): Promise<string> {
    const name = (await card.getByRole('heading').or(card.locator('b')).first().innerText()).trim()
    await card.getByRole('button', { name: '올리기' }).click()
    return name
  }
  async putFromSearch(words: string): Promise<void> {
    const search = await this.room.openSearch()
    await search.getByRole('combobox').fill(words)
    await search.getByRole('option').first().getByText('올리기').click()
    await expect(this.room.note).toContainText('올렸어요')
    await this.page.keyboard.press('Escape')
    await expect(search).toBeHidden()
  }
  async chooseFirst(): Promise<void> {
    const plate = this.room.panel.getByRole('button', { name: /^1번 .+ 고르기$/ })
    await plate.click()
    await expect(plate).toHaveAttribute('aria-pressed', 'true')
  }
}
