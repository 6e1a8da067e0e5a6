import { setTimeout as sleep } from 'node:timers/promises'
import proxyAddr from '@fastify/proxy-addr'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import type { Config } from '../config.ts'
import type { Platform } from '../platform/index.ts'
import type { LookUpSession } from '../platform/session.ts'
import { mountAssets } from './assets.ts'
import { type Basemap, mountBasemap } from './basemap.ts'
import { mountBrowserErrors } from './browserErrors.ts'
import { mountHealth } from './health.ts'
import { mountLivekit } from './livekit.ts'
import { makeOriginCheck } from './origin.ts'
import { type Pages, makePages } from './pages.ts'
import { mountRpc, type Rpc, RPC_PATH, type RpcDeps } from './rpc.ts'
import { makeHttp } from './server.ts'
import { mountSettings, settingsOf } from './settings.ts'
import { makeSockets, type Sockets } from './sockets.ts'

export interface WebDeps {
  config: Config
  platform: Platform
  basemap: Basemap
  lookUpSession: LookUpSession
  rpc: RpcDeps
}

/** The web side of a process: routes, sockets, pages, and its orderly end. */
export interface Web {
  app: FastifyInstance
  sockets: Sockets
  pages: Pages
  /** Runs after the last request and socket, before Redis and Postgres close: flush here. In reverse order of adding. */
  onClose(hook: () => Promise<void>): void
  listen(): Promise<string>
  url(): string
  close(options?: { graceMs?: number }): Promise<void>
}

/** How long sockets get to move over after they were told, in ms; clients open the new one before they leave the old. */
const MOVE_OVER_MS = 2_500

export async function makeWeb({
  config,
  platform,
  basemap,
  lookUpSession,
  rpc,
}: WebDeps): Promise<Web> {
  let draining = false
  // A worker alone shows its health and nothing else.
  const servesPeople = config.ROLES.includes('web')
  const { log, metrics } = platform
  const app = await makeHttp({ config, log, metrics, isDraining: () => draining })
  const trusts = proxyAddr.compile(config.TRUST_PROXY)
  const sockets = makeSockets({
    server: app.server,
    lookUpSession,
    isOwnOrigin: makeOriginCheck(config.PUBLIC_URL),
    ipOf: (request) => proxyAddr(request, trusts),
    log,
    metrics,
  })
  mountHealth(app, platform, config, () => draining)
  const faces = servesPeople
    ? await mountPeople({ config, platform, basemap, rpc }, app, sockets)
    : null
  if (!faces)
    app.setNotFoundHandler(() => {
      throw new AppError('not_found')
    })
  const hooks: (() => Promise<void>)[] = []
  let address = ''
  const drain = async (graceMs: number): Promise<void> => {
    draining = true
    await sleep(graceMs)
    if (sockets.count() > 0) faces?.rpc.broadcastReconnect()
    sockets.refuseNew()
    // tRPC's clients open the new socket before they leave; the others know of no such notice.
    sockets.closeAll(RPC_PATH)
    const until = Date.now() + (graceMs > 0 ? MOVE_OVER_MS : 0)
    while (sockets.count() > 0 && Date.now() < until) await sleep(50)
    sockets.closeAll()
    await app.close()
    sockets.stop()
    for (const hook of hooks.reverse())
      await hook().catch((error: unknown) => log.error({ err: error }, 'a closing hook failed'))
  }
  let closing: Promise<void> | undefined
  return {
    app,
    sockets,
    pages: faces?.pages ?? { register: () => undefined },
    onClose: (hook) => {
      hooks.push(hook)
    },
    listen: async () => {
      address = await app.listen({ host: config.HOST, port: config.PORT })
      return config.PUBLIC_URL
    },
    url: () => address,
    close: ({ graceMs = 0 } = {}) => (closing ??= drain(graceMs)),
  }
}

/** Everything that people ask for, in the order in which routes are found. */
async function mountPeople(
  { config, platform, basemap, rpc }: Omit<WebDeps, 'lookUpSession'>,
  app: FastifyInstance,
  sockets: Sockets,
): Promise<{ rpc: Rpc; pages: Pages }> {
  const { log, metrics, rateLimit } = platform
  const settings = settingsOf(config, basemap)
  mountSettings(app, settings)
  await mountBasemap(app, basemap)
  if (basemap.warning) log.warn(basemap.warning)
  const mounted = mountRpc(app, sockets, rpc)
  mountLivekit(app, sockets, config.LIVEKIT_URL, log)
  mountBrowserErrors(app, { clientDir: config.CLIENT_DIR, log, metrics, rateLimit })
  await mountAssets(app, config.CLIENT_DIR)
  return { rpc: mounted, pages: await makePages(app, config, settings, rpc) }
}
