import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'

const COLUMN_PX = 210
const WIDE_PX = 430

/** One page with every picture of a theme beside its name: `<folder>/contact-<theme>.jpg`. */
export async function makeContactSheet(
  browser: Browser,
  folder: string,
  theme: string,
): Promise<void> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.png') && name.includes(`-${theme}-`))
    .toSorted()
  if (files.length === 0) return
  const figures = files.map((name) => {
    const data = readFileSync(join(folder, name)).toString('base64')
    const wide = /desktop|tablet/.test(name)
    return `<figure style="width:${wide ? WIDE_PX : COLUMN_PX}px"><img src="data:image/png;base64,${data}"><figcaption>${name.replace('.png', '')}</figcaption></figure>`
  })
  const page = await browser.newPage({ viewport: { width: 1_800, height: 1_000 } })
  await page.setContent(
    `<style>body{margin:16px;display:flex;flex-wrap:wrap;gap:14px;align-items:flex-start;background:${theme === 'dark' ? '#444' : '#ddd'};font:12px sans-serif}figure{margin:0}img{width:100%;display:block;border-radius:8px}</style>${figures.join('')}`,
  )
  await page.screenshot({
    path: join(folder, `contact-${theme}.jpg`),
    type: 'jpeg',
    quality: 80,
    fullPage: true,
  })
  await page.close()
}
