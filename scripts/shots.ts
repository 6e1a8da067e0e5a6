import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { cookiesOf } from '../e2e/pages/presence.ts'
import { withEndings } from './ending.ts'
import { ROOT } from './paths.ts'
import { failWith, Plain, say } from './say.ts'
import { findChromium } from './services/chromium.ts'
import { buildClient } from './services/client-build.ts'
import { startServer, untilServes } from './services/own.ts'
import { choosePort } from './services/ports.ts'
import { startThrowaway } from './services/throwaway.ts'
import { makeContactSheet } from './shots/contact.ts'
import { contextOptions, type Look, looksOf } from './shots/devices.ts'
import { MANGWON, placesFile, signInFriends } from './shots/mangwon.ts'
import { makeStates, type State } from './shots/states.ts'
import { serveStreets } from './shots/streets.ts'
import { runTool } from './tools.ts'

const usage = `pnpm shots            a picture of every state, in both themes and languages, into shots/
pnpm shots --only X   those whose name holds X, for example "vote" or "vote-phone-dark"
pnpm shots --readme   the README's three pictures, into docs/pictures/`

const FOLDER = join(ROOT, 'shots')
const PICTURES = join(ROOT, 'docs', 'pictures')
/** A picture of the README loads on a phone too. */
const PICTURE_MAX_BYTES = 200_000
/** Seven sit in the room that is full. */
const LIMITS = 'SIGN_INS_PER_ADDRESS=2000,ROOM_PEOPLE_MAX=7'
const README: readonly [picture: string, state: string, look: Look][] = [
  ['room-vote-phone.jpg', 'vote', { device: 'phone', theme: 'light', lang: 'ko' }],
  ['result-phone.jpg', 'result', { device: 'phone', theme: 'light', lang: 'ko' }],
  ['room-vote-desktop.jpg', 'vote', { device: 'desktop', theme: 'light', lang: 'ko' }],
]

const LOADING_TILE = '.leaflet-tile:not(.leaflet-tile-loaded)'

interface Endings {
  push(end: () => Promise<void> | void): void
}

await withEndings(async (endings, stopped) => {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: { only: { type: 'string' }, readme: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) throw new Plain(usage)
  const { origin, browser } = await startAll(endings, stopped)
  say('people come, put places forward and vote …')
  const crowd = await signInFriends(origin)
  const { states, end } = await makeStates(await signInFriends(origin), crowd)
  endings.push(end)
  if (values.readme) return takeReadme(browser, origin, states)
  mkdirSync(FOLDER, { recursive: true })
  const missed: string[] = []
  for (const [state, look] of plan(states, values.only)) {
    if (stopped.aborted) return
    const name = nameOf(state, look)
    await take(browser, origin, state, look, (page) =>
      page.screenshot({ path: join(FOLDER, `${name}.png`) }),
    ).catch((error: unknown) => missed.push(`${name}: ${String(error).split('\n')[0]}`))
  }
  for (const theme of ['light', 'dark']) await makeContactSheet(browser, FOLDER, theme)
  for (const line of missed) say(`missed ${line}`)
  say(`pictures are in ${FOLDER}`)
  if (missed.length > 0) process.exitCode = 1
}).catch(failWith)

function nameOf(state: State, { device, theme, lang }: Look): string {
  return `${state.name}-${device}-${theme}-${lang}`
}

function plan(states: readonly State[], only: string | undefined): [State, Look][] {
  return states
    .flatMap((state) => looksOf(state.wide ?? false).map((look): [State, Look] => [state, look]))
    .filter(([state, look]) => state.only?.(look) ?? true)
    .filter(([state, look]) => !only || nameOf(state, look).includes(only))
}

/** Throw-away services, a table of places, tiles of our own, one server, one browser. */
async function startAll(
  endings: Endings,
  stopped: AbortSignal,
): Promise<{ origin: string; browser: Browser }> {
  const port = await choosePort()
  const services = await startThrowaway({
    webhooks: [`http://127.0.0.1:${port}/livekit/webhook`],
    say,
  })
  endings.push(() => services.stop())
  const [executablePath, tiles] = [await findChromium(say), await serveStreets(MANGWON)]
  endings.push(() => tiles.stop())
  await buildClient(say, stopped)
  const origin = `http://localhost:${port}`
  const env = {
    ...services.env,
    MAP_TILES: tiles.address,
    LIMITS,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: origin,
  }
  const server = startServer(services.folder, env)
  endings.push(() => server.stop())
  await untilServes(server, origin)
  await importPlaces(services.folder, services.env)
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  })
  endings.push(() => browser.close())
  return { origin, browser }
}

async function importPlaces(folder: string, env: Record<string, string>): Promise<void> {
  const file = join(folder, 'mangwon.ndjson')
  writeFileSync(file, placesFile())
  const script = join(ROOT, 'scripts', 'run.mjs')
  const { code, output } = await runTool(process.execPath, [script, 'places', 'import', file], {
    env: { ...process.env, ...env },
  })
  if (code !== 0) throw new Plain(`The places could not be imported:\n${output}`)
}

/** Opens the state in a browser of its own, waits until it rests, and lets the picture be taken. */
async function take(
  browser: Browser,
  origin: string,
  state: State,
  look: Look,
  picture: (page: Page) => Promise<unknown>,
): Promise<void> {
  const context = await browser.newContext(contextOptions(look))
  try {
    if (state.who) await context.addCookies(cookiesOf(state.who))
    const page = await context.newPage()
    // As on a later visit: the fonts are asked for at once.
    await page.addInitScript("localStorage.setItem('bapmap.fonts', '1')")
    await page.goto(`${origin}${state.path}`)
    await untilRests(page)
    await state.act?.(page, look)
    await untilRests(page)
    await picture(page)
  } finally {
    await context.close()
  }
}

async function untilRests(page: Page): Promise<void> {
  await page.locator('h1, [role=dialog]').first().waitFor({ state: 'attached', timeout: 20_000 })
  // Not `waitForFunction`: it polls by eval, which the page's policy forbids.
  for (let tries = 0; tries < 40 && (await page.locator(LOADING_TILE).count()) > 0; tries++)
    await sleep(250)
  await page.evaluate('document.fonts.ready')
  await sleep(900)
}

async function takeReadme(
  browser: Browser,
  origin: string,
  states: readonly State[],
): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  for (const [file, name, look] of README) {
    const state = states.find((one) => one.name === name)
    if (!state) throw new Plain(`There is no state "${name}".`)
    const path = join(PICTURES, file)
    for (const quality of [86, 76, 66]) {
      await take(browser, origin, state, look, (page) =>
        page.screenshot({ path, type: 'jpeg', quality }),
      )
      if (statSync(path).size < PICTURE_MAX_BYTES) break
    }
    say(`${file}: ${Math.round(statSync(path).size / 1_000)} kB`)
  }
}
