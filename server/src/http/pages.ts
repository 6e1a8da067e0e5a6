import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '#shared/users.ts'
import type { Config } from '../config.ts'

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
  /** Gives a page of the client its own title and preview, for example `/r/:code`; null for the usual ones. */
  register(path: string, headOf: HeadOf): void
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

export async function makePages(app: FastifyInstance, config: Config): Promise<Pages> {
  const html = await readFile(join(resolve(config.CLIENT_DIR), 'index.html'), 'utf8').catch(
    () => NO_CLIENT,
  )
  const preloads = await readPreloads(config.CLIENT_DIR)
  const send = async (reply: FastifyReply, head: PageHead, locale: Locale): Promise<FastifyReply> =>
    reply
      .code(head.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language')
      .send(fill(html, head, locale, config))
  app.setNotFoundHandler(async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const path = request.url.split('?', 1)[0] ?? '/'
    if (!isRead || NO_PAGE.test(path))
      return reply
        .code(404)
        .header('cache-control', 'no-store')
        .send({ error: { code: 'not_found', params: {} } })
    return send(reply, BRAND, languageOf(request))
  })
  return {
    register: (path, headOf) => {
      app.get<{ Params: Record<string, string> }>(path, async (request, reply) => {
        const locale = languageOf(request)
        const head = (await headOf(request.params, { locale, request })) ?? {
          ...BRAND,
          noindex: true,
        }
        const links = preloads.get(path)
        if (links) reply.header('link', links)
        return send(reply, { noindex: true, ...head }, locale)
      })
    },
  }
}

/** Files that the build says a page will ask for, as `Link` headers: they come beside the page, not after its first script. */
async function readPreloads(folder: string): Promise<Map<string, string>> {
  const text = await readFile(join(resolve(folder), 'preloads.json'), 'utf8').catch(() => '{}')
  const pages = JSON.parse(text) as Record<string, string[]>
  const link = (file: string): string => {
    if (file.endsWith('.js')) return `<${file}>; rel=modulepreload; crossorigin`
    return `<${file}>; rel=preload; as=${file.endsWith('.css') ? 'style' : 'fetch'}; crossorigin`
  }
  return new Map(Object.entries(pages).map(([path, files]) => [path, files.map(link).join(', ')]))
}

function languageOf(request: FastifyRequest): Locale {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ko'
}

function fill(html: string, head: PageHead, locale: Locale, config: Config): string {
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
  return html
    .replace(/<title>[^<]*<\/title>/, '')
    .replace(/<html[^>]*>/, `<html lang="${locale}">`)
    .replace('</head>', () => `${lines.join('')}</head>`)
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
