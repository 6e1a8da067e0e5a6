import { cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
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
import { makeContactSheets } from './shots/contact.ts'
import { contextOptions, isLarge, type Look, looksOf } from './shots/devices.ts'
import { FRIENDS, signInPeople } from './shots/friends.ts'
import { longPlaces, seedIsland } from './shots/ground.ts'
import { makeReadme, makeStates, type State } from './shots/states.ts'
import { runTool } from './tools.ts'

const usage = `pnpm shots            a picture of every state, in both themes and languages, into shots/
pnpm shots --only X   those whose name fits X, for example "vote", "^vote-phone-dark" or "desktop-light-ko$"
pnpm shots --readme   the README's pictures, into docs/pictures/

What was taken also stands side by side in shots/contact/.`

const FOLDER = join(ROOT, 'shots')
const PICTURES = join(ROOT, 'docs', 'pictures')
/** A picture of the README loads on a phone too. */
const PICTURE_MAX_BYTES = 200_000
const LIMITS = 'SIGN_INS_PER_ADDRESS=2000'
const README: readonly [picture: string, state: string, look: Look][] = [
  ['room-vote-phone.jpg', 'vote', { device: 'phone', theme: 'light', lang: 'ko' }],
  ['result-phone.jpg', 'result', { device: 'phone', theme: 'light', lang: 'ko' }],
  ['room-vote-desktop.jpg', 'vote', { device: 'desktop', theme: 'light', lang: 'ko' }],
  ['island-desktop.jpg', 'island', { device: 'desktop', theme: 'light', lang: 'ko' }],
  ['island-desktop-dark.jpg', 'island', { device: 'desktop', theme: 'dark', lang: 'en' }],
]

/** Pictures stand on Bap Island, which is drawn in the page. */
const NO_TILES = 'http://127.0.0.1:9/{z}/{x}/{y}.png'

const SAY_EACH = 20
const LARGE_TEXT =
  "document.addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%' })"

interface Endings {
  push(end: () => Promise<void> | void): void
}

await withEndings(async (endings, stopped) => {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: { only: { type: 'string' }, readme: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) throw new Plain(usage)
  const { origin, silentOrigin, databaseUrl, browser } = await startAll(
    endings,
    stopped,
    !values.readme,
  )
  say('people come, put places forward and vote …')
  const people = await signInPeople(origin, FRIENDS.length)
  if (people[0]) await seedIsland(people[0], databaseUrl)
  const { states, end } = values.readme
    ? await makeReadme(people)
    : await makeStates({ people, databaseUrl, silentOrigin })
  endings.push(end)
  if (values.readme) return takeReadme(browser, origin, states)
  mkdirSync(FOLDER, { recursive: true })
  const taken: string[] = []
  const missed: string[] = []
  const planned = plan(states, values.only)
  for (const [index, [state, look]] of planned.entries()) {
    if (stopped.aborted) return
    if (index % SAY_EACH === 0) say(`${index} of ${planned.length} …`)
    const name = nameOf(state, look)
    await take(browser, origin, state, look, (page) =>
      page.screenshot({ path: join(FOLDER, `${name}.png`) }),
    ).then(
      () => taken.push(name),
      (error: unknown) => missed.push(`${name}: ${String(error).split('\n')[0]}`),
    )
  }
  const sheets = await makeContactSheets(browser, FOLDER, taken)
  for (const line of missed) say(`missed ${line}`)
  say(`${taken.length} pictures are in ${FOLDER}, side by side on ${sheets} sheets in contact/`)
  if (missed.length > 0) process.exitCode = 1
})
  .catch(failWith)
  // Sockets of people who had come before something failed would hold the process.
  .finally(() => process.exit())

function nameOf(state: State, { device, theme, lang }: Look): string {
  return `${state.name}-${device}-${theme}-${lang}`
}

function plan(states: readonly State[], only: string | undefined): [State, Look][] {
  return states
    .flatMap((state) => looksOf(state.wide ?? false).map((look): [State, Look] => [state, look]))
    .filter(([state, look]) => state.only?.(look) ?? true)
    .filter(([state, look]) => !only || new RegExp(only).test(nameOf(state, look)))
}

interface Stage {
  origin: string
  /** The same rooms on a server without an SFU. */
  silentOrigin: string
  databaseUrl: string
  browser: Browser
}

/** Throw-away services, a table of places, two servers, one browser. */
async function startAll(
  endings: Endings,
  stopped: AbortSignal,
  silentToo: boolean,
): Promise<Stage> {
  const [port, silentPort] = [await choosePort(), await choosePort()]
  const services = await startThrowaway({
    webhooks: [`http://127.0.0.1:${port}/livekit/webhook`],
    say,
  })
  endings.push(() => services.stop())
  const executablePath = await findChromium(say)
  await buildClient(say, stopped)
  // A copy: who works on while pictures are taken builds anew, and pages would miss their parts.
  const client = join(services.folder, 'client')
  cpSync(join(ROOT, 'dist', 'client'), client, { recursive: true })
  const serve = async (at: number, name: string, env: Record<string, string>): Promise<string> => {
    const origin = `http://localhost:${at}`
    const own = {
      CLIENT_DIR: client,
      MAP_TILES: NO_TILES,
      LIMITS,
      PORT: String(at),
      HOST: '127.0.0.1',
    }
    const all = { ...services.env, ...own, PUBLIC_URL: origin, ...env }
    const server = startServer(services.folder, all, { name })
    endings.push(() => server.stop())
    await untilServes(server, origin)
    return origin
  }
  const origin = await serve(port, 'server', {})
  const silentOrigin = silentToo ? await serve(silentPort, 'silent', { LIVEKIT_URL: '' }) : origin
  await importPlaces(services.folder, services.env)
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  })
  endings.push(() => browser.close())
  const { DATABASE_URL: databaseUrl = '' } = services.env
  return { origin, silentOrigin, databaseUrl, browser }
}

async function importPlaces(folder: string, env: Record<string, string>): Promise<void> {
  const file = join(folder, 'long.ndjson')
  writeFileSync(file, longPlaces())
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
    await state.before?.(context)
    const page = await context.newPage()
    // As on a later visit: the fonts are asked for at once.
    await page.addInitScript("localStorage.setItem('bapmap.fonts', '1')")
    if (isLarge(look)) await page.addInitScript(LARGE_TEXT)
    await page.goto(`${state.origin ?? origin}${state.path}`)
    await untilRests(page)
    if (state.act) {
      await state.act(page, look)
      await untilRests(page)
    }
    await picture(page)
    await state.after?.(page)
  } finally {
    await context.close()
  }
}

async function untilRests(page: Page): Promise<void> {
  await page.locator('h1, [role=dialog]').first().waitFor({ state: 'attached', timeout: 20_000 })
  // Not `waitForFunction`: it polls by eval, which the page's policy forbids.
  await page.evaluate('document.fonts.ready')
  for (let tries = 0; tries < 160 && !(await page.evaluate(isPainted)); tries++) await sleep(250)
  await sleep(900)
}

/** Every tile of the ground is there, and has faded in. */
function isPainted(): boolean {
  return [...document.querySelectorAll<HTMLElement>('.leaflet-tile')].every(
    ({ classList, style }) =>
      classList.contains('leaflet-tile-loaded') && (style.opacity === '' || style.opacity === '1'),
  )
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
