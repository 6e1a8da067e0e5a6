import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '#shared/errors.ts'
import type { Locale } from '#shared/users.ts'
import type { Clock } from '../platform/clock.ts'
import { newUuid } from '../platform/id.ts'
import { makeOpenCount } from '../platform/openCount.ts'
import type { LookUpSession, Session } from '../platform/session.ts'
import type { Context } from './init.ts'

export interface Caller {
  headers: IncomingHttpHeaders
  ip: string
  requestId?: string
  signal: AbortSignal
}

/** Context of one HTTP request, which may hold a batch: one look-up for all of it. `setCookie` is for the answer. */
export async function httpContext(
  lookUp: LookUpSession,
  allowance: Allowance,
  caller: Caller,
): Promise<{ context: Context; setCookie: string | undefined }> {
  const { session, setCookie } = await lookUp(caller.headers)
  return { context: contextOf(caller, allowance, session, async () => session), setCookie }
}

/** Context of one socket, made once; each guarded call looks the session up again, because it may have ended since. */
export async function socketContext(
  lookUp: LookUpSession,
  allowance: Allowance,
  caller: Caller,
): Promise<Context> {
  const again = async (): Promise<Session | null> => (await lookUp(caller.headers)).session
  return contextOf(caller, allowance, await again(), again)
}

function contextOf(
  caller: Caller,
  allowance: Allowance,
  session: Session | null,
  currentSession: () => Promise<Session | null>,
): Context {
  const subscriptions = makeOpenCount(SUBSCRIPTIONS_PER_SOCKET)
  return {
    person: session?.person ?? null,
    sessionId: session?.id ?? null,
    ip: caller.ip,
    requestId: caller.requestId ?? newUuid(),
    locale: localeOf(caller.headers['accept-language']),
    signal: caller.signal,
    currentSession,
    takeWrite: () => allowance.write(session?.person.id ?? caller.ip),
    takeRead: () => allowance.read(session?.person.id ?? caller.ip),
    takeSubscription: () => {
      const release = subscriptions.take('')
      if (!release) throw new AppError('slow_down', { retryAt: Date.now() + 1_000 })
      return release
    },
  }
}

/** Takes one from the key's allowance in this process; throws AppError('slow_down', { retryAt }). */
export interface Allowance {
  write(key: string): void
  read(key: string): void
}

/** A tab holds about five; more than this is no page of ours. */
const SUBSCRIPTIONS_PER_SOCKET = 50
/** A page reads several things for each that it changes. */
const READS_PER_WRITE = 10

export function makeAllowance(writes: number, windowMs: number, clock: Clock): Allowance {
  return {
    write: makeWindow(writes, windowMs, clock),
    read: makeWindow(writes * READS_PER_WRITE, windowMs, clock),
  }
}

/** A fixed window for all keys at once: one map, forgotten whole, so that memory stays bounded by one window's callers. */
function makeWindow(points: number, windowMs: number, clock: Clock): (key: string) => void {
  let counts = new Map<string, number>()
  let until = 0
  return (key) => {
    const now = clock.now()
    // A clock that was set back must not make the window last until it caught up.
    if (now >= until || now < until - windowMs) {
      counts = new Map()
      until = now + windowMs
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > points) throw new AppError('slow_down', { retryAt: until })
  }
}

/** Korean or English, whichever Accept-Language names first; Korean when it names neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = /\b(ko|en)\b/i.exec(acceptLanguage ?? '')
  return first?.[1]?.toLowerCase() === 'en' ? 'en' : 'ko'
}
