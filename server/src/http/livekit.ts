import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import { type Log, redactUrl } from '../platform/log.ts'
import type { Sockets } from './sockets.ts'

const PREFIX = '/livekit'
/** Signalling only; never LiveKit's administration (`/twirp`), which a leaked token could otherwise reach from outside. */
const ALLOWED = /^\/(?:rtc|settings)(?:\/[\w./-]*)?$/
const CONNECT_MS = 5_000
/** Ours alone: LiveKit has no use for session cookies. */
const DROPPED = new Set([
  'cookie',
  'host',
  'connection',
  'upgrade',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'x-forwarded-for',
])

/**
 * LiveKit's signalling under our own origin and certificate: `/livekit/rtc/…` goes to LIVEKIT_URL with the prefix taken
 * off, both calls and WebSockets. Media goes straight to the SFU's ports.
 */
export function mountLivekit(
  app: FastifyInstance,
  sockets: Sockets,
  url: string | undefined,
  log: Log,
): void {
  if (!url) return
  const target = new URL(url.replace(/^ws/, 'http'))
  app.get(`${PREFIX}/*`, async (request, reply) => {
    const address = addressOf(request.url, target)
    if (!address) throw new AppError('not_found')
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: request.headers.authorization
        ? { authorization: request.headers.authorization }
        : {},
      signal: AbortSignal.timeout(CONNECT_MS),
    }).catch((error: unknown) => {
      throw Object.assign(new AppError('voice_unavailable'), { cause: error })
    })
    return reply
      .code(answer.status)
      .type(answer.headers.get('content-type') ?? 'text/plain')
      .header('cache-control', 'no-store')
      .send(await answer.text())
  })
  sockets.registerRaw(`${PREFIX}/`, (request, socket, head) =>
    relay(request, socket, head, target, log),
  )
}

/** Where a call goes at the SFU; null if it may not. Judged as it will be sent: `/rtc/../twirp` is `/twirp`. */
function addressOf(url: string, target: URL): URL | null {
  const address = URL.parse(url.slice(PREFIX.length), target.href)
  return address?.origin === target.origin && ALLOWED.test(address.pathname) ? address : null
}

/** Joins the two sockets as they are; either's end is the other's end. */
function relay(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  target: URL,
  log: Log,
): void {
  const address = addressOf(request.url ?? '', target)
  if (!address) return refuse(client, '404 Not Found')
  const send = target.protocol === 'https:' ? requestHttps : requestHttp
  const upstream = send(address, {
    headers: { ...forwarded(request.headers), connection: 'Upgrade', upgrade: 'websocket' },
    timeout: CONNECT_MS,
  })
  upstream.on('upgrade', (answer, sfu, sfuHead) => {
    upstream.setTimeout(0)
    client.write(headOf(answer))
    if (sfuHead.length > 0) client.write(sfuHead)
    if (head.length > 0) sfu.write(head)
    for (const side of [client, sfu])
      side.on('error', () => {
        client.destroy()
        sfu.destroy()
      })
    client.on('close', () => sfu.destroy())
    sfu.on('close', () => client.destroy())
    sfu.pipe(client)
    client.pipe(sfu)
  })
  upstream.on('response', (answer) => {
    // Refused by the SFU (a wrong token): the browser sees its status.
    answer.resume()
    refuse(client, `${answer.statusCode} ${answer.statusMessage}`)
  })
  upstream.on('timeout', () => upstream.destroy(new Error('timed out')))
  upstream.on('error', (error) => {
    log.warn(
      { err: error, url: redactUrl(request.url ?? '') },
      'the media server did not take a connection',
    )
    refuse(client, '503 Service Unavailable')
  })
  client.on('close', () => upstream.destroy())
  upstream.end()
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !DROPPED.has(name)) kept[name] = value
  return kept
}

function headOf(answer: IncomingMessage): string {
  const lines = ['HTTP/1.1 101 Switching Protocols']
  for (let n = 0; n + 1 < answer.rawHeaders.length; n += 2)
    lines.push(`${answer.rawHeaders[n]}: ${answer.rawHeaders[n + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function refuse(client: Duplex, status: string): void {
  if (client.writable)
    client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
