import { createSignal } from 'solid-js'
import { takeEarly } from './early.ts'
import { forgetPerson } from './storage.ts'
import { trpc } from './trpc.ts'
import type { Person } from '#shared/users.ts'
import { isWireError } from './trpc.ts'

/** Who this browser is to the server; null before the first act, undefined while not yet known. */
const [person, setPerson] = createSignal<Person | null>()
export { person }

/** Refused by the server, with what it said; thrown by calls that are not tRPC's. */
export class HttpRefusal extends Error {
  readonly failure: unknown
  constructor(failure: unknown) {
    super('refused')
    this.name = 'HttpRefusal'
    this.failure = failure
  }
}

/** Asks who this browser is. Never makes a session. */
export async function readPerson(): Promise<Person | null> {
  const { data } = await takeEarly('auth.me', undefined, () => trpc.auth.me.query())
  const me = data.person
  setPerson(me)
  return me
}

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said: unknown = await answer.json().catch(() => null)
  if (answer.ok) return said
  const error = typeof said === 'object' && said !== null && 'error' in said ? said.error : null
  throw new HttpRefusal(isWireError(error) ? error : null)
}

let making: Promise<void> | undefined

/**
 * A session, made at the first act and never by reading, so that crawlers make no guests. Two acts at once make one.
 * Call before any mutation that a stranger may do first (open a room, join one).
 */
export function ensureSession(): Promise<void> {
  if (person()) return Promise.resolve()
  making ??= (async () => {
    if (await readPerson()) return
    await post('/api/auth/sign-in/anonymous', {})
    await readPerson()
  })().finally(() => {
    making = undefined
  })
  return making
}

/** My own name, face or language, as rooms that I enter later will have them. A first act: makes the session. */
export async function changeProfile(change: {
  name?: string
  portrait?: string
  locale?: Person['locale']
}): Promise<void> {
  await ensureSession()
  await trpc.users.setProfile.mutate(change)
  await readPerson()
}

/** The server keeps how I entered a room as the suggestion for the next: known here without asking. */
export function rememberMe(name: string, portrait: string): void {
  setPerson((me) => me && { ...me, name, portrait })
}

/** Ends the session of this browser. A guest has no other way back than a browser that is still signed in. */
export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {})
  forgetPerson()
  setPerson(null)
}

/** A single-use link, 10 minutes, that makes another browser the same person. */
export const startHandoff = (roomCode?: string): Promise<{ url: string; expiresAt: number }> =>
  trpc.auth.startHandoff.mutate(roomCode === undefined ? {} : { roomCode })

/** Redeems a link made on another device: this browser becomes the same person. The answer is the room it was made in. */
export async function redeemHandoff(token: string): Promise<string | null> {
  const said = await post('/api/auth/handoff/redeem', { token })
  await readPerson()
  return typeof said === 'object' &&
    said !== null &&
    'roomCode' in said &&
    typeof said.roomCode === 'string'
    ? said.roomCode
    : null
}

/** False when this browser keeps no cookies, so that nobody could be remembered. Leaves nothing behind. */
export function cookiesWork(): boolean {
  if (!navigator.cookieEnabled) return false
  try {
    document.cookie = 'bapmap.try=1; SameSite=Lax; path=/'
    const works = document.cookie.includes('bapmap.try=1')
    document.cookie = 'bapmap.try=; Max-Age=0; path=/'
    return works
  } catch {
    return false
  }
}

/** An app's own browser, with cookies of its own: who continues elsewhere would be someone else. */
export function isInAppBrowser(agent: string = navigator.userAgent): boolean {
  return /KAKAOTALK|NAVER\(inapp|Instagram|FBAN|FBAV|Line\//i.test(agent)
}
