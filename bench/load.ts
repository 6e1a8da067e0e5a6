/**
 * The first load of a room on a cold cache and a phone-like connection, in Chromium at 390×844: as a member with a round open, and as
 * a newcomer at the door. Both in turn, several times, since a busy machine makes single loads swing by half a second; medians count, the
 * worse of both. Bytes are those of the wire (compressed, with headers), until the page is quiet and before voice is joined. The processor
 * is not slowed down. The tiles are the tests' own, small ones. Env: E2E_BASE_URL, CHROMIUM.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import { cookiesOf, openRoomOf } from '../e2e/pages/presence.ts'
import type { RoomOfGuests } from '../e2e/pages/presence.ts'

/** Each visitor loads this often at least, and up to so often while there is time. */
const RUNS_MIN = 5
const RUNS_MAX = 9
/** No new pair of loads is begun later than this: the whole bench has to end within eight minutes. */
const BEGIN_UNTIL_MS = 240_000
const KB = 1_000
/** 1.6 Mbit/s down, 750 kbit/s up, in bytes a second; 150 ms a round trip. */
const PHONE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
}
/** So long without anything on the wire, the page is loaded. */
const QUIET_MS = 1_500
const NAMES = ['지우', '서연', '하린', '도윤', 'Alex', '민수']
const PLACES = ['빈대떡마을', '동일루', '참맛 닭곰탕', '비아 서울', '고향집', '남원 추어탕']
const MANGWON = { lat: 37.5559, lng: 126.9019, zoom: 16 }

interface Load {
  jsKb: number
  fontKb: number
  totalKb: number
  fcpMs: number
  lcpMs: number
  interactiveMs: number
  /** Of the page's layout, until it is quiet. */
  shift: number
}
/** Who opens the link: a member must be able to vote, a newcomer to type a name. */
type Visitor = 'member' | 'newcomer'

async function seedRoom(origin: string): Promise<RoomOfGuests> {
  const room = await openRoomOf(origin, NAMES, MANGWON)
  const { roomId, members } = room
  for (const [index, name] of PLACES.entries()) {
    const what = {
      kind: 'pin',
      name,
      lat: MANGWON.lat + (index % 3) * 0.0012 - 0.0012,
      lng: MANGWON.lng + (index % 2) * 0.002 - 0.001,
      category: 'korean',
    }
    await members[index % 2]?.mutate('rooms.propose', { roomId, key: randomUUID(), what })
  }
  await members[0]?.mutate('votes.open', { roomId, lengthMs: 30 * 60_000 })
  return room
}

/** Counts what comes over the wire by the type of what asked for it. */
function countBytes(cdp: CDPSession) {
  const types = new Map<string, string>()
  const bytes = new Map<string, number>()
  const open = new Set<string>()
  let lastAt = performance.now()
  const touch = (): void => void (lastAt = performance.now())
  cdp.on('Network.requestWillBeSent', ({ requestId, type }) => {
    types.set(requestId, type ?? 'Other')
    open.add(requestId)
    touch()
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId) ?? 'Other'
    bytes.set(type, (bytes.get(type) ?? 0) + encodedDataLength)
    open.delete(requestId)
    touch()
  })
  cdp.on('Network.loadingFailed', ({ requestId }) => {
    open.delete(requestId)
    touch()
  })
  return {
    bytes,
    untilQuiet: async (): Promise<void> => {
      while (open.size > 0 || performance.now() - lastAt < QUIET_MS) await sleep(100)
    },
  }
}

/** Runs in the page before anything of it, and is written for it: keeps the latest candidate of the largest paint, and adds up shifts. */
const WATCH_PAINT = `globalThis.seen = { lcpMs: NaN, lcpOf: '', shift: 0 }
new PerformanceObserver((list) => {
  for (const { startTime, element } of list.getEntries()) {
    seen.lcpMs = startTime
    seen.lcpOf = element ? element.tagName + ' ' + element.className : ''
  }
}).observe({ type: 'largest-contentful-paint', buffered: true })
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value
}).observe({ type: 'layout-shift', buffered: true })`

interface Seen {
  lcpMs: number
  lcpOf: string
  shift: number
  fcpMs: number
}
const readSeen = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Omit<Seen, 'fcpMs'> }
    const [first] = performance.getEntriesByName('first-contentful-paint')
    return { ...seen, fcpMs: first?.startTime ?? NaN }
  })

