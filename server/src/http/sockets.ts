import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { PersonId } from '#shared/users.ts'
import type { Log } from '../platform/log.ts'
import { redactUrl } from '../platform/log.ts'
import { isAway } from '../platform/failures.ts'
import { newUuid } from '../platform/id.ts'
import { makeOpenCount, type OpenCount } from '../platform/openCount.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { LookUpSession, Session, SessionPerson } from '../platform/session.ts'

/** What a path's handler knows of the one who connects. */
export interface SocketCaller {
  person: SessionPerson
  sessionId: string
  ip: string
  headers: IncomingHttpHeaders
  url: string
  requestId: string
}

export type OnConnection = (
  socket: WebSocket,
  caller: SocketCaller,
  request: IncomingMessage,
) => void
type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export interface SocketPath {
  /** Longest message accepted, in bytes; a longer one closes the socket (1009). */
  maxBytes: number
  /** False: people without a session may connect (tRPC's public procedures); `caller.person` is then an empty one. */
  needsSession?: boolean
  onConnection: OnConnection
}

/** The one listener on 'upgrade', and the register of open sockets of this process. */
export interface Sockets {
  register(path: string, options: SocketPath): void
  /** Hands the raw upgrade to `onUpgrade` for every path below `prefix` (after the Origin check). */
  registerRaw(prefix: string, onUpgrade: OnUpgrade): void
  /** Closes with 4001 (session ended): clients don't come back with it. */
  closeSession(sessionId: string): void
  closePerson(personId: PersonId): void
  /** Ids of the sessions that have a socket here. */
  sessions(): string[]
  count(): number
  /** New upgrades get 503 from now on. */
  refuseNew(): void
  /** Closes all, but those of the given path (then relayed ones stay too), with 1012 (service restart): clients come back at once, elsewhere. */
  closeAll(exceptPath?: string): void
  stop(): void
}

export interface SocketsDeps {
  server: Server
  lookUpSession: LookUpSession
  isOwnOrigin(headers: IncomingHttpHeaders): boolean
  ipOf(request: IncomingMessage): string
  log: Log
  metrics: Metrics
}

interface Open {
  socket: WebSocket
  path: string
  session: Session | null
  /** Of this process's own clock: setting the machine's must not look like silence. */
  lastHeardAt: number
}

export const SESSION_ENDED = 4001
const SERVICE_RESTART = 1012
/** A cut network shows as silence: pinged every 4 s, gone after 11 s, so that with the sweep it is 12 s at most (rules.md, "Present"). */
const SWEEP_MS = 1_000
const PING_EVERY_MS = 4_000
const SILENT_MS = 11_000
/** Who answers pings but reads too slowly is let go and resumes from the last event it has: unsent events must not fill our memory. */
const UNSENT_MAX_BYTES = 1_048_576
/** Per path and process: each tab has one, and nobody reads forty. */
const SOCKETS_PER_SESSION = 40
/** Per path and process, without a session, and of voice: an office's or a carrier's people have one address. */
const SOCKETS_PER_ADDRESS = 400

