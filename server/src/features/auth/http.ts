import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import type { LimitRule, RateLimit } from '#server/platform/rateLimit.ts'
import type { Auth } from './service.ts'

const redeemSchema = z.object({ token: z.string().regex(/^[\w-]{22}$/) })

/** Carriers and offices share addresses: wide for signing in, and for guessing only failures count. */
const SIGN_IN_S = 600
const HANDOFF_GUESS: LimitRule = { name: 'handoff-guess', points: 20, perSeconds: 600 }

/**
 * The few endpoints of better-auth that we need, and the redeeming of a link. All are POST: no GET ever makes a session.
 * The Origin was checked before.
 */
export function mountAuth(
  app: FastifyInstance,
  auth: Auth,
  rateLimit: RateLimit,
  publicUrl: string,
  signInsPerAddress: number,
): void {
  const signIn: LimitRule = { name: 'sign-in', points: signInsPerAddress, perSeconds: SIGN_IN_S }
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const headers = new Headers({
      'content-type': 'application/json',
      origin: new URL(publicUrl).origin,
    })
    for (const name of ['cookie', 'user-agent'] as const)
      if (request.headers[name]) headers.set(name, request.headers[name])
    const answered = await auth.answer(
      new Request(publicUrl + request.url, { method: 'POST', headers, body: '{}' }),
    )
    if (answered.status >= 500) throw new Error(`better-auth answered ${answered.status}`)
    for (const line of answered.headers.getSetCookie()) reply.header('set-cookie', line)
    // Its body is dropped: it repeats the token, which no script may read.
    return reply.code(answered.status).header('cache-control', 'no-store').send({ ok: answered.ok })
  }
  app.post('/api/auth/sign-in/anonymous', async (request, reply) => {
    await rateLimit.limit(request.ip, signIn)
    return answer(request, reply)
  })
  app.post('/api/auth/sign-out', async (request, reply) => {
    // Ours first: the library says "signed out" also when Postgres did not answer.
    await auth.endSession(request.headers)
    return answer(request, reply)
  })
  app.post('/api/auth/handoff/redeem', async (request, reply) => {
    await rateLimit.check(request.ip, HANDOFF_GUESS)
    const body = redeemSchema.safeParse(request.body)
    try {
      if (!body.success) throw new AppError('handoff_invalid')
      const { setCookie, roomCode } = await auth.redeemHandoff(body.data.token, request.headers)
      return await reply
        .header('set-cookie', setCookie)
        .header('cache-control', 'no-store')
        .send({ roomCode })
    } catch (error) {
      if (error instanceof AppError) await rateLimit.limit(request.ip, HANDOFF_GUESS)
      throw error
    }
  })
}
