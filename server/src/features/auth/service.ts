import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '#shared/errors.ts'
import type { PersonId } from '#shared/users.ts'
import type { Bus } from '#server/platform/bus.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Db, Tx } from '#server/platform/db.ts'
import type { Log } from '#server/platform/log.ts'
import type { RedisLinks } from '#server/platform/redis.ts'
import type { LookedUp, LookUpSession } from '#server/platform/session.ts'
import {
  announceEnd,
  hearEnds,
  makeSessionCache,
  type SessionCache,
  type SessionEnded,
} from './live.ts'
import {
  deleteExpired,
  deleteHandoffsOf,
  deleteSession,
  deleteSessionsOf,
  deleteUser,
  extendSession,
  insertHandoff,
  insertSimulated,
  listRunning,
  listSessionsOf,
  takeHandoff,
} from './repo.ts'
import { makePeople, type People, type PeopleDeps } from './service.people.ts'
import { makeSessionCookie, type SessionCookie } from './service.cookie.ts'
import {
  type AuthLibrary,
  type FoundSession,
  makeAuthLibrary,
  SESSION_SECONDS,
} from './service.library.ts'

export interface AuthDeps {
  db: Db
  redis: RedisLinks
  bus: Bus
  clock: Clock
  log: Log
  publicUrl: string
  secret: string
  handoffMs: number
  /** Makes an unguessable token of 22 url characters. */
  newToken(): string
}

export interface Auth {
  lookUpSession: LookUpSession
  /** Answers better-auth's own endpoints (sign-in as a guest, sign-out). */
  answer(request: Request): Promise<Response>
  /** Ends the session of a browser; without one there is nothing to do. It is over once this resolves; servers that can't be told notice within seconds. */
  endSession(headers: IncomingHttpHeaders): Promise<void>
  /** A single-use link that makes another browser the same person. */
  startHandoff(
    personId: PersonId,
    roomCode: string | null,
  ): Promise<{ url: string; expiresAt: number }>
  /** Makes a session of the link's person; throws AppError('handoff_invalid'). A session that the browser had ends. */
  redeemHandoff(
    token: string,
    headers: IncomingHttpHeaders,
  ): Promise<{ setCookie: string; roomCode: string | null }>
  /** Hears each ended session, from any server. Returns the removal. */
  onSessionEnded(listener: (ended: SessionEnded) => void): Promise<() => Promise<void>>
  /** Those of these sessions that are over, for whatever reason and however quietly it came. */
  endedAmong(sessionIds: readonly string[]): Promise<string[]>
  /** A new person whom nobody can sign in as: a friend on Bap Island. Ended by `people.erasePerson`. */
  addSimulated(tx: Tx): Promise<PersonId>
  /** Removes what has expired; for a periodic job. */
  forgetExpired(): Promise<void>
  /** Moving, exporting and erasing a person over all features (rules.md, "Data of a person"). */
  people: People
}

/** A session in use is prolonged, and its cookie written again, once a day. */
const EXTEND_AFTER_MS = 86_400_000

