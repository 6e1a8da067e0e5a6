import { readFile } from 'node:fs/promises'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import { isExpectedHttp, statusOf, wireErrorOfHttp } from './failures.ts'
import type { Config } from '../config.ts'
import { newUuid } from '../platform/id.ts'
import { type Log, redactUrl } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import { makeOriginCheck } from './origin.ts'
import { cspOf } from './security.ts'

/** Largest body of any route without its own limit. */
const BODY_BYTES = 128 * 1_024

export interface HttpDeps {
  config: Config
  log: Log
  metrics: Metrics
  /** False from SIGTERM on: answers then close their connection. */
  isDraining(): boolean
}

/** fastify with our limits, headers, Origin check, failures and log; routes are added by others. */
export async function makeHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const { config } = deps
  const app = fastify({
    ...(await listenerOf(config)),
    trustProxy: config.TRUST_PROXY.length > 0 ? config.TRUST_PROXY : false,
    bodyLimit: BODY_BYTES,
    // A tRPC batch names all its procedures in one path parameter.
    routerOptions: { maxParamLength: 2_000 },
    genReqId: () => newUuid(),
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    logger: false,
    exposeHeadRoutes: true,
  })
  await app.register(helmet, securityOf(config))
  addPermissions(app)
  addOriginCheck(app, config.PUBLIC_URL)
  addLogging(app, deps)
  addFailures(app, deps)
  return app
}

/** Who opens a connection and then sends its first lines a letter at a time, or nothing, is let go. */
const PATIENCE = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 }

async function listenerOf(
  config: Config,
): Promise<{ http: object | null; https: { cert: Buffer; key: Buffer } | null }> {
  if (!config.TLS_CERT || !config.TLS_KEY) return { http: PATIENCE, https: null }
  const [cert, key] = [await readFile(config.TLS_CERT), await readFile(config.TLS_KEY)]
  return { http: null, https: { ...PATIENCE, cert, key } }
}

function securityOf(config: Config) {
  const secure = config.PUBLIC_URL.startsWith('https://')
  return {
    contentSecurityPolicy: { useDefaults: false, directives: cspOf(config) },
    // OpenStreetMap's tile policy wants a Referer; only the origin leaves.
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' as const },
    strictTransportSecurity: secure ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-site' as const },
  }
}

function addPermissions(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header(
      'permissions-policy',
      'microphone=(self), camera=(self), geolocation=(self), display-capture=(self), payment=(), usb=()',
    )
    return payload
  })
}

/** Whatever changes something needs our own Origin; LiveKit's webhook signs its body instead and sends none. */
function addOriginCheck(app: FastifyInstance, publicUrl: string): void {
  const isOwn = makeOriginCheck(publicUrl)
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    if (!isOwn(request.headers)) throw new AppError('session_foreign')
  })
}

function addLogging(app: FastifyInstance, { log, metrics, isDraining }: HttpDeps): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (isDraining()) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => {
    const name = request.routeOptions.url ?? 'unknown'
    const outcome = `${Math.floor(reply.statusCode / 100)}xx`
    metrics.requestSeconds.observe({ kind: 'http', name, outcome }, reply.elapsedTime / 1_000)
    const level =
      name === '/healthz' || name === '/readyz' || name === '/metrics' ? 'debug' : 'info'
    log[level](
      {
        requestId: request.id,
        kind: 'http',
        method: request.method,
        url: redactUrl(request.url),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
}

function addFailures(app: FastifyInstance, { log, metrics }: HttpDeps): void {
  app.setErrorHandler(async (error, request, reply) => {
    const wire = wireErrorOfHttp(error, BODY_BYTES)
    if (!isExpectedHttp(error)) {
      metrics.unexpected.inc({ where: 'http' })
      log.error(
        {
          err: error,
          errorId: wire.code === 'unexpected' ? wire.params.id : undefined,
          requestId: request.id,
          url: redactUrl(request.url),
        },
        'unexpected error',
      )
    }
    const status = statusOf(error, wire)
    reply.code(status).header('cache-control', 'no-store')
    // The client's tRPC link reads its own shape, on every path of tRPC.
    if (request.url.startsWith('/trpc/')) {
      return reply.send({
        error: { message: wire.code, code: -32_600, data: { ...wire, httpStatus: status } },
      })
    }
    return reply.send({ error: wire })
  })
}