export function makeSockets(deps: SocketsDeps): Sockets {
  const paths = new Map<string, SocketPath & { accept: WebSocketServer }>()
  const raw = new Map<string, OnUpgrade>()
  const open = new Set<Open>()
  const relayed = new Set<Duplex>()
  const ofSessions = makeOpenCount(SOCKETS_PER_SESSION)
  const ofAddresses = makeOpenCount(SOCKETS_PER_ADDRESS)
  let refusing = false
  /** The place is the socket's until it closes. */
  const takePlace = (socket: Duplex, count: OpenCount, key: string): boolean => {
    const release = count.take(key)
    if (release) socket.once('close', release)
    return release !== null
  }

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const path = URL.parse(request.url ?? '/', 'http://x')?.pathname
    if (path === undefined) return refuse(socket, 400)
    if (refusing) return refuse(socket, 503)
    if (!deps.isOwnOrigin(request.headers)) return refuse(socket, 403)
    const relay = [...raw].find(([prefix]) => path.startsWith(prefix))?.[1]
    if (relay) {
      if (!takePlace(socket, ofAddresses, `relay ${deps.ipOf(request)}`)) return refuse(socket, 429)
      // The server waits for every connection when it closes, and knows nothing of these.
      relayed.add(socket)
      socket.once('close', () => relayed.delete(socket))
      return relay(request, socket, head)
    }
    const target = paths.get(path)
    if (!target) return refuse(socket, 404)
    const { session } = await deps.lookUpSession(request.headers)
    if (!session && target.needsSession !== false) return refuse(socket, 401)
    if (socket.destroyed) return
    const mayOpen = session
      ? takePlace(socket, ofSessions, `${path} ${session.id}`)
      : takePlace(socket, ofAddresses, `${path} ${deps.ipOf(request)}`)
    if (!mayOpen) return refuse(socket, 429)
    target.accept.handleUpgrade(request, socket, head, (ws) =>
      admit(ws, request, path, target, session),
    )
  }
  const admit = (
    socket: WebSocket,
    request: IncomingMessage,
    path: string,
    target: SocketPath,
    session: Session | null,
  ): void => {
    const entry: Open = { socket, path, session, lastHeardAt: performance.now() }
    const openedAt = performance.now()
    const requestId = newUuid()
    const heard = (): void => {
      entry.lastHeardAt = performance.now()
    }
    socket.on('pong', heard)
    socket.on('message', heard)
    socket.on('error', (error) => deps.log.debug({ err: error, requestId }, 'socket error'))
    socket.on('close', (code) => {
      open.delete(entry)
      deps.metrics.sockets.dec({ path })
      deps.log.info(
        {
          requestId,
          kind: 'socket',
          url: redactUrl(path),
          person: session?.person.id,
          ms: Math.round(performance.now() - openedAt),
          // Not `code`: a room's is taken out of logs under that name.
          closeCode: code,
        },
        'socket',
      )
    })
    open.add(entry)
    deps.metrics.sockets.inc({ path })
    const person = session?.person ?? { id: '', guest: true }
    const caller = {
      person,
      sessionId: session?.id ?? '',
      ip: deps.ipOf(request),
      headers: request.headers,
      url: request.url ?? '',
      requestId,
    }
    target.onConnection(socket, caller, request)
  }
  const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // The peer may hang up while we look up its session.
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head).catch((error: unknown) => {
      const away = isAway(error)
      deps.log[away ? 'warn' : 'error'](
        { err: error, url: redactUrl(request.url ?? '') },
        'upgrade failed',
      )
      refuse(socket, away ? 503 : 500)
    })
  }
  deps.server.on('upgrade', listener)
  const sweep = setInterval(() => keepAlive(open), SWEEP_MS)
  sweep.unref()

  const closeWhere = (matches: (entry: Open) => boolean, code: number): void => {
    for (const entry of open) if (matches(entry)) entry.socket.close(code)
  }
  return {
    register: (path, options) => {
      const accept = new WebSocketServer({
        noServer: true,
        maxPayload: options.maxBytes,
        perMessageDeflate: false,
      })
      paths.set(path, { ...options, accept })
    },
    registerRaw: (prefix, onUpgrade) => {
      raw.set(prefix, onUpgrade)
    },
    closeSession: (id) => closeWhere(({ session }) => session?.id === id, SESSION_ENDED),
    closePerson: (id) => closeWhere(({ session }) => session?.person.id === id, SESSION_ENDED),
    sessions: () => [...new Set([...open].flatMap(({ session }) => session?.id ?? []))],
    count: () => open.size,
    refuseNew: () => {
      refusing = true
    },
    closeAll: (exceptPath) => {
      closeWhere(({ path }) => path !== exceptPath, SERVICE_RESTART)
      if (exceptPath === undefined) for (const socket of relayed) socket.destroy()
    },
    stop: () => {
      clearInterval(sweep)
      deps.server.off('upgrade', listener)
      for (const { socket } of open) socket.terminate()
    },
  }
}

const lastPings = new WeakMap<WebSocket, number>()

function keepAlive(open: ReadonlySet<Open>): void {
  const now = performance.now()
  for (const { socket, lastHeardAt } of open) {
    if (now - lastHeardAt > SILENT_MS || socket.bufferedAmount > UNSENT_MAX_BYTES)
      socket.terminate()
    else if (now - (lastPings.get(socket) ?? -PING_EVERY_MS) >= PING_EVERY_MS) {
      lastPings.set(socket, now)
      if (socket.readyState === socket.OPEN) socket.ping()
    }
  }
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
