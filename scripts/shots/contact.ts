import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'

/** So many side by side can still be read. */
const SHEETS = {
  phone: { most: 5, width: 280, columns: 5 },
  tablet: { most: 3, width: 470, columns: 3 },
  desktop: { most: 4, width: 700, columns: 2 },
} as const
type Kind = keyof typeof SHEETS

const kindOf = (name: string): Kind =>
  name.includes('-desktop-') ? 'desktop' : name.includes('-tablet-') ? 'tablet' : 'phone'

/** Pages with a few pictures each beside their names: `<folder>/contact/<kind>-<theme>-<n>.jpg`. Answers how many. */
export async function makeContactSheets(
  browser: Browser,
  folder: string,
  names: readonly string[],
): Promise<number> {
  rmSync(join(folder, 'contact'), { recursive: true, force: true })
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const key = `${kindOf(name)}-${name.includes('-dark-') ? 'dark' : 'light'}`
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  let made = 0
  for (const [key, group] of groups) {
    const { most } = SHEETS[kindOf(`-${key}-`)]
    for (let from = 0; from < group.length; from += most) {
      const path = join(folder, 'contact', `${key}-${from / most + 1}.jpg`)
      await makeSheet(browser, folder, group.slice(from, from + most), path)
      made += 1
    }
  }
  return made
}

async function makeSheet(
  browser: Browser,
  folder: string,
  names: readonly string[],
  path: string,
): Promise<void> {
  const { width, columns } = SHEETS[kindOf(names[0] ?? '')]
  const dark = names[0]?.includes('-dark-')
  const figures = names.map((name) => {
    const data = readFileSync(join(folder, `${name}.png`)).toString('base64')
    return `<figure><img src="data:image/png;base64,${data}"><figcaption>${name}</figcaption></figure>`
  })
  const viewport = { width: (width + 12) * columns + 12, height: 600 }
  const page = await browser.newPage({ viewport })
  await page.setContent(
    `<style>body{margin:12px;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start;background:${dark ? '#444' : '#ccc'};color:${dark ? '#fff' : '#000'};font:12px sans-serif}figure{margin:0;width:${width}px}img{width:100%;display:block}</style>${figures.join('')}`,
  )
  await page.screenshot({ path, type: 'jpeg', quality: 85, fullPage: true })
  await page.close()
}
