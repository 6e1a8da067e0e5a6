import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AnyRouter, TRPCError } from '@trpc/server'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { AppError } from '#shared/errors.ts'
import type { Sockets } from './sockets.ts'

export const RPC_PATH = '/trpc'
export const RPC_MAX_BATCH = 20
/** Messages of 2,000 characters, lists of ids, imported text: far below this. */
const SOCKET_MAX_BYTES = 64 * 1_024

export interface RpcDeps {
  router: AnyRouter
  /** Context of a request; may set the session's cookie on the answer. */
  contextOfRequest(
    request: FastifyRequest,
    reply: FastifyReply,
    signal: AbortSignal,
  ): Promise<object>
  contextOfSocket(caller: {
    headers: FastifyRequest['headers']
    ip: string
    requestId: string
    signal: AbortSignal
  }): Promise<object>
  onError(
    error: TRPCError,
    about: { path: string | undefined; kind: string; requestId: string | undefined },
  ): void
}

export interface Rpc {
  /** Tells every connected client to open a new socket, elsewhere, before this one goes. */
  broadcastReconnect(): void
}

/** Above any tab's need (subscriptions, their ends, a ping now and then), below what would keep a core busy. */
const MESSAGES_PER_WINDOW = 300
const WINDOW_MS = 10_000
const TOO_MANY = 1008
/** To answer our close, for who still does. */
const HANG_UP_MS = 1_000

/** Closes the socket of a client that never stops sending. */
function boundMessages(socket: WebSocket): void {
  let count = 0
  let until = 0
  socket.on('message', () => {
    const now = performance.now()
    if (now >= until) {
      until = now + WINDOW_MS
      count = 0
    }
    if (++count <= MESSAGES_PER_WINDOW) return
    // A socket that closes still hands on what comes until the other side has answered: none of it may be acted upon.
    socket.removeAllListeners('message')
    socket.close(TOO_MANY, 'slow_down')
    setTimeout(() => socket.terminate(), HANG_UP_MS).unref()
  })
}

/** tRPC on `/trpc`: calls over HTTP, subscriptions over one WebSocket per tab. */
export function mountRpc(app: FastifyInstance, sockets: Sockets, deps: RpcDeps): Rpc {
  void app.register(async (scope) => {
    // tRPC reads JSON itself; we only bound its size (fastify's bodyLimit) and its batches.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    scope.all<{ Params: { path: string } }>(`${RPC_PATH}/:path`, async (request, reply) => {
      const { path } = request.params
      if (path.split(',').length > RPC_MAX_BATCH)
        throw new AppError('bad_input', { fields: ['batch'] })
      await fastifyRequestHandler({
        router: deps.router,
        req: request,
        res: reply,
        path,
        maxBatchSize: RPC_MAX_BATCH,
        createContext: ({ info }) => deps.contextOfRequest(request, reply, info.signal),
        onError: ({ error, path: name, type }) =>
          deps.onError(error, { path: name, kind: type, requestId: request.id }),
      })
    })
  })
  const wss = new WebSocketServer({ noServer: true })
  const callers = new WeakMap<object, { ip: string; requestId: string; gone: AbortSignal }>()
  const handler = applyWSSHandler({
    wss,
    router: deps.router,
    createContext: ({ req, res }) => {
      const caller = callers.get(res)
      return deps.contextOfSocket({
        headers: req.headers,
        ip: caller?.ip ?? '',
        requestId: caller?.requestId ?? '',
        signal: caller?.gone ?? AbortSignal.abort(),
      })
    },
    onError: ({ error, path, type }) =>
      deps.onError(error, { path, kind: type, requestId: undefined }),
  })
  sockets.register(RPC_PATH, {
    maxBytes: SOCKET_MAX_BYTES,
    needsSession: false,
    onConnection: (socket, { ip, requestId }, request) => {
      const gone = new AbortController()
      socket.once('close', () => gone.abort())
      callers.set(socket, { ip, requestId, gone: gone.signal })
      boundMessages(socket)
      wss.clients.add(socket)
      socket.once('close', () => wss.clients.delete(socket))
      wss.emit('connection', socket, request)
    },
  })
  return { broadcastReconnect: () => handler.broadcastReconnectNotification() }
}