export async function makeAuth(deps: AuthDeps): Promise<Auth> {
  const { db, bus, clock, log, publicUrl } = deps
  const cache = makeSessionCache(deps.redis)
  const cookie = makeSessionCookie(deps.secret, publicUrl.startsWith('https://'))
  const library = await makeAuthLibrary({ ...deps, cache })
  /** Postgres first, where sessions end; then whoever can be told. */
  const endSession = async (token: string): Promise<void> => {
    const ended = await deleteSession(db, token)
    await cache.delete(token)
    if (!ended) return
    await announceEnd(bus, ended.id).catch((error: unknown) =>
      log.warn({ err: error }, 'servers were not told of a session that ended'),
    )
  }
  return {
    lookUpSession: makeLookUp(db, cache, cookie, library, clock, log),
    answer: library.answer,
    endSession: async (headers) => {
      const token = cookie.read(headers.cookie)
      if (token) await endSession(token)
    },
    startHandoff: async (personId, roomCode) => {
      const token = deps.newToken()
      const expiresAt = clock.now() + deps.handoffMs
      await deleteHandoffsOf(db, personId)
      await insertHandoff(db, {
        tokenHash: hashOf(token),
        personId,
        roomCode,
        expiresAt: new Date(expiresAt),
      })
      // In the fragment, which no server and no log ever sees.
      return { url: `${publicUrl}/continue#${token}`, expiresAt }
    },
    redeemHandoff: async (token, headers) => {
      const link = await takeHandoff(db, hashOf(token), new Date(clock.now()))
      if (!link) throw new AppError('handoff_invalid')
      const before = cookie.read(headers.cookie)
      const session = await library.createSession(link.person_id)
      // The link is used up: an old session that can't be ended just now must not cost its person the new one.
      if (before)
        await endSession(before).catch((error: unknown) =>
          log.warn({ err: error }, 'a replaced session was not ended'),
        )
      return { setCookie: cookie.write(session.token), roomCode: link.room_code }
    },
    onSessionEnded: (listener) => hearEnds(bus, listener),
    endedAmong: async (ids) => {
      const running = new Set(await listRunning(db, ids, new Date(clock.now())))
      return ids.filter((id) => !running.has(id))
    },
    addSimulated: insertSimulated,
    forgetExpired: () => deleteExpired(db, new Date(clock.now())),
    people: makePeople({ db, log, own: makeOwn(db, cache, bus) }),
  }
}

/** Auth's own part: sessions and links stay with the account that they were made for. Erasing deletes the user, and with it the person. */
function makeOwn(db: Db, cache: SessionCache, bus: Bus): PeopleDeps['own'] {
  return {
    moveOwner: async (tx, from) => deleteHandoffsOf(tx, from),
    exportFor: async (personId) => {
      const rows = await listSessionsOf(db, personId)
      return {
        sessions: rows.map((row) => ({
          startedAt: row.created_at.getTime(),
          expiresAt: row.expires_at.getTime(),
          browser: row.user_agent,
        })),
      }
    },
    erase: async (tx, personId) => {
      const ended = await deleteSessionsOf(tx, personId)
      await deleteUser(tx, personId)
      const forget = ({ id, token }: { id: string; token: string }): Promise<unknown> =>
        Promise.all([cache.delete(token), announceEnd(bus, id)])
      return {
        afterErase: async () => {
          await Promise.all(ended.map(forget))
        },
      }
    },
  }
}

/** Signature, one Redis GET, one JSON.parse; Postgres only for what Redis does not hold. */
function makeLookUp(
  db: Db,
  cache: SessionCache,
  cookie: SessionCookie,
  library: AuthLibrary,
  clock: Clock,
  log: Log,
): LookUpSession {
  const nobody: LookedUp = { session: null }
  return async (headers) => {
    const token = cookie.read(headers.cookie)
    if (!token) return nobody
    const cached = await cache.get(token)
    const found = cached ? parseFound(cached) : await library.findSession(token)
    if (!found || found.session.expiresAt.getTime() <= clock.now()) return nobody
    if (!cached) await remember(cache, found)
    const { session, user } = found
    const answer: LookedUp = {
      session: {
        id: session.id,
        person: { id: user.id, guest: user.isAnonymous === true },
        expiresAt: session.expiresAt.getTime(),
      },
    }
    if (clock.now() - session.updatedAt.getTime() < EXTEND_AFTER_MS) return answer
    const expiresAt = new Date(clock.now() + SESSION_SECONDS * 1_000)
    try {
      await extendSession(db, session.id, expiresAt)
    } catch (error) {
      // It is valid for months yet; the next request prolongs it.
      log.warn({ err: error }, 'a session was not prolonged')
      return answer
    }
    await remember(cache, {
      session: { ...session, expiresAt, updatedAt: new Date(clock.now()) },
      user,
    })
    return { ...answer, setCookie: cookie.write(token) }
  }
}

function remember(cache: SessionCache, found: FoundSession): Promise<void> {
  const ttlSeconds = Math.floor((found.session.expiresAt.getTime() - Date.now()) / 1_000)
  return cache.set(found.session.token, JSON.stringify(found), ttlSeconds)
}

function parseFound(text: string): FoundSession {
  const { session, user } = JSON.parse(text)
  return {
    session: {
      ...session,
      expiresAt: new Date(session.expiresAt),
      updatedAt: new Date(session.updatedAt),
    },
    user,
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
