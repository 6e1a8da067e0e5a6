import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '#shared/users.ts'
import type { Config } from '../config.ts'
import { squeezeNow } from './assets.ts'
import { type EarlyOf, earlyTag, makeEarly } from './pages.early.ts'
import type { RpcDeps } from './rpc.ts'
import { tileHosts } from './security.ts'
import type { Settings } from './settings.ts'

/** What a messenger or crawler is told of a page. */
export interface PageHead {
  title: string
  description?: string
  /** Absolute or from the root. */
  image?: { url: string; width: number; height: number; alt: string }
  /** Default true: pages of people are not indexed. */
  noindex?: boolean
  status?: number
}

export type HeadOf = (
  params: Record<string, string>,
  about: { locale: Locale; request: FastifyRequest },
) => Promise<PageHead | null>

export interface Pages {
  /**
   * Gives a page of the client its own title and preview, for example `/r/:code`; null for the usual ones. `earlyOf` asks what the page
   * will read, so that browsers get the answers with it.
   */
  register(path: string, headOf: HeadOf, earlyOf?: EarlyOf): void
}

const BRAND = {
  title: 'Bapmap · 밥맵',
  description:
    'Decide where to eat, together, on one live map · 함께 보는 지도에서 오늘 먹을 곳 정하기',
}
/** Addresses of machines and files: a page in their place would be taken for a script. All others are pages of the client. */
const NO_PAGE = /^\/(?:api|trpc|assets|livekit|presence|metrics|errors)(?:\/|$)|\.[^/]*$/
const NO_CLIENT =
  '<!doctype html><html lang="ko"><head><meta charset="utf-8"></head><body>The client is not built: run "vite build".</body></html>'

export async function makePages(
  app: FastifyInstance,
  config: Config,
  settings: Settings,
  rpc: Pick<RpcDeps, 'router' | 'contextOfRequest'>,
): Promise<Pages> {
  const html = await readFile(join(resolve(config.CLIENT_DIR), 'index.html'), 'utf8').catch(
    () => NO_CLIENT,
  )
  const preloads = await readPreloads(config.CLIENT_DIR)
  const readEarly = makeEarly(settings, rpc)
  const tiles = tileHosts(settings.tiles.address).filter((host) => !host.includes('*'))
  const send = async (
    { request, reply }: Exchange,
    head: PageHead,
    locale: Locale,
    extra = '',
  ): Promise<FastifyReply> => {
    const page = fill(html, `${headLines(head, config)}${extra}`, locale)
    const { bytes, encoding } = await squeezeNow(request, Buffer.from(page))
    if (encoding) reply.header('content-encoding', encoding)
    return reply
      .code(head.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('vary', 'accept-language, accept-encoding')
      .send(bytes)
  }
  app.setNotFoundHandler(async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const path = request.url.split('?', 1)[0] ?? '/'
    if (!isRead || NO_PAGE.test(path))
      return reply
        .code(404)
        .header('cache-control', 'no-store')
        .send({ error: { code: 'not_found', params: {} } })
    const files = preloads['*']?.[''] ?? []
    reply.header('cache-control', 'no-cache').header('link', files.map(linkOf))
    return send({ request, reply }, BRAND, languageOf(request))
  })
  return {
    register: (path, headOf, earlyOf) => {
      app.get<{ Params: Record<string, string> }>(path, async (request, reply) => {
        const locale = languageOf(request)
        const [named, early] = await Promise.all([
          headOf(request.params, { locale, request }),
          earlyOf ? readEarly(request, reply, earlyOf) : null,
        ])
        const head = { noindex: true, ...(named ?? BRAND) }
        // What is in it is of this moment and of this person: not even this browser's own cache may show it later.
        reply.header('cache-control', early ? 'private, no-store' : 'no-cache')
        const parts = preloads[path]
        const files = (parts ?? preloads['*'])?.[parts ? (early?.part ?? '') : ''] ?? []
        // The map's host: name, connection and certificate take a phone as long as the code does.
        const hosts = parts ? tiles : []
        reply.header('link', [...hosts.map(hostLink), ...files.map(linkOf)])
        return send({ request, reply }, head, locale, early ? earlyTag(early) : '')
      })
    },
  }
}

interface Exchange {
  request: FastifyRequest
  reply: FastifyReply
}

/** Files by the part of a page that needs them; '' is what is needed in any case. In the order in which they should come. */
type Preloads = Record<string, Record<string, string[]>>

/** What the build says of the files that pages will ask for (vite.config.ts). */
async function readPreloads(folder: string): Promise<Preloads> {
  const text = await readFile(join(resolve(folder), 'preloads.json'), 'utf8').catch(() => '{}')
  return JSON.parse(text) as Preloads
}

/** Said in the head of the answer, before the page itself is read: whatever is named first gets the narrow line first. */
function linkOf(file: string): string {
  if (file.endsWith('.js')) return `<${file}>; rel=modulepreload; crossorigin`
  const font = file.endsWith('.woff2')
  return `<${file}>; rel=preload; as=${font ? 'font; type="font/woff2"' : 'style'}; crossorigin`
}

const hostLink = (host: string): string => `<${host}>; rel=preconnect`

function languageOf(request: FastifyRequest): Locale {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ko'
}

function headLines(head: PageHead, config: Config): string {
  const meta = (name: string, content: string): string =>
    `<meta ${name.startsWith('og:') ? 'property' : 'name'}="${name}" content="${escape(content)}">`
  const lines = [
    `<title>${escape(head.title)}</title>`,
    meta('og:title', head.title),
    meta('og:site_name', 'Bapmap'),
    meta('og:type', 'website'),
  ]
  if (head.description)
    lines.push(meta('description', head.description), meta('og:description', head.description))
  if (head.noindex) lines.push(meta('robots', 'noindex'))
  if (head.image) {
    lines.push(
      meta('og:image', new URL(head.image.url, config.PUBLIC_URL).href),
      meta('og:image:width', String(head.image.width)),
      meta('og:image:height', String(head.image.height)),
      meta('og:image:alt', head.image.alt),
      meta('twitter:card', 'summary_large_image'),
    )
  }
  return lines.join('')
}

function fill(html: string, extra: string, locale: Locale): string {
  return html
    .replace(/<title>[^<]*<\/title>/, '')
    .replace(/<html[^>]*>/, `<html lang="${locale}">`)
    .replace('</head>', () => `${extra}</head>`)
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