/** Does what this visitor came for, and tells when the page took it; ms since the navigation began. */
async function useRoom(page: Page, visitor: Visitor): Promise<number> {
  if (visitor === 'newcomer') {
    await page.locator('.join-sheet input').fill('망원동 손님')
  } else {
    const plate = page.locator('.cand .vote').first()
    await plate.waitFor()
    const chosen = (await plate.getAttribute('aria-pressed')) === 'true'
    await plate.click()
    await page.locator(`.cand .vote[aria-pressed="${!chosen}"]`).first().waitFor()
  }
  return page.evaluate(() => performance.now())
}

async function loadOnce(browser: Browser, room: RoomOfGuests, visitor: Visitor): Promise<Load> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 3,
    hasTouch: true,
    isMobile: true,
    locale: 'ko-KR',
  })
  try {
    const guest = room.members[1]
    if (!guest) throw new Error('nobody is seated')
    if (visitor === 'member') await context.addCookies(cookiesOf(guest))
    const page = await context.newPage()
    page.on('pageerror', (error) => process.stderr.write(`  ${error.stack ?? error.message}\n`))
    await page.addInitScript(WATCH_PAINT)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', PHONE)
    const counted = countBytes(cdp)
    await page.goto(`${guest.origin}/r/${room.code}`, { waitUntil: 'commit' })
    const interactiveMs = await useRoom(page, visitor)
    await counted.untilQuiet()
    const { lcpOf, ...seen } = await readSeen(page)
    const kb = (type: string): number => (counted.bytes.get(type) ?? 0) / KB
    const all = [...counted.bytes.keys()]
    const told = all.map((type) => `${type} ${kb(type).toFixed(1)}`).join(', ')
    process.stderr.write(
      `  ${visitor}: LCP ${seen.lcpMs.toFixed(0)} ms (${lcpOf}), interactive ${interactiveMs.toFixed(0)} ms; kB: ${told}\n`,
    )
    const totalKb = all.reduce((sum, type) => sum + kb(type), 0)
    return { ...seen, jsKb: kb('Script'), fontKb: kb('Font'), totalKb, interactiveMs }
  } finally {
    await context.close()
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

const KEYS = ['jsKb', 'fontKb', 'totalKb', 'fcpMs', 'lcpMs', 'interactiveMs', 'shift'] as const
const mediansOf = (loads: readonly Load[]): Load =>
  Object.fromEntries(
    KEYS.map((key) => [key, median(loads.map((load) => load[key]))]),
  ) as unknown as Load

/** Loads of both visitors in turn: what else the machine does then falls on both. */
async function loadInTurn(browser: Browser, room: RoomOfGuests): Promise<Record<Visitor, Load[]>> {
  const results: Record<Visitor, Load[]> = { member: [], newcomer: [] }
  // The server compresses a file when it is first asked for: that is no part of a visitor's wait.
  await loadOnce(browser, room, 'member')
  await loadOnce(browser, room, 'newcomer')
  const runs = () => results.newcomer.length
  while (runs() < RUNS_MIN || (runs() < RUNS_MAX && performance.now() < BEGIN_UNTIL_MS)) {
    for (const visitor of ['member', 'newcomer'] as const)
      results[visitor].push(await loadOnce(browser, room, visitor))
    if (performance.now() > BEGIN_UNTIL_MS * 1.6) break
  }
  return results
}

function tell(results: Record<Visitor, Load[]>): void {
  const [member, newcomer] = [mediansOf(results.member), mediansOf(results.newcomer)]
  process.stderr.write(`member   ${JSON.stringify(member)}\nnewcomer ${JSON.stringify(newcomer)}\n`)
  const worse = (key: keyof Load, digits = 1): number =>
    Number(Math.max(member[key], newcomer[key]).toFixed(digits))
  const lcpRuns = (visitor: Visitor): number[] =>
    results[visitor].map(({ lcpMs }) => Math.round(lcpMs))
  console.log(
    JSON.stringify({
      bench: 'load',
      jsKb: worse('jsKb'),
      totalKb: worse('totalKb'),
      lcpMs: worse('lcpMs', 0),
      interactiveMs: worse('interactiveMs', 0),
      fontKb: worse('fontKb'),
      fcpMs: worse('fcpMs', 0),
      shift: worse('shift', 3),
      lcpRuns: { member: lcpRuns('member'), newcomer: lcpRuns('newcomer') },
    }),
  )
}

const origin = process.env['E2E_BASE_URL']
if (!origin) throw new Error('bench load needs E2E_BASE_URL of a running server')
const browser = await chromium.launch({
  ...(process.env['CHROMIUM'] ? { executablePath: process.env['CHROMIUM'] } : {}),
  args: ['--no-sandbox', '--disable-background-networking'],
})
try {
  tell(await loadInTurn(browser, await seedRoom(origin)))
} finally {
  await browser.close()
}
