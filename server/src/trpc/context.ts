import type { IncomingHttpHeaders } from 'node:http'
import type { Locale } from '#shared/users.ts'
import { newUuid } from '../platform/id.ts'
import type { LookUpSession, Session } from '../platform/session.ts'
import type { Context } from './init.ts'

export interface Caller {
  headers: IncomingHttpHeaders
  ip: string
  requestId?: string
  signal: AbortSignal
}

/** Context of one HTTP request, which may hold a batch: one look-up for all of it. `setCookie` is for the answer. */
export async function httpContext(lookUp: LookUpSession, caller: Caller): Promise<{ context: Context; setCookie: string | undefined }> {
  const { session, setCookie } = await lookUp(caller.headers)
  return { context: contextOf(caller, session, async () => session), setCookie }
}

/** Context of one socket, made once; each guarded call looks the session up again, because it may have ended since. */
export async function socketContext(lookUp: LookUpSession, caller: Caller): Promise<Context> {
  const again = async (): Promise<Session | null> => (await lookUp(caller.headers)).session
  return contextOf(caller, await again(), again)
}

function contextOf(caller: Caller, session: Session | null, currentSession: () => Promise<Session | null>): Context {
  return {
    person: session?.person ?? null,
    sessionId: session?.id ?? null,
    ip: caller.ip,
    requestId: caller.requestId ?? newUuid(),
    locale: localeOf(caller.headers['accept-language']),
    signal: caller.signal,
    currentSession,
  }
}

/** Korean or English, whichever Accept-Language names first; Korean when it names neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = /\b(ko|en)\b/i.exec(acceptLanguage ?? '')
  return first?.[1]?.toLowerCase() === 'en' ? 'en' : 'ko'
}
