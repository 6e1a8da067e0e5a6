import { AppError } from '#shared/errors.ts'
import type { Config } from './config.ts'
import { type Auth, makeAuth } from './features/auth/index.ts'
import { mountAuth } from './features/auth/http.ts'
import { startAuthJobs, watchSessions } from './features/auth/jobs.ts'
import { makeAuthRouter } from './features/auth/router.ts'
import { type Chat, makeChat } from './features/chat/index.ts'
import { makeChatRouter } from './features/chat/router.ts'
import { type Demo, makeDemo, startDemoForgetting, startDemoJobs } from './features/demo/index.ts'
import { makeDemoRouter } from './features/demo/router.ts'
import { makeRooms, type RoomService } from './features/rooms/index.ts'
import { mountRoomPages } from './features/rooms/http.ts'
import { mountPresence } from './features/rooms/http.presence.ts'
import { startRoomJobs } from './features/rooms/jobs.ts'
import { makePresenceLive, type PresenceLive } from './features/rooms/live.presence.ts'
import { makeRoomsRouter } from './features/rooms/router.ts'
import { mountPlacePages } from './features/places/http.ts'
import {
  makeOnlinePlaces,
  makePlaces,
  type OnlinePlaces,
  type Places,
} from './features/places/index.ts'
import { startPlaceJobs } from './features/places/jobs.ts'
import { makePlacesRouter } from './features/places/router.ts'
import { makeUsers, type Users } from './features/users/index.ts'
import { makeUsersRouter } from './features/users/router.ts'
import { makeVoice, makeVoiceLive, type Voice } from './features/voice/index.ts'
import { mountVoice } from './features/voice/http.ts'
import { startVoiceJobs } from './features/voice/jobs.ts'
import { voiceRouter } from './features/voice/router.ts'
import { mountDecisions } from './features/votes/http.ts'
import { makeCards, makeVotes, startVoteJobs, type Votes } from './features/votes/index.ts'
import { makeVotesRouter } from './features/votes/router.ts'
import { readBasemap } from './http/basemap.ts'
import { makeWeb, type Web } from './http/web.ts'
import { newRoomCode, newUrlId, newUuid } from './platform/id.ts'
import { makePlatform, type Platform, type PlatformOverrides } from './platform/index.ts'
import { isExpected, wireErrorOf } from './trpc/failures.ts'
import { httpContext, makeAllowance, socketContext } from './trpc/context.ts'
import { router } from './trpc/init.ts'

