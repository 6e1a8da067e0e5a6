import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { type Auth, makeAuth } from './features/auth/index.ts'
import { mountAuth } from './features/auth/http.ts'
import { makeAuthRouter } from './features/auth/router.ts'
import { type Chat, makeChat } from './features/chat/index.ts'
import { makeChatRouter } from './features/chat/router.ts'
import { makeUsers, type Users } from './features/users/index.ts'
import { makeUsersRouter } from './features/users/router.ts'
import { makeWeb, type Web } from './http/web.ts'
import { makePlatform, type Platform, type PlatformOverrides } from './platform/index.ts'
import { isExpected, wireErrorOf } from './trpc/failures.ts'
import { httpContext, socketContext } from './trpc/context.ts'
import { router } from './trpc/init.ts'

/** Every feature's service, by name. */
export interface Services {
  auth: Auth
  users: Users
  chat: Chat
}

export interface App {
  config: Config
  platform: Platform
  services: Services
  web: Web
  /** Listens; the answer is the address to open. */
  listen(): Promise<string>
  /** Address in use after `listen`, with the real port; without a trailing slash. */
  url(): string
  /** Hand-over and end: not ready, tell clients, finish, flush, close. `graceMs`: how long to stay reachable after "not ready", for a proxy to notice. */
  close(options?: { graceMs?: number }): Promise<void>
}

/** Composes the routers of all features; one line each. */
function makeAppRouter({ auth, users, chat }: Services) {
  return router({
    auth: makeAuthRouter(auth, (id) => users.profile(id)),
    users: makeUsersRouter(users),
    // places, rooms, votes, chat, voice: one line each, in this order
    chat: makeChatRouter(chat),
  })
}

/** What the client's tRPC is typed by. */
export type AppRouter = ReturnType<typeof makeAppRouter>

/** Makes every feature in the order of the feature graph; each is given what it needs and nothing more. */
async function makeServices(platform: Platform, config: Config): Promise<Services> {
  const { db, redis, bus, clock, log, rateLimit } = platform
  const auth = await makeAuth({
    db,
    redis,
    bus,
    clock,
    log,
    publicUrl: config.PUBLIC_URL,
    secret: config.AUTH_SECRET,
    handoffMs: config.limits.HANDOFF_MS,
  })
  const users = makeUsers({ db, bus, nicknameGraphemes: config.limits.NICKNAME_GRAPHEMES })
  const chat = makeChat({ db, bus, clock, log, rateLimit, messageChars: config.limits.MESSAGE_CHARS })
  // const places = makePlaces(…); const rooms = makeRooms(…); const votes = makeVotes(…); const voice = makeVoice(…)
  return { auth, users, chat }
}

/**
 * The composition root: one process with its parts wired, not yet listening. Tests build two over one Postgres and Redis.
 * The schema must be migrated (`migrate(platform.db)`; main does it). Whoever builds closes.
 */
export async function build(config: Config, overrides: PlatformOverrides = {}): Promise<App> {
  const platform = makePlatform(config, overrides)
  const services = await makeServices(platform, config)
  const { auth } = services
  const appRouter = makeAppRouter(services)
  const web = await makeWeb({
    config,
    platform,
    lookUpSession: auth.lookUpSession,
    rpc: {
      router: appRouter,
      contextOfRequest: async (request, reply, signal) => {
        const { context, setCookie } = await httpContext(auth.lookUpSession, { headers: request.headers, ip: request.ip, requestId: request.id, signal })
        if (setCookie) reply.header('set-cookie', setCookie)
        return context
      },
      contextOfSocket: (caller) => socketContext(auth.lookUpSession, caller),
      onError: (error, about) => {
        if (isExpected(error)) return
        platform.metrics.unexpected.inc({ where: 'rpc' })
        platform.log.error({ err: error, ...about, wire: wireErrorOf(error) }, 'unexpected error')
      },
    },
  })
  mountRoutes(web.app, services, platform, config)
  const unhear = await auth.onSessionEnded(({ sessionId }) => web.sockets.closeSession(sessionId))
  web.onClose(unhear)
  web.onClose(() => services.chat.close())
  return {
    config,
    platform,
    services,
    web,
    listen: () => web.listen(),
    url: () => web.url(),
    close: async (options) => {
      await web.close(options)
      await platform.close()
    },
  }
}

/** What is not tRPC: each feature's `http` file, and its sockets (`web.sockets.register('/presence', …)`), pages (`web.pages.register('/r/:code', …)`) and flushing (`web.onClose`). */
function mountRoutes(app: FastifyInstance, { auth }: Services, { rateLimit }: Platform, config: Config): void {
  mountAuth(app, auth, rateLimit, config.PUBLIC_URL, config.limits.SIGN_INS_PER_ADDRESS)
}
