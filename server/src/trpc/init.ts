import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { AppError, type WireError } from '#shared/errors.ts'
import type { Locale } from '#shared/users.ts'
import type { Session, SessionPerson } from '../platform/session.ts'
import { refusalIn } from '../platform/failures.ts'
import { counted } from './subscriptions.ts'
import { httpStatusOf, refusal, wireErrorOf } from './failures.ts'

export interface Context {
  person: SessionPerson | null
  sessionId: string | null
  ip: string
  requestId: string
  /** From Accept-Language; for what is written before the person chose. */
  locale: Locale
  /** Ends with the request or socket. Long work and subscriptions use the procedure's own `signal`. */
  signal: AbortSignal
  /** A socket outlives its session: there this looks the session up again. Over HTTP it is the answer already had. */
  currentSession(): Promise<Session | null>
  /** Counts one write (or subscription) against the caller's allowance; throws AppError('slow_down'). */
  takeWrite(): void
  /** The same for a query, of which there may be more. */
  takeRead(): void
  /** Counts one of the socket's open subscriptions; the answer gives it back. Throws AppError('slow_down'). */
  takeSubscription(): () => void
}

/** What a failed call carries in `error.data`; `message` is the code again. */
export type ErrorData = WireError & { httpStatus: number; path?: string | undefined }

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error, path }) => ({
    code: shape.code,
    message: wireErrorOf(error).code,
    data: { ...wireErrorOf(error), httpStatus: httpStatusOf(error), path } satisfies ErrorData,
  }),
  // Subscriptions go over the WebSocket alone.
  sse: { enabled: false },
})

/** Refusals leave services as AppError; here they get the status that fits, so that no refusal looks like a fault of ours. */
const refusals = t.middleware(async ({ next }) => {
  const result = await next()
  const refused = result.ok ? undefined : refusalIn(result.error.cause)
  if (!refused) return result
  throw refusal(refused, result.ok ? undefined : result.error.cause)
})

/** Coarse and in this process: what keeps a runaway client off the database. Features add rules of their own. */
const allowances = t.middleware(async ({ ctx, type, next }) => {
  if (type === 'query') ctx.takeRead()
  else ctx.takeWrite()
  if (type !== 'subscription') return next()
  const release = ctx.takeSubscription()
  const result = await next()
  if (!result.ok) release()
  return result.ok ? { ...result, data: counted(result.data, release) } : result
})

const needsPerson = t.middleware(async ({ ctx, next }) => {
  const session = await ctx.currentSession()
  if (!session) throw new AppError('unauthenticated')
  return next({ ctx: { ...ctx, person: session.person, sessionId: session.id } })
})

export const router = t.router

/** Open to everyone; `ctx.person` may be null. */
export const publicProcedure = t.procedure.use(refusals).use(allowances)

/** Needs a valid session, else AppError('unauthenticated'); `ctx.person` is there. */
export const personProcedure = publicProcedure.use(needsPerson)

/** For subscriptions: their refusals come after the middleware is done, so they get their status here. */
export async function* refusing<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    const refused = refusalIn(error)
    throw refused ? refusal(refused, error) : error
  }
}

/** For procedures without input: nothing or an empty object; what else is sent along is refused. */
export const nothing = z.strictObject({}).optional()