/** Every feature's service, by name. */
export interface Services {
  auth: Auth
  users: Users
  places: Places
  onlinePlaces: OnlinePlaces
  chat: Chat
  presence: PresenceLive
  rooms: RoomService
  votes: Votes
  voice: Voice
  demo: Demo
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
export function makeAppRouter(services: Services) {
  const { auth, users, places, chat, rooms, votes, voice, demo } = services
  return router({
    auth: makeAuthRouter(auth, (id) => users.profile(id)),
    users: makeUsersRouter(users),
    rooms: makeRoomsRouter(rooms),
    votes: makeVotesRouter(votes),
    places: makePlacesRouter(places),
    chat: makeChatRouter(chat),
    voice: voiceRouter(voice),
    demo: makeDemoRouter(demo),
  })
}

/** What the client's tRPC is typed by. */
export type AppRouter = ReturnType<typeof makeAppRouter>

/** Makes every feature in the order of the feature graph; each is given what it needs and nothing more. */
async function makeServices(platform: Platform, config: Config): Promise<Services> {
  const { db, openDb, redis, bus, clock, locks, log, rateLimit, sfu } = platform
  const auth = await makeAuth({
    db,
    redis,
    bus,
    clock,
    log,
    publicUrl: config.PUBLIC_URL,
    secret: config.AUTH_SECRET,
    handoffMs: config.limits.HANDOFF_MS,
    newToken: newUrlId,
  })
  const users = makeUsers({ db, bus, log, nicknameGraphemes: config.limits.NICKNAME_GRAPHEMES })
  const { overpass, kakao } = platform
  const onlinePlaces = makeOnlinePlaces({ db, log, overpass, kakao })
  const places = makePlaces({ db, openDb, rateLimit, online: onlinePlaces, limits: config.limits })
  const chat = makeChat({
    db,
    bus,
    clock,
    log,
    rateLimit,
    messageChars: config.limits.MESSAGE_CHARS,
  })
  const presence = await makePresenceLive({ redis, bus, log, limits: config.limits })
  const rooms = makeRooms({
    db,
    bus,
    clock,
    log,
    limits: config.limits,
    rateLimit,
    presence,
    openChannel: (tx) => chat.openChannel(tx, 'room'),
    dropChannel: (tx, id) => chat.deleteChannel(tx, id),
    newId: () => newUuid(clock.now()),
    newCode: newRoomCode,
    placeOf: places.place,
    rememberProfile: async (personId, profile) => {
      await users.setProfile(personId, profile)
    },
  })
  chat.setAccess('room', {
    access: rooms.channelAccess,
    active: rooms.channelActive,
    readOnly: () => new AppError('room_closed'),
  })
  const votes = makeVotes({
    db,
    locks,
    rooms,
    log,
    limits: config.limits,
    isLockUp: redis.isUp,
    silentMs: config.LOCK_TTL_MS,
    yieldMs: Math.ceil(config.LOCK_WAIT_MS * 1.3),
    newId: newUuid,
  })
  const voice = makeVoice({
    sfu,
    rooms,
    live: makeVoiceLive(redis, clock),
    log,
    publicUrl: config.LIVEKIT_PUBLIC_URL ?? `${config.PUBLIC_URL.replace(/^http/, 'ws')}/livekit`,
  })
  const leaveVoice = (roomId: string, personId: string): void => {
    voice
      .removePerson(roomId, personId)
      .catch((error: unknown) => log.error({ err: error, roomId }, 'somebody stayed in voice'))
  }
  rooms.listen({
    personRemoved: (roomId, personId, channelId) => {
      leaveVoice(roomId, personId)
      chat.recheckAccess(channelId, personId)
    },
    personLeft: (roomId, personId, channelId) => {
      leaveVoice(roomId, personId)
      chat.recheckAccess(channelId, personId)
    },
  })
  // Seats before the votes that name them; names last.
  auth.people.setData([
    { name: 'rooms', ...rooms },
    { name: 'votes', ...votes },
    { name: 'chat', ...chat },
    { name: 'places', ...places },
    { name: 'users', ...users },
  ])
  const demo = makeDemo({
    db,
    redis,
    log,
    locks,
    rateLimit,
    limits: config.limits,
    auth,
    users,
    places,
    presence,
    rooms,
    votes,
    chat,
  })
  return { auth, users, places, onlinePlaces, chat, presence, rooms, votes, voice, demo }
}

/**
 * The composition root: one process with its parts wired, not yet listening. Tests build two over one Postgres and Redis.
 * The schema must be migrated (`migrate(platform.db)`; main does it). Whoever builds closes.
 */
export async function build(config: Config, overrides: PlatformOverrides = {}): Promise<App> {
  const basemap = await readBasemap(config)
  const platform = makePlatform(config, overrides)
  const services = await makeServices(platform, config)
  const { auth } = services
  const appRouter = makeAppRouter(services)
  const allowance = makeAllowance(config.WRITES_PER_10_S, 10_000, platform.clock)
  const web = await makeWeb({
    config,
    platform,
    basemap,
    lookUpSession: auth.lookUpSession,
    rpc: {
      router: appRouter,
      contextOfRequest: async (request, reply, signal) => {
        const { context, setCookie } = await httpContext(auth.lookUpSession, allowance, {
          headers: request.headers,
          ip: request.ip,
          requestId: request.id,
          signal,
        })
        if (setCookie) reply.header('set-cookie', setCookie)
        return context
      },
      contextOfSocket: (caller) => socketContext(auth.lookUpSession, allowance, caller),
      onError: (error, about) => {
        if (isExpected(error)) {
          if (wireErrorOf(error).code === 'not_ready')
            platform.log.warn({ err: error, ...about }, 'not ready')
          return
        }
        platform.metrics.unexpected.inc({ where: 'rpc' })
        platform.log.error({ err: error, ...about, wire: wireErrorOf(error) }, 'unexpected error')
      },
    },
  })
  if (config.ROLES.includes('web')) mountRoutes(web, services, platform, config)
  startWork(web, services, platform, config)
  const unhear = await auth.onSessionEnded(({ sessionId }) => web.sockets.closeSession(sessionId))
  web.onClose(unhear)
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
function mountRoutes(
  web: Web,
  { auth, places, presence, rooms, votes, voice }: Services,
  { every, log, rateLimit, sfu }: Platform,
  config: Config,
): void {
  mountAuth(web.app, auth, rateLimit, config.PUBLIC_URL, config.limits.SIGN_INS_PER_ADDRESS)
  const stopPresence = mountPresence({ sockets: web.sockets, live: presence, rooms, every, log })
  web.onClose(async () => stopPresence())
  mountRoomPages(web.pages, rooms, ['votes.state'])
  mountPlacePages(web.pages, places)
  mountDecisions(web.app, web.pages, votes, makeCards())
  mountVoice(web.app, voice, sfu)
}

/** Periodic work of a worker, and what must end with the process. */
function startWork(
  web: Web,
  { auth, chat, demo, onlinePlaces, places, presence, rooms, votes, voice }: Services,
  { every, log }: Platform,
  config: Config,
): void {
  const stops = config.ROLES.includes('worker')
    ? [
        startAuthJobs(auth, every),
        startPlaceJobs(places, onlinePlaces, every),
        startRoomJobs(rooms, every),
        startVoiceJobs(voice, every),
        startDemoForgetting(demo, every),
      ]
    : []
  // In every process: whichever lives goes on with a demo.
  stops.push(startDemoJobs(demo, every))
  stops.push(watchSessions(auth, web.sockets, every))
  // In every process: whichever lives closes the rounds.
  const stopVotes = startVoteJobs(votes, every, log)
  web.onClose(async () => {
    stopVotes()
    await votes.drain()
  })
  web.onClose(() => onlinePlaces.close())
  web.onClose(() => chat.close())
  web.onClose(() => presence.stop())
  web.onClose(async () => {
    for (const stop of stops) stop()
    rooms.close()
  })
  // Ended first: the friends act through all of the above.
  web.onClose(() => demo.stop())
}
