import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test'
import { ISLAND_CENTRE } from '#shared/demo.island.ts'
import type { LatLng } from '#shared/geo.ts'
import type { Category } from '#shared/places.ts'
import type { Guest } from '../api.ts'
import { cookiesOf, openRoomOf } from './presence.ts'
import type { RoomOfGuests } from './presence.ts'
import { InsidePage } from './inside.ts'

/** The two ends of the devices on which the product is tried. */
export const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
}

/** Where test rooms are: Bap Island, which needs no tiles. */
export const GROUND = { ...ISLAND_CENTRE, zoom: 15 }

/** One of a list that the test itself made; a miss is a fault of the test. */
export function nth<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new Error(`there is no ${index}`)
  return item
}

/** A browser of its own, signed in as this guest. */
export async function contextOf(
  browser: Browser,
  guest: Guest,
  device: BrowserContextOptions = DESK,
): Promise<BrowserContext> {
  const context = await browser.newContext(device)
  await context.addCookies(cookiesOf(guest))
  return context
}

/** The room as this member sees it in a browser of their own. */
export async function sitDown(
  browser: Browser,
  room: RoomOfGuests,
  guest: Guest,
  device: BrowserContextOptions = DESK,
): Promise<InsidePage> {
  const context = await contextOf(browser, guest, device)
  const page = new InsidePage(await context.newPage())
  await page.goto(guest.origin, room.code)
  return page
}

/** Seoyeon's room with Harin in it; what Seoyeon put forward stands there. */
export async function roomOfTwo(
  origin: string | undefined,
  places: readonly string[] = [],
): Promise<RoomOfGuests & { host: Guest; guest: Guest }> {
  const room = await openRoomOf(origin ?? '', ['서연', '하린'], GROUND)
  const [host, guest] = [nth(room.members, 0), nth(room.members, 1)]
  await putForward(host, room.roomId, places)
  return { ...room, host, guest }
}

/** Puts pins forward over the wire, a hundred metres apart, in this order. */
export async function putForward(
  guest: Guest,
  roomId: string,
  names: readonly string[],
  category: Category = 'korean',
  { lat, lng }: LatLng = GROUND,
): Promise<void> {
  for (const [index, name] of names.entries()) {
    const what = {
      kind: 'pin',
      name,
      lat: lat + (index - 1) / 1_000,
      lng: lng + index / 800,
      category,
    }
    await guest.mutate('rooms.propose', { roomId, key: crypto.randomUUID(), what })
  }
}
