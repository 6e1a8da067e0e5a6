import type { WebSocket } from 'ws'
import type { SocketCaller, Sockets } from '#server/http/sockets.ts'
import type { Every } from '#server/platform/every.ts'
import type { Log } from '#server/platform/log.ts'
import { AppError } from '#shared/errors.ts'
import { PRESENCE_UP_MAX_BYTES } from '#shared/rooms.presence.ts'
import { presenceClose, presenceTabPattern } from '#shared/rooms.presence.rules.ts'
import { roomIdSchema } from '#shared/rooms.ts'
import type { Seat } from '#shared/rooms.ts'
import type { PersonId } from '#shared/users.ts'
import type { PresenceLive } from './live.presence.ts'
import type { TabOwner } from './live.presenceHub.ts'
import type { PresenceTab, PresenceWire } from './live.presenceSocket.ts'

const PRESENCE_PATH = '/presence'
/** Removals are told at once over the bus; if that was lost, an open socket outlives its membership by this at most. */
const RECHECK_MS = 5_000

export interface PresenceSocketDeps {
  sockets: Pick<Sockets, 'register'>
  live: PresenceLive
  rooms: {
    /** Throws AppError for anyone who may not be in the room. */
    requireMember(roomId: string, personId: PersonId): Promise<{ seat: Seat }>
    /** Those of these who may not, or not on that seat; one question for all. */
    outsidersAmong(owners: readonly TabOwner[]): Promise<TabOwner[]>
  }
  every: Every
  log: Log
}

/**
 * `/presence?room=<id>&tab=<id>`: session and Origin were checked in the upgrade, membership is checked here before
 * anything is told or taken. Refusals are close codes (`presenceClose`), since a browser can't read an HTTP status.
 * The answer ends the checks of who is still a member.
 */
export function mountPresence(deps: PresenceSocketDeps): () => void {
  deps.sockets.register(PRESENCE_PATH, {
    maxBytes: PRESENCE_UP_MAX_BYTES,
    onConnection: (socket, caller) => {
      admit(deps, socket, caller).catch((error: unknown) => {
        // Paused, it would never read the answer to our close.
        socket.resume()
        if (error instanceof AppError) return socket.close(presenceClose.notAMember, error.code)
        deps.log.error({ err: error, requestId: caller.requestId }, 'presence socket failed')
        socket.close(presenceClose.unexpected, 'unexpected')
      })
    },
  })
  return deps.every(RECHECK_MS, 'checking who is still a member', () =>
    recheckMembers(deps, deps.live.owners()),
  )
}

/** Closes sockets of people who are no longer members. A database that doesn't answer puts nobody out. */
async function recheckMembers(
  { live, rooms }: Pick<PresenceSocketDeps, 'live' | 'rooms'>,
  owners: readonly TabOwner[],
): Promise<void> {
  for (const { roomId, personId, seat } of await rooms.outsidersAmong(owners))
    live.disconnect(roomId, personId, seat)
}

async function admit(
  deps: PresenceSocketDeps,
  socket: WebSocket,
  caller: SocketCaller,
): Promise<void> {
  const query = new URL(caller.url, 'http://x').searchParams
  const room = roomIdSchema.safeParse(query.get('room'))
  const tab = query.get('tab') ?? ''
  if (!room.success || !presenceTabPattern.test(tab))
    return socket.close(presenceClose.malformed, 'bad_input')
  // Messages that come while we ask the database wait; a client that floods meanwhile is cut off by the socket's own buffer.
  socket.pause()
  const { seat } = await deps.rooms.requireMember(room.data, caller.person.id)
  if (socket.readyState !== socket.OPEN) return socket.resume()
  const owner: TabOwner = { roomId: room.data, seat, personId: caller.person.id, tab }
  const live = deps.live.connect(wireOf(socket), owner)
  listen(socket, live)
  socket.resume()
  // A removal between the answer above and now found no socket to close.
  await recheckMembers(deps, [owner]).catch((error: unknown) =>
    deps.log.warn({ err: error }, 'a new tab was not checked again; the next turn does it'),
  )
}

function wireOf(socket: WebSocket): PresenceWire {
  return {
    send: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes)
    },
    bufferedBytes: () => socket.bufferedAmount,
    close: (code, reason) => socket.close(code, reason),
  }
}

function listen(socket: WebSocket, tab: PresenceTab): void {
  socket.on('message', (data, isBinary) => {
    if (isBinary && data instanceof Uint8Array) tab.onMessage(data)
    else socket.close(presenceClose.malformed, 'bad_input')
  })
  socket.on('pong', () => tab.onPong())
  socket.on('close', () => tab.onClose())
}
