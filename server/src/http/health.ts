import { timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { isMigrated } from '../platform/db.ts'
import type { Platform } from '../platform/index.ts'

/** A part that does not answer within this time, in ms, is not ready. */
const CHECK_MS = 2_000

/** `/healthz` (the process runs), `/readyz` (it may be sent people), `/metrics` (this machine, or with the token). */
export function mountHealth(
  app: FastifyInstance,
  platform: Platform,
  config: Config,
  isDraining: () => boolean,
): void {
  let migrated = false
  const checks: Record<string, () => Promise<boolean>> = {
    postgres: async () => (await sql`select 1`.execute(platform.db)).rows.length === 1,
    redis: async () => platform.redis.isUp() && (await platform.redis.command.ping()) === 'PONG',
    // Applied migrations stay applied: asked until true.
    migrations: async () => (migrated ||= await isMigrated(platform.db)),
  }
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ ok: true }),
  )
  app.get('/readyz', async (_request, reply) => {
    const parts = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await within(check)] as const),
    )
    const ok = !isDraining() && parts.every(([, fine]) => fine)
    return reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok, draining: isDraining(), ...Object.fromEntries(parts) })
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, config.METRICS_TOKEN)) return reply.callNotFound()
    return reply
      .type(platform.metrics.registry.contentType)
      .send(await platform.metrics.registry.metrics())
  })
}

async function within(check: () => Promise<boolean>): Promise<boolean> {
  const tooLate = new AbortController()
  const answer = check().catch(() => false)
  const late = sleep(CHECK_MS, false, { signal: tooLate.signal }).catch(() => false)
  return Promise.race([answer, late]).finally(() => tooLate.abort())
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token !== undefined)
    return (
      given !== undefined &&
      given.length === token.length &&
      timingSafeEqual(Buffer.from(given), Buffer.from(token))
    )
  // A proxy on this machine that nobody told us to trust would make everybody local.
  const passedOn = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => request.headers[name] !== undefined,
  )
  return !passedOn && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)
}
